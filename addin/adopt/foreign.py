"""A stranger's workbook as it is: every sheet's values, what is odd about them, merges. Read in a disposable child."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from addin.intake.book import Book, SheetCells, make_oddity, plain
from addin.intake.guard import open_package
from addin.intake.names import column_letters, read_names
from addin.intake.sheet_facts import Merge, Place
from validation.submission import CellValue, Oddity
from validation.text.legacy import to_unicode

_WORKSHEETS = "xl/worksheets/"
_BEYOND_VALUES = 64  # columns right of the last value that are searched for formulas without a stored value
_MOST_MERGED = 1_000_000  # cells; a workbook made to break its reader merges the same million over and over


@dataclass(frozen=True)
class ForeignSheet:
    """One sheet. ``grid`` begins at A1, without blank columns at its end; rows and columns count from 1 elsewhere."""

    title: str
    hidden: bool
    grid: tuple[tuple[CellValue, ...], ...]
    odd: Mapping[Place, Oddity]
    merges: tuple[Merge, ...]

    @cached_property
    def last_row(self) -> int:
        """The last row with anything in it."""
        return max(len(self.grid), max((row for row, _ in self.odd), default=0))

    @cached_property
    def last_column(self) -> int:
        """The last column with anything in it."""
        return max(max((len(row) for row in self.grid), default=0), max((column for _, column in self.odd), default=0))

    def value(self, row: int, column: int) -> CellValue:
        """What stands in a cell, a text in a font of before Unicode as it is shown; None for nothing that shows."""
        stored = self.stored(row, column)
        if not isinstance(stored, str):
            return stored
        odd = self.odd.get((row, column))
        shown = to_unicode(stored, odd.font) if odd is not None and odd.font is not None else stored
        return shown if shown.strip() else None

    def stored(self, row: int, column: int) -> CellValue:
        """What stands in a cell, as it is stored."""
        if row > len(self.grid) or column > len(self.grid[row - 1]):
            return None
        return self.grid[row - 1][column - 1]

    def filled(self, row: int) -> list[int]:
        """The columns of a row in which something stands: a value, an error, a formula without a stored value."""
        values = self.grid[row - 1] if row <= len(self.grid) else ()
        columns = {c for c, value in enumerate(values, 1) if value is not None and self.value(row, c) is not None}
        return sorted(columns | self._odd_columns.get(row, frozenset()))

    def merge_at(self, row: int, column: int) -> Merge | None:
        """The merged range that holds a cell."""
        return self._merged.get((row, column))

    @cached_property
    def _odd_columns(self) -> Mapping[int, frozenset[int]]:
        found: dict[int, set[int]] = {}
        for (row, column), odd in self.odd.items():
            if odd.error is not None or (odd.formula is not None and odd.uncached):
                found.setdefault(row, set()).add(column)
        return {row: frozenset(columns) for row, columns in found.items()}

    @cached_property
    def _merged(self) -> Mapping[Place, Merge]:
        found: dict[Place, Merge] = {}
        left = _MOST_MERGED
        for merge in self.merges:
            rows = range(merge.first_row, min(merge.last_row, self.last_row) + 1)
            columns = range(merge.first_column, min(merge.last_column, self.last_column) + 1)
            left -= len(rows) * len(columns)
            if left < 0:
                break
            found.update({(row, column): merge for row in rows for column in columns})
        return found


@dataclass(frozen=True, slots=True)
class ForeignBook:
    """All worksheets with anything in them. ``our_form`` is set where the workbook is a form of ours already."""

    sheets: tuple[ForeignSheet, ...]
    our_form: bool


def read_foreign(data: bytes) -> ForeignBook:
    """Read any xlsx or xlsm. Raises a Refusal as ``intake.reader.read_workbook`` does, but for those of our forms."""
    package = open_package(data)
    names = read_names(package)
    book = Book(package, names)
    try:
        sheets = [
            _sheet(book.sheet(sheet.title))
            for sheet in names.sheets
            if sheet.part is not None and sheet.part.startswith(_WORKSHEETS)
        ]
    finally:
        book.close()
    filled = tuple(sheet for sheet in sheets if sheet.last_row)
    return ForeignBook(filled, "meta_form" in names.areas or "meta_form" in names.constants)


def _sheet(cells: SheetCells) -> ForeignSheet:
    facts = cells.facts
    formulas = facts.formulas_in({column_letters(number) for number in range(1, cells.width + _BEYOND_VALUES)})
    odd: dict[Place, Oddity] = {}
    for place in {*formulas, *facts.errors, *facts.fonts}:
        value, formula = cells.stored(*place), formulas.get(place)
        font = facts.fonts.get(place) if isinstance(value, str) and value else None
        text = formula.text if formula is not None else None
        oddity = make_oddity(value, facts.errors.get(place), text, formula is not None and formula.uncached, font)
        if oddity is not None:
            odd[place] = oddity
    grid = tuple(tuple(map(plain, row)) for row in cells.grid)
    return ForeignSheet(cells.title, cells.hidden, grid, odd, facts.merges)
