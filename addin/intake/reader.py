"""One workbook's bytes → a ``RawSubmission``: what stands in the form, each value with its real place.

Nothing is interpreted here. Columns, cover and hidden facts are found by defined names, the list's rows from the one
below the header down to the last with anything typed, so rows inserted above and pasted below are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol, TypeGuard

from addin.intake.alterations import notices_of_alterations
from addin.intake.book import Book, SheetCells, Stored, make_oddity, plain
from addin.intake.form import Identity, Layout, UnitsLayout, address, identify, locate, locate_units
from addin.intake.guard import Package, open_package
from addin.intake.migration import carry_over
from addin.intake.names import Area, WorkbookNames, column_letters, column_number, read_names
from addin.intake.refusals import refuse
from addin.intake.sheet_facts import Place
from validation.fields import TEMPLATE_VERSION
from validation.submission import CellValue, Notice, Oddity, RawCover, RawRow, RawSubmission, RawUnits
from validation.text.rows import row_spans

_NO_ODD: Mapping[str, Oddity] = {}  # a plain dict: a submission crosses from child to parent
_LONGEST_GAP = 10_000
"""Empty rows in one stretch that are still delivered; more are no rows that somebody left blank, but the way to a cell
filled by mistake at the far end of the sheet."""

OddCells = dict[int, dict[str, Oddity]]
Columns = dict[str, int]


def read_workbook(data: bytes) -> RawSubmission:
    """Read one workbook.

    Raises a Refusal of ``refusals.REASONS`` and nothing else that is expected; a reader that runs out of memory or
    dies is the business of ``children``, in which strangers' files are read.
    """
    package = open_package(data)
    names = read_names(package)
    if "meta_form" not in names.areas and "meta_form" not in names.constants:
        raise refuse("not_our_form")
    book = Book(package, names)
    try:
        return read_opened(book, names, package)
    finally:
        book.close()


class Sheets(Protocol):
    """The sheets of a workbook: of a file (``book.Book``), or of one that is open in a spreadsheet program."""

    def sheet(self, title: str) -> SheetCells:
        """One sheet. Raises Refusal."""
        ...

    def value(self, area: Area) -> CellValue:
        """The value of one cell; None where the sheet or the cell is not there."""
        ...


def read_opened(book: Sheets, names: WorkbookNames, package: Package | None) -> RawSubmission:
    """Read a workbook of which sheets and names are at hand; ``package`` is its file, None where that cannot be had:
    what only the file tells (macros, links, what became of the form) is then left out. Raises Refusal."""
    identity = identify(names, book.value)
    layout = locate(names, identity.form, identity.template_version)
    units = locate_units(names, identity.form)
    return carry_over(_submission(book, package, names, identity, layout, units), TEMPLATE_VERSION)


def _submission(
    book: Sheets,
    package: Package | None,
    names: WorkbookNames,
    identity: Identity,
    layout: Layout,
    units: UnitsLayout | None,
) -> RawSubmission:
    cells = book.sheet(layout.sheet)
    body = _Body(cells, layout)
    rows = tuple(body.rows())
    notices = tuple(_notices_of_list(cells, layout, body, rows))
    if package is not None:
        notices += (
            *_notices_of_file(package, names, layout),
            *notices_of_alterations(package, names, identity.form, layout, cells, rows),
        )
    return RawSubmission(
        form=identity.form,
        template_version=identity.template_version,
        programme_id=identity.programme_id,
        cover=_cover(book, layout),
        sheet=cells.title,
        columns=dict(layout.columns),
        rows=rows,
        notices=notices,
        units=_units(book, units) if units is not None else None,
    )


def _units(book: Sheets, layout: UnitsLayout) -> RawUnits:
    """The lines of a consolidation's table of units, from its first to the last with anything in it."""
    cells = book.sheet(layout.sheet)
    columns = {name: column_number(letters) for name, letters in layout.columns.items()}
    facts = cells.facts
    odd_places = {*facts.formulas_in(set(layout.columns.values())), *facts.errors, *facts.fonts}
    lines = []
    for number in range(layout.first_row, len(cells.grid) + 1):
        values = {name: value for name, c in columns.items() if (value := plain(cells.stored(number, c))) is not None}
        odd: dict[str, Oddity] = {}
        for name, c in columns.items():
            if (number, c) in odd_places and (oddity := cells.oddity((number, c), layout.columns[name])) is not None:
                odd[name] = oddity
        if values or odd:
            lines.append(RawRow(number, values, odd, number in facts.hidden_rows))
    return RawUnits(cells.title, dict(layout.columns), tuple(lines))


