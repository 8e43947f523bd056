"""What a cell of the master holds, and how each kind is written: text as text, days and times as themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from addin.merge.master.links import FileLink, PlaceLink
from validation.text.amounts import LARGEST, format_amount
from workbook_templates.styles import AMOUNT_FORMAT, DATE_FORMAT, PERCENT_FORMAT, TEXT_FORMAT


@dataclass(frozen=True, slots=True, eq=False)
class Linked:
    """A text, or a number in a table of fixed size, with a real hyperlink; ``link`` None is a value like any other."""

    text: str | int
    link: FileLink | PlaceLink | None


@dataclass(frozen=True, slots=True)
class Formula:
    """A native formula of ours, with the value that it has now. Never made from a stranger's text."""

    formula: str
    value: int | float | str


Value = str | int | float | date | datetime | Linked | Formula | None
"""None is a blank cell."""

_DAY_ZERO = date(1899, 12, 30).toordinal()
_FIRST_SAFE_DAY = date(1900, 3, 1)
"""Before it Excel's calendar is off by the day that 1900 did not have."""


def serial(value: date) -> int | float | None:
    """The number by which a spreadsheet knows a day or a moment; None for days that it cannot hold."""
    day = value.toordinal() - _DAY_ZERO
    if isinstance(value, datetime):
        if value.date() < _FIRST_SAFE_DAY:
            return None
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return day + seconds / 86_400
    return day if value >= _FIRST_SAFE_DAY else None


def written(value: str | int | float | date) -> str | int | float:
    """The value as a cell stores it: a number where it can be one without losing anything, else a text."""
    if isinstance(value, date):
        number = serial(value)
        return number if number is not None else f"{value:%d/%m/}{value.year:04}"
    if isinstance(value, int) and abs(value) > LARGEST:
        return format_amount(value)
    return value


class Shape(StrEnum):
    """How a column is shown."""

    TEXT = "text"
    WORD = "word"  # short text, centred
    CODE = "code"
    DAY = "day"
    MONTH = "month"
    MOMENT = "moment"
    AMOUNT = "amount"
    COUNT = "count"
    ORDINAL = "ordinal"  # a number that names a line, centred
    HASH = "hash"  # clipped where the column is too narrow, never wrapped
    SHARE = "share"


_NUMBER_FORMATS = {
    Shape.CODE: TEXT_FORMAT,
    Shape.DAY: DATE_FORMAT,
    Shape.MONTH: "mm/yyyy",
    Shape.MOMENT: f"{DATE_FORMAT} hh:mm",
    Shape.AMOUNT: AMOUNT_FORMAT,
    Shape.COUNT: AMOUNT_FORMAT,
    Shape.ORDINAL: AMOUNT_FORMAT,
    Shape.HASH: TEXT_FORMAT,
    Shape.SHARE: PERCENT_FORMAT,
}
_CENTRED = frozenset({Shape.WORD, Shape.DAY, Shape.MONTH, Shape.MOMENT, Shape.ORDINAL})


def properties_of(shape: Shape) -> dict[str, Any]:
    """The format properties of a shape."""
    properties: dict[str, Any] = {"valign": "vcenter"}
    if shape in _NUMBER_FORMATS:
        properties["num_format"] = _NUMBER_FORMATS[shape]
    if shape in (Shape.TEXT, Shape.CODE, Shape.WORD):
        properties["text_wrap"] = True
    if shape in _CENTRED:
        properties["align"] = "center"
    elif shape is Shape.HASH:
        properties |= {"align": "fill", "font_size": 9}
    elif shape in (Shape.TEXT, Shape.CODE):
        properties |= {"align": "left", "indent": 1}
    return properties
