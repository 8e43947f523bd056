"""A sheet of a payment workbook while it is written: rows one under the other, each with its height."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from addin.merge.master.cell_text import cell_text
from addin.payments.paper import (
    A4,
    HEADER_HEIGHT,
    MARGINS,
    Column,
    dotted_format,
    height_of,
    page_breaks,
    place_and_date,
)
from addin.payments.store import PaymentList, Void
from validation import messages
from validation.text.words import amount_in_words
from workbook_templates.book import FONT, Format, Workbook, Worksheet, cell_address
from workbook_templates.header_block import (
    HEADER_BLOCK_ROWS,
    SIGNATURE_ROWS,
    Columns,
    put,
    write_header_block,
    write_signatures,
)
from workbook_templates.styles import SECTION, Styles

_LINE = "#000000"
_SHARE_OF_12_POINTS = 0.9
"""Of a column's width, which is counted in digits of 11 points, for bold capitals of 12."""


def word(key: str, /, **facts: object) -> str:
    """A printed text: Vietnamese, whoever prints it."""
    return messages.text("payment", key, "vi", **facts)


def heading(key: str) -> str:
    """The header of a column."""
    return messages.text("payment_column", key, "vi")


class PaymentSheet:
    """Written from top to bottom; ``finish`` sets up how it prints."""

    def __init__(self, book: Workbook, styles: Styles, name: str, columns: Sequence[Column]) -> None:
        self.sheet: Worksheet = book.add_worksheet(name)
        self.sheet.hide_gridlines(2)
        self.styles = styles
        self.columns = columns
        self.last = len(columns) - 1
        self.amount_column = next(i for i, column in enumerate(columns) if column.key in ("amount", "sum"))
        self._heights: list[float] = []
        self._header_row = 0
        for number, column in enumerate(columns):
            self.sheet.set_column(number, number, column.width)

    @property
    def next_row(self) -> int:
        """The row that is written next, zero-based."""
        return len(self._heights)

    def row(self, height: float) -> int:
        """Take the next row; returns its number."""
        self.sheet.set_row(self.next_row, height)
        self._heights.append(height)
        return self.next_row - 1

    # -- head ------------------------------------------------------------------------------------------------------

    def head(self, superior: str, own: str, number: str, record: PaymentList) -> None:
        """Unions, state, number, place and date."""
        top = self.next_row
        middle = 2
        write_header_block(
            self.sheet,
            self.styles,
            top,
            left=(0, middle),
            right=(middle + 1, self.last),
            superior=_plain(superior.upper()),
            own=_plain(own.upper()),
            place_and_date=_plain(place_and_date(record.place, record.day)),
            number=number,
        )
        width = sum(column.width for column in self.columns[: middle + 1]) * _SHARE_OF_12_POINTS
        for name in (superior.upper(), own.upper()):
            self.row(height_of([(name, width)], 1) + 2)
        self.row(19)
        assert self.next_row == top + HEADER_BLOCK_ROWS

    def title(self, title: str, *lines: str, void: Void | None = None) -> None:
        """What the list is; where it does not hold any more, that too."""
        self.row(5)
        self._across(title, 22, bold=True, font_size=14)
        for line in lines:
            width = sum(column.width for column in self.columns) * _SHARE_OF_12_POINTS
            self._across(line, height_of([(line, width)], 1), italic=line is lines[0], font_size=12)
        if void is not None:
            mark = word("void_mark", day=void.at.date(), reason=void.reason, name=void.name)
            self._across(mark, 36, bold=True, font_size=13, font_color="#9C0006", border=2)
        self.row(6)

    def _across(self, text: str, height: float, **properties: Any) -> None:
        look = {"align": "center", "valign": "vcenter", "text_wrap": True, **properties}
        put(self.sheet, self.row(height), (0, self.last), _plain(text), self.styles.format(**look))

    # -- table -----------------------------------------------------------------------------------------------------

    def header(self, *, repeated: bool, instead: dict[str, str] | None = None) -> None:
        """The column headers; ``instead`` gives some columns another one."""
        row = self.row(HEADER_HEIGHT)
        if repeated:
            self._header_row = row
        look = self.styles.format(
            SECTION, bold=True, text_wrap=True, align="center", valign="vcenter", border=1, border_color=_LINE
        )
        for number, column in enumerate(self.columns):
            self.sheet.write_string(row, number, heading((instead or {}).get(column.key, column.key)), look)

    def section(self, text: str) -> None:
        """A line across the table."""
        look = self.styles.format(bold=True, border=1, border_color=_LINE, valign="vcenter", indent=1)
        put(self.sheet, self.row(20), (0, self.last), text, look)

    def line(self, values: Sequence[str | int], *, at_least: int = 1, links: dict[int, str] | None = None) -> int:
        """One row of the table; numbers right-aligned with dots. ``links`` leads from a column to a sheet."""
        texts = [(v, c.width) for v, c in zip(values, self.columns, strict=True) if isinstance(v, str)]
        row = self.row(height_of(texts, at_least))
        for number, (value, column) in enumerate(zip(values, self.columns, strict=True)):
            if isinstance(value, int):
                self.sheet.write_number(row, number, value, self._figure(value, column))
            elif not value:
                self.sheet.write_blank(row, number, None, self._cell())
            elif links and number in links:
                target = links[number].replace("'", "''")
                link = self._cell(font_color="#0B3C8C", underline=1)
                self.sheet.write_url(row, number, f"internal:'{target}'!A1", link, cell_text(value))
            else:
                self.sheet.write_string(row, number, cell_text(value), self._cell())
        return row

    def sum_row(self, label: str, sums: dict[int, tuple[str, int]]) -> int:
        """A row that adds up: column → (formula, its value)."""
        row = self.row(22)
        first = min(sums)
        look = self._cell(bold=True, align="center", valign="vcenter")
        put(self.sheet, row, (0, first - 1), label, look)
        for number in range(first, self.last + 1):
            if number in sums:
                formula, value = sums[number]
                style = self._figure(value, self.columns[number], bold=True)
                self.sheet.write_formula(row, number, formula, style, value)
            else:
                self.sheet.write_blank(row, number, None, look)
        return row

    def span(self, column: int, first: int, last: int) -> str:
        """A range of a column as a formula names it."""
        return f"{cell_address(first, column)}:{cell_address(last, column)}"

    def _cell(self, **properties: Any) -> Format:
        look: dict[str, Any] = {"border": 1, "border_color": _LINE, "valign": "vcenter", "text_wrap": True}
        return self.styles.format(**look | properties)

    def _figure(self, value: int, column: Column, **properties: Any) -> Format:
        align = {"align": "center"} if column.key in ("ordinal", "initiatives") else {"align": "right"}
        return self._cell(num_format=dotted_format(value), text_wrap=False, **align, **properties)

    # -- foot ------------------------------------------------------------------------------------------------------

    def words(self, amount: int) -> None:
        """“Số tiền bằng chữ: …”."""
        text = word("words", words=amount_in_words(amount))
        width = sum(column.width for column in self.columns)
        look = self.styles.format(italic=True, bold=True, text_wrap=True, valign="vcenter", font_size=12)
        put(self.sheet, self.row(height_of([(text, width * _SHARE_OF_12_POINTS)], 1) + 4), (0, self.last), text, look)

    def signatures(self, signers: Sequence[str]) -> None:
        """Who signs, and where."""
        self.row(4)
        row = self.next_row
        places: tuple[Columns, ...] = ((0, 2), (3, 4), (5, self.last))
        if len(signers) == 2:
            places = ((0, 2), (4, self.last))
        write_signatures(self.sheet, self.styles, row, signers, places)
        for offset in range(SIGNATURE_ROWS):
            self.row({0: 24, 1: 15}.get(offset, 13))

    def finish(self, number: str, *, tail: int) -> None:
        """A4 across at full size, header repeated, pages numbered; ``tail``: the first row of the block at the end."""
        sheet = self.sheet
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.set_margins(**MARGINS)
        sheet.center_horizontally()
        sheet.repeat_rows(self._header_row)
        sheet.print_area(0, 0, self.next_row - 1, self.last)
        sheet.set_h_pagebreaks(page_breaks(self._heights, self._header_row, tail))
        font = f'&"{FONT},Regular"&9'
        about = word("footer", number=cell_text(number)[:120]).replace("&", "&&")
        sheet.set_footer(f"&L{font}{about}&R{font}{word('page')} &P/&N")


def _plain(text: str) -> str:
    """A name that begins like a formula is kept a name."""
    text = cell_text(text)
    return f"’{text}" if text.startswith("=") else text
