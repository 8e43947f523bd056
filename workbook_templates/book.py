"""A new XlsxWriter workbook in our house style; the one place that names the library.

XlsxWriter ships no type information; the aliases here keep that to one line.
"""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell  # type: ignore[import-untyped]
from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

__all__ = ["FONT", "Format", "PlainSheet", "Workbook", "Worksheet", "cell_address", "column_letters", "new_book"]

FONT = "Times New Roman"
"""The font of every sheet (DOMAIN: Paper)."""

_FIXED_DATE = datetime(2022, 1, 8)
"""Creation date of a byte-stable file: the day on which the national portal opened."""


class PlainSheet(Worksheet):  # type: ignore[misc]
    """A sheet whose formulas are written as they are.

    XlsxWriter looks through every formula for some fifty functions of newer versions, which takes most of the time of
    writing a form; ours are of Excel 2010 (DESIGN) and hold none.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002
        return formula.removeprefix("{").removesuffix("}").removeprefix("=")


class _Book(Workbook):  # type: ignore[misc]
    """A workbook of plain sheets."""

    worksheet_class = PlainSheet


def new_book(target: BinaryIO, *, title: str, created: datetime = _FIXED_DATE) -> Workbook:
    """An empty workbook that is written to ``target`` when it is closed, every cell in Times New Roman.

    The theme's own font would win over the cell's in Excel wherever a font belongs to the theme, so none does.
    """
    defaults = {"font_name": FONT, "font_size": 11, "font_family": 1, "font_scheme": "none"}
    book = _Book(target, {"in_memory": True, "default_format_properties": defaults})
    book.set_properties({"title": title, "author": "Sổ sáng kiến", "created": created})
    book.set_size(1_600, 870)
    return book


def cell_address(row: int, column: int, *, fixed_column: bool = False, fixed: bool = False) -> str:
    """The address of a zero-based cell: ``K12``, ``$K12`` with a fixed column, ``$K$12`` wholly fixed."""
    address: str = xl_rowcol_to_cell(row, column, row_abs=fixed, col_abs=fixed or fixed_column)
    return address


def column_letters(column: int) -> str:
    """The letters of a zero-based column."""
    letters: str = xl_col_to_name(column)
    return letters
