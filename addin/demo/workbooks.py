"""A report as the workbook that its clerk sends."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping

from addin.demo.campaign import Value
from addin.demo.entries import Entry
from addin.demo.reports import Report
from validation.fields import FORM_TITLES, Form
from validation.programme import Programme
from workbook_templates.book import new_book
from workbook_templates.forms import FormSheets, add_form_sheets
from workbook_templates.layout import FIRST_ROW

SPARE_ROWS = 8
"""Rows of the form that stay empty below the last one."""

_LEGACY_FONT = ".VnTime"


def report_bytes(report: Report, programme: Programme) -> bytes:
    """The filled form."""
    rows = len(report.entries)
    table = rows - report.below if report.below else rows + SPARE_ROWS
    return form_with(report.cover, report.entries, table, programme)


def form_with(cover: Mapping[str, Value], entries: Iterable[Entry], rows: int, programme: Programme) -> bytes:
    """A grassroots form with this cover and this list; entries beyond ``rows`` stand below its table."""
    raw = io.BytesIO()
    book = new_book(raw, title=FORM_TITLES[Form.GRASSROOTS])
    sheets = add_form_sheets(book, Form.GRASSROOTS, programme, rows=rows)
    sheets.fill_cover(cover)
    for index, entry in enumerate(entries):
        _fill(sheets, index, entry)
    book.close()
    return raw.getvalue()


def _fill(sheets: FormSheets, index: int, entry: Entry) -> None:
    values = {name: value for name, value in entry.typed.items() if value is not None}
    if values:
        sheets.fill_row(index, values)
    for name in entry.legacy:
        shown = sheets.styles.format(font_name=_LEGACY_FONT, text_wrap=True, valign="top")
        sheets.listing.write_string(FIRST_ROW + index, sheets.layout.column(name), str(values[name]), shown)
    if entry.hidden:
        sheets.listing.set_row(FIRST_ROW + index, None, None, {"hidden": True})
