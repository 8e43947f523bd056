"""A workbook of plain lists for people: titles, notes, real days and amounts, a filter, A4. The same lists give the
same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from addin.merge.master.cell_text import cell_text
from addin.merge.master.values import Shape, properties_of, serial
from workbook_templates.book import FONT, Workbook, Worksheet, new_book
from workbook_templates.packing import repack
from workbook_templates.styles import LINE, SECTION, Styles

Cell = str | int | date | None
_A4, _HEADER_HEIGHT, _MOST_ROWS = 9, 34, 1_000_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column: header, how its cells are shown, width in characters."""

    header: str
    shape: Shape
    width: float


@dataclass(frozen=True, slots=True)
class Listing:
    """One sheet. ``notes`` stand under the title; ``empty`` is said where there are no rows, ``total`` a last row."""

    sheet: str
    title: str
    notes: Sequence[str]
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    empty: str
    total: Sequence[Cell] = ()


def listing_bytes(listings: Iterable[Listing], *, title: str, created: datetime) -> bytes:
    """The .xlsx of the lists, a sheet each. ``created`` is what the file says of itself."""
    out = io.BytesIO()
    book = new_book(out, title=cell_text(title), created=created.replace(tzinfo=None, microsecond=0))
    styles = Styles(book)
    for listing in listings:
        _write(book, styles, listing)
    book.close()
    return repack(out.getvalue(), compress=True)


def _write(book: Workbook, styles: Styles, listing: Listing) -> None:
    sheet = book.add_worksheet(listing.sheet)
    sheet.hide_gridlines(2)
    last = len(listing.columns) - 1
    for number, column in enumerate(listing.columns):
        sheet.set_column(number, number, column.width)
    sheet.set_row(0, 24)
    sheet.write_string(
        0, 0, cell_text(listing.title), styles.format(bold=True, font_size=14, font_color=SECTION.ink, valign="vcenter")
    )
    for number, note in enumerate(listing.notes, 1):
        sheet.write_string(number, 0, cell_text(note), styles.format(italic=True, font_size=10))
    head = len(listing.notes) + 2
    sheet.set_row(head, _HEADER_HEIGHT)
    header = styles.format(
        SECTION, bold=True, text_wrap=True, align="center", valign="vcenter", border=1, border_color=LINE
    )
    for number, column in enumerate(listing.columns):
        sheet.write_string(head, number, column.header, header)
    count = 0
    for count, cells in enumerate(listing.rows, 1):
        if count > _MOST_ROWS:
            raise ValueError("more rows than a sheet holds")
        _line(sheet, styles, head + count, listing.columns, cells)
    if not count:
        sheet.merge_range(head + 1, 0, head + 1, last, cell_text(listing.empty), styles.format(italic=True, border=1))
    else:
        sheet.autofilter(head, 0, head + count, last)
        if listing.total:
            _line(sheet, styles, head + count + 1, listing.columns, listing.total, bold=True)
    _set_up(sheet, head)


def _line(
    sheet: Worksheet, styles: Styles, row: int, columns: Sequence[Column], cells: Sequence[Cell], **look: Any
) -> None:
    for number, (column, value) in enumerate(zip(columns, cells, strict=True)):
        properties: dict[str, Any] = {"font_size": 10, "border": 1, "border_color": LINE}
        properties |= properties_of(column.shape) | look
        cell_format = styles.format(**properties)
        day = serial(value) if isinstance(value, date) else None
        if value is None:
            sheet.write_blank(row, number, None, cell_format)
        elif day is not None:
            sheet.write_number(row, number, day, cell_format)
        elif isinstance(value, int):
            sheet.write_number(row, number, value, cell_format)
        else:
            sheet.write_string(row, number, cell_text(str(value)), cell_format)


def _set_up(sheet: Worksheet, head: int) -> None:
    sheet.freeze_panes(head + 1, 0)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.set_footer(f'&R&"{FONT},Regular"&9&P/&N')