def _cover(book: Sheets, layout: Layout) -> RawCover:
    values: dict[str, CellValue] = {}
    places: dict[str, tuple[str, str]] = {}
    odd: dict[str, Oddity] = {}
    for name, area in layout.cover.items():
        cells = book.sheet(area.sheet)
        places[name] = (cells.title, address(area))
        value = book.value(area)
        if value is not None:
            values[name] = value
        oddity = cells.oddity((area.row or 1, column_number(area.column)), area.column)
        if oddity is not None:
            odd[name] = oddity
    return RawCover(values, places, odd)


class _Body:
    """The rows of the list, from the first data row to the last with anything typed."""

    def __init__(self, cells: SheetCells, layout: Layout) -> None:
        self._cells = cells
        self._first = layout.first_row
        self._columns: Columns = {name: column_number(c) for name, c in layout.columns.items()}
        self._typed: Columns = {n: c for n, c in self._columns.items() if layout.fields[n].typed}
        self._odd = self._odd_cells()
        self.last = max(self._last_typed(), max(self._odd, default=0), self._first - 1)
        self.last = max(self.last, self._last_typed_over())

    def rows(self) -> Iterator[RawRow]:
        """Every row, empty ones among the others too (but for stretches beyond ``_LONGEST_GAP``)."""
        width, hidden, odd = self._cells.width, self._cells.facts.hidden_rows, self._odd
        columns = [(name, column - 1) for name, column in self._columns.items() if column <= width]
        outside = self._outside()
        no_cells: list[Stored] = [""] * width
        grid = self._cells.grid
        for number in self._numbers():
            cells = grid[number - 1] if number <= len(grid) else no_cells
            values: dict[str, CellValue] = {}
            for name, index in columns:
                value = cells[index]
                if value != "":  # plain() only where it has something to do: this is the innermost loop
                    values[name] = plain(value) if value.__class__ is float else value
            yield RawRow(number, values, odd.get(number, _NO_ODD), number in hidden, outside.get(number, ()))

    def _numbers(self) -> Iterator[int]:
        if self.last - self._first < _LONGEST_GAP:
            yield from range(self._first, self.last + 1)
            return
        width, before = self._cells.width, self._first - 1
        in_grid = enumerate(self._cells.grid[self._first - 1 : self.last], self._first)
        filled = {number for number, cells in in_grid if cells.count("") < width}
        for number in sorted(filled | self._odd.keys()):
            yield from range(before + 1, number) if number - before <= _LONGEST_GAP else ()
            yield number
            before = number

    def _odd_cells(self) -> OddCells:
        """The odd cells of typed columns, by row and field; a calculated column is expected to hold formulas."""
        facts = self._cells.facts
        names = {column: name for name, column in self._typed.items()}
        formulas = facts.formulas_in({column_letters(column) for column in names})
        odd: OddCells = {}
        for place in {*formulas, *facts.errors, *facts.fonts}:
            row, column = place
            if row < self._first or column not in names:
                continue
            value, formula = self._cells.stored(row, column), formulas.get(place)
            text = formula.text if formula is not None else None
            font = facts.fonts.get(place) if isinstance(value, str) and value else None
            uncached = formula is not None and formula.uncached
            oddity = make_oddity(value, facts.errors.get(place), text, uncached, font)
            if oddity is not None:
                odd.setdefault(row, {})[names[column]] = oddity
        return odd

    def _last_typed(self) -> int:
        width, grid = self._cells.width, self._cells.grid
        indices = [column - 1 for column in self._typed.values() if column <= width]
        for number in range(len(grid), self._first - 1, -1):
            cells = grid[number - 1]
            if cells.count("") == width:
                continue
            for index in indices:
                value = cells[index]
                if value != "" and not (isinstance(value, str) and value.isspace()):
                    return number
        return 0

    def _last_typed_over(self) -> int:
        """The last row below with a text typed over a formula of a calculated column, such as “Cộng” under STT."""
        width = self._cells.width
        calculated = {c for n, c in self._columns.items() if n not in self._typed and c <= width}
        below, grid = max(self.last + 1, self._first), self._cells.grid
        texts: list[Place] = []
        for number, cells in enumerate(grid[below - 1 :], below):
            if cells.count("") < width:
                texts.extend((number, column) for column in calculated if _is_text(cells[column - 1]))
        if not texts:
            return 0
        formulas = self._cells.facts.formula_places([column_letters(column) for column in calculated])
        return max((row for row, column in texts if (row, column) not in formulas), default=0)

    def _outside(self) -> dict[int, tuple[str, ...]]:
        """Texts by row in columns that are no field's; what a formula there says is no content of the clerk's."""
        ours = set(self._columns.values())
        others = [column for column in range(1, self._cells.width + 1) if column not in ours]
        texts: dict[int, list[tuple[int, str]]] = {}
        for number in range(self._first, min(self.last, len(self._cells.grid)) + 1) if others else ():
            cells = self._cells.grid[number - 1]
            for column in others:
                value = cells[column - 1]
                if _is_text(value):
                    texts.setdefault(number, []).append((column, value))
        if not texts:
            return {}
        formulas = self._cells.facts.formula_places([column_letters(column) for column in others])
        kept = {
            number: tuple(value for column, value in found if (number, column) not in formulas)
            for number, found in texts.items()
        }
        return {number: found for number, found in kept.items() if found}


