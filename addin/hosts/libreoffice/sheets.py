"""Sheets as xlwings' Sheets and Sheet."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .addresses import COLUMNS, ROWS, Block, parse, spell
from .missing import lacking, names_what_is_missing
from .names import Names
from .notes import Note
from .range import Range
from .tables import Tables

if TYPE_CHECKING:
    from .books import Book


@names_what_is_missing
class Sheets(base_classes.Sheets):
    """The sheets of a workbook."""

    def __init__(self, book: "Book") -> None:
        self.book = book
        self._connection = book.app.connection

    @property
    def api(self) -> str:
        """The office's number of the workbook."""
        return self.book.uid

    @property
    def active(self) -> "Sheet":
        """The sheet in front."""
        return Sheet(self.book, self._connection.ask("sheets.active", book=self.book.uid))

    def __call__(self, name_or_index: int | str) -> "Sheet":
        """The sheet of that name or place (from 1); MissingError."""
        return Sheet(self.book, self._connection.ask("sheets.find", book=self.book.uid, key=name_or_index))

    def _listed(self) -> list[list[Any]]:
        return list(self._connection.ask("sheets.list", book=self.book.uid))

    def __len__(self) -> int:
        return len(self._listed())

    def __iter__(self) -> Iterator["Sheet"]:
        for number, _ in self._listed():
            yield Sheet(self.book, number)

    def __contains__(self, key: int | str) -> bool:
        listed = self._listed()
        if isinstance(key, int):
            return 1 <= key <= len(listed)
        return key.lower() in (name.lower() for _, name in listed)

    def add(self, before: "Sheet | None" = None, after: "Sheet | None" = None, name: str | None = None) -> "Sheet":
        """A new sheet: before the active one unless told otherwise."""
        position = None
        if before is not None:
            position = before.index - 1
        elif after is not None:
            position = after.index
        return Sheet(self.book, self._connection.ask("sheets.add", book=self.book.uid, position=position, name=name))


