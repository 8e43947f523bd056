"""The sheets of a guarded workbook, each read by two readers that must agree: calamine for values, the scan for the
rest.

calamine gets what the guard has inflated (``lean_file``), not the file: so both see the same parts whatever a file's
directory says, and nothing is inflated twice.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook

from addin.intake.exact_scan import exact_scan
from addin.intake.guard import Package
from addin.intake.lean_file import STRINGS, STYLES, lean_file
from addin.intake.markup import local, walk
from addin.intake.names import RELATIONS, WORKBOOK, Area, Sheet, WorkbookNames, column_letters, column_number
from addin.intake.quick_scan import CanonicalSheet, canonical_sheet
from addin.intake.recurring import LARGEST
from addin.intake.recurring_sheets import RecurringSheets
from addin.intake.refusals import refuse
from addin.intake.scan import scan_sheet
from addin.intake.sheet_facts import Place, SheetFacts
from addin.intake.styles import legacy_formats, legacy_strings
from validation.submission import CellValue, LegacyFont, Oddity

Stored = int | float | str | bool | date | datetime | time | timedelta
"""What calamine gives for a cell: the empty string for an empty one, every number as float."""

_EXACT_INTEGERS = 2**53


@dataclass(frozen=True, slots=True)
class SheetCells:
    """One sheet as read. ``grid`` begins at A1 and ends at the last filled row and column."""

    title: str
    hidden: bool
    grid: list[list[Stored]]
    facts: SheetFacts

    @property
    def width(self) -> int:
        """Columns of the grid."""
        return len(self.grid[0]) if self.grid else 0

    def stored(self, row: int, column: int) -> Stored:
        """The stored value of a cell by its numbers from 1; the empty string outside the grid."""
        if row <= len(self.grid) and column <= self.width:
            return self.grid[row - 1][column - 1]
        return ""

    def oddity(self, place: Place, letters: str) -> Oddity | None:
        """What is odd about a cell; None where nothing is."""
        facts, value = self.facts, self.stored(*place)
        error = facts.errors.get(place)
        formula = facts.formulas_in((letters,)).get(place) if place in facts.formula_places((letters,)) else None
        font = facts.fonts.get(place) if isinstance(value, str) and value else None
        return make_oddity(
            value, error, formula.text if formula else None, formula is not None and formula.uncached, font
        )


def make_oddity(
    value: Stored, error: str | None, formula: str | None, uncached: bool, font: LegacyFont | None
) -> Oddity | None:
    """An Oddity, or None for a plain cell. A formula whose stored result is empty is a blank cell, and plain."""
    if formula is not None and value == "" and error is None and not uncached:
        formula = None
    if error is None and formula is None and font is None:
        return None
    return Oddity(error, formula, uncached and error is None, font)


def plain(value: Stored) -> CellValue:
    """A stored value as the rest of the house takes it: None for empty, int where the float is a whole number."""
    if value == "":
        return None
    if value.__class__ is float and value.is_integer() and -_EXACT_INTEGERS < value < _EXACT_INTEGERS:
        return int(value)
    return value


def _weight(cells: SheetCells) -> int:
    """Bytes that a sheet's values take, roughly."""
    return sum(100 + (len(value) if isinstance(value, str) else 0) for row in cells.grid for value in row)


_recurring = RecurringSheets(_weight)


