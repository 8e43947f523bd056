"""Which report of a unit counts, and what that means for the others. Pure.

Source: DOMAIN, "A report is cumulative" and "Reports": the newest valid report (report_date, then report_number; never
the file's date) replaces the earlier ones, which stay on record; of two with the same date and number the later
arrival counts, with a warning; a newer report that silently drops rows is a warning with the list.

A consolidation is a bundle of such reports, one for each unit of its table (docs/decisions/0006). Of a union's
consolidations only the newest takes part; a unit's own file of the same date and number beats it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from addin.campaign.ledger import StoredSubmission, Withdrawal
from addin.merge.doubles import Key, key_of, settle_across
from addin.merge.overview import DuplicatePair, Report
from addin.merge.waiving import with_waivers
from validation import messages
from validation.decisions import NO_DECISIONS, Decisions
from validation.fields import Form
from validation.findings import Finding
from validation.money import with_support
from validation.programme import Programme
from validation.rules.registry import all_rules
from validation.submission import Cover, Outcome, Row, RowCounts, UnitLine
from validation.text.keys import fold, person_key
from validation.units import UnitTree

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """Every report with its place, the consolidations that carried some of them, and the pairs of duplicates across the
    reports that count. ``followed``: numbers of the choices that decided which row counts."""

    reports: tuple[Report, ...]
    consolidations: tuple[Report, ...]
    pairs: tuple[DuplicatePair, ...]
    followed: frozenset[int] = frozenset()


Rank = tuple[str, int, bool, str, int, int]


def settle(
    submissions: Sequence[StoredSubmission],
    tree: UnitTree,
    programme: Programme,
    decisions: Decisions = NO_DECISIONS,
) -> Standing:
    """Choose each unit's report that counts, then settle duplicates across those. Input in order of arrival."""
    stored = {one.id: one for one in submissions}
    withdrawn = [_withdrawn(one, one.withdrawn) for one in submissions if one.withdrawn is not None]
    submissions = [one for one in submissions if one.withdrawn is None]
    consolidations = [one for one in submissions if one.submission.is_consolidation]
    standing = {ranked[-1].id for ranked in _ranked_by_union(consolidations)}
    reports = [report for one in submissions for report in _reports_of(one, programme)]
    reports = with_waivers(reports, decisions.waivers, programme)
    current: dict[Key, tuple[Finding, ...]] = {}
    for of_unit in _by_unit(reports).values():
        of_unit.sort(key=lambda report: rank(report, stored))
        counting = [report for report in of_unit if report.line is None or report.id in standing]
        if counting:
            newest = counting[-1]
            earlier = [one for one in of_unit if rank(one, stored) < rank(newest, stored)]
            current[key_of(newest)] = tuple(_against_earlier(newest, earlier, stored))
    reports = [_placed(report, current.get(key_of(report))) for report in reports]
    reports, pairs, followed = settle_across(reports, tree, programme, decisions.choices)
    bundles = [
        bundle for ranked in _ranked_by_union(consolidations) for bundle in _consolidations(ranked, reports, tree)
    ]
    bundles += [one for one in withdrawn if one.form is not Form.GRASSROOTS]
    reports += [one for one in withdrawn if one.form is Form.GRASSROOTS]
    return Standing(tuple(_by_arrival(reports)), tuple(_by_arrival(bundles)), pairs, followed)


def _by_arrival(reports: Iterable[Report]) -> list[Report]:
    return sorted(reports, key=lambda report: report.id)  # stable: a consolidation's reports stay in its order


def _withdrawn(stored: StoredSubmission, withdrawal: Withdrawal) -> Report:
    """A file that was taken out, as a whole: it stays visible and counts for nothing."""
    submission = stored.submission
    facts = {"reason": withdrawal.reason, "name": withdrawal.name, "day": withdrawal.at.date()}
    report = _report(stored, submission.cover, submission.rows, submission.findings, submission.counts())
    return replace(report, withdrawn=withdrawal, reason=messages.text("reason", "withdrawn", **facts))