@names_what_is_missing
class Sheet(base_classes.Sheet):
    """One sheet; it stays the same sheet when it is renamed or moved."""

    def __init__(self, book: "Book", number: int) -> None:
        self._book = book
        self.number = number
        self._connection = self.connection = book.app.connection

    @property
    def book(self) -> "Book":
        """Its workbook."""
        return self._book

    @property
    def api(self) -> int:
        """The bridge's number of the sheet, which its verbs take as `sheet`; counted from 0."""
        return self.number

    def _facts(self) -> dict[str, Any]:
        return dict(self._connection.ask("sheet.facts", sheet=self.number))

    @property
    def name(self) -> str:
        """Its name."""
        return str(self._facts()["name"])

    @name.setter
    def name(self, value: str) -> None:
        self._connection.ask("sheet.rename", sheet=self.number, name=value)

    @property
    def index(self) -> int:
        """Its place among the sheets, from 1."""
        return int(self._facts()["index"])

    @property
    def visible(self) -> bool:
        """Whether it shows."""
        return bool(self._facts()["visible"])

    @visible.setter
    def visible(self, value: bool) -> None:
        self._connection.ask("sheet.set_visible", sheet=self.number, visible=bool(value))

    @property
    def names(self) -> Names:
        """Its own names."""
        return Names(self.book, self)

    @property
    def tables(self) -> Tables:
        """Its tables."""
        return Tables(self)

    @property
    def notes(self) -> list[Note]:
        """The notes on its cells."""
        cells = self._connection.ask("notes.list", sheet=self.number)
        return [Note(Range(self, Block(row, column, row, column))) for row, column in cells]

    @property
    def page_setup(self) -> "PageSetup":
        """Its print area."""
        return PageSetup(self)

    @property
    def freeze_panes(self) -> "FreezePanes":
        """Its frozen rows and columns."""
        return FreezePanes(self)

    @property
    def protected(self) -> bool:
        """Whether it is protected. (Not in xlwings: Excel's `api.ProtectContents`.)"""
        return bool(self._connection.ask("sheet.protected", sheet=self.number))

    def protect(self, password: str = "") -> None:
        """Protect it. (Not in xlwings: Excel's `api.Protect`.)"""
        self._connection.ask("sheet.protect", sheet=self.number, password=password)

    def unprotect(self, password: str = "") -> None:
        """Lift its protection; ProtectedError for a wrong password. (Not in xlwings: Excel's `api.Unprotect`.)"""
        self._connection.ask("sheet.unprotect", sheet=self.number, password=password)

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        """Cells by address, by a name, by (row, column) from 1, or between two of these."""
        first = self._cells(arg1)
        return first if arg2 is None else Range(first.sheet, first.block.joined(self._cells(arg2).block))

    def _cells(self, given: Any) -> Range:
        if isinstance(given, Range):
            return given
        if isinstance(given, tuple):
            return self._numbered(given)
        text = str(given)
        block = parse(text)
        if block is not None:
            return Range(self, block, text)
        sheet_name, mark, address = text.rpartition("!")
        if mark and (block := parse(address)) is not None:
            return Range(self.book.sheets(sheet_name.strip("'").replace("''", "'")), block, address)
        if "," in text:
            lacking("Range of several areas")
        return Names(self.book, None).referred(text, self)

    def _numbered(self, given: tuple[int, ...]) -> Range:
        """(row, column) or (row, column, rows, columns), from 1, as xlwings counts."""
        if 0 in given[:2]:
            raise IndexError("Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based.")
        row, column, rows, columns = (*given, 1, 1)[:4] if len(given) == 2 else given
        if rows == 0 or columns == 0:
            raise ValueError("a range holds at least one cell")
        return Range(self, Block(row - 1, column - 1, row + rows - 2, column + columns - 2))

    @property
    def cells(self) -> Range:
        """All cells."""
        return Range(self, Block(0, 0, ROWS - 1, COLUMNS - 1))

    @property
    def used_range(self) -> Range:
        """The block that holds everything used."""
        top, left, bottom, right = self._connection.ask("sheet.used", sheet=self.number)
        return Range(self, Block(top, left, bottom, right))

    def activate(self) -> None:
        """Bring it to the front of its workbook."""
        self._connection.ask("sheet.activate", sheet=self.number)

    def select(self) -> None:
        """Bring it to the front of its workbook."""
        self.activate()

    def clear_contents(self) -> None:
        """Empty all cells; formats stay."""
        self.used_range.clear_contents()

    def clear_formats(self) -> None:
        """Take all formats away; contents stay."""
        self.cells.clear_formats()

    def clear(self) -> None:
        """Take everything away."""
        self.cells.clear()

    def autofit(self, axis: str | None = None) -> None:
        """Fit column widths and row heights."""
        self.used_range.autofit(axis)

    def delete(self) -> None:
        """Delete it, without a question."""
        self._connection.ask("sheet.delete", sheet=self.number)

    def copy(self, before: "Sheet | None", after: "Sheet | None") -> None:
        """Copy it, into another workbook too."""
        beside = before if before is not None else after
        assert beside is not None
        position = beside.index - 1 if before is not None else beside.index
        self._connection.ask("sheet.copy", sheet=self.number, book=beside.book.uid, position=position)

    def move(self, before: "Sheet | None", after: "Sheet | None") -> None:
        """Move it within its workbook."""
        beside = before if before is not None else after
        assert beside is not None
        position = beside.index - 1 if before is not None else beside.index
        self._connection.ask("sheet.move", sheet=self.number, position=position)

    @property
    def show_gridlines(self) -> bool:
        """Whether grid lines show."""
        return bool(self._connection.ask("sheet.gridlines", sheet=self.number))

    @show_gridlines.setter
    def show_gridlines(self, value: bool) -> None:
        self._connection.ask("sheet.set_gridlines", sheet=self.number, shown=bool(value))


@names_what_is_missing
class PageSetup(base_classes.PageSetup):
    """What of a sheet is printed."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._connection = sheet.book.app.connection

    @property
    def api(self) -> int:
        """The bridge's number of the sheet."""
        return self._sheet.number

    @property
    def print_area(self) -> str | None:
        """The address of the print area, or None."""
        areas = self._connection.ask("sheet.print_area", sheet=self._sheet.number)
        return ",".join(spell(Block(*area)) for area in areas) or None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        at = None if value is None else self._sheet.range(value).wire
        self._connection.ask("sheet.set_print_area", sheet=self._sheet.number, at=at)


@names_what_is_missing
class FreezePanes(base_classes.FreezePanes):
    """The rows and columns of a sheet that stay in sight."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._connection = sheet.book.app.connection

    def freeze_at(self, frozen_range: str) -> None:
        """Freeze the rows and columns that a range covers, counted from A1, as in Office.js."""
        block = self._sheet.range(frozen_range).block
        rows = 0 if block.rows == ROWS else block.bottom + 1
        columns = 0 if block.columns == COLUMNS else block.right + 1
        self._connection.ask("sheet.freeze", sheet=self._sheet.number, rows=rows, columns=columns)

    def unfreeze(self) -> None:
        """Freeze nothing."""
        self._connection.ask("sheet.freeze", sheet=self._sheet.number, rows=0, columns=0)