class Book:
    """A workbook whose sheets are read when they are asked for."""

    def __init__(self, package: Package, names: WorkbookNames) -> None:
        self._package = package
        self._names = names
        self._read: dict[str, SheetCells] = {}
        self._formats = legacy_formats(package.parts.get(STYLES))
        self._strings = legacy_strings(package.parts.get(STRINGS.lower()))
        self._canonical = _taken_apart(package, names)
        try:
            self._workbook = CalamineWorkbook.from_filelike(io.BytesIO(lean_file(package, names, self._canonical)))
        except (CalamineError, ValueError, OSError) as problem:
            raise refuse("damaged", part="xl/workbook.xml") from problem
        if self._workbook.sheet_names != [sheet.title for sheet in names.sheets]:
            raise refuse("readers_disagree", sheet=names.sheets[0].title, cell="A1")

    def close(self) -> None:
        """Let go of the reader's memory."""
        self._workbook.close()

    def sheet(self, title: str) -> SheetCells:
        """One sheet. Raises ``damaged``, ``unsafe_content``, ``too_many_cells``, ``readers_disagree``."""
        key = title.casefold()
        if key not in self._read:
            self._read[key] = self._read_sheet(title)
        return self._read[key]

    def value(self, area: Area) -> CellValue:
        """The value of one cell; None where the sheet or the cell is not there."""
        if area.row is None or self._names.sheet(area.sheet) is None:
            return None
        return plain(self.sheet(area.sheet).stored(area.row, column_number(area.column)))

    def _read_sheet(self, title: str) -> SheetCells:
        sheet = self._names.sheet(title)
        if sheet is None or sheet.part is None:
            raise refuse("damaged", part=title)
        part = self._package.part(sheet.part)
        canonical = self._canonical.get(sheet.part)
        if canonical is None or self._formats or self._strings or len(part) > LARGEST:
            return self._read_anew(sheet, part, canonical)
        parts = self._package.parts
        strings = parts.get(STRINGS.lower())
        key = (part, sheet.title, sheet.hidden, parts[WORKBOOK], parts.get(RELATIONS), parts.get(STYLES))
        known = _recurring.find(key, strings)
        if known is None:
            known = self._read_anew(sheet, part, canonical)
            _recurring.keep(key, part, strings, known)
        return known

    def _read_anew(self, sheet: Sheet, part: bytes, canonical: CanonicalSheet | None) -> SheetCells:
        facts = scan_sheet(sheet.title, part, self._formats, self._strings, canonical)
        try:
            grid = self._workbook.get_sheet_by_name(sheet.title).to_python(skip_empty_area=False)
        except (CalamineError, ValueError, OSError) as problem:
            raise refuse("damaged", part=sheet.title) from problem
        if sum(len(row) - row.count("") for row in grid) != facts.filled:
            if facts.places is None:
                facts = exact_scan(sheet.title, part, self._formats, self._strings)
            self._hold_together(sheet.title, grid, facts)
        if canonical is not None and canonical.prepared is not None:
            _extend(grid, *canonical.prepared.reach)
        return SheetCells(sheet.title, sheet.hidden, grid, facts)

    def _hold_together(self, title: str, grid: list[list[Stored]], facts: SheetFacts) -> None:
        """Both readers must see the same filled cells; a shared string may be empty."""
        seen = set(_filled(grid))
        places = facts.places or frozenset()
        only_scanned: set[Place] | frozenset[Place] = places - seen
        if only_scanned & facts.shared.keys():
            empty = _empty_strings(self._package.parts.get(STRINGS.lower()))
            only_scanned = {place for place in only_scanned if facts.shared.get(place) not in empty}
        different = only_scanned | (seen - places)
        if different:
            row, column = min(different)
            raise refuse("readers_disagree", sheet=title, cell=f"{column_letters(column)}{row}")


def _taken_apart(package: Package, names: WorkbookNames) -> dict[str, CanonicalSheet]:
    """The canonical ones among the sheets that will be read: those that our names point to, or all if there is none."""
    titles = {area.sheet for area in names.areas.values()}
    found: dict[str, CanonicalSheet] = {}
    for sheet in names.sheets:
        if sheet.part is not None and (sheet.title in titles or not titles):
            canonical = canonical_sheet(package.parts[sheet.part])
            if canonical is not None:
                found[sheet.part] = canonical
    return found


def _extend(grid: list[list[Stored]], height: int, width: int) -> None:
    """Make a grid at least so high and wide: as it would be, had calamine seen the empty texts of prepared rows."""
    if grid and len(grid[0]) < width:
        for row in grid:
            row.extend([""] * (width - len(row)))
    blank: list[Stored] = [""] * (max(width, len(grid[0])) if grid else width)
    grid.extend([blank] * (height - len(grid)))


def _filled(grid: list[list[Stored]]) -> Iterator[Place]:
    for number, row in enumerate(grid, 1):
        for column, value in enumerate(row, 1):
            if value != "":
                yield number, column


def _empty_strings(strings: bytes | None) -> frozenset[int]:
    """The indices of shared strings without any character. Raises ``damaged``."""
    if strings is None:
        return frozenset()
    empty: set[int] = set()
    path: list[str] = []
    index = -1
    characters = 0

    def start(tag: str, _: object) -> None:
        nonlocal index, characters
        path.append(local(tag))
        if path[-1] == "si":
            index, characters = index + 1, 0

    def end(_: str) -> None:
        if path.pop() == "si" and not characters:
            empty.add(index)

    def text(content: str) -> None:
        nonlocal characters
        if path[-1] == "t" and "rPh" not in path:
            characters += len(content)

    walk(STRINGS, strings, start, end, text)
    return frozenset(empty)
