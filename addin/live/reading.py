"""The open form as a RawSubmission, what is not yet saved included, each value with its real address.

Values come from the program, a whole sheet in one call. What stands behind them (formulas, fonts of single cells,
hidden rows, merged cells, dropdowns, macros) is read from the copy that was set aside the moment before: that is one
call too, and the scan of ``addin.intake`` is exact, where a block of fonts is not to be had and a block of formulas
takes LibreOffice more than a millisecond for each. Where there is no exact copy (macOS, a workbook under a password),
formulas come as a block, fonts are asked for by column, and the rest is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlwings

from addin.intake.book import Book, SheetCells, Stored, plain
from addin.intake.guard import Package, open_package
from addin.intake.names import Area, Sheet, WorkbookNames, column_letters, column_number, parse_area, read_names
from addin.intake.reader import read_opened
from addin.intake.refusals import refuse
from addin.intake.sheet_facts import Formula, Place, SheetFacts
from addin.live.copies import Copy
from addin.live.rectangles import Rectangle
from validation.errors import Refusal
from validation.submission import CellValue, LegacyFont, RawSubmission
from validation.text.legacy import font_encoding

ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_PREFIXES = ("cover_", "row_", "meta_", "unit_")
_FIRST_YEAR = 1900
_MOST_CELLS = 4_000_000
"""Cells that are asked for at once: more than any form's sheet, and what a program can hand over in some seconds."""


def read_live(book: xlwings.Book, copy: Copy | None) -> RawSubmission:
    """Read the form. Raises the refusals of ``read_workbook`` that concern a form; an unreadable copy is none."""
    with_file = _FileFacts.of(copy)
    try:
        names = live_names(book, with_file.sheets if with_file is not None else ())
        if "meta_form" not in names.areas and "meta_form" not in names.constants:
            raise refuse("not_our_form")
        cells = LiveCells(book, names, with_file)
        return read_opened(cells, names, with_file.package if with_file is not None else None)
    finally:
        if with_file is not None:
            with_file.close()


def live_names(book: xlwings.Book, in_file: Sequence[Sheet] = ()) -> WorkbookNames:
    """The sheets and our names of an open workbook; ``in_file``: the sheets of its copy."""
    parts = {sheet.title.casefold(): sheet for sheet in in_file}
    titles: list[str] = book.sheet_names
    sheets = tuple(parts.get(title.casefold()) or Sheet(title, hidden=False, part=None) for title in titles)
    areas: dict[str, Area] = {}
    constants: dict[str, str] = {}
    copies: list[str] = []
    for name in book.names:
        scope, _, bare = str(name.name).rpartition("!")
        bare = bare.lower()
        if not bare.startswith(_PREFIXES):
            continue
        if scope:
            copies += [scope.strip("'").replace("''", "'")] if bare.startswith("row_") else []
            continue
        content = str(name.refers_to)
        if (area := parse_area(content)) is not None:
            areas[bare] = area
        elif content.startswith(("=", '"')):
            constants[bare] = content.removeprefix("=").strip('"')
    return WorkbookNames(sheets, areas, constants, tuple(dict.fromkeys(copies)), date1904=False)


