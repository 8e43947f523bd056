"""The paper of payment lists: columns that fit A4, heights that fit their texts, pages that end where they should."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from addin.payments.drafting import BANK
from workbook_templates.text_fit import LINE_HEIGHT, lines_needed

A4 = 9
MARGINS = {"left": 0.4, "right": 0.4, "top": 0.6, "bottom": 0.75}
USABLE_HEIGHT = 485.0
"""Points of a landscape page between the margins that are filled: 498 less what programs measure differently."""
HEADER_HEIGHT = 31.0
HIGHEST_ROW = 400.0
"""Excel takes 409 points at most."""
_SHARE_USED = 0.85
"""Names of unions are full of capitals, which are wider than running text."""
_MOST_BREAKS = 1000
"""Excel takes 1,023 in a sheet; a longer list breaks where the program thinks fit."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in the catalogue's ``payment_column`` and its width in digits of the default font."""

    key: str
    width: float


_SIGN_COLUMNS = (
    Column("ordinal", 6), Column("author", 22), Column("workplace", 24), Column("code", 14), Column("title", 34),
    Column("amount", 13), Column("sign", 15),
)  # fmt: skip
_BANK_COLUMNS = (
    Column("ordinal", 5), Column("author", 19), Column("workplace", 17), Column("code", 13), Column("title", 21),
    Column("amount", 12), Column("bank", 11), Column("account", 14), Column("recipient", 16),
)  # fmt: skip
SUMMARY_COLUMNS = (
    Column("ordinal", 6), Column("unit_code", 16), Column("unit", 36), Column("initiatives", 9),
    Column("paid_now", 15), Column("adjusted", 15), Column("sum", 15), Column("sign", 16),
)  # fmt: skip
WIDEST = 128
"""What the widths may come to: 94 % of the page in LibreOffice, where a digit takes 7.33 pixels; Excel rounds to 7."""


def list_columns(layout: str) -> tuple[Column, ...]:
    """The columns of a list: a place to sign, or where to send the money."""
    return _BANK_COLUMNS if layout == BANK else _SIGN_COLUMNS


def height_of(texts: Sequence[tuple[str, float]], at_least: int) -> float:
    """The height in points of a row with these (text, column width); words too long for a line are broken."""
    lines = max([at_least, *(_lines(text, width * _SHARE_USED) for text, width in texts)])
    return min(HIGHEST_ROW, lines * LINE_HEIGHT + 3)


def _lines(text: str, width: float) -> int:
    return lines_needed(_broken(text, width), width)


def _broken(text: str, width: float) -> str:
    """The text with its overlong words in pieces, as the programs print them."""
    most = max(1, int(width))
    return "\n".join(
        " ".join(word[at : at + most] for word in line.split() for at in range(0, len(word), most))
        for line in text.split("\n")
    )


def page_breaks(heights: Sequence[float], header_row: int, tail: int) -> list[int]:
    """Rows that begin a page. ``heights`` are of all rows; ``header_row`` is repeated on every page after its own; the
    rows from ``tail`` on (sum, words, signatures) stay on one page, with a row before them where there is one."""
    breaks: list[int] = []
    used = sum(heights[: header_row + 1])
    kept_together = max(header_row + 1, tail - 1)
    row = header_row + 1
    while row < len(heights):
        block = sum(heights[row:]) if row == kept_together else heights[row]
        if used + block > USABLE_HEIGHT and row > header_row + 1:
            breaks.append(row)
            used = heights[header_row]
        used += block
        row = len(heights) if row == kept_together else row + 1
    return breaks if len(breaks) <= _MOST_BREAKS else []


def dotted_format(amount: int) -> str:
    """A number format that shows this amount with dots, whatever the settings of the computer. A list is closed: the
    amount in a cell does not change."""
    groups = (len(str(abs(amount))) - 1) // 3
    digits = "0" if groups == 0 else "#" + "\\.###" * (groups - 1) + "\\.##0"
    # A space behind the last digit: LibreOffice leaves the indent of some right-aligned cells out.
    return f"{digits}\\ "


def place_and_date(place: str, day: date) -> str:
    """“Hải Phòng, ngày 05 tháng 02 năm 2022”: days below 10 and the months 1 and 2 carry a zero."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{place}, ngày {day.day:02} tháng {month} năm {day.year}"


def sheet_names(wanted: Sequence[str], reserved: Sequence[str]) -> list[str]:
    """A name for each sheet, near to what is wanted, that Excel takes and no other sheet has."""
    taken = {name.casefold() for name in (*reserved, "history")}
    names = []
    for one in wanted:
        base = "".join("_" if c in "[]:*?/\\" or not c.isprintable() else c for c in one).strip("' ")[:31] or "_"
        name, number = base, 1
        while name.casefold() in taken:
            number += 1
            name = f"{base[: 31 - len(str(number)) - 1]}-{number}"
        taken.add(name.casefold())
        names.append(name)
    return names
