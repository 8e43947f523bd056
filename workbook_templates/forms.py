"""The three blank forms, and their sheets as parts of a larger workbook."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from validation.fields import COVER_FIELD, FORM_TITLES, ROW_FIELD, Field, Form
from validation.programme import Programme
from validation.units import Unit
from workbook_templates.book import Format, Workbook, Worksheet, new_book
from workbook_templates.cover_sheet import CoverLayout, cover_cell_format, write_cover_sheet
from workbook_templates.facts_sheet import write_facts_sheet
from workbook_templates.guide_sheet import write_guide_sheet
from workbook_templates.layout import DEFAULT_ROWS, FIRST_ROW, MAXIMUM_ROWS, ListLayout
from workbook_templates.list_sheet import write_list_sheet
from workbook_templates.packing import repack
from workbook_templates.styles import Styles
from workbook_templates.text_fit import row_height

_LINES_OF_VERDICT = 2
Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class FormSheets:
    """The sheets of a form inside a workbook that is still open, and how to fill them."""

    book: Workbook
    styles: Styles
    cover: Worksheet
    listing: Worksheet
    cover_layout: CoverLayout
    layout: ListLayout

    def fill_cover(self, values: Mapping[str, Value]) -> None:
        """Write cover fields by name; None leaves a cell blank."""
        for name, value in values.items():
            row, column = self.cover_layout.cells[name]
            _write(self.cover, row, column, value, cover_cell_format(self.styles, COVER_FIELD[name]))

    def fill_row(self, index: int, values: Mapping[str, Value]) -> None:
        """Write fields of the list's row ``index`` (from 0) by name, and fit its height; None leaves a cell blank.

        A calculated field's value replaces the formula. Rows from ``layout.rows`` on lie below the table.
        """
        wrapped = [(value, ROW_FIELD[name].width) for name, value in values.items() if isinstance(value, str)]
        self.listing.set_row(FIRST_ROW + index, row_height(wrapped, at_least=_LINES_OF_VERDICT))
        for name, value in values.items():
            field = ROW_FIELD[name]
            cell_format = self._cell_format(field)
            _write(self.listing, FIRST_ROW + index, self.layout.column(name), value, cell_format)

    def _cell_format(self, field: Field) -> Format:
        return self.styles.column(field) if field.typed else self.styles.calculated(field)


def add_form_sheets(
    book: Workbook,
    form: Form,
    programme: Programme,
    *,
    rows: int = DEFAULT_ROWS,
    superior: Unit | None = None,
    with_formulas: bool = True,
    with_guide: bool = True,
) -> FormSheets:
    """Add cover, list, guide and the hidden facts, with every defined name, to an open workbook.

    ``rows`` is the body of the list, 1 or more. ``with_formulas=False`` leaves the list's calculated columns to be
    filled with values: formulas on ten thousands of rows make a slow workbook.
    """
    styles = Styles(book)
    layout = ListLayout(form, rows)
    cover, cover_layout = write_cover_sheet(book, styles, form, programme, superior=superior)
    listing = write_list_sheet(book, styles, programme, layout, with_formulas=with_formulas)
    if with_guide:
        write_guide_sheet(book, styles, form, programme)
    write_facts_sheet(book, styles, form, programme)
    return FormSheets(book, styles, cover, listing, cover_layout, layout)


def build_form(
    form: Form,
    programme: Programme,
    out: Path | BinaryIO,
    *,
    unit: Unit | None = None,
    superior: Unit | None = None,
    rows: int = DEFAULT_ROWS,
) -> None:
    """Write a blank form; the cover says who ``unit`` is.

    ``superior`` is the union that the unit reports to; without it the unit's parent code is written. Raises
    ValueError for ``rows`` outside 1 … 10,000, OSError where ``out`` cannot be written.
    """
    content = form_bytes(form, programme, unit=unit, superior=superior, rows=rows)
    if isinstance(out, Path):
        out.write_bytes(content)
    else:
        out.write(content)


def form_bytes(
    form: Form,
    programme: Programme,
    *,
    unit: Unit | None = None,
    superior: Unit | None = None,
    rows: int = DEFAULT_ROWS,
    compress: bool = True,
) -> bytes:
    """The form as bytes; with ``compress=False`` they are the same on every machine. Raises ValueError."""
    if not 1 <= rows <= MAXIMUM_ROWS:
        raise ValueError(f"a form has 1 to {MAXIMUM_ROWS} rows, not {rows}")
    raw = io.BytesIO()
    book = new_book(raw, title=FORM_TITLES[form])
    sheets = add_form_sheets(book, form, programme, rows=rows, superior=superior)
    if unit is not None:
        sheets.fill_cover(known_of(unit, superior))
    book.close()
    return repack(raw.getvalue(), compress=compress)


def known_of(unit: Unit, superior: Unit | None) -> dict[str, Value]:
    """What the cover can say of a unit before anybody has typed anything."""
    return {
        "unit_code": unit.code,
        "unit_name": unit.name,
        "superior_code": superior.code if superior else unit.parent,
        "members": unit.members,
    }


def _write(sheet: Worksheet, row: int, column: int, value: Value, cell_format: Format) -> None:
    """Text stays text: nothing that a stranger typed becomes a formula, a number or a link."""
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value, cell_format)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, cell_format)
    else:
        sheet.write_number(row, column, value, cell_format)
