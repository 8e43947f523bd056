"""One merge, from the files met to the master saved.

Each file ends in the ledger in a transaction of its own; then the reports that count are chosen, the figures proved,
and the master replaced whole. A run that is stopped keeps what was committed, and the next one goes on.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from addin.campaign.archive import archive, into_inbox
from addin.campaign.backups import back_up
from addin.campaign.folder import SETTINGS, SUBFOLDERS, Campaign
from addin.campaign.ledger import Ledger
from addin.campaign.lock import only_writer
from addin.campaign.saving import refuse_if_open
from addin.errors import UsageProblem
from addin.intake.arrivals import Arrival, arrivals
from addin.intake.children import Reading, ReadingPool
from addin.intake.refusals import RefusedAs, refused_as
from addin.merge.overview import FileOutcome, Overview
from addin.merge.picture import overview_of
from addin.merge.projection import project_master
from addin.merge.reading import ReadAndJudge, fingerprint
from addin.merge.results import FileResult, results_of
from validation.errors import Refusal
from validation.submission import Submission

Progress = Callable[[str, int, int | None], None]
"""``progress(stage, done, total)``; total None where it is not known. Stages: reading, saving."""


def silent(stage: str, done: int, total: int | None) -> None:
    """No progress shown."""


@dataclass(frozen=True, slots=True)
class MergeResult:
    """What a run did: one result per path met, and the campaign as it stands now."""

    files: tuple[FileResult, ...]
    overview: Overview
    master_written: bool

    @property
    def faultless(self) -> bool:
        """No file of this run was refused, skipped or has findings (system files apart)."""
        return not any(result.needs_attention for result in self.files)


@dataclass(slots=True)
class _Met:
    """A path met in this run and what is known of it so far."""

    arrival: Arrival
    key: str  # as the ledger keeps the path
    refusal: Refusal | None = None
    stored_now: bool = False


def merge(
    campaign: Campaign,
    sources: Sequence[Path],
    *,
    by: str,
    now: Callable[[], datetime],
    progress: Progress = silent,
    workers: int | None = None,
) -> MergeResult:
    """Merge files and folders (none: the inbox) into the master.

    Raises UsageProblem ``no_source`` where nothing given could be opened, CouldNotSave and ConservationBroken with the
    old master intact.
    """
    _refuse_no_source(sources)
    with only_writer(campaign.folder, by, now()), Ledger(campaign.ledger, by=by, now=now()) as ledger:
        refuse_if_open(campaign.master)
        run = _Run(campaign, ledger, now, progress, workers)
        run.take(sources or [campaign.inbox])
        overview = overview_of(campaign, ledger, by=by, now=now())
        written = project_master(campaign, ledger, overview, now, progress, run.keep_backup)
    return MergeResult(tuple(results_of(run.outcomes(), overview)), overview, written)


def _refuse_no_source(sources: Sequence[Path]) -> None:
    if sources and not any(os.path.lexists(source) for source in sources):
        raise UsageProblem("no_source", sources=", ".join(str(source) for source in sources))


@dataclass(slots=True)
class _Run:
    """The taking of files."""

    campaign: Campaign
    ledger: Ledger
    now: Callable[[], datetime]
    progress: Progress
    workers: int | None
    met: list[_Met] = field(default_factory=list)
    _backed_up: bool = False

    def take(self, sources: Sequence[Path]) -> None:
        """Meet every file, read those that are new, and store each in a transaction of its own."""
        judged_by = fingerprint(self.campaign)
        up_to_date = {sha for sha, by in self.ledger.judged_by().items() if by == judged_by}
        refused = {
            known.sha256: Refusal(known.code, **known.facts)
            for known in self.ledger.arrivals().values()
            if known.outcome == "quarantined" and known.code and known.sha256 and known.judged_by == judged_by
        }
        pending: deque[_Met] = deque()
        in_flight: dict[str, _Met] = {}
        copies: list[tuple[_Met, _Met]] = []

        def unread() -> Iterator[bytes]:
            for arrival in self._arrivals(sources):
                one = _Met(arrival, self.campaign.relative(arrival.path), arrival.refusal)
                self.met.append(one)
                sha = arrival.sha256
                if one.refusal is not None or sha is None or arrival.data is None:
                    self._record(one, judged_by)
                elif sha in up_to_date:
                    self._keep_again(one, judged_by)
                elif sha in refused:
                    one.refusal = refused[sha]
                    self._record(one, judged_by)
                elif sha in in_flight:
                    copies.append((one, in_flight[sha]))
                else:
                    in_flight[sha] = one
                    pending.append(one)
                    yield arrival.data

        task = ReadAndJudge(str(self.campaign.folder))
        with ReadingPool(self.workers, task) as pool:
            for reading in pool.map(unread()):
                self._store(pending.popleft(), reading, judged_by)
                self.progress("reading", reading.index + 1, None)
        for copy, original in copies:
            copy.refusal = original.refusal
            self._keep_again(copy, judged_by)
        self._forget_what_left(judged_by)

    def _forget_what_left(self, judged_by: str) -> None:
        """Refused files that are no longer where they were: taken away or put right by someone, no longer open."""
        met = {one.key for one in self.met}
        for known in self.ledger.arrivals().values():
            open_still = known.outcome in {"quarantined", "skipped"} and known.path not in met
            if open_still and not os.path.lexists(self.campaign.folder / known.path):
                self._note_met(known.path, known.sha256, "removed", judged_by)

    def _arrivals(self, sources: Iterable[Path]) -> Iterator[Arrival]:
        for arrival in arrivals(sources):
            if arrival.refusal is None and self._is_own(arrival.path):
                yield replace(arrival, data=None, refusal=Refusal("campaign_file"))
            else:
                yield arrival

    def _is_own(self, path: Path) -> bool:
        """Whether a file is the campaign's own: the master, the ledger, the archive … but not the inbox."""
        try:
            first = path.absolute().relative_to(self.campaign.folder.absolute()).parts[0]
        except (ValueError, IndexError):
            return False
        own_files = {self.campaign.master.name, self.campaign.ledger.name, SETTINGS, ".khoa"}
        return first in own_files or (first in SUBFOLDERS and first != self.campaign.inbox.name)

    def _store(self, one: _Met, reading: Reading[Submission], judged_by: str) -> None:
        if reading.value is None:
            one.refusal = reading.refusal
            self._record(one, judged_by)
            return
        arrival = one.arrival
        assert arrival.data is not None
        assert arrival.sha256 is not None
        key = self._kept_path(arrival)
        archive(self.campaign, arrival.sha256, arrival.data)
        self.keep_backup()
        with self.ledger.transaction():
            self.ledger.store(arrival.sha256, key, reading.value, judged_by, self.now())
            self.ledger.met(key, arrival.sha256, "taken", judged_by, self.now())
        one.stored_now = True
        one.arrival = arrival.without_data()

    def _keep_again(self, one: _Met, judged_by: str) -> None:
        """A report whose content is on record already: only where it was met is new."""
        arrival = one.arrival
        if one.refusal is None and arrival.data is not None and arrival.sha256 is not None:
            key = self._kept_path(arrival)
            archive(self.campaign, arrival.sha256, arrival.data)
            self._note_met(key, arrival.sha256, "taken", judged_by)
        else:
            self._record(one, judged_by)
        one.arrival = arrival.without_data()

    def _kept_path(self, arrival: Arrival) -> str:
        """Where the report lies in the inbox; a file from elsewhere is copied there by content."""
        assert arrival.data is not None
        assert arrival.sha256 is not None
        key = self.campaign.relative(arrival.path)
        if key.startswith(f"{self.campaign.inbox.name}/"):
            return key
        copy = into_inbox(self.campaign, arrival.path.name, arrival.sha256, arrival.data)
        return self.campaign.relative(copy)

    def _record(self, one: _Met, judged_by: str) -> None:
        refusal = one.refusal
        assert refusal is not None
        kind = "skipped" if refused_as(refusal) is RefusedAs.SKIPPED else "quarantined"
        self._note_met(one.key, one.arrival.sha256, kind, judged_by, refusal)
        one.arrival = one.arrival.without_data()

    def _note_met(
        self, key: str, sha256: str | None, kind: str, judged_by: str, refusal: Refusal | None = None
    ) -> None:
        if self.ledger.knows(key, sha256, kind, judged_by, refusal.code if refusal else None):
            return
        self.keep_backup()
        with self.ledger.transaction():
            code, facts = (refusal.code, refusal.facts) if refusal else (None, None)
            self.ledger.met(key, sha256, kind, judged_by, self.now(), code, facts)

    def keep_backup(self) -> None:
        """Keep the state before this run's first change, once."""
        if not self._backed_up:
            self._backed_up = True
            back_up(self.campaign, self.ledger, self.now())

    def outcomes(self) -> Iterator[tuple[Arrival, Refusal | None, bool]]:
        """Every path met, in order: why it was refused, and whether its report was stored in this run."""
        for one in self.met:
            yield one.arrival, one.refusal, one.stored_now


__all__ = ["FileOutcome", "MergeResult", "Progress", "merge", "silent"]
