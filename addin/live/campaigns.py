"""Which campaign the clerk means: that of the workbook in front, else the last one, else one that is asked for."""

from __future__ import annotations

from pathlib import Path

import xlwings

from addin.campaign.folder import SETTINGS, Campaign, open_campaign
from addin.errors import EdgeError, UsageProblem
from addin.hosts.dialogs import Dialogs
from addin.hosts.questions import Option
from addin.live.host import Host
from addin.live.remembered import CAMPAIGN, recall, remember
from validation import messages


def campaign_folder_of(location: str | None) -> Path | None:
    """The campaign folder in which a workbook lies, at any depth; None for a web address, too."""
    if location is None or "://" in location:
        return None
    return next((folder for folder in Path(location).parents if (folder / SETTINGS).is_file()), None)


def campaign_meant(host: Host, book: xlwings.Book | None, dialogs: Dialogs) -> Campaign | None:
    """The campaign of the workbook in front, else the one of last time after a question, else one that is chosen; None
    where the clerk chose none. Raises UsageProblem ``no_campaign``, ``no_window``, and as ``open_campaign``."""
    folder = campaign_folder_of(host.location(book)) if book is not None else None
    if folder is None:
        folder = _asked(dialogs)
    if folder is None:
        return None
    campaign = open_campaign(folder)
    remember(CAMPAIGN, str(campaign.folder))
    return campaign


def _asked(dialogs: Dialogs) -> Path | None:
    last = last_folder()
    if last is None:
        return dialogs.folder(messages.text("live", "pick_campaign"))
    known = Option("last", last.name, str(last))
    other = Option("other", messages.text("live", "other_campaign"))
    heading = messages.text("live", "which_campaign")
    try:
        chosen = dialogs.choose(heading, "", [known, other])
    except UsageProblem:  # only a yes or no can be asked
        return last if dialogs.confirm(messages.text("live", "same_campaign", folder=last)) else None
    if chosen == "other":
        return dialogs.folder(messages.text("live", "pick_campaign"), last)
    return last if chosen == "last" else None


def known_campaign(host: Host, book: xlwings.Book | None) -> Campaign | None:
    """The campaign of the workbook in front or of last time, without a question; None where there is none to be had."""
    folder = campaign_folder_of(host.location(book)) if book is not None else None
    folder = folder or last_folder()
    try:
        return open_campaign(folder) if folder is not None else None
    except EdgeError:
        return None


def last_folder() -> Path | None:
    """The folder of the campaign that was worked on last, if it is still there."""
    known = recall(CAMPAIGN)
    return Path(known) if known and (Path(known) / SETTINGS).is_file() else None


def open_in(app: xlwings.App, file: Path) -> xlwings.Book:
    """Open a file in the program, or bring it to the front where it is open."""
    book = book_at(app, file) or app.books.open(str(file))
    book.activate()
    return book


def book_at(app: xlwings.App, file: Path) -> xlwings.Book | None:
    """The open workbook of that file, or None."""
    for book in app.books:
        if book.name.casefold() == file.name.casefold() and _same(str(book.fullname), file):
            return book
    return None


def _same(location: str, file: Path) -> bool:
    try:
        return Path(location).samefile(file)
    except (OSError, ValueError):
        return False
