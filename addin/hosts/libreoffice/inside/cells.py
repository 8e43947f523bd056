"""Reading and writing the contents of blocks: one request for any number of cells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from .formulas import clear_automatic_format, error_text, fill_formula, formula_blocks, put_formulas, read_formula
from .number_formats import blocks_by_kind, format_blocks, key_of, kind
from .protection import require_content, require_formatting
from .session import At, Session
from .verbs import verb

BOOLEAN_CODE = "BOOLEAN"

CONTENTS = 1 | 2 | 4 | 16
"""CellFlags: VALUE, DATETIME, STRING, FORMULA."""

FORMATS = 32 | 64 | 256
"""CellFlags: HARDATTR, STYLES, EDITATTR."""

NOTES = 8

NUMERIC = 1
"""FormulaResult.VALUE."""

EXCEL_EPOCH = (1899, 12, 30)


def shift_of(document: Any) -> int:
    """Days between the workbook's day 0 and Excel's usual one (1462 in 1904 files)."""
    zero = document.NullDate
    return (date(zero.Year, zero.Month, zero.Day) - date(*EXCEL_EPOCH)).days


@verb("cells.read")
def read(session: Session, at: At) -> dict[str, Any]:
    """Contents of a block.

    `rows` holds numbers, texts, "" for an empty cell and null for an error; `dates` and `booleans` are the blocks (from
    the corner) whose numbers mean that; `errors` lists [row, column, text]; `shift` is the workbook's date shift.
    """
    if at[1:3] == at[3:]:
        return read_one(session, at)
    cells = session.range(at)
    rows = cells.getDataArray()
    reply: dict[str, Any] = {"rows": rows}
    if has_numbers(rows):
        document = session.book_of(at[0])
        kinds = blocks_by_kind(session, document, cells)
        inherited = kinds_of_formulas(session, document, cells, rows, kinds.get("general", ()))
        for name, wanted in (("dates", "date"), ("booleans", "boolean")):
            blocks = kinds.get(wanted, []) + inherited.get(wanted, [])
            if blocks:
                reply[name] = blocks
        if "dates" in reply:
            reply["shift"] = shift_of(document)
    errors = [
        [top, left, error_text(cells.getCellByPosition(left, top).getError())]
        for top, row in enumerate(rows)
        if None in row
        for left, value in enumerate(row)
        if value is None
    ]
    if errors:
        reply["errors"] = errors
    return reply


ONE = [[0, 0, 0, 0]]
"""The block of a single cell."""


def read_one(session: Session, at: At) -> dict[str, Any]:
    """The same for one cell, in fewer steps: a cell by itself tells the format of its formula too."""
    cell = session.sheet(at[0]).getCellByPosition(at[2], at[1])
    rows = cell.getDataArray()
    value = rows[0][0]
    reply: dict[str, Any] = {"rows": rows}
    if value is None:
        reply["errors"] = [[0, 0, error_text(cell.getError())]]
    elif type(value) is float:
        key = cell.NumberFormat
        if key:
            document = session.book_of(at[0])
            shown = kind(session, document, key)
            if shown == "date":
                reply["dates"], reply["shift"] = ONE, shift_of(document)
            elif shown == "boolean":
                reply["booleans"] = ONE
    return reply


def kinds_of_formulas(
    session: Session, document: Any, cells: Any, rows: Sequence[Sequence[Any]], general: Sequence[Sequence[int]]
) -> dict[str, list[list[int]]]:
    """The kinds of formulas without a number format of their own; only each cell by itself tells."""
    found: dict[str, list[list[int]]] = {}
    corner = cells.RangeAddress
    for a in cells.queryFormulaCells(NUMERIC).getRangeAddresses() if general else ():
        block = [
            a.StartRow - corner.StartRow,
            a.StartColumn - corner.StartColumn,
            a.EndRow - corner.StartRow,
            a.EndColumn - corner.StartColumn,
        ]
        for top, left, bottom, right in common([block], general):
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    if type(rows[row][column]) is float:
                        key = cells.getCellByPosition(column, row).NumberFormat
                        found.setdefault(kind(session, document, key), []).append([row, column, row, column])
    return found


def has_numbers(rows: Sequence[Sequence[Any]]) -> bool:
    """Whether a block of raw contents holds a number."""
    return any(type(value) is float for row in rows for value in row)


@verb("cells.write")
def write(
    session: Session,
    at: At,
    rows: list[list[Any]],
    formulas: Sequence[Sequence[Any]] = (),
    numbers: Sequence[Sequence[Any]] = (),
    dates: Sequence[list[int]] = (),
    times: Sequence[list[int]] = (),
    booleans: Sequence[list[int]] = (),
    codes: Sequence[str] = ("dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss"),
) -> None:
    """Write a block of the same shape as `rows` (numbers, texts, "" for empty).

    `formulas` lists [row, column, formula]; `numbers` lists [row, column, number] for texts that Excel takes for
    numbers; both stay texts in cells of text format. `dates`, `times` (with a time of day) and `booleans` are blocks of
    numbers that mean that. `codes` are the formats for dates and times in cells that have none.
    """
    require_content(session, at)
    document = session.book_of(at[0])
    cells = session.range(at)
    kinds = blocks_by_kind(session, document, cells)
    texts = kinds.get("text", [])
    for top, left, number in numbers:
        if not within(texts, top, left):
            rows[top][left] = number
    computed = [item for item in formulas if not within(texts, item[0], item[1])]
    for top, left, _ in computed:
        rows[top][left] = ""  # as text it would give the cell text format
    shift_dates(document, rows, [*dates, *times])
    format_blocks(document, cells, kinds.get("boolean", []), 0)
    cells.setDataArray(tuple(map(tuple, rows)))
    general = kinds.get("general", []) + kinds.get("boolean", [])
    for blocks, code in ((dates, codes[0]), (times, codes[1])):
        if blocks:
            format_blocks(document, cells, common(blocks, general), key_of(session, document, code))
    if booleans:
        format_blocks(document, cells, list(booleans), key_of(session, document, BOOLEAN_CODE))
    put_formulas(session, document, cells, computed)


def shift_dates(document: Any, rows: list[list[Any]], blocks: Sequence[list[int]]) -> None:
    """Move day numbers of Excel's usual calendar to the workbook's own."""
    shift = shift_of(document) if blocks else 0
    if shift:
        for top, left, bottom, right in blocks:
            for row in rows[top : bottom + 1]:
                row[left : right + 1] = [number - shift for number in row[left : right + 1]]


def within(blocks: Sequence[Sequence[int]], top: int, left: int) -> bool:
    """Whether a cell lies in one of the blocks."""
    return any(b[0] <= top <= b[2] and b[1] <= left <= b[3] for b in blocks)


def common(blocks: Sequence[Sequence[int]], others: Sequence[Sequence[int]]) -> list[list[int]]:
    """The parts of the blocks that lie in one of the others."""
    met = []
    for a in blocks:
        for b in others:
            block = [max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])]
            if block[0] <= block[2] and block[1] <= block[3]:
                met.append(block)
    return met


@verb("cells.fill")
def fill(session: Session, at: At, value: float | str, code: str | None = None, formula: bool = False) -> None:
    """Put one value into every cell of a block; "" empties it. A formula's relative addresses move along, as in Excel.

    `code` is the number format of a date or boolean.
    """
    require_content(session, at)
    cells = session.range(at)
    document = session.book_of(at[0])
    if value == "":
        cells.clearContents(CONTENTS)
        return
    clear_automatic_format(session, document, cells)
    number, top, left, bottom, right = at
    if formula:
        fill_formula(session, document, cells, str(value))
        return
    if code is not None:
        kinds = blocks_by_kind(session, document, cells)
        blocks = kinds.get("general", []) if code != BOOLEAN_CODE else [[0, 0, bottom - top, right - left]]
        if code != BOOLEAN_CODE and isinstance(value, float):
            value -= shift_of(document)
        format_blocks(document, cells, blocks, key_of(session, document, code))
    row_of_values = (value,) * (right - left + 1)
    for start in range(top, bottom + 1, ROWS_AT_ONCE):
        end = min(bottom, start + ROWS_AT_ONCE - 1)
        session.range((number, start, left, end, right)).setDataArray((row_of_values,) * (end - start + 1))


ROWS_AT_ONCE = 20000


@verb("cells.formulas")
def formulas(session: Session, at: At) -> list[list[str]]:
    """What Excel calls formulas: the formula, or the constant as text, of every cell of a block; "" for empty."""
    cells = session.range(at)
    document = session.book_of(at[0])
    corner = cells.RangeAddress
    rows = [[constant(value) for value in row] for row in cells.getDataArray()]
    kinds = blocks_by_kind(session, document, cells)
    for top, left, bottom, right in kinds.get("boolean", []):
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                rows[row][column] = {"1": "TRUE", "0": "FALSE"}.get(rows[row][column], rows[row][column])
    blocks = formula_blocks(cells)
    spelt = cells.getFormulaArray() if blocks else ()
    for block in blocks:
        for row in range(block.StartRow - corner.StartRow, block.EndRow - corner.StartRow + 1):
            for column in range(block.StartColumn - corner.StartColumn, block.EndColumn - corner.StartColumn + 1):
                cell = cells.getCellByPosition(column, row)
                rows[row][column] = read_formula(session, document, cell, spelt[row][column])
    return rows


def constant(value: Any) -> str:
    """A constant as Excel's formula bar shows it in US English."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return "" if value is None else str(value)


@verb("cells.texts")
def shown(session: Session, at: At) -> list[list[str]]:
    """What the cells show, as text."""
    cells = session.range(at)
    return [
        [cells.getCellByPosition(column, row).getString() for column in range(at[4] - at[2] + 1)]
        for row in range(at[3] - at[1] + 1)
    ]


@verb("cells.clear")
def clear(session: Session, at: At, what: str) -> None:
    """Clear `contents`, `formats` or `all` (notes too) of a block."""
    require_content(session, at)
    cells = session.range(at)
    if what != "contents":
        require_formatting(session, at)
        cells.merge(False)
    cells.clearContents({"contents": CONTENTS, "formats": FORMATS, "all": CONTENTS | FORMATS | NOTES}[what])
