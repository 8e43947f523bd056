"""Rows that are no initiative: empty ones, totals rows, repeated headers (DOMAIN: "What becomes of a row")."""

from __future__ import annotations

from validation.fields import ROW_FIELD, Form, row_fields
from validation.submission import RawRow
from validation.text.keys import fold
from validation.text.rows import is_total_marker

_HEADERS_TO_BE_A_HEADER_ROW = 3
_IDENTIFYING = ("registration_code", "title")


class BlankRows:
    """Tells the rows of a form's list that are counted as blank."""

    def __init__(self, form: Form) -> None:
        self._typed = frozenset(f.name for f in row_fields(form) if f.typed)
        self._headers = {f.name: fold(f.header) for f in row_fields(form)}

    def holds(self, row: RawRow) -> bool:
        """Whether the row is empty, a totals row, or the header again."""
        filled = [name for name in self._typed if name in row.odd or _filled(row.values.get(name))]
        return not filled or self._is_totals_row(row) or self._is_header(row)

    def _is_totals_row(self, row: RawRow) -> bool:
        markers = {n for n, v in row.values.items() if isinstance(v, str) and n in ROW_FIELD and is_total_marker(v)}
        if not markers:
            return False
        return not any(_filled(row.values.get(name)) for name in _IDENTIFYING if name not in markers)

    def _is_header(self, row: RawRow) -> bool:
        texts = [(name, value) for name, value in row.values.items() if isinstance(value, str)]
        same = sum(fold(value) == self._headers.get(name) for name, value in texts)
        return same >= _HEADERS_TO_BE_A_HEADER_ROW


def _filled(value: object) -> bool:
    return value is not None and not (isinstance(value, str) and not value.strip())
