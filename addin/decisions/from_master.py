"""Taking what was entered in the master as decisions, before a new master replaces it.

What cannot be taken is said in the result of the run and stays visible in the new master.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from addin.campaign.archive import file_sha256
from addin.campaign.folder import Campaign
from addin.campaign.ledger import Ledger
from addin.decisions.deciding import record
from addin.decisions.entries import NO_KEY, Entry, RefusedEntry, Subject, WholeRow, subject_of
from addin.decisions.resolving import Wanted, choice_of_content, waiver_of_finding, waivers_of_content
from addin.decisions.store import FROM_MASTER, Decided, Decision, decided, last_master
from addin.errors import UsageProblem
from addin.intake.children import ReadingPool
from addin.merge.overview import Overview
from addin.merge.picture import overview_of
from validation import messages
from validation.decisions import Choice, Waiver, rows_of_content
from validation.errors import Refusal
from validation.submission import Outcome

_READING_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of the entries: decisions stored, and entries that could not be taken."""

    stored: tuple[Decision, ...] = ()
    refused: tuple[RefusedEntry, ...] = ()


def take_entries(
    campaign: Campaign, ledger: Ledger, *, by: str, now: Callable[[], datetime], before_change: Callable[[], None]
) -> Taken:
    """Store as decisions what was entered in the master since it was written; one transaction for each line.

    ``before_change`` keeps a backup. A line is judged by the reports that the master shows, so it must come before any
    file is taken. Entered twice is decided once.
    """
    if not campaign.master.is_file():
        return Taken()
    data = campaign.master.read_bytes()
    sha256 = file_sha256(campaign.master)
    last = last_master(ledger.connection)
    if last is not None and last.get("master_sha256") == sha256 and not last.get("entries"):
        return Taken()  # as it was written, and nothing was left in it
    from addin.decisions.reading import read_entries  # and the reader of workbooks with it

    with ReadingPool(1, read_entries, seconds=_READING_SECONDS) as pool:
        reading = next(iter(pool.map([data])))
    if reading.value is None:
        assert reading.refusal is not None
        return Taken(refused=(_unread(reading.refusal),))
    if not reading.value:
        return Taken()
    overview = overview_of(campaign, ledger, by=by, now=now(), since_merge=True, as_reported=True)
    taking = _Taking(overview, decided(ledger.connection), f"{FROM_MASTER}{sha256}")
    wanted = list(taking.judged(reading.value))
    stored: list[Decision] = []
    for entry, decisions in wanted:
        before_change()
        stored += record(ledger, decisions, entry.reason, entry.name, taking.source, now())
    return Taken(tuple(stored), tuple(taking.refused))


def _unread(refusal: Refusal) -> RefusedEntry:
    problem = messages.text("refusal", refusal.code, **refusal.facts)
    return RefusedEntry(None, "master_entries_unread", {"problem": problem})


class _Taking:
    """Sorts the entries of one master into decisions and refusals."""

    def __init__(self, overview: Overview, made: Decided, source: str) -> None:
        self._overview = overview
        self._made = made
        self.source = source
        self.refused: list[RefusedEntry] = []

    def judged(self, entries: Sequence[Entry]) -> Iterable[tuple[Entry, list[Wanted]]]:
        """The entries that decide something new."""
        asked = [(entry, subject) for entry in entries if (subject := self._subject(entry)) is not None]
        chosen: dict[str, set[Choice]] = {}
        for _, subject in asked:
            if isinstance(subject, Choice):
                chosen.setdefault(subject.code, set()).add(subject)
        done: set[Subject] = set()
        for entry, subject in asked:
            if isinstance(subject, Choice) and len(chosen[subject.code]) > 1:
                self._refuse(entry, "two_choices", number=subject.code)
            elif subject not in done and not self._decided_already(subject):
                done.add(subject)
                try:
                    yield entry, self._wanted(subject)
                except UsageProblem as problem:
                    self.refused.append(RefusedEntry(entry, problem.error_code, problem.facts))

    def _subject(self, entry: Entry) -> Subject | None:
        """What the entry decides; None where that is nothing, or not to be told."""
        if entry.says_no:
            return None
        code = self._fault(entry)
        subject = subject_of(entry.key)
        if code is None and subject is None:
            code = "entry_without_key" if entry.key in {"", NO_KEY} else "entry_of_unknown_row"
        if code is not None:
            self._refuse(entry, code)
            return None
        return subject

    @staticmethod
    def _fault(entry: Entry) -> str | None:
        if not entry.accept:
            return "entry_not_confirmed"
        if not entry.says_yes:
            return "entry_unclear"
        if not entry.reason:
            return "entry_without_reason"
        if not entry.name:
            return "entry_without_name"
        from addin.decisions.reading import LONGEST

        if max(len(entry.reason), len(entry.name)) > LONGEST:
            return "entry_too_long"
        return None

    def _decided_already(self, subject: Subject) -> bool:
        """Whether exactly this holds already, or was taken from this very master before (and perhaps revoked since)."""
        holding = self._made.in_effect(since_merge=True)
        held = {*holding.waivers, *(choice for choice, _ in holding.choices.values())}
        from_here = {one.key for one in self._made.decisions if one.source == self.source}
        if isinstance(subject, WholeRow):
            whole = (subject.unit, subject.content)
            known = from_here if self._is_rejected(subject) else held | from_here
            return any(isinstance(key, Waiver) and (key.unit, key.content) == whole for key in known)
        return subject in held or subject in from_here

    def _is_rejected(self, one: WholeRow) -> bool:
        reports = (report for report in self._overview.current if report.unit_code == one.unit)
        return any(rows_of_content(report.rows, one.content, (Outcome.REJECTED,)) for report in reports)

    def _wanted(self, subject: Subject) -> list[Wanted]:
        if isinstance(subject, WholeRow):
            return waivers_of_content(self._overview, subject.unit, subject.content)
        if isinstance(subject, Waiver):
            return [waiver_of_finding(self._overview, subject)]
        return [choice_of_content(self._overview, subject)]

    def _refuse(self, entry: Entry, code: str, **facts: object) -> None:
        self.refused.append(RefusedEntry(entry, code, facts))
