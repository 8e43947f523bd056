"""Formulas with our functions as Excel has saved them, mended so that the office understands them.

Excel writes a function of an add-in as a link to the add-in's file: `[1]!SK_HOTRO(A1)`. No version of the office reads
that. An office of the time of 7.4 does not know `SK_HOTRO(A1)` in an Excel file either. Where such a formula is put
into its cell anew, under the name that the office calculates by, it works.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Mapping
from typing import Any

SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
FORMULA_OR_TEXT = 0
"""A kind of search: in what was typed, not in what is shown."""

MARK = "sk_"
"""Every name of ours begins so; the search does not tell small letters from capitals."""

_NAME = re.compile(
    r"""(?<![\w.])                                          # not the end of a longer name
        (?:\[\d+\]!|'[^'"]*sangkien\.xlam'!|sangkien\.xlam!)?    # the add-in's file
        (sk_\w+)(?=\s*\()""",
    re.IGNORECASE | re.VERBOSE,
)


def mended(formula: str, names: Mapping[str, str]) -> str:
    """A formula with our functions under the office's names: `names` has them by those of Excel, in capitals.

    Texts in quotation marks are left alone, and so is what is no function of ours.
    """
    parts = formula.split('"')
    for place in range(0, len(parts), 2):
        parts[place] = _NAME.sub(lambda found: names.get(found[1].upper(), found[0]), parts[place])
    return '"'.join(parts)


def mend(document: Any, names: Mapping[str, str]) -> int:
    """Mend the formulas of a workbook; how many. It counts as changed no more than before; there is nothing to undo."""
    if not document.supportsService(SPREADSHEET):
        return 0
    found = [(sheet, area) for sheet in _sheets(document) for area in _areas(sheet)]
    if not found:
        return 0
    was_modified, undo = document.isModified(), document.getUndoManager()
    undo.lock()
    document.lockControllers()
    try:
        return sum(_mend_area(sheet, area, names) for sheet, area in found)
    finally:
        document.unlockControllers()
        undo.unlock()
        with contextlib.suppress(Exception):  # opened for reading only
            document.setModified(was_modified)


def _sheets(document: Any) -> Any:
    sheets = document.getSheets()
    return (sheets.getByIndex(index) for index in range(sheets.getCount()))


def _areas(sheet: Any) -> Any:
    search = sheet.createSearchDescriptor()
    search.SearchString = MARK
    search.SearchType = FORMULA_OR_TEXT
    cells = sheet.findAll(search)
    return () if cells is None else cells.getRangeAddresses()


def _mend_area(sheet: Any, area: Any, names: Mapping[str, str]) -> int:
    block = sheet.getCellRangeByPosition(area.StartColumn, area.StartRow, area.EndColumn, area.EndRow)
    formulas = block.getFormulaArray()
    better = tuple(tuple(_better(text, names) for text in row) for row in formulas)
    changed = sum(one is not None for row in better for one in row)
    if not changed:
        return 0
    whole = changed == sum(map(len, better)) and not any(text.startswith("{") for row in formulas for text in row)
    with contextlib.suppress(Exception):  # a protected sheet keeps what it has
        if whole:
            block.setFormulaArray(better)
            return changed
    return sum(
        _put(block.getCellByPosition(column, row), text)
        for row, texts in enumerate(better)
        for column, text in enumerate(texts)
        if text is not None
    )


def _better(text: str, names: Mapping[str, str]) -> str | None:
    if not text.startswith(("=", "{=")):
        return None
    better = mended(text, names)
    return None if better == text else better


def _put(cell: Any, formula: str) -> int:
    """Put one formula into its cell; an array formula, which stands in braces, into all of its cells."""
    put: Callable[[str], None] = cell.setFormula
    if formula.startswith("{"):
        if MARK not in cell.getFormula().lower():
            return 0  # mended with an earlier cell of its area
        cursor = cell.getSpreadsheet().createCursorByRange(cell)
        cursor.collapseToCurrentArray()
        formula, put = formula[1:-1], cursor.setArrayFormula
    try:
        put(formula)
    except Exception:  # a protected sheet keeps what it has
        return 0
    return 1
