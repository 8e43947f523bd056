"""What the rules across reports say: on a newer report beside the one before it, and on all that count together. Pure.

Near-duplicate titles are not among the findings: they cost seconds and are nobody's fault. They are looked for when the
master is written (``near_search``), and stand on a sheet of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from addin.merge.overview import Report
from validation.fields import COVER_FIELD
from validation.findings import Finding
from validation.rules.registry import ReportHit, Rule, replacement_checks, together_checks


def with_findings_across(reports: Sequence[Report]) -> tuple[Report, ...]:
    """The reports, in their order; those that count with what is to be said of them beside others."""
    current = [report for report in reports if report.current]
    found: dict[int, list[Finding]] = {}
    before = _reports_before(reports)
    for place, report in enumerate(current):
        earlier = before.get(report.unit_code)
        if earlier is not None:
            for rule, check in replacement_checks():
                found.setdefault(place, []).extend(_finding(rule, hit) for hit in check(report, earlier))
    for rule, check_together in together_checks():
        for place, hit in check_together(current):
            found.setdefault(place, []).append(_finding(rule, hit))
    more = {id(report): tuple(found[place]) for place, report in enumerate(current) if found.get(place)}
    return tuple(
        replace(report, findings=report.findings + more[id(report)]) if id(report) in more else report
        for report in reports
    )


def _reports_before(reports: Iterable[Report]) -> dict[str, Report]:
    """Of each unit with a report that counts, the newest of those that it replaced."""
    newest = {report.unit_code: _named(report) for report in reports if report.current}
    before: dict[str, Report] = {}
    for report in reports:
        unit = report.unit_code
        if report.current or unit not in newest or _named(report) > newest[unit]:
            continue
        if unit not in before or _named(report) > _named(before[unit]):
            before[unit] = report
    return before


def _named(report: Report) -> tuple[date, int]:
    return (report.cover.report_date, report.cover.report_number)


def _finding(rule: Rule, hit: ReportHit) -> Finding:
    facts = dict(hit.facts)
    if hit.field in COVER_FIELD and hit.row is None:
        facts.setdefault("header", COVER_FIELD[hit.field].header)
    return Finding(rule.code, rule.effective_severity, row=hit.row, field=hit.field, facts=facts, fix=hit.fix)
