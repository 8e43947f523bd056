"""Duplicates across the reports that count: which row of one code stays, and what is said of the others. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from addin.merge.overview import DuplicatePair, Report, SourcedRow
from validation.findings import Finding
from validation.reconcile import as_duplicate, later_duplicates
from validation.rules.registry import all_rules
from validation.submission import Outcome, Row, RowCounts
from validation.units import UnitTree

Key = tuple[int, str]
"""A report: id of its submission, code of its unit."""


def key_of(report: Report) -> Key:
    """Its key: one submission may carry the reports of many units."""
    return (report.id, report.unit_code)


def settle_across(reports: Sequence[Report], tree: UnitTree) -> tuple[list[Report], tuple[DuplicatePair, ...]]:
    """All reports in order, those that count with duplicates settled; each duplicate beside the row that stays."""
    sourced: dict[tuple[int, int], SourcedRow] = {
        (report.id, row.number): SourcedRow(report, row)
        for report in reports
        if report.current
        for row in report.rows
        if row.registration_code and row.outcome is not Outcome.REJECTED
    }
    stays = later_duplicates((key, one.row) for key, one in sourced.items())
    changed: dict[Key, dict[int, tuple[Row, Finding | None]]] = {}
    pairs: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for key, kept_key in stays.items():
        duplicate, kept = sourced[key], sourced[kept_key]
        finding = None if duplicate.row.outcome is Outcome.DUPLICATE else _duplicate_finding(duplicate, kept, tree)
        changed.setdefault(key_of(duplicate.report), {})[key[1]] = (as_duplicate(duplicate.row), finding)
        pairs.append((key, kept_key))
    settled = [_with_duplicates(report, changed.get(key_of(report), {})) for report in reports]
    report_of = {key_of(report): report for report in settled}

    def settled_row(key: tuple[int, int]) -> SourcedRow:
        report = report_of[key_of(sourced[key].report)]
        return SourcedRow(report, next(row for row in report.rows if row.number == key[1]))

    return settled, tuple(DuplicatePair(settled_row(key), settled_row(kept)) for key, kept in sorted(pairs))


def _duplicate_finding(duplicate: SourcedRow, kept: SourcedRow, tree: UnitTree) -> Finding:
    rule = all_rules()["duplicate_code_in_another_report"]
    unit = tree.get(kept.report.unit_code)
    row = duplicate.row
    return Finding(
        code=rule.code,
        severity=rule.effective_severity,
        sheet=duplicate.report.sheet,
        row=row.number,
        cell=f"{column}{row.number}" if (column := duplicate.report.columns.get("registration_code")) else None,
        field="registration_code",
        value=row.registration_code,
        facts={"kept_unit": unit.name if unit else kept.report.unit_code, "kept_row": kept.row.number},
    )


def _with_duplicates(report: Report, changed: dict[int, tuple[Row, Finding | None]]) -> Report:
    if not changed:
        return report
    rows = tuple(changed[row.number][0] if row.number in changed else row for row in report.rows)
    findings = report.findings + tuple(finding for _, finding in changed.values() if finding is not None)
    newly = sum(1 for row in report.rows if row.number in changed and row.outcome is Outcome.ACCEPTED)
    counts = report.counts
    counts = RowCounts(counts.accepted - newly, counts.rejected, counts.duplicate + newly, counts.blank)
    return replace(report, rows=rows, findings=findings, counts=counts)
