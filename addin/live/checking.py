"""The buttons of checking: mark what is wrong, go from one to the next, take the marks off."""

from __future__ import annotations

from addin.actions import local_now
from addin.errors import UsageProblem
from addin.live.copies import set_aside
from addin.live.findings_list import entries, go_to, next_entry
from addin.live.guards import kind_of, refuse_protected
from addin.live.judging import Judged, judge_live
from addin.live.marking import MOST_NOTES, Marked, clear, is_marked, mark
from addin.live.session import Session
from addin.live.working import at_work
from addin.ribbon import BookKind
from validation import messages
from validation.text.amounts import format_amount


def check(session: Session) -> None:
    """Mark the findings of the form in front. Raises UsageProblem (``cannot_read_live``, ``protected_sheet`` …) and
    CouldNotSave ``copy_failed``."""
    host, book = session.host, session.book()
    if kind_of(book) is BookKind.OTHER:
        raise UsageProblem("cannot_read_live", reason=messages.text("refusal", "not_our_form"))
    with at_work(session.app, messages.text("live", "checking"), book):
        judged = judge_live(host, book, set_aside(host, book, local_now()))
        if judged.raw is None:
            raise UsageProblem("cannot_read_live", reason=judged.reason)
        titles = {title.casefold(): title for title in book.sheet_names}
        concerned = dict.fromkeys(titles[one.sheet.casefold()] for one in judged.remarks if one.sheet)
        refuse_protected(host, book, [book.sheets[title] for title in concerned])
        session.say(messages.text("live", "marking"))
        marked = mark(host, book, judged)
    session.dialogs.tell(_told(judged, marked))


def go_on(session: Session) -> None:
    """Select the cell of the next finding, its note in sight. Raises UsageProblem ``not_checked_yet``."""
    book = session.book()
    found = next_entry(book, entries(book))
    if found is None:
        session.dialogs.tell(messages.text("live", "no_findings_left"))
        return
    go_to(session.host, book, found)
    session.leave(f"{found.cell}: {found.said}")


def take_marks_off(session: Session) -> None:
    """Take our marks off the form in front. Raises UsageProblem and CouldNotSave ``copy_failed``."""
    host, book = session.host, session.book()
    if not is_marked(book):
        session.dialogs.tell(messages.text("live", "nothing_to_clear"))
        return
    refuse_protected(host, book, list(book.sheets))
    with at_work(session.app, messages.text("live", "clearing"), book):
        set_aside(host, book, local_now())
        clear(host, book)


def _told(judged: Judged, marked: Marked) -> str:
    if judged.refusal is not None:
        return messages.text("live", "checked_refused", reason=judged.reason)
    counts = judged.receipt.counts
    rows = format_amount(counts.seen if counts is not None else 0)
    if not judged.remarks:
        return messages.text("live", "checked_faultless", rows=rows)
    facts = {"errors": judged.receipt.errors, "warnings": judged.receipt.warnings, "sheet": marked.sheet}
    told = messages.text("live", "checked", rows=rows, **facts)
    if marked.without_note:
        told += " " + messages.text("live", "more_notes", count=MOST_NOTES)
    return told
