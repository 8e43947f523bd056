"""What the actions need of a spreadsheet program beyond xlwings' own members.

``Host`` itself uses nothing but xlwings and serves Excel for macOS; Excel for Windows and LibreOffice do the same in
fewer calls and can do more.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import xlwings

from addin.live.rectangles import Rectangle
from addin.returns.fills import NO_FILL

MIXED = "mixed"
"""Said of a rectangle whose cells are filled in different ways."""

Rgb = tuple[int, int, int]


class Host:
    """A spreadsheet program, as far as xlwings alone reaches."""

    name = "Excel"

    def protected_view(self, app: xlwings.App) -> bool:  # noqa: ARG002
        """Whether the window in front is in Protected View, where no workbook can be had."""
        return False

    def read_only(self, book: xlwings.Book) -> bool:  # noqa: ARG002
        """Whether the workbook is open for reading only."""
        return False

    def has_changes(self, book: xlwings.Book) -> bool:  # noqa: ARG002
        """Whether it was changed since it was saved; True where that cannot be told."""
        return True

    def location(self, book: xlwings.Book) -> str | None:
        """Its path or web address; None before it is first saved."""
        full = str(book.fullname)
        return full if os.path.dirname(full) else None  # noqa: PTH120 - perhaps a web address

    def protected(self, sheet: xlwings.Sheet) -> bool:  # noqa: ARG002
        """Whether a sheet is protected."""
        return False

    def structure_protected(self, book: xlwings.Book) -> bool:  # noqa: ARG002
        """Whether sheets can be neither added nor removed."""
        return False

    def save_copy(self, book: xlwings.Book, path: Path) -> bool:
        """Write the workbook to another file, as it stands now, and leave it what it was. False where only what was
        saved last could be copied. Raises OSError where not even that."""
        location = self.location(book)
        if location is None or "://" in location:
            raise FileNotFoundError(location or book.name)
        shutil.copyfile(location, path)
        return False

    def fills(self, sheet: xlwings.Sheet, parts: Iterable[Rectangle]) -> list[str | None]:
        """The fill of each rectangle in the words of ``addin.returns.fills``; MIXED where its cells differ, None where
        it could not be given back (a pattern)."""
        return [_fill_of(sheet.range(one.address)) for one in parts]

    def paint(self, sheet: xlwings.Sheet, colour: str, parts: Iterable[Rectangle]) -> None:
        """Fill rectangles with a colour, six hexadecimal digits."""
        for one in parts:
            sheet.range(one.address).color = rgb_of(colour)

    def refill(self, sheet: xlwings.Sheet, before: Mapping[str, str]) -> None:
        """Give every cell that has one of our colours (six digits) the fill that this colour stands for, in words."""
        for colour, parts in self.cells_of_colours(sheet, set(before)).items():
            for one in parts:
                sheet.range(one.address).color = colour_of(before[colour])

    def cells_of_colours(self, sheet: xlwings.Sheet, colours: set[str]) -> dict[str, list[Rectangle]]:
        """The cells of a sheet that are filled with one of the colours."""
        found: dict[str, list[Rectangle]] = {}
        waiting = [used(sheet)]
        while waiting:
            split: list[Rectangle] = []
            for one, words in zip(waiting, self.fills(sheet, waiting), strict=True):
                colour = (words or "").partition("rgb=FF")[2][:6]
                if words == MIXED and not one.is_cell:
                    split.extend(one.halves())
                elif colour in colours:
                    found.setdefault(colour, []).append(one)
            waiting = split
        return found

    def notes(self, sheet: xlwings.Sheet) -> dict[str, str]:
        """The notes of a sheet: their texts by address, like ``K12``."""
        return {str(note.location.address).replace("$", ""): str(note.text) for note in sheet.notes}

    def put_notes(self, sheet: xlwings.Sheet, notes: Mapping[str, str | None]) -> int:
        """Write notes in place of those that are there; None takes one away. Returns how many could be written: a cell
        with a conversation takes none."""
        written = 0
        for address, text in notes.items():
            with contextlib.suppress(Exception):  # each program has its own error for it
                self._put_note(sheet.range(address), text)
                written += 1
        return written

    def _put_note(self, cell: xlwings.Range, text: str | None) -> None:
        note = cell.note
        if text is None:
            if note is not None:
                note.delete()
        elif note is not None:
            note.text = text
        else:
            cell.add_note(text)

    def show_note(self, cell: xlwings.Range, *, shown: bool) -> None:
        """Show the note of a cell without the mouse being over it, or no longer."""

    def hide_name(self, name: xlwings.main.Name) -> None:
        """Keep a name out of the list of names that a clerk sees."""

    def version(self, app: xlwings.App) -> str:
        """The program's version."""
        return str(app.version)


def host_of(app: xlwings.App) -> Host:
    """The program behind an app."""
    if app.engine.name == "libreoffice":
        from addin.live.libreoffice import LibreOffice

        return LibreOffice()
    if sys.platform == "win32":
        from addin.live.excel import ExcelForWindows

        return ExcelForWindows()
    return Host()


def used(sheet: xlwings.Sheet) -> Rectangle:
    """The rectangle from A1 to the last used cell."""
    last = sheet.used_range.last_cell
    return Rectangle(1, 1, last.row, last.column)


def rgb_of(colour: str) -> Rgb:
    """``FCD3CB`` → (252, 211, 203)."""
    return int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:6], 16)


def solid_words(rgb: Rgb) -> str:
    """A fill of one colour in words."""
    return f"solid|rgb=FF{rgb[0]:02X}{rgb[1]:02X}{rgb[2]:02X}|indexed=64"


def colour_of(words: str) -> Rgb | None:
    """The colour of a fill in words; None for no fill, and for one that has no plain colour."""
    digits = words.partition("rgb=FF")[2][:6]
    return rgb_of(digits) if words.startswith("solid|") and len(digits) == 6 else None


def _fill_of(cells: xlwings.Range) -> str:
    try:
        colour = cells.color
    except Exception:  # xlwings makes no colour of what Excel says of cells that differ
        return MIXED
    return NO_FILL if colour is None else solid_words(colour)
