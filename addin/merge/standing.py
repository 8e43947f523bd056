"""Which report of a unit counts, and what that means for the others. Pure.

Source: DOMAIN, "A report is cumulative" and "Reports": the newest valid report (report_date, then report_number; never
the file's date) replaces the earlier ones, which stay on record; of two with the same date and number the later
arrival counts, with a warning; a newer report that silently drops rows is a warning with the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from addin.campaign.ledger import StoredSubmission
from addin.merge.overview import DuplicatePair, Report, SourcedRow
from validation.findings import Finding
from validation.reconcile import as_duplicate, later_duplicates
from validation.rules.registry import all_rules
from validation.submission import Outcome, Row, RowCounts
from validation.text.keys import fold, person_key
from validation.units import UnitTree

_TITLES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """Every report with its place, and the pairs of duplicates across the reports that count."""

    reports: tuple[Report, ...]
    pairs: tuple[DuplicatePair, ...]


def settle(submissions: Sequence[StoredSubmission], tree: UnitTree) -> Standing:
    """Choose each unit's report that counts, then settle duplicates across those. Input in order of arrival."""
    by_unit: dict[str, list[StoredSubmission]] = {}
    for stored in submissions:
        by_unit.setdefault(stored.submission.cover.unit_code, []).append(stored)
    current: dict[int, tuple[Finding, ...]] = {}
    for unit_submissions in by_unit.values():
        ranked = sorted(unit_submissions, key=rank)
        newest = ranked[-1]
        current[newest.id] = tuple(_against_earlier(newest, ranked[-2])) if len(ranked) > 1 else ()
    reports = [_report(stored, current.get(stored.id)) for stored in submissions]
    return _across_reports(reports, tree)


def rank(stored: StoredSubmission) -> tuple[str, int, int]:
    """Sort key of a unit's reports; the last one counts. Ids grow with the order of arrival."""
    cover = stored.submission.cover
    return (cover.report_date.isoformat(), cover.report_number, stored.id)


def _report(stored: StoredSubmission, more_findings: tuple[Finding, ...] | None) -> Report:
    submission = stored.submission
    return Report(
        id=stored.id,
        path=stored.path,
        sha256=stored.sha256,
        form=submission.form,
        template_version=submission.template_version,
        sheet=submission.sheet,
        cover=submission.cover,
        received_at=stored.received_at,
        current=more_findings is not None,
        counts=submission.counts(),
        rows=submission.rows,
        findings=submission.findings + (more_findings or ()),
        columns=submission.columns,
    )


def _against_earlier(newest: StoredSubmission, earlier: StoredSubmission) -> Iterator[Finding]:
    rules = all_rules()
    cover, earlier_cover = newest.submission.cover, earlier.submission.cover
    if (cover.report_date, cover.report_number) == (earlier_cover.report_date, earlier_cover.report_number):
        facts: dict[str, object] = {
            "report_date": cover.report_date,
            "report_number": cover.report_number,
            "other": earlier.path.rsplit("/", 1)[-1],
        }
        yield Finding("same_report_number", rules["same_report_number"].effective_severity, facts=facts)
    gone = rows_gone(earlier.submission.rows, newest.submission.rows)
    if gone:
        titles = "; ".join(f"“{row.title or row.registration_code}”" for row in gone[:_TITLES_SHOWN])
        facts = {"count": len(gone), "titles": titles + (" …" if len(gone) > _TITLES_SHOWN else "")}
        yield Finding("rows_gone", rules["rows_gone"].effective_severity, facts=facts)


def rows_gone(earlier: Iterable[Row], newer: Sequence[Row]) -> list[Row]:
    """Rows of the earlier report (rejected ones apart) that the newer one lacks by code and by person and title."""
    codes = {row.registration_code for row in newer if row.registration_code}
    names = {_name_of(row) for row in newer}
    return [
        row
        for row in earlier
        if row.outcome is not Outcome.REJECTED and row.registration_code not in codes and _name_of(row) not in names
    ]


def _name_of(row: Row) -> tuple[str, str]:
    return (person_key(row.lead_author or ""), fold(row.title or ""))


def _across_reports(reports: Sequence[Report], tree: UnitTree) -> Standing:
    sourced: dict[tuple[int, int], SourcedRow] = {
        (report.id, row.number): SourcedRow(report, row)
        for report in reports
        if report.current
        for row in report.rows
        if row.registration_code and row.outcome is not Outcome.REJECTED
    }
    stays = later_duplicates((key, one.row) for key, one in sourced.items())
    changed: dict[int, dict[int, tuple[Row, Finding | None]]] = {}
    pairs: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for key, kept_key in stays.items():
        duplicate, kept = sourced[key], sourced[kept_key]
        finding = None if duplicate.row.outcome is Outcome.DUPLICATE else _duplicate_finding(duplicate, kept, tree)
        changed.setdefault(key[0], {})[key[1]] = (as_duplicate(duplicate.row), finding)
        pairs.append((key, kept_key))
    settled = {report.id: _with_duplicates(report, changed.get(report.id, {})) for report in reports}

    def settled_row(key: tuple[int, int]) -> SourcedRow:
        report = settled[key[0]]
        return SourcedRow(report, next(row for row in report.rows if row.number == key[1]))

    return Standing(
        tuple(settled[report.id] for report in reports),
        tuple(DuplicatePair(settled_row(key), settled_row(kept)) for key, kept in sorted(pairs)),
    )


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
