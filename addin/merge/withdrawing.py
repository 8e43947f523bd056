"""Taking a report out of the figures, and letting it count again: with a reason and a name, journaled, not deleted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from addin.campaign.backups import back_up
from addin.campaign.folder import Campaign
from addin.campaign.ledger import Ledger, open_ledger
from addin.campaign.lock import only_writer
from addin.campaign.saving import refuse_if_open, saving
from addin.decisions.from_master import take_entries
from addin.decisions.store import Decision
from addin.errors import UsageProblem
from addin.merge.overview import Overview, Report
from addin.merge.picture import overview_of
from addin.merge.projection import project_master
from addin.merge.run import Progress, silent

_SHORTEST_HASH = 8
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The file, and the campaign as it stands now. ``undone``: it counts again. ``decided`` are the decisions that were
    entered in the master and taken on this occasion; those that could not be taken are ``overview.entries``."""

    file: Report
    overview: Overview
    undone: bool
    decided: tuple[Decision, ...] = ()


def withdraw(
    campaign: Campaign,
    which: str,
    *,
    reason: str,
    name: str,
    undo: bool = False,
    by: str,
    now: Callable[[], datetime],
    progress: Progress = silent,
) -> Withdrawn:
    """Take a file out of the figures, or with ``undo`` let it count again, and bring the master up to date.

    ``which`` is a path as met, a sha256 (its first eight digits at least) or the code of a unit, for its report that
    counts. A file that is withdrawn stays so when it is merged again. Raises UsageProblem (``reason_needed``,
    ``nothing_merged``, ``no_such_report``, ``report_ambiguous``, ``carried_by_consolidation``, ``already_withdrawn``,
    ``not_withdrawn``), CouldNotSave and ConservationBroken.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise UsageProblem("reason_needed")
    if not campaign.ledger.is_file():
        raise UsageProblem("nothing_merged", folder=campaign.folder)
    with (
        saving(campaign.folder),
        only_writer(campaign.folder, by, now()),
        open_ledger(campaign, by=by, now=now()) as ledger,
    ):
        refuse_if_open(campaign.master)
        file = _named(campaign, ledger, overview_of(campaign, ledger, by=by, now=now()), which, undo=undo)
        back_up(campaign, ledger, now())
        entered = take_entries(campaign, ledger, by=by, now=now, before_change=lambda: None)
        with ledger.transaction():
            (ledger.reinstate if undo else ledger.withdraw)(file.sha256, reason, name, now())
        overview = overview_of(campaign, ledger, by=by, now=now(), since_merge=True, entries=entered.refused)
        project_master(campaign, ledger, overview, now, progress, lambda: None)
    after = next(one for one in overview.files if one.sha256 == file.sha256)
    return Withdrawn(after, overview, undo, entered.stored)


def _named(campaign: Campaign, ledger: Ledger, overview: Overview, which: str, *, undo: bool) -> Report:
    found = _found(campaign, ledger, overview, which)
    if not found:
        carrier = next((r for r in overview.current if r.unit_code == which and r.line is not None), None)
        if carrier is not None and not undo:
            raise UsageProblem("carried_by_consolidation", which=which, file=carrier.path)
        raise UsageProblem("no_such_report", which=which)
    fitting = [file for file in found if (file.withdrawn is not None) is undo]
    if len(fitting) > 1:
        raise UsageProblem("report_ambiguous", which=which, known=", ".join(file.path for file in fitting))
    if not fitting:
        file = found[0]
        if file.withdrawn is not None:
            raise UsageProblem("already_withdrawn", file=file.path, reason=file.withdrawn.reason)
        raise UsageProblem("not_withdrawn", file=file.path)
    return fitting[0]


def _found(campaign: Campaign, ledger: Ledger, overview: Overview, which: str) -> list[Report]:
    """The files on record that ``which`` may mean: by path, else by content, else by unit."""
    paths = {which, campaign.relative(Path(which))}
    met = {one.sha256 for one in ledger.arrivals().values() if one.path in paths and one.outcome == "taken"}
    files = overview.files
    by_path = [file for file in files if file.path in paths or file.sha256 in met]
    if by_path:
        return by_path
    digits = which.lower()
    if len(digits) >= _SHORTEST_HASH and set(digits) <= _HEX:
        by_content = [file for file in files if file.sha256.startswith(digits)]
        if by_content:
            return by_content
    return [f for f in files if f.unit_code == which and (f.current or f.withdrawn is not None)]