def rank(report: Report, stored: Mapping[int, StoredSubmission]) -> Rank:
    """Sort key of a unit's reports; the last one counts. Of equal ones the unit's own file beats one that a
    consolidation carried, then the newer consolidation counts, then the later arrival (ids grow with it)."""
    carrier = stored[report.id].submission.cover if report.line is not None else None
    return (
        report.cover.report_date.isoformat(),
        report.cover.report_number,
        carrier is None,
        carrier.report_date.isoformat() if carrier is not None else "",
        carrier.report_number if carrier is not None else 0,
        report.id,
    )


def _by_unit(reports: Iterable[Report]) -> dict[str, list[Report]]:
    by_unit: dict[str, list[Report]] = {}
    for report in reports:
        by_unit.setdefault(report.unit_code, []).append(report)
    return by_unit


def _ranked_by_union(consolidations: Iterable[StoredSubmission]) -> list[list[StoredSubmission]]:
    """The consolidations of each union, the one that counts last."""
    by_union: dict[str, list[StoredSubmission]] = {}
    for one in consolidations:
        by_union.setdefault(one.submission.cover.unit_code, []).append(one)
    for ranked in by_union.values():
        ranked.sort(key=lambda one: (*_named(one.submission.cover), one.id))
    return list(by_union.values())


def _named(cover: Cover) -> tuple[date, int]:
    return (cover.report_date, cover.report_number)


# -- reports of one file ---------------------------------------------------------------------------------------------


def _reports_of(stored: StoredSubmission, programme: Programme) -> Iterator[Report]:
    submission = stored.submission
    if not submission.is_consolidation:
        yield _report(stored, submission.cover, submission.rows, submission.findings, submission.counts())
        return
    rows: dict[str, list[Row]] = {line.unit_code: [] for line in submission.units}
    for row in submission.rows:
        if row.unit_code in rows:
            # Which of several rows counts is settled among the reports that count, not within a consolidation.
            rows[row.unit_code].append(with_support(row, programme) if row.outcome is Outcome.DUPLICATE else row)
    unit_of = {row.number: unit for unit, unit_rows in rows.items() for row in unit_rows}
    findings: dict[str, list[Finding]] = {}
    for finding in submission.findings:
        if finding.row in unit_of and finding.code != "duplicate_code":
            findings.setdefault(unit_of[finding.row], []).append(finding)
    for line in submission.units:
        unit_rows = tuple(rows[line.unit_code])
        found = tuple(findings.get(line.unit_code, ()))
        yield _report(stored, line.cover(), unit_rows, found, counts_of(unit_rows), line)


def _report(
    stored: StoredSubmission,
    cover: Cover,
    rows: tuple[Row, ...],
    findings: tuple[Finding, ...],
    counts: RowCounts,
    line: UnitLine | None = None,
) -> Report:
    submission = stored.submission
    return Report(
        id=stored.id,
        path=stored.path,
        sha256=stored.sha256,
        form=submission.form,
        template_version=submission.template_version,
        sheet=submission.sheet,
        cover=cover,
        received_at=stored.received_at,
        current=False,
        counts=counts,
        rows=rows,
        findings=findings,
        columns=submission.columns,
        line=line,
    )


def counts_of(rows: Iterable[Row], blank: int = 0) -> RowCounts:
    """Rows by outcome."""
    tally = dict.fromkeys(Outcome, 0)
    for row in rows:
        tally[row.outcome] += 1
    return RowCounts(tally[Outcome.ACCEPTED], tally[Outcome.REJECTED], tally[Outcome.DUPLICATE], blank)


def _placed(report: Report, more_findings: tuple[Finding, ...] | None) -> Report:
    if more_findings is None:
        return report
    return replace(report, current=True, findings=report.findings + more_findings)


# -- against the earlier report ----------------------------------------------------------------------------------------


