"""What stands in single cells, so that it can be written, written down and written back exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import xlwings

from validation.fixes.proposal import Content

_NOT_TAKEN_FOR_TEXT = frozenset({"TRUE", "FALSE"})


@dataclass(frozen=True, slots=True)
class Held:
    """A cell before or after a change: the kind of its content (``empty``, ``text``, ``number``, ``bool``, ``moment``,
    ``formula``), the content, its number format and the name of its font; None where a cell has several fonts."""

    kind: str
    content: str | float | bool | None
    number_format: str | None
    font: str | None

    def as_json(self) -> dict[str, Any]:
        """For the journal."""
        return {"kind": self.kind, "content": self.content, "format": self.number_format, "font": self.font}

    @staticmethod
    def from_json(found: Mapping[str, Any]) -> Held:
        """From the journal."""
        return Held(found["kind"], found["content"], found["format"], found["font"])


def held(column: xlwings.Range) -> list[Held]:
    """What the cells of one column hold, from top to bottom; four calls for any number, more where formats differ."""
    count = len(column)
    formulas = _listed(column.formula, count)
    values: list[Any] = column.options(ndim=1, err_to_str=True).value
    formats = _each(column, count, "number_format")
    fonts = _each(column, count, "font")
    return [
        Held(*_kind(formula, value), number_format, font)
        for formula, value, number_format, font in zip(formulas, values, formats, fonts, strict=True)
    ]


def put_back(column: xlwings.Range, before: Sequence[Held], now: Sequence[Held]) -> None:
    """Give the cells of one column, which hold ``now``, what they held before; all in one block where that is alike."""
    kinds = {(b.number_format, b.font, n.number_format, n.font) for b, n in zip(before, now, strict=True)}
    if len(kinds) > 1:
        for number in range(len(before)):
            put_back(column[number], before[number : number + 1], now[number : number + 1])
        return
    if before[0].font not in (None, now[0].font):
        column.font.name = before[0].font
    if before[0].number_format not in (None, now[0].number_format):
        column.number_format = before[0].number_format
    column.value = [[_written(one)] for one in before]


def _kind(formula: str, value: Any) -> tuple[str, str | float | bool | None]:
    if formula.startswith("=") and formula != value:
        return "formula", formula
    match value:
        case None:
            return "empty", None
        case bool():
            return "bool", value
        case int() | float():
            return "number", float(value)
        case date():
            return "moment", value.isoformat()
        case time():
            return "moment", datetime.combine(date(1899, 12, 30), value).isoformat()
    return "text", str(value)


def _written(one: Held) -> Any:
    match one.kind:
        case "text":
            return as_text(str(one.content))
        case "moment":
            return datetime.fromisoformat(str(one.content))
    return one.content


def _each(column: xlwings.Range, count: int, what: str) -> list[str | None]:
    """The number format or the font's name of each cell: asked of all together first."""
    shared = column.font.name if what == "font" else column.number_format
    if isinstance(shared, str) or count == 1:
        return [shared if isinstance(shared, str) else None] * count
    middle = count // 2
    upper, lower = column[:middle], column[middle:]
    return _each(upper, middle, what) + _each(lower, count - middle, what)


def _listed(formulas: Any, count: int) -> list[str]:
    if count == 1 and isinstance(formulas, str):
        return [formulas]
    return [str(row[0] if isinstance(row, list | tuple) else row) for row in formulas]


def to_write(content: Content) -> str | float | datetime:
    """A proposal's content as it is handed to the program."""
    if isinstance(content, str):
        return as_text(content)
    if isinstance(content, date):
        return datetime(content.year, content.month, content.day)
    return float(content)


def as_text(text: str) -> str:
    """A text that a program takes for a text: with an apostrophe before what it would take for a number, a date or a
    formula. The apostrophe is no part of the content."""
    risky = text[:1] in "=+-@'" or text.upper() in _NOT_TAKEN_FOR_TEXT or any(letter.isdigit() for letter in text)
    return f"'{text}" if text and risky else text


def shows_a_day(code: str | None) -> bool:
    """Whether a number format, in Excel's spelling, shows a date."""
    return code is not None and {"d", "y"} & set(_outside_quotes(code).lower()) != set()


def shows_an_amount(code: str | None) -> bool:
    """Whether a number format shows a whole number as clerks expect it: not General, no text, no date."""
    if code is None or code in ("General", "@") or shows_a_day(code):
        return False
    return "0" in code or "#" in code


def _outside_quotes(code: str) -> str:
    parts = code.replace("General", "").split('"')[::2]
    outside = "".join(parts)
    while "[" in outside and "]" in outside.partition("[")[2]:  # colours, conditions, locales
        before, _, rest = outside.partition("[")
        outside = before + rest.partition("]")[2]
    return outside
