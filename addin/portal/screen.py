"""A reconciliation as a person reads it in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from addin.adopt.mapping import Column
from addin.intake.arrivals import display
from addin.portal.reading import described
from addin.portal.reconciling import Reconciled
from addin.terminal import Screen, safe
from validation import messages
from validation.fields import ROW_FIELD
from validation.normalise import as_shown
from validation.portal import PortalEntry
from validation.submission import Row

_SHOWN = 30
_LONGEST_SAMPLE = 40


def show_reading(done: Reconciled, screen: Screen) -> None:
    """How the list is read: each column and what it is taken for."""
    _say(screen, "reading", style="bold", file=display(done.path), count=len(done.read.entries))
    for region in done.read.regions:
        _say(screen, "region", sheet=region.sheet, head=region.header.last_row, count=region.lines)
        table = screen.table(*(f"portal_{key}" for key in ("column", "header", "sample", "field", "score")))
        for column in region.columns:
            table.add_row(*(Text(safe(cell), style=_style(column)) for cell in _cells(column, screen)))
        screen.console.print(table)
    if done.read.unreadable:
        _say(screen, "unreadable", style="yellow", count=done.read.unreadable)


def _cells(column: Column, screen: Screen) -> tuple[str, ...]:
    sample = " | ".join(as_shown(value).replace("\n", " ")[:_LONGEST_SAMPLE] for value in column.samples[:2])
    name = described(column)
    field = ROW_FIELD[name].header if name else messages.text("portal", "unused", screen.language)
    score = f"{column.score}{'' if column.sure else ' ?'}" if name else ""
    return column.letters, column.header, sample, field, score


def _style(column: Column) -> str:
    if described(column) is None:
        return "dim"
    return "" if column.sure else "yellow"


def ask(screen: Screen) -> bool:
    """Ask at the terminal whether the columns are right."""
    try:
        answer = screen.console.input(Text(messages.text("portal", "question", screen.language) + " "))
    except EOFError:
        return False
    return answer.strip().casefold() in ("c", "co", "có", "y", "yes")


def show_result(done: Reconciled, screen: Screen) -> None:
    """What agrees, and the tables of what does not."""
    result = done.result
    _say(
        screen, "result", style="bold", matched=screen.number(len(result.matched)),
        different=screen.number(len(result.different)), claimed=screen.number(len(result.claimed_only)),
        portal=screen.number(len(result.portal_only)), suggested=screen.number(len(result.suggested)),
    )  # fmt: skip
    _show_different(done, screen)
    _table(
        screen, "claimed_only", ("code", "registration_code", "author", "title", "status"),
        [(row.unit_code, row.registration_code, row.lead_author, row.title, row.status) for row in result.claimed_only],
    )  # fmt: skip
    _table(
        screen, "portal_only", ("registration_code", "author", "title", "unit", "status"),
        [
            (e.registration_code, e.lead_author, e.title, e.unit, e.status_text)
            for e in (one.entry for one in result.portal_only)
        ],
    )  # fmt: skip
    _table(
        screen, "suggested", ("portal_score", "code", "registration_code", "title", "portal_code", "portal_title"),
        [
            (str(one.score), one.row.unit_code, one.row.registration_code, one.row.title, one.entry.registration_code,
             one.entry.title)
            for one in result.suggested
        ],
    )  # fmt: skip
    unsure = [("why_repeated", e) for e in result.repeated] + [("why_unclear", e) for e in result.unclear]
    _table(
        screen, "unsure", ("registration_code", "title", "status", "reason"),
        [
            (e.registration_code, e.title, e.status_text, messages.text("portal", why, screen.language))
            for why, e in unsure
        ],
    )  # fmt: skip
    _show_end(done, screen)


def _show_different(done: Reconciled, screen: Screen) -> None:
    lines = [
        (
            one.row.unit_code, one.row.registration_code, one.row.title,
            messages.text("portal_field", name, screen.language), _said(one.row, name), _said(one.entry, name),
        )
        for one in done.result.different
        for name in one.differs
    ]  # fmt: skip
    keys = ("code", "registration_code", "title", "fields", "portal_report", "portal_portal")
    _table(screen, "different", keys, lines)


def _said(one: Row | PortalEntry, name: str) -> str:
    return as_shown(getattr(one, name))


def _table(screen: Screen, title: str, keys: Sequence[str], lines: Sequence[Sequence[str | None]]) -> None:
    if not lines:
        return
    table = screen.table(*keys, title=f"portal_{title}")
    for line in lines[:_SHOWN]:
        table.add_row(*(Text(safe(cell or "")) for cell in line))
    screen.console.print(table)
    if len(lines) > _SHOWN:
        screen.say("more_rows", count=len(lines) - _SHOWN)


def _show_end(done: Reconciled, screen: Screen) -> None:
    if done.record is None:
        _say(screen, "not_recorded", style="bold")
        return
    _say(screen, "recorded" if done.new else "recorded_before", file=done.workbook, sha256=done.sha256[:12])
    if not done.rule.in_force:
        _say(screen, "only_compared")
    elif done.waiting:
        _say(screen, "waiting", style="yellow")
    else:
        _say(screen, "applied")


def _say(screen: Screen, key: str, style: str = "", **facts: object) -> None:
    sentence = messages.text("portal", key, screen.language, **facts)
    screen.console.print(Text(safe(sentence), style=style), soft_wrap=True)
