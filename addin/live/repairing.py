"""Repairs written into an open workbook, with a journal by which the last run is undone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

import xlwings

from addin.live.cell_contents import Held, held, put_back, shows_a_day, shows_an_amount, to_write
from addin.returns.repair import UNICODE_FONT
from addin.returns.sheet_part import parse_address
from validation.fixes.proposal import Proposal

_DAY_FORMAT, _AMOUNT_FORMAT = "dd/mm/yyyy", "#,##0"
T = TypeVar("T")
_LEGACY, _FORMULA = "legacy_font", "formula_in_typed_cell"


@dataclass(slots=True)
class Written:
    """A run of repairs: what each cell held before and after, and the proposals that could not be written."""

    cells: list[tuple[str, str, Held, Held]] = field(default_factory=list)
    left: list[Proposal] = field(default_factory=list)

    def save(self, journal: Path) -> None:
        """Write the journal. Raises OSError."""
        entries = [
            {"sheet": sheet, "cell": cell, "before": before.as_json(), "after": after.as_json()}
            for sheet, cell, before, after in self.cells
        ]
        journal.write_text(json.dumps(entries, ensure_ascii=False, indent=1), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Undone:
    """How many cells were given back, and which were left alone: typed over since, or gone."""

    cells: int
    left: tuple[str, ...]


def write(book: xlwings.Book, proposals: Sequence[Proposal]) -> Written:
    """Write proposals, runs of neighbours in a column as one block. A cell with a formula is left alone unless the
    proposal is about that formula."""
    written = Written()
    there = {title.casefold(): title for title in book.sheet_names}
    for run in _runs(proposals):
        title = there.get(run[0].sheet.casefold())
        if title is None:
            written.left.extend(run)
            continue
        sheet = book.sheets[title]
        whole = _column(sheet, [one.cell for one in run])
        before = dict(zip((one.cell for one in run), held(whole), strict=True))
        kept = [one for one in run if before[one.cell].kind != "formula" or _FORMULA in one.codes]
        written.left.extend(one for one in run if one not in kept)
        for part in _runs(kept):
            cells = [one.cell for one in part]
            block = whole if len(part) == len(run) else _column(sheet, cells)
            _write_run(block, part)
            after = held(block)
            written.cells += [(title, cell, before[cell], now) for cell, now in zip(cells, after, strict=True)]
    return written


def undo(book: xlwings.Book, journal: Path) -> Undone:
    """Give every cell of a run back what it held, unless somebody has typed there since."""
    entries: list[dict[str, Any]] = json.loads(journal.read_text(encoding="utf-8"))
    titles = set(book.sheet_names)
    back, left = 0, []
    for run in _neighbours([(one["sheet"], one["cell"], one) for one in entries]):
        cells = [cell for _, cell, _ in run]
        if run[0][0] not in titles:
            left += cells
            continue
        sheet = book.sheets[run[0][0]]
        untouched: list[tuple[str, str, tuple[Held, Held]]] = []
        for (title, cell, entry), now in zip(run, held(_column(sheet, cells)), strict=True):
            after = Held.from_json(entry["after"])
            if (now.kind, now.content) == (after.kind, after.content):
                untouched.append((title, cell, (Held.from_json(entry["before"]), now)))
            else:
                left.append(cell)
        _give_back(book, untouched)
        back += len(untouched)
    return Undone(back, tuple(left))


def take_back(book: xlwings.Book, written: Written) -> None:
    """Undo a run at once."""
    _give_back(book, [(title, cell, (before, now)) for title, cell, before, now in written.cells])


def _give_back(book: xlwings.Book, cells: Sequence[tuple[str, str, tuple[Held, Held]]]) -> None:
    for run in _neighbours(cells):
        column = _column(book.sheets[run[0][0]], [cell for _, cell, _ in run])
        put_back(column, [before for _, _, (before, _) in run], [now for _, _, (_, now) in run])


def _column(sheet: xlwings.Sheet, cells: Sequence[str]) -> xlwings.Range:
    return sheet.range(cells[0] if len(cells) == 1 else f"{cells[0]}:{cells[-1]}")


def _write_run(block: xlwings.Range, run: Sequence[Proposal]) -> None:
    first = run[0]
    code = block.number_format
    if isinstance(first.content, date):
        if not shows_a_day(code):
            block.number_format = _DAY_FORMAT
    elif isinstance(first.content, int) and not shows_an_amount(code):
        block.number_format = _AMOUNT_FORMAT
    if _LEGACY in first.codes:
        block.font.name = UNICODE_FONT
    block.value = [[to_write(one.content)] for one in run]


def _runs(proposals: Sequence[Proposal]) -> Iterator[list[Proposal]]:
    """Proposals for neighbours in a column that are written alike, from top to bottom."""
    for run in _neighbours([(one.sheet, one.cell, one) for one in proposals]):
        for _, alike in groupby((one for _, _, one in run), lambda one: (type(one.content), _LEGACY in one.codes)):
            yield list(alike)


def _neighbours(cells: Sequence[tuple[str, str, T]]) -> Iterator[list[tuple[str, str, T]]]:
    """Cells (sheet, address, and what is to be done) in runs down a column."""
    placed = [(place, one) for one in cells if (place := parse_address(one[1])) is not None]
    placed.sort(key=lambda item: (item[1][0].casefold(), item[0][1], item[0][0]))
    run: list[tuple[str, str, T]] = []
    expected: tuple[str, int, int] | None = None
    for (row, column), one in placed:
        here = (one[0].casefold(), column, row)
        if run and here != expected:
            yield run
            run = []
        run.append(one)
        expected = (*here[:2], row + 1)
    if run:
        yield run