def _is_text(value: Stored) -> TypeGuard[str]:
    return value != "" and isinstance(value, str) and not value.isspace()


def _notices_of_list(cells: SheetCells, layout: Layout, body: _Body, rows: tuple[RawRow, ...]) -> Iterator[Notice]:
    hidden = [row.number for row in rows if row.hidden and any(layout.fields[n].typed for n in row.values)]
    if hidden:
        yield Notice("hidden_rows", cells.title, {"count": len(hidden), "rows": row_spans(hidden)})
    outside = [row.number for row in rows if row.outside]
    if outside:
        yield Notice("outside_columns", cells.title, {"count": len(outside), "rows": row_spans(outside)})
    if layout.missing:
        yield Notice("optional_column_missing", cells.title, {"columns": ", ".join(layout.missing)})
    columns = {column_number(letters) for letters in layout.columns.values()}
    merged = sum(
        merge.last_row >= layout.first_row
        and merge.first_row <= body.last
        and any(merge.first_column <= column <= merge.last_column for column in columns)
        for merge in cells.facts.merges
    )
    if merged:
        yield Notice("merged_cells", cells.title, {"count": merged})


def _notices_of_file(package: Package, names: WorkbookNames, layout: Layout) -> Iterator[Notice]:
    copies = [title for title in names.copies if title.casefold() != layout.sheet.casefold()]
    if copies:
        yield Notice("unread_list_copy", copies[0], {"sheets": ", ".join(copies)})
    if any(name.endswith("vbaproject.bin") for name in package.names):
        yield Notice("macros_present")
    links = sum(name.startswith("xl/externallinks/externallink") and name.endswith(".xml") for name in package.names)
    if links:
        yield Notice("external_links", facts={"count": links})
