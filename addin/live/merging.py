"""The buttons of a campaign: the same actions as the commands, in this process, with a window that shows how far."""

from __future__ import annotations

from collections import Counter
from io import StringIO

from rich.console import Console

from addin import actions
from addin.campaign.folder import Campaign
from addin.errors import UsageProblem
from addin.hosts.progress import progress
from addin.intake.refusals import RefusedAs
from addin.live.campaigns import book_at, campaign_meant, open_in
from addin.live.session import Session
from addin.merge.overview import FileOutcome
from addin.merge.run import MergeResult
from addin.terminal import Screen, show_status
from validation import messages

_STATUS_WIDTH = 110  # characters


def merge(session: Session) -> None:
    """Merge the inbox of the campaign, and open its master. Raises UsageProblem and CouldNotSave as
    ``actions.merge_campaign``; ``interrupted`` where the clerk pressed cancel; ``master_not_saved``."""
    campaign = _campaign(session)
    if campaign is None:
        return
    was_open = _close_master(session, campaign)
    try:
        with progress(messages.text("live", "merging"), session.say) as report:
            result = actions.merge_campaign(campaign.folder, progress=report)
        was_open = True
    finally:
        if was_open and campaign.master.is_file():
            session.say(messages.text("live", "opening"))
            open_in(session.app, campaign.master)
        session.app.status_bar = False
    session.dialogs.tell(_told(result))


def show_standing(session: Session) -> None:
    """Show where the campaign stands. Raises UsageProblem ``nothing_merged``."""
    campaign = _campaign(session)
    if campaign is None:
        return
    screen = Screen("vi", Console(file=StringIO(), width=_STATUS_WIDTH, highlight=False, markup=False, emoji=False))
    show_status(actions.campaign_status(campaign.folder), screen)
    held = screen.console.file
    assert isinstance(held, StringIO)
    session.dialogs.show(messages.text("live", "status_title"), held.getvalue().rstrip())


def return_reports(session: Session) -> None:
    """Make marked copies and receipts for the units whose reports have errors. Raises UsageProblem ``nothing_merged``
    and CouldNotSave."""
    campaign = _campaign(session)
    if campaign is None:
        return
    try:
        with progress(messages.text("live", "returning"), session.say) as report:
            result = actions.return_campaign(campaign.folder, progress=report)
    finally:
        session.app.status_bar = False
    new = sum(one.written for one in result.files)
    folder = campaign.folder / "tra-lai"
    told = messages.text("live", "returned" if result.files else "returned_none", files=len(result.files), new=new,
                         folder=folder)  # fmt: skip
    if result.not_returned:
        told += "\n" + messages.text("live", "returned_not", count=len(result.not_returned))
    session.dialogs.tell(told)


def _campaign(session: Session) -> Campaign | None:
    return campaign_meant(session.host, session.book_or_none(), session.dialogs)


def _close_master(session: Session, campaign: Campaign) -> bool:
    """Close the master where it is open here: it is about to be replaced. Returns whether it was."""
    master = book_at(session.app, campaign.master)
    if master is None:
        return False
    if session.host.has_changes(master) and not session.host.read_only(master):
        if not session.dialogs.confirm(messages.text("live", "save_master_first")):
            raise UsageProblem("master_not_saved")
        master.save()
    master.close()
    return True


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
    return messages.text("live", "merged", files=len(result.files), parts=", ".join(parts) or none, held=said).strip()
