"""From what stands in a cell to a typed value, with a note of everything that was untidy (DOMAIN: "readable but untidy").

Each kind of field has one cleaner: ``value, oddity → (typed value or None, notes)``. A cleaner never raises. Notes
carry the code of the rule that reports them. Text cells are memoised, since most cells of a list repeat.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from validation.arithmetic import plain_result
from validation.fields import Field, Kind
from validation.programme import Programme
from validation.submission import CellValue, Oddity
from validation.text.amounts import amount_from_number, format_amount, read_amount
from validation.text.choices import match_choice
from validation.text.dates import date_from_serial, read_date
from validation.text.forms import clean_text
from validation.text.legacy import to_unicode
from validation.text.names import split_people


@dataclass(frozen=True, slots=True)
class CellNote:
    """A note on one cell: rule code, proposed content (None: no proposal), facts. ``fatal``: there is no value."""

    code: str
    after: str | None = None
    facts: tuple[tuple[str, object], ...] = ()
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A typed value, None where blank or unreadable, and the notes."""

    value: Any
    notes: tuple[CellNote, ...] = ()

    @property
    def unreadable(self) -> bool:
        """Something stands there, and it gives no value."""
        return any(note.fatal for note in self.notes)


BLANK = Cleaned(None)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_MEMO_LIMIT = 20_000
# Amounts beyond this are no amounts (and would not survive a spreadsheet's 15 digits).
_LARGEST = 10**15
# A bare number in a date column is taken as a day only within these years; 2022 or 31122021 are no serials.
_FIRST_SERIAL, _LAST_SERIAL = 30_000, 65_000


def as_shown(value: CellValue) -> str:
    """A value as a clerk would read it in the cell."""
    match value:
        case None:
            return ""
        case str():
            return value if value.isascii() else _LONE_SURROGATE.sub("\ufffd", value)
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime() if value.time() == time(0):
            return f"{value:%d/%m/%Y}"
        case datetime():
            return f"{value:%d/%m/%Y %H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case _:
            return str(value)


class Cleaner:
    """Cleans the cells of one field. ``cleaner(value, oddity) -> Cleaned``."""

    def __init__(self, field: Field, programme: Programme) -> None:
        self.field = field
        self._memo: dict[str, Cleaned] = {}
        self._from_text: Callable[[str], Cleaned] = {
            Kind.DATE: _date_from_text,
            Kind.AMOUNT: _amount_from_text,
            Kind.COUNT: _amount_from_text,
            Kind.PEOPLE: _people_from_text,
        }.get(field.kind, Cleaned)
        if field.kind is Kind.CHOICE and field.choices:
            self._from_text = _ChoiceReader(field, programme)

    def __call__(self, value: CellValue, odd: Oddity | None = None) -> Cleaned:
        """Clean one cell."""
        if odd is not None:
            return self._odd(value, odd)
        if value is None:
            return BLANK
        if isinstance(value, str):
            cleaned = self._memo.get(value)
            if cleaned is None:
                cleaned = self._text(value)
                if len(self._memo) < _MEMO_LIMIT:
                    self._memo[value] = cleaned
            return cleaned
        return self._not_text(value)

    def _text(self, value: str) -> Cleaned:
        tidy = clean_text(value)
        notes = tuple(CellNote(code, tidy.text) for code in tidy.notes)
        if not tidy.text:
            return BLANK
        cleaned = self._from_text(tidy.text)
        if len(tidy.text) > self.field.maximum:
            notes += (CellNote("text_too_long", facts=(("length", len(tidy.text)), ("maximum", self.field.maximum))),)
        return Cleaned(cleaned.value, notes + cleaned.notes) if notes else cleaned

    def _not_text(self, value: CellValue) -> Cleaned:
        match self.field.kind:
            case Kind.DATE:
                return _date_from_cell(value)
            case Kind.AMOUNT | Kind.COUNT:
                return _amount_from_cell(value)
            case Kind.CODE if isinstance(value, int | float) and not isinstance(value, bool):
                return Cleaned(as_shown(value), (CellNote("number_in_text"),))
            case _:
                return self._text(as_shown(value))

    def _odd(self, value: CellValue, odd: Oddity) -> Cleaned:
        if odd.error is not None:
            return Cleaned(None, (CellNote("error_value", facts=(("error", odd.error),), fatal=True),))
        if odd.formula is not None and odd.uncached:
            return Cleaned(None, (CellNote("formula_without_value", facts=(("formula", odd.formula),), fatal=True),))
        if odd.formula is not None:
            return self._formula(value, odd.formula)
        if odd.font is not None and isinstance(value, str):
            converted = to_unicode(value, odd.font)
            if converted != value:
                cleaned = self(converted)
                facts = (("encoding", odd.font.value),)
                return Cleaned(
                    cleaned.value, (CellNote("legacy_font", clean_text(converted).text, facts), *cleaned.notes)
                )
        return self(value)

    def _formula(self, value: CellValue, formula: str) -> Cleaned:
        cleaned = self(value)
        note = CellNote("formula_in_typed_cell", as_shown(value), (("formula", formula),))
        if self.field.kind is Kind.AMOUNT and cleaned.value is not None:
            exact = plain_result(formula)
            if exact is None or exact != cleaned.value:
                return Cleaned(None, (CellNote("formula_for_money", facts=(("formula", formula),), fatal=True),))
        return Cleaned(cleaned.value, (note, *cleaned.notes))


