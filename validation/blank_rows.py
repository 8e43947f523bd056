"""Rows that are no initiative: empty ones, totals rows, repeated headers (DOMAIN: "What becomes of a row")."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from validation.fields import ROW_FIELD, Form, Kind, row_fields
from validation.submission import CellValue, Oddity, RawRow
from validation.text.forms import clean_text
from validation.text.keys import fold
from validation.text.rows import is_total_marker

_HEADERS_TO_BE_A_HEADER_ROW = 3
_IDENTIFYING = ("registration_code", "title")
_NO_TEXT = frozenset({Kind.DATE, Kind.AMOUNT})


class BlankRows:
    """Tells the rows of a form's list that are counted as blank."""

    def __init__(self, form: Form) -> None:
        self._typed, self._days_and_amounts, self._headers = _columns(form)

    def holds(self, row: RawRow) -> bool:
        """Whether the row is empty, a totals row, or the header again."""
        return not self._is_initiative(row.values) and (
            self._is_empty(row) or self._is_totals_row(row) or self._is_header(row)
        )

    def _is_initiative(self, values: Mapping[str, CellValue]) -> bool:
        """Quick answer for nearly every row: it has a title and a real day or amount; False only means that it takes a
        closer look."""
        title = values.get("title")
        if not isinstance(title, str) or not title[:1].isalnum() or is_total_marker(title):
            return False
        return self._has_day_or_amount(values)

    def _has_day_or_amount(self, values: Mapping[str, CellValue]) -> bool:
        for name in self._days_and_amounts:
            value = values.get(name)
            if value is not None and not isinstance(value, str):
                return True
        return False

    def _is_empty(self, row: RawRow) -> bool:
        values, odd = row.values, row.odd
        if any(_filled(values.get(name)) for name in self._typed):
            return False
        return not any(_holds_something(odd[name]) for name in self._typed if name in odd)

    def _is_totals_row(self, row: RawRow) -> bool:
        for name in _IDENTIFYING:
            value = row.values.get(name)
            if _filled(value) and not (isinstance(value, str) and is_total_marker(value)):
                return False
        return any(isinstance(v, str) and name in ROW_FIELD and is_total_marker(v) for name, v in row.values.items())

    def _is_header(self, row: RawRow) -> bool:
        values = row.values
        if self._has_day_or_amount(values):
            return False
        same = sum(isinstance(v, str) and fold(v) == self._headers.get(name) for name, v in values.items())
        return same >= _HEADERS_TO_BE_A_HEADER_ROW


@lru_cache(maxsize=len(Form))
def _columns(form: Form) -> tuple[tuple[str, ...], tuple[str, ...], Mapping[str, str]]:
    """The typed columns, those of days and amounts among them, and all headers folded."""
    fields = row_fields(form)
    days_and_amounts = tuple(f.name for f in fields if f.typed and f.kind in _NO_TEXT)
    return tuple(f.name for f in fields if f.typed), days_and_amounts, {f.name: fold(f.header) for f in fields}


def _filled(value: CellValue) -> bool:
    """Whether anything that can be seen stands in the cell."""
    if isinstance(value, str):
        return value[:1].isalnum() or clean_text(value).text != ""
    return value is not None


def _holds_something(odd: Oddity) -> bool:
    """An error, or a formula whose result nobody knows; one that shows nothing leaves the cell blank."""
    return odd.error is not None or (odd.formula is not None and odd.uncached)
