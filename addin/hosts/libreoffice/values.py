"""Cell contents between xlwings and the office, read and written as Excel would.

Read: numbers are float, dates `datetime`, booleans `bool`, empty cells None, errors `CellError`.
Written: a text that Excel would take for a number, a boolean or a formula becomes one, unless the cell has text format
or the text begins with an apostrophe.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

EPOCH = dt.datetime(1899, 12, 30)

DAY = 86_400.0

NUMBER = re.compile(r" *[+-]?(([0-9]+(,[0-9]{3})+|[0-9]+)(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)? *")
"""What Excel takes for a number when a program writes it as text (US conventions)."""

ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")

Corners = list[int]
"""top, left, bottom, right from a block's own corner."""


class CellError(str):
    """An error value, such as `#N/A`."""

    __slots__ = ()


def serial(moment: dt.date) -> float:
    """A date or datetime as Excel counts it: days since 30/12/1899. A time zone is dropped, as for Excel."""
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime(moment.year, moment.month, moment.day)
    passed = moment.replace(tzinfo=None) - EPOCH
    return passed.days + (passed.seconds + passed.microseconds / 1e6) / DAY


def moment(number: float) -> dt.datetime:
    """The datetime of a day number, to the millisecond, which is what a float holds of it."""
    days, part = divmod(number, 1)
    return EPOCH + dt.timedelta(days=int(days), milliseconds=round(part * DAY * 1000))


def from_office(reply: dict[str, Any]) -> list[list[Any]]:
    """The rows of a `cells.read` reply as Python values."""
    rows: list[list[Any]] = reply["rows"]
    for row in rows:
        if "" in row:
            row[:] = [None if value == "" else value for value in row]
    shift = reply.get("shift", 0)
    for cells in _parts(rows, reply.get("dates", ())):
        cells[:] = [moment(v + shift) if type(v) is float and in_calendar(v) else v for v in cells]
    for cells in _parts(rows, reply.get("booleans", ())):
        cells[:] = [bool(v) if type(v) is float and v in (0.0, 1.0) else v for v in cells]
    for top, left, text in reply.get("errors", ()):
        rows[top][left] = CellError(text)
    return rows


def in_calendar(number: float) -> bool:
    """Whether Excel knows a day of that number (up to 31/12/9999)."""
    return 0 <= number < 2_958_466


class _Slice:
    """A stretch of a row that can be read and replaced."""

    def __init__(self, row: list[Any], left: int, right: int) -> None:
        self._row, self._left, self._right = row, left, right + 1

    def __iter__(self) -> Any:
        return iter(self._row[self._left : self._right])

    def __setitem__(self, _all: slice, values: list[Any]) -> None:
        self._row[self._left : self._right] = values


def _parts(rows: list[list[Any]], blocks: Iterable[Corners]) -> Iterable[_Slice]:
    for top, left, bottom, right in blocks:
        for row in rows[top : bottom + 1]:
            yield _Slice(row, left, right)


@dataclass(slots=True)
class Outgoing:
    """A block on its way to the office; see `cells.write`."""

    rows: list[list[Any]] = field(default_factory=list)
    formulas: list[list[Any]] = field(default_factory=list)
    numbers: list[list[Any]] = field(default_factory=list)
    dates: list[Corners] = field(default_factory=list)
    times: list[Corners] = field(default_factory=list)
    booleans: list[Corners] = field(default_factory=list)

    def arguments(self) -> dict[str, Any]:
        """The arguments of `cells.write` that say something."""
        return {name: value for name in self.__slots__ if (value := getattr(self, name)) or name == "rows"}


def to_office(rows: Sequence[Sequence[Any]]) -> Outgoing:
    """Prepare a block of plain values (see `plain`)."""
    out = Outgoing()
    for top, row in enumerate(rows):
        line: list[Any] = []
        for left, value in enumerate(row):
            kind = type(value)
            if kind is float:
                line.append(value)
            elif kind is str:
                line.append(_text(out, top, left, value))
            else:
                line.append(_other(out, top, left, value))
        out.rows.append(line)
    return out


def _text(out: Outgoing, top: int, left: int, value: str) -> str:
    first = value[:1]
    if first == "=" and len(value) > 1:
        out.formulas.append([top, left, value])
    elif first == "'":
        return value[1:]
    elif first in NUMBER_STARTS and (number := as_number(value)) is not None:
        out.numbers.append([top, left, number])
    elif first in "TtFf" and first and value.upper() in ("TRUE", "FALSE"):
        out.formulas.append([top, left, f"={value.upper()}()"])
    elif first == "#" and value in ERRORS:
        out.formulas.append([top, left, ERROR_FORMULAS[value]])
    return value


NUMBER_STARTS = frozenset("0123456789+-. ")

ERROR_FORMULAS = {
    "#DIV/0!": "=1/0",
    "#N/A": "=NA()",
    "#NAME?": "=#NAME?",
    "#NULL!": "=#NULL!",
    "#NUM!": "=SQRT(-1)",
    "#REF!": '=INDIRECT("")',
    "#VALUE!": '=VALUE("x")',
}
"""The office has no error constants; a formula that gives the error stands in for one."""


def as_number(text: str) -> float | None:
    """The number that Excel makes of a text, or None."""
    if not NUMBER.fullmatch(text):
        return None
    return float(text.replace(",", ""))


def _other(out: Outgoing, top: int, left: int, value: Any) -> float | str:
    if value is None:
        return ""
    if isinstance(value, bool):
        _add(out.booleans, top, left)
        return float(value)
    if isinstance(value, dt.datetime):
        _add(out.times if value.time() != dt.time() else out.dates, top, left)
        return serial(value)
    if isinstance(value, dt.date):
        _add(out.dates, top, left)
        return serial(value)
    if isinstance(value, (int, float)):
        return float(value)
    return _text(out, top, left, str(value))


def _add(blocks: list[Corners], top: int, left: int) -> None:
    """Add a cell to blocks that grow downward by column or rightward within a row."""
    for block in reversed(blocks[-64:]):
        if block[1] == block[3] == left and block[2] == top - 1:
            block[2] = top
            return
    blocks.append([top, left, top, left])


def plain(value: Any) -> Any:
    """One value as xlwings users hand it over (numpy, pandas, decimals …) as a plain Python value."""
    kind = type(value)
    if kind is float:
        return "" if value != value else value  # NaN
    if kind in PLAIN or isinstance(value, (str, dt.date, bool)):
        return _without_nat(value)
    if isinstance(value, float):
        return "" if value != value else float(value)
    return _foreign(value)


PLAIN = frozenset({str, int, bool, type(None), dt.datetime, dt.date, CellError})


def _without_nat(value: Any) -> Any:
    """None and pandas' NaT, which is a datetime by inheritance, are empty cells."""
    return "" if value is None or value != value else value


def _foreign(value: Any) -> Any:
    """Values of numpy and pandas, met without importing either: they know how to become plain."""
    if type(value).__name__ in ("NAType", "NaTType"):
        return ""
    if type(value).__name__ == "datetime64":
        value = value.astype("datetime64[us]")
    if callable(item := getattr(value, "item", None)):
        value = item()
        return "" if value is None or value != value else value
    if isinstance(value, dt.timedelta):
        return value.total_seconds() / DAY
    if isinstance(value, dt.time):
        return (value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6) / DAY
    try:
        return float(value)  # Decimal, Fraction
    except (TypeError, ValueError):
        return str(value)
