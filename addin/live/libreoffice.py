"""LibreOffice beyond xlwings: through the connection of our own engine (``addin.hosts.libreoffice``).

Many small requests travel as one message, so that an action's number of messages does not grow with the sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlwings

from addin.intake.names import column_letters
from addin.live.host import MIXED, Host, Rgb, colour_of, rgb_of, solid_words, used
from addin.live.rectangles import Rectangle
from addin.returns.fills import NO_FILL
from addin.returns.sheet_part import parse_address

if TYPE_CHECKING:
    from addin.hosts.libreoffice.connection import Connection

_XLSX = "Calc MS Excel 2007 XML"
_NO_COLOUR = -1


class LibreOffice(Host):
    """The office at the other end of the bridge."""

    name = "LibreOffice"

    def read_only(self, book: xlwings.Book) -> bool:
        """As the window's title says."""
        return bool(book.impl.read_only)

    def has_changes(self, book: xlwings.Book) -> bool:
        """As the red dot in its tool bar says."""
        return bool(book.impl.modified)

    def location(self, book: xlwings.Book) -> str | None:
        """Its path or address."""
        path = _connection(book).ask("book.facts", book=book.api)["path"]
        return str(path) if path else None

    def protected(self, sheet: xlwings.Sheet) -> bool:
        """Whether it is protected."""
        return bool(sheet.impl.protected)

    def save_copy(self, book: xlwings.Book, path: Path) -> bool:
        """As .xlsx, whatever the workbook itself is. Raises OSError."""
        arguments = {"URL": path.absolute().as_uri(), "FilterName": _XLSX}
        _connection(book).ask("office.dispatch", book=book.api, command=".uno:ExportTo", arguments=arguments)
        if not path.is_file():
            raise OSError(f"the office wrote no copy: {path}")
        return True

    def fills(self, sheet: xlwings.Sheet, parts: Iterable[Rectangle]) -> list[str | None]:
        """All in one message."""
        wires = [_wire(sheet, one) for one in parts]
        steps = [("looks.get", {"at": at, "names": ["CellBackColor"]}) for at in wires]
        answers = _connection(sheet.book).ask_all(steps) if steps else []
        return [_words(colour) for (colour,) in answers]

    def paint(self, sheet: xlwings.Sheet, colour: str, parts: Iterable[Rectangle]) -> None:
        """All in one message."""
        self._set_colours(sheet, [(_number(rgb_of(colour)), list(parts))])

    def refill(self, sheet: xlwings.Sheet, before: Mapping[str, str]) -> None:
        """All in one message, once the cells are found."""
        found = self.cells_of_colours(sheet, set(before))
        self._set_colours(sheet, [(_number(colour_of(before[colour])), parts) for colour, parts in found.items()])

    def cells_of_colours(self, sheet: xlwings.Sheet, colours: set[str]) -> dict[str, list[Rectangle]]:
        """The office lists its colours itself."""
        groups = _connection(sheet.book).ask("looks.colors", at=_wire(sheet, used(sheet)))
        listed = {f"{number:06X}": blocks for number, blocks in groups if number >= 0}
        return {
            colour: [Rectangle(top + 1, left + 1, bottom + 1, right + 1) for top, left, bottom, right in listed[colour]]
            for colour in sorted(colours & listed.keys())
        }

    def notes(self, sheet: xlwings.Sheet) -> dict[str, str]:
        """Where they are, and then all their texts in one message."""
        connection = _connection(sheet.book)
        cells = connection.ask("notes.list", sheet=sheet.api)
        wires = [_wire(sheet, Rectangle(row + 1, column + 1, row + 1, column + 1)) for row, column in cells]
        found = connection.ask_all([("notes.get", {"at": at}) for at in wires]) if wires else []
        return {_address(at): str(note["text"]) for at, note in zip(wires, found, strict=True) if note is not None}

    def put_notes(self, sheet: xlwings.Sheet, notes: Mapping[str, str | None]) -> int:
        """All in one message; the office knows no conversations."""
        steps = []
        for address, text in notes.items():
            row, column = parse_address(address) or (1, 1)
            at = _wire(sheet, Rectangle(row, column, row, column))
            steps.append(("notes.delete", {"at": at}) if text is None else ("notes.set", {"at": at, "text": text}))
        if steps:
            _connection(sheet.book).ask_all(steps)
        return len(steps)

    def show_note(self, cell: xlwings.Range, *, shown: bool) -> None:
        """As the menu entry does, which works on what is selected."""
        cell.sheet.activate()
        cell.select()
        command = ".uno:ShowNote" if shown else ".uno:HideNote"
        _connection(cell.sheet.book).ask("office.dispatch", book=cell.sheet.book.api, command=command)

    def _set_colours(self, sheet: xlwings.Sheet, groups: Sequence[tuple[int, list[Rectangle]]]) -> None:
        if not groups:
            return
        whole = used(sheet)
        for _, parts in groups:
            for one in parts:
                whole = Rectangle(1, 1, max(whole.bottom, one.bottom), max(whole.right, one.right))
        blocks = [
            [colour, [[one.top - 1, one.left - 1, one.bottom - 1, one.right - 1] for one in parts]]
            for colour, parts in groups
        ]
        _connection(sheet.book).ask("looks.set_colors", at=_wire(sheet, whole), groups=blocks)


def _connection(book: xlwings.Book) -> Connection:
    connection: Connection = book.app.api
    return connection


def _wire(sheet: xlwings.Sheet, one: Rectangle) -> list[int]:
    return [int(sheet.api), one.top - 1, one.left - 1, one.bottom - 1, one.right - 1]


def _address(at: Sequence[int]) -> str:
    return f"{column_letters(at[2] + 1)}{at[1] + 1}"


def _number(rgb: Rgb | None) -> int:
    return _NO_COLOUR if rgb is None else rgb[0] << 16 | rgb[1] << 8 | rgb[2]


def _words(colour: Any) -> str:
    if colour is None:
        return MIXED
    number = int(colour)
    return NO_FILL if number < 0 else solid_words((number >> 16 & 255, number >> 8 & 255, number & 255))
