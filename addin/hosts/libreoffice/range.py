"""Cells as xlwings' Range: what they hold and where they are. Looks and layout are in their own modules.

A range keeps its address when rows are inserted above it; in Excel it would move along.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .addresses import COLUMNS, ROWS, Block, quoted, spell
from .connection import Connection
from .missing import names_what_is_missing
from .names import Name, Names
from .notes import Note
from .range_layout import RangeLayout
from .range_looks import RangeLooks
from .values import Outgoing, from_office, plain, to_office

if TYPE_CHECKING:
    from .app import App
    from .tables import Table

MAX_CELLS_PER_READ = 1_000_000
MAX_CELLS_PER_WRITE = 500_000

DATE_CODE, TIME_CODE, BOOLEAN_CODE = "dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss", "BOOLEAN"


@names_what_is_missing
class Range(RangeLayout, RangeLooks):
    """A rectangle of cells on one sheet."""

    options: dict[str, Any]

    @classmethod
    def at(cls, connection: Connection, app: "App", at: list[int]) -> "Range":
        """The range for a block on the wire, whichever workbook its sheet is in."""
        from .books import Book
        from .sheets import Sheet

        book = Book(app, connection.ask("sheet.book", sheet=at[0]))
        return cls(Sheet(book, at[0]), Block(*at[1:]))

    @property
    def api(self) -> list[int]:
        """The block on the wire."""
        return self.wire

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        """Sheet name, row and column from 1, number of rows and columns."""
        return self.sheet.name, self.row, self.column, self.block.rows, self.block.columns

    def __len__(self) -> int:
        return self.block.rows * self.block.columns

    @property
    def row(self) -> int:
        """The first row, from 1."""
        return self.block.top + 1

    @property
    def column(self) -> int:
        """The first column, from 1."""
        return self.block.left + 1

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.block.rows, self.block.columns

    @property
    def address(self) -> str:
        """The absolute address."""
        return spell(self.block)

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        """The address; `external` adds `[Book.xlsx]Sheet!`."""
        address = spell(self.block, row_absolute, col_absolute)
        if not external:
            return address
        place = f"[{self.sheet.book.name}]{self.sheet.name}"
        needs_quotes = not re.fullmatch(r"[\w.\[\]]+", place)
        return f"'{place.replace(chr(39), chr(39) * 2)}'!{address}" if needs_quotes else f"{place}!{address}"

    def __call__(self, arg1: int, arg2: int | None = None) -> "Range":
        """One cell, by row and column or by its number row after row, from 1; it may lie outside."""
        if arg2 is None:
            down, right = divmod(arg1 - 1, self.block.columns)
        else:
            down, right = arg1 - 1, arg2 - 1
        row, column = self.block.top + down, self.block.left + right
        if not (0 <= row < ROWS and 0 <= column < COLUMNS):
            raise IndexError(f"no cell ({arg1}, {arg2}) from {self.address}")
        return Range(self.sheet, Block(row, column, row, column))

    def __iter__(self) -> Iterator["Range"]:
        for number in range(1, len(self) + 1):
            yield self(number)

    @property
    def rows(self) -> list["Range"]:
        """Its rows."""
        b = self.block
        return [Range(self.sheet, Block(row, b.left, row, b.right)) for row in range(b.top, b.bottom + 1)]

    @property
    def columns(self) -> list["Range"]:
        """Its columns."""
        b = self.block
        return [Range(self.sheet, Block(b.top, column, b.bottom, column)) for column in range(b.left, b.right + 1)]

    @property
    def max_cells_per_read(self) -> int:
        """Larger reads are done in pieces."""
        return MAX_CELLS_PER_READ

    @property
    def max_cells_per_write(self) -> int:
        """Larger writes are done in pieces."""
        return MAX_CELLS_PER_WRITE

    @property
    def raw_value(self) -> Any:
        """What the cells hold: one value, or rows of values."""
        rows = from_office(self.connection.ask("cells.read", at=self.wire))
        return rows[0][0] if len(self) == 1 else rows

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        if isinstance(value, (list, tuple)):
            rows = value if value and isinstance(value[0], (list, tuple)) else [value]
            self._write([[plain(v) for v in row] for row in rows])
        else:
            self._fill(plain(value))

    def _write(self, rows: list[list[Any]]) -> None:
        if len(rows) != self.block.rows or any(len(row) != self.block.columns for row in rows):
            raise ValueError(f"the values do not have the shape of {self.address}")
        self.connection.ask("cells.write", at=self.wire, **to_office(rows).arguments())

    def _fill(self, value: Any) -> None:
        """One value into every cell."""
        one = to_office([[value]])
        if len(self) == 1:
            self.connection.ask("cells.write", at=self.wire, **one.arguments())
            return
        content, code = _single(one)
        self.connection.ask("cells.fill", at=self.wire, value=content, code=code, formula=bool(one.formulas))

    @property
    def formula(self) -> str | tuple[tuple[str, ...], ...]:
        """Formulas in Excel's spelling; constants as text."""
        rows = self.connection.ask("cells.formulas", at=self.wire)
        return str(rows[0][0]) if len(self) == 1 else tuple(map(tuple, rows))

    @formula.setter
    def formula(self, value: Any) -> None:
        self.raw_value = value

    @property
    def formula2(self) -> str | tuple[tuple[str, ...], ...]:
        """The same as `formula`: the office has no spilling formulas before 24.8."""
        return self.formula

    @formula2.setter
    def formula2(self, value: Any) -> None:
        self.raw_value = value

    @property
    def formula_array(self) -> str | None:
        """The array formula over exactly these cells, or None."""
        formula = self.connection.ask("formula.array", at=self.wire)
        return None if formula is None else str(formula)

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        self.connection.ask("formula.set_array", at=self.wire, formula=value)

    @property
    def has_array(self) -> bool:
        """Whether an array formula stands over exactly these cells."""
        return self.formula_array is not None

    @property
    def texts(self) -> list[list[str]]:
        """What the cells show. (Not in xlwings: Excel's `api.Text`.)"""
        return [list(row) for row in self.connection.ask("cells.texts", at=self.wire)]

    def clear_contents(self) -> None:
        """Empty the cells; formats stay."""
        self.connection.ask("cells.clear", at=self.wire, what="contents")

    def clear_formats(self) -> None:
        """Take the formats away; contents stay."""
        self.connection.ask("cells.clear", at=self.wire, what="formats")

    def clear(self) -> None:
        """Take contents, formats and notes away."""
        self.connection.ask("cells.clear", at=self.wire, what="all")

    def select(self) -> None:
        """Select the cells, on the sheet in front."""
        self.connection.ask("selection.set", at=self.wire)

    @property
    def name(self) -> Name | None:
        """The name that stands for exactly these cells, or None."""
        for name in Names(self.sheet.book, None):
            if name.block_on_wire() == self.wire:
                return name
        return None

    @name.setter
    def name(self, value: str) -> None:
        target = f"={quoted(self.sheet.name)}!{self.address}"
        Names(self.sheet.book, None).add(value, target)

    @property
    def note(self) -> Note | None:
        """The note on the first cell, or None."""
        return None if self.connection.ask("notes.get", at=self.wire) is None else Note(self)

    def add_note(self, text: str) -> Note:
        """Put a note on a cell."""
        self.connection.ask("notes.set", at=self.wire, text=text)
        return Note(self)

    @property
    def hyperlink(self) -> str:
        """The address of the first link in the cell; raises ValueError where it has none."""
        address = self.connection.ask("link.get", at=self.wire)
        if address is None:
            raise ValueError("The cell doesn't seem to contain a hyperlink!")
        return str(address)

    def add_hyperlink(self, address: str, text_to_display: str | None = None, screen_tip: str | None = None) -> None:  # noqa: ARG002
        """Put a link into the cell; `#Sheet!A1` leads to a cell of the workbook. The office shows no screen tips."""
        self.connection.ask("link.set", at=self.wire, address=address, text=text_to_display or address)

    @property
    def table(self) -> "Table | None":
        """The table that the first cell is in, or None."""
        from .tables import Tables

        for table in Tables(self.sheet):
            b = table.block
            if b.top <= self.block.top <= b.bottom and b.left <= self.block.left <= b.right:
                return table
        return None

    def to_pdf(self, path: str, quality: str = "standard") -> None:
        """Print the cells to a PDF file."""
        self.connection.ask(
            "book.export_pdf", book=self.sheet.book.uid, path=path, at=self.wire, standard=quality == "standard"
        )


def _single(one: Outgoing) -> tuple[Any, str | None]:
    """The value and the format code with which `cells.fill` puts a prepared single value everywhere."""
    if one.formulas:
        return one.formulas[0][2], None
    if one.numbers:
        return one.numbers[0][2], None
    value = one.rows[0][0]
    if one.dates:
        return value, DATE_CODE
    if one.times:
        return value, TIME_CODE
    return value, BOOLEAN_CODE if one.booleans else None
