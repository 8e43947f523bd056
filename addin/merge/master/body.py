"""The body of a list: many rows of one shape, and the two ways of writing it.

``stream_body`` renders the rows straight into the sheet's XML while the workbook is closed: several times as fast as
XlsxWriter's own cells and in constant memory. ``write_body`` writes the same cells by XlsxWriter's public calls; it is
the yardstick by which the fast way is tested, and the way out should a release of XlsxWriter change beneath it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from addin.merge.master.cell_text import cell_text
from addin.merge.master.links import LINKS_AT_MOST, FileLink, PlaceLink
from addin.merge.master.values import Formula, Linked, Value, written
from workbook_templates.book import Format, Worksheet, cell_address, column_letters


@dataclass(frozen=True, slots=True)
class Body:
    """``count`` rows from the zero-based ``first_row`` on. ``height`` of a row in points: one for all, or what a row's
    cells need; None leaves it to the spreadsheet program (LibreOffice then shows one line)."""

    first_row: int
    count: int
    rows: Iterable[Sequence[Value]]
    formats: Sequence[Format]
    link_format: Format
    height: float | Callable[[Sequence[Value]], float] | None = None

    @property
    def last_row(self) -> int:
        """The last row of the body."""
        return self.first_row + self.count - 1


class BodySheet(Worksheet):  # type: ignore[misc]
    """A worksheet that can hold one streamed body; everything else on it is XlsxWriter's own."""

    body: Body | None = None
    links = 0
    # XlsxWriter's: the first and last row with anything on it.
    dim_rowmin: int | None
    dim_rowmax: int | None

    def add_link(self, row: int, column: int, link: FileLink | PlaceLink | None) -> bool:
        """Link a cell; False where there is no link, or where the sheet holds all the links that Excel takes."""
        if link is None or self.links >= LINKS_AT_MOST:
            return False
        self.links += 1
        self.hyperlinks[row][column] = link
        return True

    def add_long_table(self, first_row: int, last_row: int, last_column: int, options: dict[str, Any]) -> None:
        """A table of any length from the first column on. Raises ValueError where XlsxWriter refuses it.

        To find tables that overlap, XlsxWriter remembers every cell of a table, at 150 bytes each. A sheet of ours has
        one table, so it is made short and then told how long it is.
        """
        total_rows = 1 if options.get("total_row") else 0
        short = first_row + 1 + total_rows
        if self.add_table(first_row, 0, short, last_column, options) != 0:
            raise ValueError(f"the table {options.get('name')} could not be made")
        if total_rows:
            self.table.pop(short)  # the totals that XlsxWriter wrote there; the caller writes them where they belong
        table = self.tables[-1]
        corner, letters = cell_address(first_row, 0), column_letters(last_column)
        table["range"] = f"{corner}:{letters}{last_row + 1}"
        table["a_range"] = table["autofilter"] = f"{corner}:{letters}{last_row + 1 - total_rows}"

    def _write_rows(self) -> None:
        """XlsxWriter's step that writes all rows; the body's take their place among the others."""
        body, top, bottom = self.body, self.dim_rowmin, self.dim_rowmax
        if body is None or bottom is None:
            super()._write_rows()
            return
        self.dim_rowmax = body.first_row - 1
        super()._write_rows()
        for line in rendered(body, self):
            self.fh.write(line)
        if bottom > body.last_row:
            self.dim_rowmin, self.dim_rowmax = body.last_row + 1, bottom
            super()._write_rows()
        self.dim_rowmin, self.dim_rowmax = top, bottom


BodyWriter = Callable[[BodySheet, Body], None]
"""The seam: how a body gets onto its sheet."""


def stream_body(sheet: BodySheet, body: Body) -> None:
    """Have the body rendered when the workbook is closed. The rows are iterated then, once."""
    sheet.body = body
    # Tells the sheet how far it reaches; the cells are written over by nothing.
    sheet._check_dimensions(body.first_row, 0)
    sheet._check_dimensions(body.last_row, len(body.formats) - 1)


def write_body(sheet: BodySheet, body: Body) -> None:
    """Write the body now, cell by cell."""
    for number, values in enumerate(body.rows, body.first_row):
        if body.height is not None:
            sheet.set_row(number, body.height(values) if callable(body.height) else body.height)
        for column, (value, cell_format) in enumerate(zip(values, body.formats, strict=True)):
            linked = isinstance(value, Linked) and sheet.add_link(number, column, value.link)
            write_value(sheet, number, column, value, body.link_format if linked else cell_format)


