"""Rows as nearly all are: every cell holds a value of which nothing is to be said, whatever else stands in the row.

Such a row is read without a cleaner being asked and without the rules that speak of single values. What is usual is
not declared anywhere: it is what the cleaners and the rules themselves have nothing to say of, tried once for each
value and remembered. Any doubt about a row sends it the long way, which says all that there is to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from validation.draft import Draft
from validation.fields import Field, Kind
from validation.normalise import Cleaner
from validation.programme import Programme
from validation.rules.registry import Basis, Context, row_checks
from validation.submission import CellValue, RawRow
from validation.text.plain import is_plain

_KEPT_AS_TYPED = frozenset({Kind.TEXT, Kind.CODE, Kind.PERSON})
_MOST_VALUES = 4_096


class UsualRow:
    """Reads usual rows of a list that has these fields."""

    def __init__(self, fields: Sequence[Field], others: Mapping[str, UsualValues]) -> None:
        self._texts = tuple((f.name, f.maximum) for f in fields if f.name not in others)
        self._people = tuple(f.name for f in fields if f.kind is Kind.PERSON)
        self._others = tuple((f.name, others[f.name]) for f in fields if f.name in others)

    def read(self, values: Mapping[str, CellValue]) -> dict[str, Any] | None:
        """The typed values of a row of usual cells, those that have one; None where a cell is not usual."""
        typed: dict[str, Any] = {}
        try:
            for name, usual in self._others:
                value = values.get(name)
                if value is not None:
                    typed[name] = usual[value]
        except _Unusual:
            return None
        texts: list[str] = []
        for name, maximum in self._texts:
            text = values.get(name)
            if text is not None:
                if text.__class__ is not str or len(text) > maximum:
                    return None
                typed[name] = text
                texts.append(text)
        if not is_plain(" ".join(texts)):
            return None
        for name in self._people:
            if name in typed and not typed[name][0].isalnum():
                return None  # perhaps a dash, which names nobody
        return typed


def has_plain_texts(row: RawRow) -> bool:
    """Whether every text of a row is plain, so that no check whose basis are the letters has a word to say."""
    return not row.odd and is_plain(" ".join(value for value in row.values.values() if isinstance(value, str)))


def usual_values(cleaners: Sequence[Cleaner], programme: Programme) -> dict[str, UsualValues]:
    """What is known of the fields whose values are read as something else than what is typed."""
    return {c.field.name: UsualValues(c, programme) for c in cleaners if c.field.kind not in _KEPT_AS_TYPED}


class _Unusual(Exception):  # noqa: N818 - no error: the value takes a closer look
    """Something is to be said of a value, or it is read as none."""


class UsualValues(dict[CellValue, Any]):
    """Usual values of a field → what they are read as; grows as it is asked. Raises _Unusual for any other value."""

    def __init__(self, cleaner: Cleaner, programme: Programme) -> None:
        super().__init__()
        self._clean = cleaner
        self._name = cleaner.field.name
        self._context = Context(programme, date.max)  # these checks look at the value and the programme alone
        self._checks = [check for rule, check in row_checks(Basis.VALUE) if self._name in rule.fields]

    def __missing__(self, value: CellValue) -> Any:
        cleaned = self._clean(value)
        if cleaned.value is None or cleaned.notes or self._is_spoken_of(value, cleaned.value):
            raise _Unusual
        # What equals a remembered value must be read like it: True equals 1, and is no amount.
        if value.__class__ is str or (value == cleaned.value and value not in (0, 1)):
            if len(self) >= _MOST_VALUES:
                self.clear()
            self[value] = cleaned.value
        return cleaned.value

    def _is_spoken_of(self, value: CellValue, typed: Any) -> bool:
        if isinstance(value, str) and not is_plain(value):
            return True
        if not self._checks:
            return False
        draft = Draft(RawRow(0, {self._name: value}), {self._name: typed})
        return any(True for check in self._checks for _ in check(draft, self._context))
