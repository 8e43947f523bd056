"""The buttons of repairing: shown first, written only what was accepted, and undone as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import xlwings

from addin.actions import local_now
from addin.errors import CouldNotSave, UsageProblem
from addin.hosts.dialogs import Change
from addin.live.copies import Copy, close_journal, last_journal, momentary, set_aside
from addin.live.guards import refuse_protected
from addin.live.host import Host
from addin.live.judging import Judged, judge_live
from addin.live.marking import is_marked, mark
from addin.live.repairing import Written, take_back, undo, write
from addin.live.session import Session
from addin.live.working import at_work
from addin.returns.repair import meaning_changed
from addin.returns.sheet_part import parse_address
from validation import messages
from validation.fields import COVER_FIELD, ROW_FIELD
from validation.fixes.proposal import Proposal
from validation.fixes.registry import propose
from validation.submission import Submission
from validation.text.amounts import format_amount

_CELLS_NAMED = 12


def fix(session: Session) -> None:
    """Show what can be repaired, and repair what is accepted. Raises UsageProblem (``cannot_read_live``,
    ``repair_changed_meaning`` …) and CouldNotSave ``copy_failed``."""
    host, book = session.host, session.book()
    with at_work(session.app, messages.text("live", "checking"), book):
        copy = set_aside(host, book, local_now())
        judged = judge_live(host, book, copy)
    if judged.submission is None:
        raise UsageProblem("cannot_read_live", reason=judged.reason)
    proposals = propose(judged.submission.findings)
    if not proposals:
        session.dialogs.tell(messages.text("live", "nothing_to_repair"))
        return
    session.say(messages.text("live", "asking"))
    accepted = session.dialogs.preview([_change(one) for one in proposals])
    session.app.status_bar = False
    if not accepted:
        return
    chosen = [proposals[number] for number in accepted]
    refuse_protected(host, book, [book.sheets[title] for title in dict.fromkeys(one.sheet for one in chosen)])
    with at_work(session.app, messages.text("live", "repairing"), book):
        written = _repair(host, book, copy, judged.submission, chosen)
    told = messages.text("live", "repaired", count=len(written.cells), copy=copy.path)
    session.dialogs.tell(told + _left("left_as_is", [one.cell for one in written.left]))


def undo_last(session: Session) -> None:
    """Give the cells of the last repair back what they held. Raises UsageProblem ``nothing_to_undo`` and CouldNotSave
    ``copy_failed``."""
    host, book = session.host, session.book()
    journal = last_journal(host, book)
    if journal is None:
        raise UsageProblem("nothing_to_undo")
    with at_work(session.app, messages.text("live", "undoing"), book):
        set_aside(host, book, local_now())
        undone = undo(book, journal)
        close_journal(journal)
        if is_marked(book):
            _mark_anew(host, book, _judged_now(host, book))
    session.dialogs.tell(messages.text("live", "undone", count=undone.cells) + _left("undone_not", undone.left))


def _repair(host: Host, book: xlwings.Book, copy: Copy, before: Submission, chosen: Sequence[Proposal]) -> Written:
    """Write, judge again, and take everything back where the repair has given a row another meaning."""
    written = write(book, chosen)
    try:
        now = _judged_now(host, book)
        changed = _meaning_changed(before, now, chosen)
        if changed:
            raise UsageProblem("repair_changed_meaning", rows=", ".join(map(str, changed)))
        try:
            written.save(copy.journal)
        except OSError as problem:
            raise CouldNotSave("copy_failed", book=book.name, folder=copy.path.parent) from problem
    except BaseException:
        take_back(book, written)
        raise
    if is_marked(book):
        _mark_anew(host, book, now)
    return written


def _meaning_changed(before: Submission, now: Judged, chosen: Sequence[Proposal]) -> list[int]:
    """Rows of another meaning, 0 for the cover. What was only a suggestion may change one: the clerk has chosen it."""
    if now.submission is None:
        return [0]
    asked = {_row(one, before) for one in chosen if not one.automatic}
    return [number for number in meaning_changed(before, now.submission) if number not in asked]


def _row(proposal: Proposal, submission: Submission) -> int:
    place = parse_address(proposal.cell)
    on_list = proposal.sheet.casefold() == submission.sheet.casefold() and proposal.field in submission.columns
    return place[0] if place is not None and on_list else 0


def _judged_now(host: Host, book: xlwings.Book) -> Judged:
    with momentary(host, book) as copy:
        return judge_live(host, book, copy)


def _mark_anew(host: Host, book: xlwings.Book, judged: Judged) -> None:
    if judged.raw is not None:
        mark(host, book, judged)


def _change(one: Proposal) -> Change:
    known = ROW_FIELD.get(one.field) or COVER_FIELD.get(one.field)
    titles = [messages.catalogue("vi")["rule"][code]["title"] for code in one.codes]
    place = messages.text("live", "preview_place_of", sheet=one.sheet, cell=one.cell)
    return Change(place, known.header if known else "", one.before, _after(one), "; ".join(titles), one.automatic)


def _after(one: Proposal) -> str:
    """What would stand there; a day or a number that was a text is called so, since it looks the same."""
    match one.content:
        case date():
            return messages.text("live", "as_day", after=one.after)
        case int():
            return messages.text("live", "as_number", after=format_amount(one.content))
    return one.after


def _left(key: str, cells: Sequence[str]) -> str:
    if not cells:
        return ""
    named = ", ".join(cells[:_CELLS_NAMED]) + (" …" if len(cells) > _CELLS_NAMED else "")
    return "\n" + messages.text("live", key, count=len(cells), cells=named)