class LiveCells:
    """The sheets of an open workbook, as ``addin.intake.reader`` wants them; each is asked for once, when needed."""

    def __init__(self, book: xlwings.Book, names: WorkbookNames, in_file: _FileFacts | None = None) -> None:
        self._book = book
        self._names = names
        self._in_file = in_file
        self._read: dict[str, SheetCells] = {}

    def sheet(self, title: str) -> SheetCells:
        """One sheet. Raises ``damaged`` for one that is not there, ``too_many_cells``."""
        key = title.casefold()
        if key not in self._read:
            known = self._names.sheet(title)
            if known is None:
                raise refuse("damaged", part=title)
            self._read[key] = self._read_sheet(known)
        return self._read[key]

    def value(self, area: Area) -> CellValue:
        """The value of one cell."""
        if area.row is None or self._names.sheet(area.sheet) is None:
            return None
        return plain(self.sheet(area.sheet).stored(area.row, column_number(area.column)))

    def _read_sheet(self, known: Sheet) -> SheetCells:
        sheet = self._book.sheets[known.title]
        last = sheet.used_range.last_cell
        whole = Rectangle(1, 1, last.row, last.column)
        if whole.bottom * whole.right > _MOST_CELLS:
            raise refuse("too_many_cells", sheet=known.title, millions=_MOST_CELLS // 1_000_000)
        block = sheet.range(whole.address)
        errors: dict[Place, str] = {}
        values = block.options(ndim=2, err_to_str=True).value
        grid = [[_stored(value, (r, c), errors) for c, value in enumerate(row, 1)] for r, row in enumerate(values, 1)]
        exact = self._in_file.facts(known.title) if self._in_file is not None else None
        if exact is not None:
            facts = replace(exact, filled=0, errors=errors, places=None, shared={})
        else:
            facts = _facts_by_blocks(sheet, whole, grid, errors)
        return SheetCells(known.title, known.hidden, grid, facts)


class _FileFacts:
    """What the copy's package says of its sheets."""

    def __init__(self, package: Package, names: WorkbookNames, book: Book) -> None:
        self.package = package
        self.sheets = names.sheets
        self._book = book

    @staticmethod
    def of(copy: Copy | None) -> _FileFacts | None:
        """None where there is no exact copy, or it cannot be read as a package (a password, an old format)."""
        if copy is None or not copy.exact:
            return None
        try:
            return _FileFacts.in_bytes(copy.path)
        except (Refusal, OSError):
            return None

    @staticmethod
    def in_bytes(path: Path) -> _FileFacts:
        """Raises Refusal and OSError."""
        data = path.read_bytes()
        package = open_package(data)
        names = read_names(package)
        return _FileFacts(package, names, Book(package, names))

    def facts(self, title: str) -> SheetFacts | None:
        """What is known of a sheet; None where the copy does not have it, or it cannot be read."""
        try:
            return self._book.sheet(title).facts
        except Refusal:
            return None

    def close(self) -> None:
        """Let go of the copy."""
        self._book.close()


def _stored(value: object, place: Place, errors: dict[Place, str]) -> Stored:
    """A value as the readers of files give it; an error goes to ``errors``."""
    match value:
        case None:
            return ""
        case str() if value in ERRORS:
            errors[place] = value
            return ""
        case bool() | str():
            return value
        case int() | float():
            return float(value)
        case datetime(year=year) if year < _FIRST_YEAR:  # a time of day, which has no day of its own
            return value.time()
        case datetime():
            moment = value.replace(tzinfo=None)
            return moment.date() if moment.time() == time() else moment
        case date() | time():
            return value
    return str(value)


def _facts_by_blocks(
    sheet: xlwings.Sheet, whole: Rectangle, grid: Sequence[Sequence[Stored]], errors: Mapping[Place, str]
) -> SheetFacts:
    """What can be told without a file."""
    found = _formulas(grid, _two_dimensional(sheet.range(whole.address).formula, whole), errors)
    return SheetFacts(
        filled=0,
        hidden_rows=frozenset(),
        errors=errors,
        fonts=_fonts_by_column(sheet, whole),
        merges=(),
        formulas_in=lambda columns: _in_columns(found, columns),
        formula_places=lambda columns: _in_columns(found, columns).keys(),
    )


def _formulas(
    grid: Sequence[Sequence[Stored]], formulas: Sequence[Sequence[str]], errors: Mapping[Place, str]
) -> dict[Place, Formula]:
    """Cells with a formula. A text that begins with "=" shows itself, a formula never does."""
    found: dict[Place, Formula] = {}
    for r, row in enumerate(formulas, 1):
        for c, text in enumerate(row, 1):
            if text[:1] == "=" and len(text) > 1 and ((r, c) in errors or grid[r - 1][c - 1] != text):
                found[r, c] = Formula(text[1:], uncached=False)
    return found


def _in_columns(found: Mapping[Place, Formula], columns: Collection[str]) -> dict[Place, Formula]:
    numbers: Set[int] = {column_number(letters) for letters in columns}
    return {place: formula for place, formula in found.items() if place[1] in numbers}


def _fonts_by_column(sheet: xlwings.Sheet, whole: Rectangle) -> dict[Place, LegacyFont]:
    """The cells of columns that stand in one font of before Unicode from end to end."""
    found: dict[Place, LegacyFont] = {}
    for column in range(1, whole.right + 1):
        letters = column_letters(column)
        name = sheet.range(f"{letters}1:{letters}{whole.bottom}").font.name
        encoding = font_encoding(name) if isinstance(name, str) else None
        if encoding is not None:
            found.update({(row, column): encoding for row in range(1, whole.bottom + 1)})
    return found


def _two_dimensional(formulas: Any, whole: Rectangle) -> list[list[str]]:
    if isinstance(formulas, str):
        return [[formulas]]
    rows = list(formulas)
    if rows and isinstance(rows[0], str):
        rows = [rows] if whole.top == whole.bottom else [[one] for one in rows]
    return [[str(cell) if cell is not None else "" for cell in row] for row in rows]
