"""The buttons of a campaign: the same actions as the commands, in this process, with a window that shows how far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import StringIO

from rich.console import Console

from addin import actions
from addin.campaign.folder import Campaign
from addin.errors import UsageProblem
from addin.hosts.progress import progress
from addin.intake.refusals import RefusedAs
from addin.live.campaigns import book_at, campaign_meant, open_in
from addin.live.problems import sentence_of
from addin.live.session import Session
from addin.live.working import Place, select, selected
from addin.merge.overview import FileOutcome
from addin.merge.run import MergeResult
from addin.terminal import Screen, show_status
from validation import messages

_STATUS_WIDTH = 110  # characters
_ENTRIES_SHOWN = 6


def merge(session: Session) -> None:
    """Merge the inbox of the campaign, and open its master. Raises UsageProblem and CouldNotSave as
    ``actions.merge_campaign``; ``interrupted`` where the clerk pressed cancel; ``master_not_saved``."""
    campaign = campaign_of(session)
    if campaign is None:
        return
    with (
        master_put_away(session, campaign, "save_master_first") as away,
        progress(messages.text("live", "merging"), session.say) as report,
    ):
        result = actions.merge_campaign(campaign.folder, progress=report)
        away.comes_back = True
    session.dialogs.tell(_told(result))


def show_standing(session: Session) -> None:
    """Show where the campaign stands. Raises UsageProblem ``nothing_merged``."""
    campaign = campaign_of(session)
    if campaign is None:
        return
    screen = Screen("vi", Console(file=StringIO(), width=_STATUS_WIDTH, highlight=False, markup=False, emoji=False))
    show_status(actions.campaign_status(campaign.folder), screen)
    held = screen.console.file
    assert isinstance(held, StringIO)
    session.dialogs.show(messages.text("live", "status_title"), held.getvalue().rstrip())


def campaign_of(session: Session) -> Campaign | None:
    """The campaign that is meant; None where the clerk chose none. Raises as ``campaigns.campaign_meant`` and
    ``guards.front_book``."""
    return campaign_meant(session.host, session.book_or_none(), session.dialogs)


@dataclass(slots=True)
class _Away:
    """``comes_back``: whether the master is opened in the end; ``place``: what was selected in it."""

    comes_back: bool
    place: Place | None


@contextmanager
def master_put_away(session: Session, campaign: Campaign, question: str) -> Iterator[_Away]:
    """While a merge replaces the master it is closed; where it was open it is opened again at the same cells, whatever
    happens.

    ``question`` is asked where it has changes that are not saved. Raises UsageProblem ``master_not_saved``.
    """
    place = _close_master(session, campaign, question)
    away = _Away(place is not None, place)
    try:
        yield away
    finally:
        if away.comes_back and campaign.master.is_file():
            session.say(messages.text("live", "opening"))
            opened = open_in(session.app, campaign.master)
            if away.place is not None:
                with suppress(Exception):  # the new master may have fewer rows or sheets
                    select(opened, away.place)


def _close_master(session: Session, campaign: Campaign, question: str) -> Place | None:
    """Close the master where it is open here: it is about to be replaced. Returns what was selected in it; None where
    it was not open."""
    master = book_at(session.app, campaign.master)
    if master is None:
        return None
    if session.host.has_changes(master) and not session.host.read_only(master):
        if not session.dialogs.confirm(messages.text("live", question)):
            raise UsageProblem("master_not_saved")
        master.save()
    place = selected(master)
    master.close()
    return place


def _told(result: MergeResult) -> str:
    tally = Counter(one.outcome for one in result.files)
    parts = [
        f"{tally[outcome]} {messages.text('outcome', outcome.value).lower()}"
        for outcome in FileOutcome
        if tally[outcome]
    ]
    held = tally[FileOutcome(RefusedAs.QUARANTINED.value)]
    said = messages.text("live", "held", count=held) if held else ""
    none = messages.text("screen", "no_files")
    first = messages.text("live", "merged", files=len(result.files), parts=", ".join(parts) or none, held=said).strip()
    return "\n".join([first, *_about_the_old_master(result)])


def _about_the_old_master(result: MergeResult) -> Iterator[str]:
    """Decisions entered in the master before, taken or not, and where it is kept if somebody had worked in it."""
    if result.decided:
        yield messages.text("screen", "entries_taken", count=len(result.decided))
    refused = result.overview.entries
    for one in refused[:_ENTRIES_SHOWN]:
        problem = sentence_of(one.code, one.facts)
        if one.entry is None:
            yield messages.text("screen", "entry_refused_whole", problem=problem)
        else:
            yield messages.text("screen", "entry_refused", sheet=one.entry.sheet, cell=one.entry.cell, problem=problem)
    if len(refused) > _ENTRIES_SHOWN:
        yield messages.text("live", "more_entries", count=len(refused) - _ENTRIES_SHOWN)
    if result.set_aside is not None:
        yield messages.text("screen", "set_aside", file=result.set_aside.file)
        if result.set_aside.sheets:
            names = ", ".join(f"“{name}”" for name in result.set_aside.sheets)
            yield messages.text("screen", "set_aside_sheets", sheets=names)