def _against_earlier(
    newest: Report, ranked: Sequence[Report], stored: Mapping[int, StoredSubmission]
) -> Iterator[Finding]:
    def carrier(report: Report) -> str | None:
        return stored[report.id].submission.cover.unit_code if report.line is not None else None

    others = (
        report
        for report in reversed(ranked)
        # The same report by another way is no earlier one.
        if report.first_sha256 != newest.first_sha256 or carrier(report) == carrier(newest)
    )
    earlier = next(others, None)
    if earlier is None:
        return
    if _named(newest.cover) == _named(earlier.cover) and newest.first_sha256 != earlier.first_sha256:
        yield _same_number(newest.cover, earlier.path)
    in_the_file = stored[newest.id].submission.rows if newest.line is not None else newest.rows
    gone = rows_gone(earlier.rows, newest.rows, in_the_file)
    if gone:
        titles = "; ".join(f"“{row.title or row.registration_code}”" for row in gone[:_SHOWN])
        facts: dict[str, object] = {"count": len(gone), "titles": titles + (" …" if len(gone) > _SHOWN else "")}
        yield Finding("rows_gone", all_rules()["rows_gone"].effective_severity, facts=facts)


def _same_number(cover: Cover, other: str) -> Finding:
    facts: dict[str, object] = {
        "report_date": cover.report_date,
        "report_number": cover.report_number,
        "other": other.rsplit("/", 1)[-1],
    }
    return Finding("same_report_number", all_rules()["same_report_number"].effective_severity, facts=facts)


def rows_gone(earlier: Iterable[Row], newer: Sequence[Row], in_the_file: Sequence[Row] | None = None) -> list[Row]:
    """Rows of the earlier report (rejected ones apart) that the newer one lacks by code and by person and title.

    ``in_the_file`` are all rows of a consolidation: a code that another unit holds there was left out as a duplicate.
    """
    codes = {row.registration_code for row in (newer if in_the_file is None else in_the_file) if row.registration_code}
    names = {_name_of(row) for row in newer}
    return [
        row
        for row in earlier
        if row.outcome is not Outcome.REJECTED and row.registration_code not in codes and _name_of(row) not in names
    ]


def _name_of(row: Row) -> tuple[str, str]:
    return (person_key(row.lead_author or ""), fold(row.title or ""))


# -- consolidations ----------------------------------------------------------------------------------------------------


def _consolidations(ranked: Sequence[StoredSubmission], reports: Sequence[Report], tree: UnitTree) -> Iterator[Report]:
    """A union's consolidations as files; only the last one counts."""
    newest = ranked[-1]
    for stored in ranked:
        submission = stored.submission
        carried = {line.unit_code for line in submission.units}
        strays = tuple(row for row in submission.rows if row.unit_code not in carried)
        numbers = {row.number for row in strays}
        findings = tuple(f for f in submission.findings if f.row is None or f.row in numbers)
        bundle = _report(stored, submission.cover, strays, findings, submission.counts())
        if stored is newest:
            earlier = ranked[-2] if len(ranked) > 1 else None
            more = tuple(_against_earlier_one(newest, earlier, reports, tree)) if earlier is not None else ()
            counts = _counts_of_file(bundle, [report for report in reports if report.id == bundle.id])
            bundle = replace(_placed(bundle, more), counts=counts)
        yield bundle


def _counts_of_file(bundle: Report, carried: Iterable[Report]) -> RowCounts:
    """Rows of a unit for which another report stands are the same rows by another way: duplicates."""
    accepted = duplicate = 0
    rejected = len(bundle.rows)
    for report in carried:
        accepted += report.counts.accepted if report.current else 0
        duplicate += report.counts.duplicate + (0 if report.current else report.counts.accepted)
        rejected += report.counts.rejected
    return RowCounts(accepted, rejected, duplicate, bundle.counts.blank)


def _against_earlier_one(
    newest: StoredSubmission, earlier: StoredSubmission, reports: Sequence[Report], tree: UnitTree
) -> Iterator[Finding]:
    if _named(newest.submission.cover) == _named(earlier.submission.cover):
        yield _same_number(newest.submission.cover, earlier.path)
    reporting = {report.unit_code for report in reports if report.current}
    gone = [line.unit_code for line in earlier.submission.units if line.unit_code not in reporting]
    if gone:
        names = "; ".join(tree[code].name if code in tree else code for code in gone[:_SHOWN])
        facts = {"count": len(gone), "units": names + (" …" if len(gone) > _SHOWN else "")}
        yield Finding("units_gone", all_rules()["units_gone"].effective_severity, facts=facts)
