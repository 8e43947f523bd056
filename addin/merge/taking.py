"""Taking the files of a run into the ledger: each met, read where it is new, archived, and stored by the handful
(docs/decisions/0022)."""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from addin.campaign.archive import Archiving, archive, from_archive, into_inbox
from addin.campaign.backups import back_up
from addin.campaign.folder import OUTBOX, OWN_PROGRAMME, RECONCILIATIONS, SETTINGS, SUBFOLDERS, Campaign
from addin.campaign.ledger import Ledger
from addin.campaign.lock import LOCK_FILE
from addin.campaign.records import ReportRecord
from addin.intake.arrivals import Arrival, Found, read_arrival, walk
from addin.intake.children import Reading, Reads
from addin.merge.overview import FileOutcome
from addin.merge.reading import ReadAndJudge, ReadForLedger, terms_of
from addin.merge.results import Novelty, outcome_of
from validation.errors import Refusal

if TYPE_CHECKING:
    from concurrent.futures import Future

ARCHIVING_AT_ONCE = 6
"""Handfuls of reports read whose files may still be on their way to the disk."""

_MAY_PASS = frozenset({"reader_died", "reader_timed_out", "reader_out_of_memory", "reader_failed"})
"""Refusals that may be the machine's fault rather than the file's: such a file is read again in the next run."""

Readers = Callable[[ReadForLedger], AbstractContextManager[Reads[ReportRecord]]]
"""Who reads the files of a run, for its time: by default children of this machine."""

_Then = Callable[[Reading[ReportRecord]], None]
_Settle = tuple[_Then, Arrival | None]
"""What to do with a reading, and the file to be kept in the archive first."""
_Settled = list[tuple[_Then, Reading[ReportRecord]]]
"""A handful of readings, each with what to do with it."""

Progress = Callable[[str, int, int | None], None]
"""``progress(stage, done, total)``; total None where it is not known. Stages: reading (paths), saving (rows)."""


@dataclass(slots=True)
class _Met:
    """A path met in this run and what is known of it so far."""

    arrival: Arrival
    key: str  # as the ledger keeps the path
    refusal: Refusal | None = None
    novelty: Novelty = Novelty.UNCHANGED


def _import_ahead(module: str) -> None:
    with contextlib.suppress(RuntimeError):  # Python ends meanwhile, after Ctrl-C say, and lets nothing begin any more
        import_module(module)


