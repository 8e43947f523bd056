"""Where things stand on the list sheet, and how a formula names them.

Rows and columns are zero-based here, as XlsxWriter counts; a clerk never sees these numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from validation.fields import COVER_SHEET as COVER_SHEET
from validation.fields import FACTS_SHEET as FACTS_SHEET
from validation.fields import GUIDE_SHEET as GUIDE_SHEET
from validation.fields import LIST_SHEET as LIST_SHEET
from validation.fields import Field, Form, row_fields
from workbook_templates.book import cell_address
from workbook_templates.names import absolute

TABLE = "DanhSach"
"""Name of the Excel table that is the list."""

DEFAULT_ROWS = 100
"""Enough for nearly every grassroots union: Excel extends the table as rows are typed below it, each row's formulas
cost every reader time, and blank rows print too."""
MAXIMUM_ROWS = 10_000
"""A row's formulas are about 7 KB in the sheet's part, and a reader's guard takes parts of up to 150 MB: twice as many
filled rows would come close to it. More rows may still be typed below the table."""
ROWS_BELOW = 5_000
"""Dropdowns, input messages and colours reach this far below the table, for rows typed or pasted there."""

HEADER_ROW = 4
FIRST_ROW = 5

CHECK = "check"
"""Our one helper column: the number of the first check that the row breaks, 0 for none, "" for an empty row. Every
other formula rests on it, so each condition stands once in a row. A number, never a text: readers look for texts in
columns that are no field's."""
CHECK_HEADER = "Số hiệu lỗi"


@dataclass(frozen=True, slots=True)
class ListLayout:
    """The list of one form with ``rows`` rows of formulas."""

    form: Form
    rows: int

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its columns, left to right, without the helper."""
        return row_fields(self.form)

    @property
    def last_row(self) -> int:
        """The last row of the table's body."""
        return FIRST_ROW + self.rows - 1

    @property
    def last_guarded_row(self) -> int:
        """The last row with dropdowns and colours."""
        return self.last_row + ROWS_BELOW

    @property
    def check_column(self) -> int:
        """The helper column, right of all fields."""
        return len(self.fields)

    def column(self, name: str) -> int:
        """The column of a field, or of the helper. Raises KeyError for a field of another form."""
        return _columns(self.form)[name]

    def body(self, name: str) -> str:
        """The absolute reference of a column's body."""
        column = self.column(name)
        return absolute(LIST_SHEET, FIRST_ROW, column, self.last_row, column)


def _columns(form: Form) -> dict[str, int]:
    columns = {field.name: index for index, field in enumerate(row_fields(form))}
    columns[CHECK] = len(columns)
    return columns


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column in a formula: ``{status}`` is its cell in this row, ``{status:all}`` its whole body."""

    header: str

    def __format__(self, specification: str) -> str:
        part = "#Data" if specification == "all" else "#This Row"
        escaped = re.sub(r"(['#\[\]@])", r"'\1", self.header)
        return f"{TABLE}[[{part}],[{escaped}]]"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """The same in a conditional format or a validation, which may not name a table: ``$K6``."""

    column: int

    def __format__(self, specification: str) -> str:
        if specification:
            raise ValueError("only a cell of the row itself can be named here")
        return cell_address(FIRST_ROW, self.column, fixed_column=True)


def table_columns(form: Form) -> Mapping[str, TableColumn]:
    """For formulas in cells, by field name."""
    columns = {field.name: TableColumn(field.header) for field in row_fields(form)}
    columns[CHECK] = TableColumn(CHECK_HEADER)
    return columns


def sheet_columns(form: Form) -> Mapping[str, SheetColumn]:
    """For conditional formats and validations of the list sheet, by field name."""
    return {name: SheetColumn(column) for name, column in _columns(form).items()}
