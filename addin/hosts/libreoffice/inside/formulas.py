"""Formulas as Excel writes them: English functions, commas, `Sheet1!A1`.

The office compiles them with its Excel operator table; texts are adjusted only where that table falls short.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from .failures import RequestError
from .number_formats import GENERAL, blocks_by_kind, format_blocks
from .protection import require_content
from .session import At, Session, enum, struct
from .verbs import verb

ENGLISH, XL_ENGLISH, EVERYTHING, OFFICE, XL_A1 = 2, 4, 0x7FFFFFFF, 0, 1
"""Two FormulaLanguages, all groups of FormulaMapGroup, two AddressConventions."""

FORMULA = 16
"""CellFlags.FORMULA."""

PARTS = re.compile(r"(\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*')")
"""Texts and quoted sheet names, in which nothing may be replaced."""

UNLIKE = re.compile(r"[!.{}#@~|\[\]\\]|\b(?:TRUE|FALSE)\b(?!\s*\()", re.IGNORECASE)
"""What the two spell differently, or may: sheets, arrays, errors, unions, points, logical constants."""

FUNCTION = re.compile(r"([^\W\d][\w]*)\s*\(")

ENDLESS = 1e300

ERRONEOUS = 4
"""FormulaResult.ERROR."""

NOT_UNDERSTOOD = (501, *range(504, 517))
"""The office's error numbers for a formula that it cannot compile; 502 and 503 are outcomes."""