@dataclass(slots=True)
class Taking:
    """The files of one run. ``judged_by`` is the fingerprint of what judges in it."""

    campaign: Campaign
    ledger: Ledger
    now: Callable[[], datetime]
    progress: Progress
    judged_by: str
    readers: Readers
    met: list[_Met] = field(default_factory=list)
    _backed_up: bool = False
    _done: int = 0
    _total: int = 0

    def take(self, sources: Sequence[Path]) -> None:
        """Meet every file, read those that are new, and store them.

        Reports on record that were judged by other rules, units or another programme are judged again from the
        archive, wherever their files are now: totals never mix two ways of judging.
        """
        found = list(walk(sources))  # counted before any is read, so that the time left can be told
        self._total = len(found)
        settle: deque[_Settle] = deque()
        copies: list[tuple[_Met, _Met]] = []
        task = ReadForLedger(ReadAndJudge(str(self.campaign.folder), self.judged_by, terms_of(self.campaign)))
        with self.readers(task) as readers, Archiving(self.campaign) as archiving:
            handfuls = readers.handfuls(self._unread(found, settle, copies))
            for handful in self._archived(handfuls, settle, archiving):
                self._settle(handful)
        for copy, original in copies:
            copy.refusal = original.refusal
            self._keep_again(copy)
            self._step()
        self._forget_what_left()

    def _archived(
        self, handfuls: Iterable[Sequence[Reading[ReportRecord]]], settle: deque[_Settle], archiving: Archiving
    ) -> Iterator[_Settled]:
        """The readings in their order, each once its file lies safely in the archive: until then the next ones are
        read, since a disk takes its time to say so."""
        waiting: deque[tuple[Future[None] | None, _Settled]] = deque()
        for handful in handfuls:
            settled, reports = [], []
            for reading in handful:
                then, arrival = settle.popleft()
                settled.append((then, reading))
                if arrival is not None and reading.value is not None:
                    assert arrival.sha256 is not None
                    assert arrival.data is not None
                    reports.append((arrival.sha256, arrival.data))
            waiting.append((archiving.keep(reports) if reports else None, settled))
            while waiting and (len(waiting) > ARCHIVING_AT_ONCE or waiting[0][0] is None or waiting[0][0].done()):
                yield self._safe(*waiting.popleft())
        while waiting:
            yield self._safe(*waiting.popleft())

    @staticmethod
    def _safe(archived: Future[None] | None, settled: _Settled) -> _Settled:
        if archived is not None:
            archived.result()
        return settled

    def _settle(self, handful: _Settled) -> None:
        """Store what came together in one transaction: a run that is killed may read these few again, no more."""
        if any(reading.value is not None for _, reading in handful):
            self.keep_backup()
            together: AbstractContextManager[None] = self.ledger.transaction()
        else:
            together = nullcontext()  # nothing may come of it, and then there is no backup either
        with together:
            for then, reading in handful:
                then(reading)
        for _ in handful:
            self._step()

    def _step(self) -> None:
        """One path, or one report judged again, is done with."""
        self._done += 1
        self.progress("reading", self._done, self._total)

    def _prepare_the_rest(self) -> None:
        """Import what writes the master while the children start, when nothing else is to be done."""
        Thread(target=_import_ahead, args=("addin.merge.master",), name="importing").start()

    def _unread(
        self,
        found: Sequence[Found],
        settle: deque[_Settle],
        copies: list[tuple[_Met, _Met]],
    ) -> Iterator[bytes]:
        """What has to be read; ``settle`` gets what to do with each reading, in the same order."""
        judged_by = self.ledger.judged_by()
        up_to_date = {sha for sha, by in judged_by.items() if by == self.judged_by}
        refused = self._refused_before()
        in_flight: dict[str, _Met] = {}
        for one in self._arrivals(found):
            self.met.append(one)
            arrival, sha = one.arrival, one.arrival.sha256
            if one.refusal is not None or sha is None or arrival.data is None:
                self._record(one)
                self._step()
            elif sha in up_to_date:
                self._keep_again(one)
                self._step()
            elif sha in refused:
                one.refusal = refused[sha]
                self._record(one)
                self._step()
            elif sha in in_flight:
                copies.append((one, in_flight[sha]))
            else:
                if not in_flight:
                    self._prepare_the_rest()
                in_flight[sha] = one
                settle.append((partial(self._store, one), arrival))
                yield arrival.data
        to_judge_again = [sha for sha in judged_by if sha not in up_to_date and sha not in in_flight]
        self._total += len(to_judge_again)
        for sha in to_judge_again:
            data = from_archive(self.campaign, sha)
            if data is None:
                self._step()
            else:
                settle.append((partial(self._judge_again, sha), None))
                yield data

    def _refused_before(self) -> dict[str, Refusal]:
        """Refusals by content that need no second reading."""
        return {
            known.sha256: Refusal(known.code, **known.facts)
            for known in self.ledger.arrivals(but="taken").values()
            if known.outcome == FileOutcome.QUARANTINED
            and known.sha256
            and known.code
            and known.code not in _MAY_PASS
            and known.judged_by == self.judged_by
        }

    def _forget_what_left(self) -> None:
        """Refused files that are no longer where they were: taken away or put right by someone, no longer open."""
        met = {one.key for one in self.met}
        for known in self.ledger.arrivals(but="taken").values():
            open_still = known.outcome in {FileOutcome.QUARANTINED, FileOutcome.SKIPPED} and known.path not in met
            if open_still and not os.path.lexists(self.campaign.located(known.path)):
                self._note_met(known.path, known.sha256, "removed")

    def _arrivals(self, found: Iterable[Found]) -> Iterator[_Met]:
        is_own = self._own()
        for one in found:
            arrival = read_arrival(one)
            key = self.campaign.relative(arrival.path)
            if is_own(key):
                arrival = arrival.refused(Refusal("campaign_file"))
            yield _Met(arrival, key, arrival.refusal)

    def _own(self) -> Callable[[str], bool]:
        """Whether a file is the campaign's own: the master, the ledger, the archive … but not the inbox."""
        names = {self.campaign.master.name, SETTINGS, OWN_PROGRAMME, LOCK_FILE, OUTBOX, *SUBFOLDERS}
        names -= {self.campaign.inbox.name}
        beginnings = (self.campaign.ledger.stem, RECONCILIATIONS)

        def is_own(key: str) -> bool:
            first = key.partition("/")[0]
            return first in names or first.startswith(beginnings)

        return is_own

    def _store(self, one: _Met, reading: Reading[ReportRecord]) -> None:
        arrival, sha = one.arrival, one.arrival.sha256
        assert arrival.data is not None
        assert sha is not None
        if reading.value is None:
            one.refusal = reading.refusal
            self._take_out(sha, reading)
            self._record(one)
            return
        key = self._kept_path(one)
        known = self.ledger.holds(sha)
        self.keep_backup()
        with self.ledger.transaction():
            self.ledger.store(sha, key, reading.value, self.judged_by, self.now())
            self._note_place(key, sha)
        one.novelty = Novelty.JUDGED_AGAIN if known else Novelty.NEW
        one.arrival = arrival.without_data()

    def _judge_again(self, sha: str, reading: Reading[ReportRecord]) -> None:
        """A report on record that was not met in this run, read from the archive."""
        if reading.value is None:
            self._take_out(sha, reading)
            return
        self.keep_backup()
        with self.ledger.transaction():
            self.ledger.store(sha, "", reading.value, self.judged_by, self.now())

    def _take_out(self, sha: str, reading: Reading[ReportRecord]) -> None:
        """A report on record that is not admissible any more, say because its unit left the list."""
        refusal = reading.refusal
        if refusal is None or refusal.code in _MAY_PASS or not self.ledger.holds(sha):
            return
        self.keep_backup()
        with self.ledger.transaction():
            for path in self.ledger.paths_of(sha):
                outcome = outcome_of(refusal).value
                self.ledger.met(path, sha, outcome, self.judged_by, self.now(), refusal.code, refusal.facts)
            self.ledger.drop(sha, refusal.code, self.now())

    def _keep_again(self, one: _Met) -> None:
        """A report whose content is on record already: only where it was met is new."""
        arrival, sha = one.arrival, one.arrival.sha256
        if one.refusal is None and arrival.data is not None and sha is not None:
            key = self._kept_path(one)
            archive(self.campaign, sha, arrival.data)
            if not self.ledger.knows(key, sha, "taken", self.judged_by, None):
                self.keep_backup()
                with self.ledger.transaction():
                    self._note_place(key, sha)
        else:
            self._record(one)
        one.arrival = arrival.without_data()

    def _note_place(self, key: str, sha: str) -> None:
        """Note under which path a report lies. One put back over another is the later arrival of the two."""
        if self.ledger.taken_at(key) not in {None, sha}:
            self.ledger.arrived_again(sha, self.now())
        self.ledger.met(key, sha, "taken", self.judged_by, self.now())

    def _kept_path(self, one: _Met) -> str:
        """Where the report lies in the inbox; a file from elsewhere is copied there by content."""
        arrival = one.arrival
        assert arrival.data is not None
        assert arrival.sha256 is not None
        if one.key.startswith(f"{self.campaign.inbox.name}/"):
            return one.key
        copy = into_inbox(self.campaign, arrival.path.name, arrival.sha256, arrival.data)
        return self.campaign.relative(copy)

    def _record(self, one: _Met) -> None:
        refusal = one.refusal
        assert refusal is not None
        if refusal.code != "campaign_file":
            self._note_met(one.key, one.arrival.sha256, outcome_of(refusal).value, refusal)
        one.arrival = one.arrival.without_data()

    def _note_met(self, key: str, sha256: str | None, outcome: str, refusal: Refusal | None = None) -> None:
        if self.ledger.knows(key, sha256, outcome, self.judged_by, refusal.code if refusal else None):
            return
        self.keep_backup()
        with self.ledger.transaction():
            code, facts = (refusal.code, refusal.facts) if refusal else (None, None)
            self.ledger.met(key, sha256, outcome, self.judged_by, self.now(), code, facts)

    def keep_backup(self) -> None:
        """Keep the state before this run's first change, once."""
        if not self._backed_up:
            self._backed_up = True
            back_up(self.campaign, self.ledger, self.now())

    @property
    def stored_any(self) -> bool:
        """Whether a report was stored that was not on record as it is now."""
        return any(one.novelty is not Novelty.UNCHANGED for one in self.met)

    def outcomes(self) -> Iterator[tuple[Arrival, Refusal | None, Novelty]]:
        """Every path met, in order: why it was refused, and what is new about its report."""
        for one in self.met:
            yield one.arrival, one.refusal, one.novelty