def write_value(sheet: Worksheet, row: int, column: int, value: Value, cell_format: Format) -> None:
    """One cell by XlsxWriter's own call for its kind; a text never becomes a formula, number or link. The link
    of a ``Linked`` is the sheet's matter, not this call's."""
    if isinstance(value, Formula):
        sheet.write_formula(row, column, value.formula, cell_format, value.value)
        return
    if isinstance(value, Linked):
        value = value.text
    stored = None if value is None else written(value)
    if isinstance(stored, str):
        stored = cell_text(stored)
    if stored is None or stored == "":
        sheet.write_blank(row, column, None, cell_format)
    elif isinstance(stored, str):
        sheet.write_string(row, column, stored, cell_format)
    else:
        sheet.write_number(row, column, stored, cell_format)


# What XML or Excel would read as something else; one search tells that nearly every text has none of it.
_SPECIAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f&<>\ud800-\udfff\ufffe\uffff]|_x[0-9a-fA-F]{4}_")
_ESCAPE = re.compile("(_x[0-9a-fA-F]{4}_)")
_SHORT = 16_000
_ROW = "\0"
"""Stands for the row's number in the pattern of a row; no text can hold it."""
_REMEMBERED, _LIKELY_AGAIN = 20_000, 100


def _inline(text: str) -> str:
    """The inline string element of a text, empty for a text of which nothing can be written."""
    if len(text) > _SHORT or _SPECIAL.search(text):
        text = _ESCAPE.sub(r"_x005F\1", cell_text(text))
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    return f"<is><t{space}>{text}</t></is>" if text else ""


class _Tails:
    """What follows a cell's reference, for the cells of one format; what has come before is remembered."""

    def __init__(self, cell_format: Format) -> None:
        self.style = f' s="{cell_format._get_xf_index()}"'
        self.known: dict[Value, str] = {None: f"{self.style}/>"}

    def make(self, value: Value) -> str:
        """The tail of a value that is not remembered."""
        stored = None if value is None or isinstance(value, Linked | Formula) else written(value)
        if isinstance(stored, str):
            inline = _inline(stored)
            tail = f'{self.style} t="inlineStr">{inline}</c>' if inline else f"{self.style}/>"
            if len(stored) > _LIKELY_AGAIN:
                return tail
        else:
            tail = f"{self.style}/>" if stored is None else f"{self.style}><v>{stored:.16G}</v></c>"
        if len(self.known) > _REMEMBERED:
            self.known.clear()
            self.known[None] = f"{self.style}/>"
        self.known[value] = tail
        return tail


def rendered(body: Body, sheet: BodySheet) -> Iterator[str]:
    """Each row as XML, in order; links are handed to the sheet on the way. Raises ValueError where the rows are not
    ``count``: names and table already say how far the body reaches."""
    by_format = {id(cell_format): _Tails(cell_format) for cell_format in body.formats}
    columns = [by_format[id(cell_format)] for cell_format in body.formats]
    linked = _Tails(body.link_format)
    known = [tails.known.get for tails in columns]
    cells = "".join(f'<c r="{column_letters(column)}{_ROW}"%s' for column in range(len(columns)))
    needed = body.height if callable(body.height) else None
    height = "" if body.height is None or needed else f' ht="{body.height:.16g}" customHeight="1"'
    number = body.first_row
    for values in body.rows:
        number += 1
        tails = [get(value) for get, value in zip(known, values, strict=True)]
        for column in [place for place, tail in enumerate(tails) if tail is None]:
            value = values[column]
            if isinstance(value, Linked):
                shown = linked if sheet.add_link(number - 1, column, value.link) else columns[column]
                tails[column] = shown.make(value.text)
            else:
                tails[column] = columns[column].make(value)
        if needed is not None:
            height = f' ht="{needed(values):.16g}" customHeight="1"'
        yield f'<row r="{_ROW}"{height}>{cells}</row>'.replace(_ROW, str(number)) % tuple(tails)
    if number != body.last_row + 1:
        raise ValueError(f"the body has {number - body.first_row} rows, not {body.count}")
