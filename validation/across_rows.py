"""What is to be said of one report as a whole: the rules across its rows and on its cover, run."""

from __future__ import annotations

from validation.fields import COVER_FIELD, ROW_FIELD
from validation.findings import Finding
from validation.normalise import as_shown
from validation.rules.registry import JudgedReport, ReportHit, Rule, report_checks


def findings_across_rows(report: JudgedReport) -> list[Finding]:
    """The findings of every rule with a ``check_report``, in the order of the rules."""
    return [
        finding_on(report, rule, hit)
        for rule, check in report_checks()
        for hit in check(report)
        if hit.row is None or hit.field is None or hit.field in report.raw.columns
    ]


def finding_on(report: JudgedReport, rule: Rule, hit: ReportHit) -> Finding:
    """A hit with its place: a cell of the list, a cell of the cover, or the whole report."""
    raw = report.raw
    sheet = cell = value = None
    facts = dict(hit.facts)
    if hit.row is not None:
        sheet = raw.sheet
        cell = raw.address(hit.field, hit.row) if hit.field else None
        row = next((one for one in raw.rows if one.number == hit.row), None)
        value = as_shown(row.values.get(hit.field)) if row is not None and hit.field in ROW_FIELD else None
    elif hit.field is not None:
        sheet, cell = raw.cover.places.get(hit.field, (None, None))
        value = as_shown(raw.cover.values.get(hit.field))
        facts.setdefault("header", COVER_FIELD[hit.field].header)
    return Finding(rule.code, rule.effective_severity, sheet, hit.row, cell, hit.field, value, facts, hit.fix)
