"""Duplicates across the reports that count: which row of one code stays, and what is said of the others. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from addin.merge.overview import DuplicatePair, Report, SourcedRow
from validation.decisions import Choice, chosen_rows
from validation.findings import Finding
from validation.money import with_support
from validation.programme import Programme
from validation.reconcile import as_duplicate, later_duplicates
from validation.rules.registry import all_rules
from validation.submission import Outcome, Row, RowCounts
from validation.units import UnitTree

Key = tuple[int, str]
"""A report: id of its submission, code of its unit."""


def key_of(report: Report) -> Key:
    """Its key: one submission may carry the reports of many units."""
    return (report.id, report.unit_code)


@dataclass(slots=True)
class _Changes:
    """What settling changes in one report: rows by number, findings to add, and rows whose word on duplicates of the
    file itself holds no more."""

    rows: dict[int, Row] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    unsaid: set[int] = field(default_factory=set)


def settle_across(
    reports: Sequence[Report],
    tree: UnitTree,
    programme: Programme,
    choices: Mapping[str, tuple[Choice, int]] = MappingProxyType({}),
) -> tuple[list[Report], tuple[DuplicatePair, ...], frozenset[int]]:
    """All reports in order, those that count with duplicates settled; each duplicate beside the row that stays; the
    numbers of the ``choices`` (by registration code) that were followed."""
    current = [report for report in reports if report.current]
    codes = Counter(row.registration_code for report in current for row in report.rows if _takes_part(row))
    asked = {code for code, count in codes.items() if count > 1 or code in choices}
    sourced = {
        (report.id, row.number): SourcedRow(report, row)
        for report in (current if asked else ())
        for row in report.rows
        if row.registration_code in asked and _takes_part(row)
    }
    chosen = chosen_rows(((key, one.row) for key, one in sourced.items()), choices)
    stays = later_duplicates(((key, one.row) for key, one in sourced.items()), chosen)
    changed: dict[Key, _Changes] = {}
    for key, kept_key in stays.items():
        duplicate, kept = sourced[key], sourced[kept_key]
        changes = changed.setdefault(key_of(duplicate.report), _Changes())
        changes.rows[key[1]] = as_duplicate(duplicate.row)
        if kept.row.registration_code in chosen:
            changes.unsaid.add(key[1])
        elif duplicate.row.outcome is Outcome.DUPLICATE:
            continue  # said in the file
        changes.findings.append(_duplicate_finding(duplicate, kept, tree))
    for key in chosen.values():
        one = sourced[key]
        if one.row.outcome is Outcome.DUPLICATE:
            changes = changed.setdefault(key_of(one.report), _Changes())
            changes.rows[key[1]] = with_support(one.row, programme)
            changes.unsaid.add(key[1])
    settled = [_with_changes(report, changed.get(key_of(report))) for report in reports]
    report_of = {key_of(report): report for report in settled}

    def settled_row(key: tuple[int, int]) -> SourcedRow:
        report = report_of[key_of(sourced[key].report)]
        return SourcedRow(report, next(row for row in report.rows if row.number == key[1]))

    pairs = tuple(DuplicatePair(settled_row(key), settled_row(kept)) for key, kept in sorted(stays.items()))
    return settled, pairs, frozenset(choices[code][1] for code in chosen)


def _takes_part(row: Row) -> bool:
    return bool(row.registration_code) and row.outcome is not Outcome.REJECTED


def _duplicate_finding(duplicate: SourcedRow, kept: SourcedRow, tree: UnitTree) -> Finding:
    same = key_of(kept.report) == key_of(duplicate.report)
    rule = all_rules()["duplicate_code" if same else "duplicate_code_in_another_report"]
    unit = tree.get(kept.report.unit_code)
    row = duplicate.row
    elsewhere = {} if same else {"kept_unit": unit.name if unit else kept.report.unit_code}
    return Finding(
        code=rule.code,
        severity=rule.effective_severity,
        sheet=duplicate.report.sheet,
        row=row.number,
        cell=f"{column}{row.number}" if (column := duplicate.report.columns.get("registration_code")) else None,
        field="registration_code",
        value=row.registration_code,
        facts={**elsewhere, "kept_row": kept.row.number},
    )


def _with_changes(report: Report, changes: _Changes | None) -> Report:
    if changes is None:
        return report
    rows = tuple(changes.rows.get(row.number, row) for row in report.rows)
    said = [f for f in report.findings if not (f.code == "duplicate_code" and f.row in changes.unsaid)]
    newly = sum(row.outcome is Outcome.ACCEPTED for row in report.rows)
    newly -= sum(row.outcome is Outcome.ACCEPTED for row in rows)
    counts = report.counts
    counts = RowCounts(counts.accepted - newly, counts.rejected, counts.duplicate + newly, counts.blank)
    return replace(report, rows=rows, findings=(*said, *changes.findings), counts=counts)
