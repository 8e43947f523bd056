"""The body of a list: many rows of one shape, and the two ways of writing it.

``stream_body`` renders the rows straight into the sheet's XML while the workbook is closed: many times as fast as
XlsxWriter's own cells and in constant memory. ``write_body`` writes the same cells by XlsxWriter's public calls; it is
the yardstick by which the fast way is tested, and the way out should a release of XlsxWriter change beneath it.

A body comes in blocks of rows, column by column: what is done to a column at once costs a fraction of what it costs
cell by cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, repeat
from typing import Any

from addin.merge.master.cell_text import cell_text
from addin.merge.master.cell_xml import CellXml
from addin.merge.master.links import LINKS_AT_MOST, FileLink, PlaceLink
from addin.merge.master.values import Formula, Linked, Value, written
from workbook_templates.book import Format, PlainSheet, Worksheet, cell_address, column_letters

BLOCK_ROWS = 1_000

Block = Sequence[Sequence[Value]]
"""Rows that follow one another: the values of each column."""


def in_blocks(rows: Iterable[Sequence[Value]], size: int = BLOCK_ROWS) -> Iterator[Block]:
    """Rows as blocks. Raises ValueError where they are not all of one length."""
    remaining = iter(rows)
    while some := list(islice(remaining, size)):
        yield list(zip(*some, strict=True))


@dataclass(frozen=True, slots=True)
class Body:
    """``count`` rows from the zero-based ``first_row`` on. ``height`` of a row in points: one for all, or what the rows
    of a block need; None leaves it to the spreadsheet program (LibreOffice then shows one line)."""

    first_row: int
    count: int
    blocks: Iterable[Block]
    formats: Sequence[Format]
    link_format: Format
    height: float | Callable[[Block], Sequence[float]] | None = None

    @property
    def last_row(self) -> int:
        """The last row of the body."""
        return self.first_row + self.count - 1


class BodySheet(PlainSheet):
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
        for rows in rendered(body, self):
            self.fh.write_encoded(rows)
        if bottom > body.last_row:
            self.dim_rowmin, self.dim_rowmax = body.last_row + 1, bottom
            super()._write_rows()
        self.dim_rowmin, self.dim_rowmax = top, bottom

    def _write_hyperlinks(self) -> None:
        """XlsxWriter's step that writes all links, for sheets on which all are ours and may be thousands."""
        links = [(row, *cell) for row, cells in sorted(self.hyperlinks.items()) for cell in sorted(cells.items())]
        if not links or not all(isinstance(link, FileLink | PlaceLink) for _, _, link in links):
            super()._write_hyperlinks()
            return
        written = ["<hyperlinks>"]
        letters = {column: column_letters(column) for column in {column for _, column, _ in links}}
        for row, column, link in links:
            reference, place = f"{letters[column]}{row + 1}", self._escape_attributes(link.anchor)
            if isinstance(link, FileLink):
                self.rel_count += 1
                self.external_hyper_links.append(["/hyperlink", link.target, "External"])
                location = f' location="{place}"' if place else ""
                written.append(f'<hyperlink ref="{reference}" r:id="rId{self.rel_count}"{location}/>')
            else:
                written.append(f'<hyperlink ref="{reference}" location="{place}" display="{place}"/>')
        written.append("</hyperlinks>")
        self.fh.write("".join(written))


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
    number = body.first_row
    for block in body.blocks:
        for values, height in zip(zip(*block, strict=True), _heights(body, block), strict=True):
            if height is not None:
                sheet.set_row(number, height)
            for column, (value, cell_format) in enumerate(zip(values, body.formats, strict=True)):
                linked = isinstance(value, Linked) and sheet.add_link(number, column, value.link)
                write_value(sheet, number, column, value, body.link_format if linked else cell_format)
            number += 1


def _heights(body: Body, block: Block) -> Sequence[float | None]:
    """Of each row of a block, in points."""
    return body.height(block) if callable(body.height) else [body.height] * len(block[0])


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


def rendered(body: Body, sheet: BodySheet) -> Iterator[bytes]:
    """The rows as the XML of a sheet, block by block; links are handed to the sheet on the way. Raises ValueError where
    the rows are not ``count``: names and table already say how far the body reaches."""
    openings = [f'<c r="{column_letters(column)}'.encode() for column in range(len(body.formats))]
    following = [*openings[1:], b"</row>"]
    columns = list(map(CellXml, body.formats, following))
    linked = [CellXml(body.link_format, then) for then in following]
    first = body.first_row
    for block in body.blocks:
        size = len(block[0])
        if any(len(values) != size for values in block):
            raise ValueError("the columns of a block are not of one length")
        rows = [b"%d" % row for row in range(first + 1, first + 1 + size)]
        pieces: list[Iterable[bytes]] = [repeat(b'<row r="'), rows, _row_ends(_heights(body, block), openings[0])]
        for number, (column, values) in enumerate(zip(columns, block, strict=True)):
            cells = column.of(values)
            links = _linked(sheet, first, number, values)
            for place, cell in zip(links, linked[number].of([values[place] for place in links]), strict=True):
                cells[place] = cell
            pieces += (rows, cells)
        yield b"".join(chain.from_iterable(zip(*pieces)))  # noqa: B905 - the repeat has no end
        first += size
    if first != body.last_row + 1:
        raise ValueError(f"the body has {first - body.first_row} rows, not {body.count}")


def _linked(sheet: BodySheet, first_row: int, column: int, values: Sequence[Value]) -> list[int]:
    """Link the cells of a column as far as that can be done; returns which."""
    if Linked not in map(type, values):
        return []
    return [
        place
        for place, value in enumerate(values)
        if isinstance(value, Linked) and sheet.add_link(first_row + place, column, value.link)
    ]


def _row_ends(heights: Sequence[float | None], then: bytes) -> list[bytes]:
    """What follows the numbers of rows of these heights, and what stands after it."""
    ends = {
        height: (b'">' if height is None else f'" ht="{height:.16g}" customHeight="1">'.encode()) + then
        for height in set(heights)
    }
    return [ends[height] for height in heights]
