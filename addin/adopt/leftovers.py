"""The cells of the original that are not, or not as they stood, in the form: each with its address and the reason."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from addin.adopt.foreign import ForeignSheet
from addin.intake.names import column_letters
from validation.normalise import as_shown
from validation.submission import CellValue, LegacyFont

FormValue = str | int | float | date
_LONGEST_CELL = 32_767
_FIRST_YEAR = 1900


class Left(StrEnum):
    """Why a cell of the original stands on the sheet of what was not used."""

    COLUMN = "column"  # its column has no place in the form
    ABOVE = "above"
    BELOW = "below"
    TOTAL = "total"
    HEADING = "heading"
    HEADER_AGAIN = "header_again"
    NUMBERING = "numbering"
    NO_ROW = "no_row"  # a row that is no initiative
    ERROR = "error"
    FORMULA = "formula"  # an amount whose formula cannot be worked out here
    UNCACHED = "uncached"
    UNCLEAR_AMOUNT = "unclear_amount"
    UNCLEAR_DATE = "unclear_date"
    ORIGINAL = "original"  # taken, but not letter by letter as it stood
    MERGED_ROW = "merged_row"  # a further line of an initiative whose title spans several
    OTHER_SHEET = "other_sheet"


@dataclass(frozen=True, slots=True)
class LeftCell:
    """A cell that is not, or not as it was, in the form. ``row_of_form`` counts the rows taken, from 0."""

    sheet: str
    row: int
    column: int
    value: CellValue
    header: str
    why: Left
    row_of_form: int | None = None
    font: LegacyFont | None = None

    @property
    def address(self) -> str:
        """Like ``K12``."""
        return f"{column_letters(self.column)}{self.row}"


def for_form(value: CellValue) -> FormValue | None:
    """A value as XlsxWriter can write it, of the same type wherever there is one."""
    match value:
        case None:
            return None
        case str():
            return as_shown(value)[:_LONGEST_CELL]
        case bool() | timedelta() | time():
            return as_shown(value)
        case datetime() | date():
            return value if value.year >= _FIRST_YEAR else as_shown(value)
        case float() if not math.isfinite(value):
            return as_shown(value)
        case _:
            return value


def original(sheet: ForeignSheet, row: int, column: int) -> CellValue:
    """What stood in a cell: its stored value, an error's name, or its formula where no value is stored."""
    odd = sheet.odd.get((row, column))
    if odd is not None and odd.error is not None:
        return odd.error
    if odd is not None and odd.formula is not None and odd.uncached:
        return f"={odd.formula}"
    if odd is not None and odd.formula is not None and sheet.stored(row, column) is None:
        return None
    return sheet.stored(row, column)


def leave_rows(sheet: ForeignSheet, rows: range, why: Left) -> Iterator[LeftCell]:
    """All cells of some rows, left over."""
    for row in rows:
        for column in sheet.filled(row):
            yield left_cell(sheet, row, column, why)


def left_cell(
    sheet: ForeignSheet, row: int, column: int, why: Left, header: str = "", index: int | None = None
) -> LeftCell:
    """A cell of the original, left over."""
    odd = sheet.odd.get((row, column))
    font = odd.font if odd is not None else None
    return LeftCell(sheet.title, row, column, original(sheet, row, column), header, why, index, font)
