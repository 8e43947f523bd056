"""Defined names: absolute references and their registration.

Contract (DESIGN, "Names in the workbooks"): ``cover_<field>`` is one cell, ``row_<field>`` the body of one column of
the list, ``meta_<key>`` a hidden fact; all workbook-level and plain absolute references.
"""

from __future__ import annotations

from workbook_templates.book import Workbook, cell_address


def absolute(sheet: str, row: int, column: int, last_row: int | None = None, last_column: int | None = None) -> str:
    """``'Danh sách'!$D$6`` or ``'Danh sách'!$D$6:$D$305`` for zero-based corners."""
    reference = "'{}'!{}".format(sheet.replace("'", "''"), cell_address(row, column, fixed=True))
    if last_row is None and last_column is None:
        return reference
    end_row = row if last_row is None else last_row
    end_column = column if last_column is None else last_column
    return f"{reference}:{cell_address(end_row, end_column, fixed=True)}"


def define(book: Workbook, name: str, reference: str) -> None:
    """Give ``reference`` a workbook-level name. Raises ValueError where the name is not allowed."""
    if book.define_name(name, f"={reference}") != 0:
        raise ValueError(f"{name} is no valid defined name")