ERRORS = {
    502: "#VALUE!",
    503: "#NUM!",
    519: "#VALUE!",
    521: "#NULL!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}
"""The office's error numbers as Excel shows them; others are #VALUE!."""


def error_text(number: int) -> str:
    """An error value as Excel writes it."""
    return ERRORS.get(number, "#VALUE!")


def spelt_for_office(formula: str) -> str:
    """A formula, without its `=`, in words that the office's Excel table knows: logical constants and #N/A."""
    pieces = PARTS.split(formula)
    for index in range(0, len(pieces), 2):
        piece = re.sub(r"\b(TRUE|FALSE)\b(?!\s*\()", r"\1()", pieces[index], flags=re.IGNORECASE)
        pieces[index] = re.sub(r"#N/A\b", "NA()", piece, flags=re.IGNORECASE)
    return "".join(pieces)


class Compiler:
    """A workbook's formula parser, set to Excel's spelling."""

    def __init__(self, document: Any) -> None:
        table = document.createInstance("com.sun.star.sheet.FormulaOpCodeMapper")
        excel = table.getAvailableMappings(XL_ENGLISH, EVERYTHING)
        self._parser = document.createInstance("com.sun.star.sheet.FormulaParser")
        self._parser.CompileEnglish = True
        self._parser.OpCodeMap = excel
        self._parser.FormulaConvention = XL_A1
        office = {(entry.Name, entry.Token.OpCode) for entry in table.getAvailableMappings(ENGLISH, EVERYTHING)}
        self._same_names = {entry.Name for entry in excel if (entry.Name, entry.Token.OpCode) in office}

    def tokens(self, formula: str, position: Any) -> Any:
        """Compile a formula (with or without its `=`) as it stands in a cell."""
        return self._parser.parseFormula(spelt_for_office(formula[1:] if formula[:1] == "=" else formula), position)

    def text(self, tokens: Any, position: Any) -> str:
        """A compiled formula, with its `=`."""
        return "=" + str(self._parser.printFormula(tokens, position))

    def respelt(self, formula: str, separator: str, other: str) -> str | None:
        """A formula that both spell alike but for the separator of arguments, with the other one; else None."""
        pieces = PARTS.split(formula)
        for index, piece in enumerate(pieces):
            if index % 2:
                if piece[0] == "'":
                    return None
            elif UNLIKE.search(piece) or any(name not in self._same_names for name in FUNCTION.findall(piece)):
                return None
            else:
                pieces[index] = piece.replace(separator, other)
        return "".join(pieces)


def compiler(session: Session, document: Any) -> Compiler:
    """The workbook's compiler, made once."""
    made = session.cached(document, "compiler", lambda: Compiler(document))
    assert isinstance(made, Compiler)
    return made


def office_parser(document: Any) -> Any:
    """A parser for the office's own spelling, in which validations and conditional formats keep their formulas."""
    parser = document.createInstance("com.sun.star.sheet.FormulaParser")
    parser.CompileEnglish = True
    parser.FormulaConvention = OFFICE
    return parser


def from_office(session: Session, document: Any, spelt: str, position: Any) -> str:
    """A formula of the office's own spelling in Excel's."""
    parser = session.cached(document, "office parser", lambda: office_parser(document))
    return compiler(session, document).text(parser.parseFormula(spelt, position), position)


def to_office(session: Session, document: Any, formula: str, position: Any) -> str:
    """A formula of Excel's spelling in the office's own, without its `=`."""
    alike = compiler(session, document).respelt(formula, ",", ";")
    if alike is not None:
        return alike[1:] if alike[:1] == "=" else alike
    parser = session.cached(document, "office parser", lambda: office_parser(document))
    return str(parser.printFormula(compiler(session, document).tokens(formula, position), position))


def put_formulas(session: Session, document: Any, cells: Any, formulas: Sequence[Sequence[Any]]) -> None:
    """Write [row, column, formula] into a range; the office chooses the format of dates and booleans, as Excel does.

    RequestError("formula") where the office cannot compile one; that cell is then empty.
    """
    runs: list[tuple[int, int, list[str]]] = []
    for top, left, formula in sorted(formulas, key=lambda item: (item[1], item[0])):
        if runs and runs[-1][1] == left and runs[-1][0] + len(runs[-1][2]) == top:
            runs[-1][2].append(formula)
        else:
            runs.append((top, left, [formula]))
    corner = cells.RangeAddress
    for top, left, texts in runs:
        run = cells.getCellRangeByPosition(left, top, left, top + len(texts) - 1)
        rows = []
        for row, formula in enumerate(texts, corner.StartRow + top):
            position = struct("table.CellAddress", corner.Sheet, corner.StartColumn + left, row)
            rows.append(("=" + to_office(session, document, formula, position),))
        put_spelt(session, document, run, tuple(rows), texts[0])


def fill_formula(session: Session, document: Any, cells: Any, formula: str) -> None:
    """Write one formula into every cell of a range; its relative addresses move along."""
    a = cells.RangeAddress
    if cells.getUniqueCellFormatRanges().Count == 1:  # the office's own filling, 300 times faster, copies formats too
        put_formulas(session, document, cells, [(0, 0, formula)])
        width, height = a.EndColumn - a.StartColumn, a.EndRow - a.StartRow
        fill_series(cells.getCellRangeByPosition(0, 0, 0, height), "TO_BOTTOM", height)
        fill_series(cells, "TO_RIGHT", width)
        return
    first = struct("table.CellAddress", a.Sheet, a.StartColumn, a.StartRow)
    tokens = compiler(session, document).tokens(formula, first)
    parser = session.cached(document, "office parser", lambda: office_parser(document))
    rows = []
    for row in range(a.StartRow, a.EndRow + 1):
        places = (struct("table.CellAddress", a.Sheet, c, row) for c in range(a.StartColumn, a.EndColumn + 1))
        rows.append(tuple("=" + parser.printFormula(tokens, place) for place in places))
    put_spelt(session, document, cells, tuple(rows), formula)


def fill_series(cells: Any, direction: str, steps: int) -> None:
    """Copy the first row or column of a range over the rest of it."""
    if steps:
        mode, dates = enum("sheet.FillMode", "SIMPLE"), enum("sheet.FillDateMode", "FILL_DATE_DAY")
        cells.fillSeries(enum("sheet.FillDirection", direction), mode, dates, 1.0, ENDLESS)


def put_spelt(session: Session, document: Any, cells: Any, rows: tuple[tuple[str, ...], ...], sample: str) -> None:
    """Write formulas in the office's own spelling; empty those that it cannot compile, and say so."""
    clear_automatic_format(session, document, cells)
    cells.setFormulaArray(rows)
    bad = False
    for a in cells.queryFormulaCells(ERRONEOUS).getRangeAddresses():
        block = cells.getSpreadsheet().getCellRangeByPosition(a.StartColumn, a.StartRow, a.EndColumn, a.EndRow)
        for row in range(a.EndRow - a.StartRow + 1):
            for column in range(a.EndColumn - a.StartColumn + 1):
                cell = block.getCellByPosition(column, row)
                if cell.getError() in NOT_UNDERSTOOD:
                    cell.setFormula("")
                    bad = True
    if bad:
        raise RequestError("formula", "not understood: " + sample)


def clear_automatic_format(session: Session, document: Any, cells: Any) -> None:
    """Take away the TRUE/FALSE format that an earlier boolean left: in Excel that is a value, not a format."""
    format_blocks(document, cells, blocks_by_kind(session, document, cells).get("boolean", []), GENERAL)


def read_formula(session: Session, document: Any, cell: Any, spelt: str) -> str:
    """The formula of a cell in Excel's spelling; `spelt` is the office's own."""
    alike = compiler(session, document).respelt(spelt, ";", ",")
    if alike is not None:
        return alike
    text = compiler(session, document).text(cell.getTokens(), cell.CellAddress)
    return text if len(text) > 1 else "=" + error_text(cell.getError())


def formula_blocks(cells: Any) -> list[Any]:
    """The addresses of the blocks of a range that hold formulas."""
    return list(cells.queryContentCells(FORMULA).getRangeAddresses())


@verb("formula.array")
def array_formula(session: Session, at: At) -> str | None:
    """The array formula over a block, or None."""
    cells = session.range(at)
    if not cells.ArrayFormula:
        return None
    position = cells.getCellByPosition(0, 0).CellAddress
    return compiler(session, session.book_of(at[0])).text(cells.getArrayTokens(), position)


@verb("formula.set_array")
def set_array_formula(session: Session, at: At, formula: str) -> None:
    """Put one array formula over a block."""
    require_content(session, at)
    cells = session.range(at)
    document = session.book_of(at[0])
    position = cells.getCellByPosition(0, 0).CellAddress
    cells.setArrayTokens(compiler(session, document).tokens(formula, position))
