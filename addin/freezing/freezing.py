"""Freezing a campaign's totals, looking at what was frozen, printing it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from addin.campaign.backups import back_up
from addin.campaign.folder import Campaign
from addin.campaign.ledger import Ledger, open_ledger
from addin.campaign.lock import only_writer
from addin.campaign.saving import could_not_save, refuse_if_open, replace_whole, saving
from addin.errors import UsageProblem
from addin.freezing.figures import Difference, differences, state_of
from addin.freezing.store import Frozen, frozen_states, keep
from addin.merge.overview import Overview
from addin.merge.picture import overview_of
from addin.merge.projection import prove, refresh_master
from addin.merge.run import Progress, silent
from validation.text.keys import fold

_LONGEST_NAME = 100
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Freezing:
    """A state that was kept. ``in_master``: the master has its sheet already; else the next merge adds it."""

    state: Frozen
    in_master: bool


@dataclass(frozen=True, slots=True)
class FrozenNow:
    """All states; ``chosen`` is the one asked for, with what has changed since. ``file``: where it was printed."""

    states: tuple[Frozen, ...]
    chosen: Frozen | None = None
    changes: tuple[Difference, ...] = ()
    file: Path | None = None


def freeze(
    campaign: Campaign, name: str, *, by: str, now: Callable[[], datetime], progress: Progress = silent
) -> Freezing:
    """Keep all totals, as the master shows them, under a name of its own.

    Raises UsageProblem (``nothing_merged``, ``freeze_name_needed``, ``freeze_name_taken``), CouldNotSave and
    ConservationBroken.
    """
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME:
        raise UsageProblem("freeze_name_needed", limit=_LONGEST_NAME)
    _refuse_unmerged(campaign)
    with (
        saving(campaign.folder),
        only_writer(campaign.folder, by, now()),
        open_ledger(campaign, by=by, now=now()) as ledger,
    ):
        refuse_if_open(campaign.master)
        states = frozen_states(ledger.connection)
        taken = next((state for state in states if fold(state.name) == fold(name)), None)
        if taken is not None:
            raise UsageProblem("freeze_name_taken", name=taken.name, day=taken.at.date())
        at = now().replace(microsecond=0)
        overview = overview_of(campaign, ledger, by=by, now=at)
        prove(overview)
        seq = states[-1].seq + 1 if states else 1
        state = state_of(overview, name=name, seq=seq, at=at, by=by)
        back_up(campaign, ledger, now())
        with ledger.transaction():
            keep(ledger, state)
        in_master = refresh_master(campaign, ledger, _now(campaign, ledger, by, now), now, progress)
    return Freezing(state, in_master)


def shown(campaign: Campaign, name: str | None, *, by: str, now: Callable[[], datetime]) -> FrozenNow:
    """Every state that was kept; of one of them, by name, what has changed since.

    Raises UsageProblem (``nothing_merged``, ``no_such_freeze``).
    """
    _refuse_unmerged(campaign)
    with open_ledger(campaign, by=by, now=now()) as ledger:
        states = tuple(frozen_states(ledger.connection))
        if name is None:
            return FrozenNow(states)
        chosen = _named(states, name)
        return FrozenNow(states, chosen, differences(chosen, state_of(_now(campaign, ledger, by, now))))


def reprint(campaign: Campaign, name: str, out: Path, *, by: str, now: Callable[[], datetime]) -> FrozenNow:
    """Write the workbook of a state: the same bytes, whenever it is printed.

    Raises UsageProblem (``nothing_merged``, ``no_such_freeze``, ``out_is_folder``) and CouldNotSave.
    """
    from addin.freezing.workbook import workbook_bytes  # XlsxWriter: only where a workbook is written

    _refuse_unmerged(campaign)
    if out.is_dir():
        raise UsageProblem("out_is_folder", path=out)
    with open_ledger(campaign, by=by, now=now()) as ledger:
        states = tuple(frozen_states(ledger.connection))
    chosen = _named(states, name)
    content = workbook_bytes(chosen)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise could_not_save(problem, out.parent) from problem
    replace_whole(out, lambda file: _write(file, content))
    return FrozenNow(states, chosen, file=out)


def _now(campaign: Campaign, ledger: Ledger, by: str, now: Callable[[], datetime]) -> Overview:
    return overview_of(campaign, ledger, by=by, now=now())


def _named(states: tuple[Frozen, ...], name: str) -> Frozen:
    """The state of that name, whatever its case, or of that number."""
    wanted = fold(name)
    found = next((state for state in states if fold(state.name) == wanted), None)
    if found is None:
        found = next((state for state in states if str(state.seq) == name.strip()), None)
    if found is None:
        known = ", ".join(f"“{state.name}”" for state in states[-_SHOWN:])
        raise UsageProblem("no_such_freeze", name=name, known=known or "–")
    return found


def _refuse_unmerged(campaign: Campaign) -> None:
    if not campaign.ledger.is_file():
        raise UsageProblem("nothing_merged", folder=campaign.folder)


def _write(file: Path, content: bytes) -> None:
    file.write_bytes(content)