class _ChoiceReader:
    """Reads a list value; Có and Không become booleans."""

    def __init__(self, field: Field, programme: Programme) -> None:
        self._allowed = programme.choices(field.choices or "")
        self._yes = programme.answers.yes if field.choices == "yes_no" else None

    def __call__(self, text: str) -> Cleaned:
        match = match_choice(text, self._allowed)
        if match.value is None:
            facts = (("allowed", "; ".join(self._allowed)), ("proposal", match.proposal))
            return Cleaned(None, (CellNote("unknown_choice", match.proposal, facts, fatal=True),))
        notes = (CellNote("choice_untidy", match.value),) if match.folded else ()
        return Cleaned(match.value if self._yes is None else match.value == self._yes, notes)


def _date_from_text(text: str) -> Cleaned:
    read = read_date(text)
    if read is None:
        return Cleaned(None, (CellNote("unreadable_date", fatal=True),))
    return Cleaned(read.day, (CellNote("date_as_text", as_shown(read.day), (("day", read.day),)),))


def _date_from_cell(value: CellValue) -> Cleaned:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return Cleaned(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and _FIRST_SERIAL <= value < _LAST_SERIAL:
        day = date_from_serial(value)
        if day is not None:
            return Cleaned(day, (CellNote("date_as_number", as_shown(day), (("day", day),)),))
    return Cleaned(None, (CellNote("unreadable_date", fatal=True),))


def _amount_from_text(text: str) -> Cleaned:
    amount = read_amount(text)
    if amount is None or abs(amount) > _LARGEST:
        return Cleaned(None, (CellNote("unreadable_amount", fatal=True),))
    return Cleaned(amount, (CellNote("amount_as_text", str(amount), (("amount", format_amount(amount)),)),))


def _amount_from_cell(value: CellValue) -> Cleaned:
    amount = None
    if isinstance(value, int | float) and not isinstance(value, bool):
        amount = amount_from_number(value)
    if amount is None or abs(amount) > _LARGEST:
        return Cleaned(None, (CellNote("unreadable_amount", fatal=True),))
    return Cleaned(amount)


def _people_from_text(text: str) -> Cleaned:
    people = split_people(text)
    if people.notes:
        return Cleaned(people.names, (CellNote("people_separator", "; ".join(people.names)),))
    return Cleaned(people.names or None)
