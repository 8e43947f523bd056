"""The sheet of what was not used: how columns were understood, and each cell that is not in the form as it stood."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from addin.adopt.leftovers import LeftCell, for_form
from addin.adopt.mapping import Column
from addin.adopt.wording import reason_of_column, where_to
from validation import messages
from validation.submission import LegacyFont
from workbook_templates.book import Format, Workbook, Worksheet
from workbook_templates.layout import FIRST_ROW
from workbook_templates.styles import DATE_FORMAT, LINE, OPTIONAL_HEADER, SECTION, Styles
from workbook_templates.text_fit import row_height

UNUSED_SHEET = "Cột chưa dùng"
_WIDTHS = (22, 9, 12, 34, 60, 52)
_FONTS = {LegacyFont.TCVN3: ".VnTime", LegacyFont.TCVN3_UPPER: ".VnTimeH", LegacyFont.VNI: "VNI-Times"}
_LONGEST_CELL = 32_767
_LONGEST_SHOWN = 600  # characters
MOST_CELLS = 1_000_000
"""A sheet has not many more rows than that."""


def write_unused_sheet(
    book: Workbook,
    styles: Styles,
    columns: Sequence[Column],
    left: Sequence[LeftCell],
    row_of_form: Callable[[int], int | None],
    source: str,
) -> None:
    """Add the sheet. ``row_of_form``: place in the proposal → place in this form, None for a row of another form."""
    sheet = book.add_worksheet(UNUSED_SHEET)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, UNUSED_SHEET.upper(), styles.format(bold=True, font_size=14))
    sheet.write_string(1, 0, messages.text("adopt", "sheet_intro", file=source), styles.format(italic=True))
    row = _write_columns(sheet, styles, columns, 3)
    _write_cells(sheet, styles, left, row_of_form, row + 1)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _head(sheet: Worksheet, styles: Styles, row: int, title: str, keys: Sequence[str]) -> int:
    sheet.write_string(row, 0, messages.text("adopt", title), styles.format(SECTION, bold=True))
    for column in range(1, len(_WIDTHS)):
        sheet.write_blank(row, column, None, styles.format(SECTION))
    for column, key in enumerate(keys):
        head = styles.format(OPTIONAL_HEADER, bold=True, border=1, border_color=LINE, text_wrap=True, valign="vcenter")
        sheet.write_string(row + 1, column, messages.text("adopt", key), head)
    sheet.set_row(row + 1, row_height([], at_least=2))
    return row + 2


def _write_columns(sheet: Worksheet, styles: Styles, columns: Sequence[Column], row: int) -> int:
    keys = ("head_sheet", "head_column", "head_score", "head_header", "head_field", "head_reason")
    row = _head(sheet, styles, row, "sheet_columns", keys)
    text = _text(styles)
    for column in columns:
        cells = (column.sheet, column.letters, None, column.header, where_to(column), reason_of_column(column))
        _fit(sheet, row, cells)
        for place, value in enumerate(cells):
            if value is not None:
                sheet.write_string(row, place, str(value), text)
        sheet.write_number(row, 2, column.score, _number(styles))
        row += 1
    return row


def _write_cells(
    sheet: Worksheet, styles: Styles, left: Sequence[LeftCell], row_of_form: Callable[[int], int | None], row: int
) -> None:
    keys = ("head_sheet", "head_cell", "head_row_of_form", "head_header", "head_content", "head_why")
    first = _head(sheet, styles, row, "sheet_cells", keys)
    row, text = first, _text(styles)
    for cell in left:
        place = row_of_form(cell.row_of_form) if cell.row_of_form is not None else None
        for part in _parts(cell):
            _fit(sheet, row, (cell.sheet, cell.address, None, cell.header, part if isinstance(part, str) else None))
            sheet.write_string(row, 0, cell.sheet, text)
            sheet.write_string(row, 1, cell.address, text)
            if place is not None:
                sheet.write_number(row, 2, FIRST_ROW + 1 + place, _number(styles))
            else:
                sheet.write_blank(row, 2, None, text)
            sheet.write_string(row, 3, cell.header, text)
            _write_content(sheet, styles, row, part, cell.font)
            sheet.write_string(row, 5, messages.text("adopt_left", cell.why.value), text)
            row += 1
    if row > first:
        sheet.autofilter(first - 1, 0, row - 1, len(_WIDTHS) - 1)


def _parts(cell: LeftCell) -> Iterator[Any]:
    """The content, in pieces where it is longer than a cell holds."""
    value = cell.value
    if isinstance(value, str) and len(value) > _LONGEST_CELL:
        yield from (value[start : start + _LONGEST_CELL] for start in range(0, len(value), _LONGEST_CELL))
    else:
        yield value


def _write_content(sheet: Worksheet, styles: Styles, row: int, value: Any, font: LegacyFont | None) -> None:
    written = for_form(value)
    properties: dict[str, Any] = {"valign": "top", "border": 1, "border_color": LINE, "align": "left"}
    match written:
        case str():
            if font is not None:
                properties["font_name"] = _FONTS[font]
            sheet.write_string(row, 4, written, styles.format(text_wrap=len(written) > 60, **properties))
        case date():
            sheet.write_datetime(row, 4, written, styles.format(num_format=DATE_FORMAT, **properties))
        case int() | float():
            sheet.write_number(row, 4, written, styles.format(**properties))


def _fit(sheet: Worksheet, row: int, texts: Sequence[str | None]) -> None:
    """Give a row the height of its texts; a long one is cut, it can be read in the cell."""
    pairs = [(text[:_LONGEST_SHOWN], width) for text, width in zip(texts, _WIDTHS, strict=False) if text]
    sheet.set_row(row, row_height(pairs))


def _number(styles: Styles) -> Format:
    return styles.format(valign="top", align="center", border=1, border_color=LINE)


def _text(styles: Styles) -> Format:
    return styles.format(valign="top", border=1, border_color=LINE, text_wrap=True)
