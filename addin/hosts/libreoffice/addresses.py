"""Addresses as Excel writes them, and blocks as they travel: sheet number, top, left, bottom, right, counted from 0."""

import re
from dataclasses import dataclass

CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]+)")
COLUMN = re.compile(r"\$?([A-Za-z]{1,3})")
ROW = re.compile(r"\$?([0-9]+)")

ROWS, COLUMNS = 1_048_576, 16_384
"""The size of a sheet in Excel, and in every LibreOffice since 7.4."""


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of cells on a sheet, both ends included, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def rows(self) -> int:
        """How many rows."""
        return self.bottom - self.top + 1

    @property
    def columns(self) -> int:
        """How many columns."""
        return self.right - self.left + 1

    def at(self, sheet: int) -> list[int]:
        """The block on the wire."""
        return [sheet, self.top, self.left, self.bottom, self.right]

    def joined(self, other: "Block") -> "Block":
        """The smallest block around two."""
        return Block(
            min(self.top, other.top),
            min(self.left, other.left),
            max(self.bottom, other.bottom),
            max(self.right, other.right),
        )


def column_number(letters: str) -> int:
    """A = 0, Z = 25, AA = 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """0 = A."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def parse(address: str) -> Block | None:
    """`A1`, `$A$1:B2`, `A:C`, `2:5`; None where the text is no address on one sheet."""
    first, _, last = address.strip().partition(":")
    ends = [_end(first), _end(last or first)]
    if ends[0] is None or ends[1] is None:
        return None
    block = ends[0].joined(ends[1])
    if (first and not last and not CELL.fullmatch(first)) or block.bottom >= ROWS or block.right >= COLUMNS:
        return None
    return block


def _end(text: str) -> Block | None:
    if match := CELL.fullmatch(text):
        row, column = int(match[2]) - 1, column_number(match[1])
        return Block(row, column, row, column) if row >= 0 else None
    if match := COLUMN.fullmatch(text):
        column = column_number(match[1])
        return Block(0, column, ROWS - 1, column)
    if match := ROW.fullmatch(text):
        row = int(match[1]) - 1
        return Block(row, 0, row, COLUMNS - 1) if row >= 0 else None
    return None


def spell(block: Block, row_absolute: bool = True, column_absolute: bool = True) -> str:
    """The address of a block: whole columns and rows as `$A:$C` and `$2:$5`."""
    r, c = "$" if row_absolute else "", "$" if column_absolute else ""
    left, right = c + column_letters(block.left), c + column_letters(block.right)
    top, bottom = f"{r}{block.top + 1}", f"{r}{block.bottom + 1}"
    if block.rows == ROWS and block.columns < COLUMNS:
        return f"{left}:{right}"
    if block.columns == COLUMNS:
        return f"{top}:{bottom}"
    if block.rows == block.columns == 1:
        return left + top
    return f"{left}{top}:{right}{bottom}"


def quoted(sheet_name: str) -> str:
    """A sheet's name as it stands in an address."""
    plain = re.fullmatch(r"[^\W\d]\w*", sheet_name) and not CELL.fullmatch(sheet_name)
    return sheet_name if plain else "'" + sheet_name.replace("'", "''") + "'"
