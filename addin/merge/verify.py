"""Proving a campaign again from its archived originals.

Every figure is recomputed from the files themselves by a code path of its own: the ledger's rows are not used for it.
What the ledger, the journal, the inbox and the master say is then held against that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from addin.campaign import journal
from addin.campaign.archive import archived
from addin.campaign.folder import Campaign
from addin.campaign.ledger import Ledger, LedgerDamaged, StoredSubmission, open_ledger
from addin.decisions.store import replayed
from addin.errors import UsageProblem
from addin.intake.children import ReadingPool
from addin.merge.drawn import NOT_SHOWN, drawn_from
from addin.merge.ledger_proof import journal_problems, sqlite_complaints
from addin.merge.master import MasterCounts
from addin.merge.master_proof import Source, master_problems
from addin.merge.picture import overview_of
from addin.merge.problems import Problem
from addin.merge.reading import ReadAndJudge, fingerprint
from addin.merge.run import Progress, silent
from addin.portal.proof import portal_again
from validation.decisions import NO_DECISIONS, Decisions, Waiver, content_of
from validation.fields import Form
from validation.findings import Finding, Severity
from validation.money import with_support
from validation.portal import NO_WORD, PortalWord
from validation.programme import Programme
from validation.rules.registry import all_rules
from validation.submission import Outcome, Row, Submission


@dataclass(frozen=True, slots=True)
class Verification:
    """The result: ``problems`` is empty where everything holds. Amounts in đồng."""

    problems: tuple[Problem, ...]
    submissions: int
    entries: int
    totals: MasterCounts

    @property
    def holds(self) -> bool:
        """Whether everything was proved."""
        return not self.problems


def verify(
    campaign: Campaign, *, by: str, now: Callable[[], datetime], progress: Progress = silent, workers: int | None = None
) -> Verification:
    """Recompute everything from the archived files and check the journal's chain.

    Nothing is changed. A ledger that cannot be opened is a problem like any other. Raises UsageProblem
    ``nothing_merged`` where nothing was ever merged, and CouldNotSave where another program holds the ledger.
    """
    if not campaign.was_merged:
        raise UsageProblem("nothing_merged", folder=campaign.folder)
    try:
        with open_ledger(campaign, by=by, now=now()) as ledger:
            return _verify(campaign, ledger, by, now(), progress, workers)
    except LedgerDamaged as problem:
        return _cannot_even_begin([Problem(problem.error_code, problem.facts)])


def _cannot_even_begin(problems: list[Problem]) -> Verification:
    return Verification(tuple(problems), 0, 0, MasterCounts(0, 0, 0))


def _verify(
    campaign: Campaign, ledger: Ledger, by: str, now: datetime, progress: Progress, workers: int | None
) -> Verification:
    problems = [Problem("sqlite_check", {"problem": text}) for text in sqlite_complaints(ledger.connection)]
    if problems:
        return _cannot_even_begin(problems)
    problems.extend(journal_problems(ledger))
    stored = _stored(ledger, problems)
    problems.extend(_inbox_problems(campaign, ledger))
    again = _read_again(campaign, stored, problems, progress, workers)
    now_judged_by = fingerprint(campaign)
    if any(one.judged_by != now_judged_by for one in stored):
        problems.append(Problem("judged_otherwise"))
    else:
        problems.extend(_row_problems(stored, again))
    withdrawn = {one.sha256 for one in stored if one.withdrawn is not None}
    counting = {sha: report for sha, report in again.items() if sha not in withdrawn}
    portal = portal_again(campaign, ledger, problems)
    recomputed = recompute(counting, campaign.programme, replayed(ledger.connection), portal)
    problems.extend(_drawn_otherwise(campaign, ledger))
    problems.extend(_totals_problems(campaign, ledger, recomputed, by, now))
    problems.extend(master_problems(campaign, recomputed.counts, recomputed.accepted))
    entries, _ = journal.head(ledger.connection)
    return Verification(tuple(problems), len(stored), entries, recomputed.counts)


def _drawn_otherwise(campaign: Campaign, ledger: Ledger) -> Iterator[Problem]:
    """Whether settings, portal list or kept states are others than when the master was written."""
    entry = ledger.last_entry(but=NOT_SHOWN)
    try:
        if entry is not None and entry.kind == "merged" and entry.payload["drawn_from"] != drawn_from(campaign, ledger):
            yield Problem("drawn_otherwise")
    except (ValueError, TypeError, KeyError):
        return  # said already, or a master of an earlier version


def _stored(ledger: Ledger, problems: list[Problem]) -> list[StoredSubmission]:
    try:
        return ledger.submissions()
    except (ValueError, TypeError, KeyError) as problem:
        # A row altered by hand may hold what no row can hold.
        problems.append(Problem("sqlite_check", {"problem": problem}))
        return []


# -- files ---------------------------------------------------------------------------------------------------------


def _inbox_problems(campaign: Campaign, ledger: Ledger) -> Iterator[Problem]:
    for path, sha in ledger.connection.execute(
        "SELECT path, sha256 FROM arrival WHERE outcome = 'taken' ORDER BY path"
    ):
        facts = {"path": path, "archive": campaign.relative(archived(campaign, sha or ""))}
        try:
            data = campaign.located(path).read_bytes()
        except OSError:
            yield Problem("inbox_missing", facts)
            continue
        if hashlib.sha256(data).hexdigest() != sha:
            yield Problem("inbox_altered", facts)


def _read_again(
    campaign: Campaign, stored: list[StoredSubmission], problems: list[Problem], progress: Progress, workers: int | None
) -> dict[str, Submission]:
    """Every archived original, read and judged anew: sha256 → submission."""
    readable: list[StoredSubmission] = []

    def originals() -> Iterator[bytes]:
        for one in stored:
            facts = {"unit": one.submission.cover.unit_code, "file": one.path}
            try:
                data = archived(campaign, one.sha256).read_bytes()
            except OSError:
                problems.append(Problem("archive_missing", facts))
                continue
            if hashlib.sha256(data).hexdigest() != one.sha256:
                problems.append(Problem("archive_altered", facts))
                continue
            readable.append(one)
            yield data

    result: dict[str, Submission] = {}
    with ReadingPool(workers, ReadAndJudge(str(campaign.folder), fingerprint(campaign))) as pool:
        for reading in pool.map(originals()):
            one = readable[reading.index]
            progress("verifying", reading.index + 1, len(stored))
            if reading.value is None:
                detail = reading.refusal.code if reading.refusal else ""
                facts = {"unit": one.submission.cover.unit_code, "file": one.path, "detail": detail}
                problems.append(Problem("rows_differ", facts))
            else:
                result[one.sha256] = reading.value
    return result


def _row_problems(stored: list[StoredSubmission], again: dict[str, Submission]) -> Iterator[Problem]:
    for one in stored:
        fresh = again.get(one.sha256)
        if fresh is None:
            continue
        held = one.submission
        detail = None
        if held.cover != fresh.cover:
            detail = "bìa"
        elif held.units != fresh.units:
            detail = "bảng đơn vị"
        elif held.blank_rows != fresh.blank_rows or len(held.rows) != len(fresh.rows):
            detail = f"{len(held.rows)} ≠ {len(fresh.rows)}"
        else:
            different = next((b.number for a, b in zip(held.rows, fresh.rows, strict=True) if a != b), None)
            detail = None if different is None else f"dòng {different}"
        if detail is not None:
            yield Problem("rows_differ", {"unit": held.cover.unit_code, "file": one.path, "detail": detail})


# -- figures -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Recomputed:
    """Figures from the originals: the whole; per (unit, phase) rows, upper and base; the accepted rows themselves."""

    counts: MasterCounts
    by_unit: dict[tuple[str, int], tuple[int, int, int]]
    accepted: dict[Source, Row]


def recompute(
    reports: dict[str, Submission],
    programme: Programme,
    decisions: Decisions = NO_DECISIONS,
    portal: PortalWord = NO_WORD,
) -> Recomputed:
    """The figures from freshly judged reports, in the order of arrival; reconciliation written a second time.

    ``portal``: the national portal's word, where the settings let it change anything.
    """
    counting = _counting_rows(reports, decisions)
    rows = [((row.unit_code, *_first_place(sha, row)), row) for sha, row in counting]
    rows.sort(
        key=lambda one: (
            not _is_chosen(one[1], decisions), one[1].registered_on or date.max, one[1].unit_code, one[0][2],
        )
    )  # fmt: skip
    taken: set[str] = set()
    by_unit: dict[tuple[str, int], tuple[int, int, int]] = {}
    accepted: dict[Source, Row] = {}
    for source, found in rows:
        if found.registration_code:
            if found.registration_code in taken:
                continue
            taken.add(found.registration_code)
        row = portal.applied_to(found if found.accepted else with_support(found, programme), programme)
        accepted[source] = row
        if row.phase is not None:
            number, upper, base = by_unit.get((row.unit_code, row.phase), (0, 0, 0))
            by_unit[row.unit_code, row.phase] = (number + 1, upper + row.upper_support, base + row.base_counted)
    counts = MasterCounts(
        accepted_rows=len(accepted),
        upper_support=sum(upper for _, upper, _ in by_unit.values()),
        base_support=sum(base for _, _, base in by_unit.values()),
    )
    return Recomputed(counts, by_unit, accepted)


def _first_place(sha: str, row: Row) -> tuple[str, int]:
    if row.source_sha256 is not None and row.source_row is not None:
        return row.source_sha256, row.source_row
    return sha, row.number


def _is_chosen(row: Row, decisions: Decisions) -> bool:
    choice, _ = decisions.choices.get(row.registration_code or "", (None, 0))
    return choice is not None and (choice.unit, choice.content) == (row.unit_code, content_of(row))


def _is_let_in(row: Row, errors: Sequence[Finding], decisions: Decisions) -> bool:
    """Whether people accepted every error of a rejected row, each of a rule that lets them."""
    return bool(errors) and all(
        all_rules()[error.code].may_be_waived
        and Waiver(row.unit_code, error.code, error.field, content_of(row)) in decisions.waivers
        for error in errors
    )


def _counting_rows(reports: dict[str, Submission], decisions: Decisions) -> list[tuple[str, Row]]:
    """The rows (rejected ones apart, unless their errors were accepted) of the report that counts of each unit, each
    with the sha256 of its file."""
    bundles: dict[str, tuple[tuple[date, int, int], str]] = {}
    for arrival, (sha, report) in enumerate(reports.items()):
        if report.form is not Form.GRASSROOTS:
            place = (report.cover.report_date, report.cover.report_number, arrival)
            bundles[report.cover.unit_code] = max(bundles.get(report.cover.unit_code, (place, sha)), (place, sha))
    newest: dict[str, tuple[tuple[Any, ...], str]] = {}

    def offer(unit: str, place: tuple[Any, ...], sha: str) -> None:
        newest[unit] = max(newest.get(unit, (place, sha)), (place, sha))

    for arrival, (sha, report) in enumerate(reports.items()):
        cover = report.cover
        if report.form is Form.GRASSROOTS:
            offer(cover.unit_code, (cover.report_date, cover.report_number, 1, date.max, 0, arrival), sha)
        elif bundles[cover.unit_code][1] == sha:
            for line in report.units:
                own = (line.report_date, line.report_number, 0)
                offer(line.unit_code, (*own, cover.report_date, cover.report_number, arrival), sha)
    counting = {(unit, sha) for unit, (_, sha) in newest.items()}
    rows = []
    for sha, report in reports.items():
        errors: dict[int | None, list[Finding]] = {}
        for finding in report.findings if decisions.waivers else ():
            if finding.severity is Severity.ERROR:
                errors.setdefault(finding.row, []).append(finding)
        for row in report.rows:
            rejected = row.outcome is Outcome.REJECTED and not _is_let_in(row, errors.get(row.number, []), decisions)
            if not rejected and (row.unit_code, sha) in counting:
                rows.append((sha, row))
    return rows


def _totals_problems(
    campaign: Campaign, ledger: Ledger, recomputed: Recomputed, by: str, now: datetime
) -> Iterator[Problem]:
    try:
        overview = overview_of(campaign, ledger, by=by, now=now)
    except (ValueError, TypeError, KeyError, json.JSONDecodeError):
        return  # said already: the ledger holds what no row can hold
    stated = {
        key: (unit.tally.registered, unit.tally.upper_support, unit.tally.base_support)
        for key, unit in overview.units.items()
        if unit.tally.registered
    }
    for key in sorted(stated.keys() | recomputed.by_unit.keys()):
        found, said = recomputed.by_unit.get(key, (0, 0, 0)), stated.get(key, (0, 0, 0))
        if found != said:
            what = f"{key[0]} / {key[1]}"
            yield Problem("totals_differ", {"what": what, "recomputed": found, "stated": said})
    if overview.accepted_rows() != recomputed.counts.accepted_rows:
        facts = {"recomputed": recomputed.counts.accepted_rows, "stated": overview.accepted_rows()}
        yield Problem("totals_differ", {"what": "rows", **facts})
