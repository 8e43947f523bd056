"""From one finding to the next, along the list on the result sheet: errors first, then warnings, each in the order of
the sheet. Behind the last comes the first again."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass

import xlwings

from addin.errors import UsageProblem
from addin.intake.names import parse_area
from addin.intake.sheet_facts import Place
from addin.live.host import Host
from addin.live.marking import SHOWN_NAME, result_sheet
from addin.live.working import selected
from addin.returns.sheet_part import parse_address
from validation import messages

_SHEET, _CELL, _WHAT = 2, 3, 6
"""Columns of the list, from 0; see ``addin.returns.result_sheet``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell of the list: what is said of it, and in which of the list's rows first."""

    sheet: str
    cell: str
    said: str
    listed_in: int

    @property
    def place(self) -> Place:
        """Row and column."""
        return parse_address(self.cell) or (0, 0)


def entries(book: xlwings.Book) -> list[Entry]:
    """The cells on the list, each once. Raises UsageProblem ``not_checked_yet``."""
    sheet = result_sheet(book)
    if sheet is None:
        raise UsageProblem("not_checked_yet")
    rows = sheet.used_range.options(ndim=2).value
    header = next((n for n, row in enumerate(rows) if _is_header(row)), None)
    found: dict[tuple[str, str], Entry] = {}
    first_columns = _first_columns(book, rows[header + 1 :]) if header is not None else {}
    for number, row in enumerate(rows[header + 1 :] if header is not None else (), (header or 0) + 2):
        cell = _cell(row, first_columns)
        if cell is None:
            continue
        key = (str(row[_SHEET]), cell)
        said = str(row[_WHAT] or "").replace("\n", ": ", 1)
        known = found.get(key)
        found[key] = Entry(*key, f"{known.said} {said}" if known else said, known.listed_in if known else number)
    return list(found.values())


def next_entry(book: xlwings.Book, listed: Sequence[Entry]) -> Entry | None:
    """The entry behind the one that is selected; where none is, the next below or to the right on the same sheet, else
    the first. None for an empty list."""
    if not listed:
        return None
    now = selected(book)
    place = parse_address((now.address or "").replace("$", "").partition(":")[0])
    result = result_sheet(book)
    if result is not None and now.sheet == result.name:
        return next((one for one in listed if place is not None and one.listed_in == place[0]), listed[0])
    for number, one in enumerate(listed):
        if one.sheet == now.sheet and one.place == place:
            return listed[(number + 1) % len(listed)]
    behind = [one for one in listed if one.sheet == now.sheet and place is not None and one.place > place]
    return min(behind, key=lambda one: one.place) if behind else listed[0]


def go_to(host: Host, book: xlwings.Book, entry: Entry) -> None:
    """Select the cell of an entry, and keep its note in sight instead of the one before."""
    hide_shown_note(host, book)
    sheet = book.sheets[entry.sheet]
    sheet.activate()
    cell = sheet.range(entry.cell)
    cell.select()
    with contextlib.suppress(Exception):  # no note here: the status bar says it
        host.show_note(cell, shown=True)
        # As a text: a name for exactly this cell would stand in the name box instead of its address.
        shown = f"{entry.cell} {entry.sheet}".replace('"', '""')
        host.hide_name(book.names.add(SHOWN_NAME, f'="{shown}"'))


def hide_shown_note(host: Host, book: xlwings.Book) -> None:
    """Hide the note that the last step left in sight."""
    for name in book.names:
        if name.name == SHOWN_NAME:
            cell, _, title = str(name.refers_to).removeprefix('="').removesuffix('"').replace('""', '"').partition(" ")
            if title in book.sheet_names:
                with contextlib.suppress(Exception):  # the note was deleted
                    host.show_note(book.sheets[title].range(cell), shown=False)
            name.delete()
            return


def _is_header(row: Sequence[object]) -> bool:
    keys = ("number", "level", "place_sheet", "place_cell")
    return list(row[: len(keys)]) == [messages.text("marked", key) for key in keys]


def _cell(row: Sequence[object], first_columns: dict[str, str]) -> str | None:
    """The cell of a line of the list; for one about a whole row, the row's first column."""
    said = str(row[_CELL] or "")
    if not row[_SHEET] or not said:
        return None
    if parse_address(said) is not None:
        return said
    digits = "".join(letter for letter in said if letter.isdigit())
    return f"{first_columns.get(str(row[_SHEET]), 'A')}{digits}" if digits else None


def _first_columns(book: xlwings.Book, rows: Sequence[Sequence[object]]) -> dict[str, str]:
    """The column to which a line about a whole row leads; only asked for where there is such a line."""
    if not any(row[_CELL] and parse_address(str(row[_CELL])) is None for row in rows):
        return {}
    areas = [parse_area(str(n.refers_to)) for n in book.names if str(n.name).startswith("row_")]
    found: dict[str, str] = {}
    for area in areas:
        if area is not None:
            known = found.get(area.sheet)
            found[area.sheet] = min(known or area.column, area.column, key=lambda column: (len(column), column))
    return found
