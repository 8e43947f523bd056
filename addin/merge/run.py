"""One merge, from the files met to the master saved.

Files are stored in the ledger by the handful as they are read (``taking``), each whole or not at all; then the reports
that count are chosen, the figures proved, and the master replaced whole. A run that is stopped keeps what was
committed, and the next one goes on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from addin.campaign.folder import Campaign
from addin.campaign.ledger import open_ledger
from addin.campaign.lock import only_writer
from addin.campaign.saving import clear_unfinished, refuse_if_open, saving
from addin.decisions.from_master import take_entries
from addin.decisions.store import Decision
from addin.errors import UsageProblem
from addin.intake.arrivals import display
from addin.intake.children import ReadingPool
from addin.merge.edited import SetAside
from addin.merge.near_search import near_search_ahead
from addin.merge.overview import FileOutcome, Overview
from addin.merge.picture import overview_of
from addin.merge.projection import project_master
from addin.merge.reading import fingerprint
from addin.merge.results import FileResult, results_of
from addin.merge.taking import Progress, Readers, Taking


def silent(stage: str, done: int, total: int | None) -> None:
    """No progress shown."""


@dataclass(frozen=True, slots=True)
class MergeResult:
    """What a run did: one result per path met, and the campaign as it stands now. ``decided`` are the decisions that
    were entered in the master; those that could not be taken are ``overview.entries``. ``set_aside``: the master that
    was replaced had been worked in, and is kept. ``read_here``: files to which a cluster had no answer."""

    files: tuple[FileResult, ...]
    overview: Overview
    master_written: bool
    decided: tuple[Decision, ...] = ()
    set_aside: SetAside | None = None
    read_here: int = 0

    @property
    def faultless(self) -> bool:
        """No file of this run was refused, skipped or has findings (system files apart), nor any entry refused."""
        return not self.overview.entries and not any(result.needs_attention for result in self.files)


def merge(
    campaign: Campaign,
    sources: Sequence[Path],
    *,
    by: str,
    now: Callable[[], datetime],
    progress: Progress = silent,
    workers: int | None = None,
    readers: Readers | None = None,
) -> MergeResult:
    """Merge files and folders (none: the inbox) into the master. ``readers`` read instead of ``workers`` children.

    Raises UsageProblem ``no_source`` where nothing given could be opened, CouldNotSave and ConservationBroken with the
    old master intact.
    """
    sources = sources or [campaign.inbox]
    _refuse_no_source(sources)
    with (
        saving(campaign.folder),
        only_writer(campaign.folder, by, now()),
        open_ledger(campaign, by=by, now=now()) as ledger,
    ):
        refuse_if_open(campaign.master)
        clear_unfinished(campaign.folder)
        readers = readers or (lambda task: ReadingPool(workers, task))
        taking = Taking(campaign, ledger, now, progress, fingerprint(campaign), readers)
        entered = take_entries(campaign, ledger, by=by, now=now, before_change=taking.keep_backup)
        taking.take(sources)
        with near_search_ahead(ledger.count_rows() if taking.stored_any else 0):
            overview = overview_of(campaign, ledger, by=by, now=now(), since_merge=True, entries=entered.refused)
            projected = project_master(campaign, ledger, overview, now, progress, taking.keep_backup)
    files = tuple(results_of(taking.outcomes(), overview))
    return MergeResult(files, overview, projected.written, entered.stored, projected.set_aside)


def _refuse_no_source(sources: Sequence[Path]) -> None:
    if not any(os.path.lexists(source) for source in sources):
        raise UsageProblem("no_source", sources=", ".join(display(source) for source in sources))


__all__ = ["FileOutcome", "MergeResult", "Progress", "Readers", "merge", "silent"]
