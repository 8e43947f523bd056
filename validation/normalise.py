"""From what stands in a cell to a typed value, with a note of all that was untidy.

Source: DOMAIN, "What becomes of a row" ("readable but untidy").

Each field has one cleaner: ``value, oddity → (typed value or None, notes)``. A cleaner never raises. Notes carry the
code of the rule that reports them. Plain cells are remembered, since most cells of a list repeat.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple

from validation.arithmetic import plain_result
from validation.fields import Field, Kind
from validation.programme import Programme
from validation.submission import CellValue, LegacyFont, Oddity
from validation.text.amounts import amount_from_number, read_amount
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


class Cleaned(NamedTuple):
    """A typed value, None where blank or unreadable, and the notes."""

    value: Any
    notes: tuple[CellNote, ...] = ()

    @property
    def unreadable(self) -> bool:
        """Something stands there, and it gives no value."""
        return any(note.fatal for note in self.notes)


BLANK = Cleaned(None)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# Types whose equal values are the same cell: 1 == True == 1.0, and moments of two time zones, are not.
_REMEMBERED = frozenset({str, int, date})
_MEMO_LIMIT = 4_096
# Amounts beyond this are no amounts (and would not survive a spreadsheet's 15 digits).
_LARGEST = 10**15
# A longer integer cannot come from a spreadsheet, and Python refuses to write one of more than 4,300 digits.
_WIDEST_BITS = 2_048
# A bare number in a date column is taken as a day only within these years; 2022 or 31122021 are no serials.
_FIRST_SERIAL, _LAST_SERIAL = 30_000, 65_000


def as_shown(value: CellValue) -> str:
    """A value as a clerk would read it in the cell; never fails, whatever the value."""
    match value:
        case None:
            return ""
        case str():
            return value if value.isascii() else _LONE_SURROGATE.sub("\ufffd", value)
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime() if value.time() == time(0):
            return _day_as_shown(value)
        case datetime():
            return f"{_day_as_shown(value)} {value.hour:02}:{value.minute:02}"
        case date():
            return _day_as_shown(value)
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case int() if value.bit_length() > _WIDEST_BITS:
            return "#####"
        case _:
            return str(value)


def _day_as_shown(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


class Cleaner:
    """Cleans the cells of one field. ``cleaner(value, oddity) -> Cleaned``."""

    def __init__(self, field: Field, programme: Programme) -> None:
        self.field = field
        self._memo: dict[CellValue, Cleaned] = {}
        self._from_text, self._from_cell = _readers(field, programme)

    def __call__(self, value: CellValue, odd: Oddity | None = None) -> Cleaned:
        """Clean one cell."""
        if odd is not None:
            return self._odd(value, odd)
        if value.__class__ not in _REMEMBERED:
            return self._plain(value)
        cleaned = self._memo.get(value)
        if cleaned is None:
            cleaned = self._plain(value)
            if len(self._memo) >= _MEMO_LIMIT:
                self._memo.clear()
            self._memo[value] = cleaned
        return cleaned

    def _plain(self, value: CellValue) -> Cleaned:
        if value is None:
            return BLANK
        if isinstance(value, str):
            return self._text(value)
        if self._from_cell is not None:
            return self._from_cell(value)
        cleaned = self._text(as_shown(value))
        if self.field.kind is Kind.CODE and not isinstance(value, bool):
            return Cleaned(cleaned.value, (CellNote("number_in_text"), *cleaned.notes))
        return cleaned

    def _text(self, value: str) -> Cleaned:
        tidy = clean_text(value)
        text = tidy.text
        # A dash or a dot where a person belongs names nobody.
        if not text or (self.field.kind is Kind.PERSON and not any(map(str.isalnum, text))):
            return BLANK
        cleaned = self._from_text(text)
        if not tidy.notes and len(text) <= self.field.maximum:
            return cleaned
        # One proposal for a cell: what reads the text further proposes the cell's tidied content itself.
        notes = cleaned.notes or tuple(CellNote(code, text) for code in tidy.notes)
        if len(text) > self.field.maximum and not cleaned.unreadable:
            notes += (CellNote("text_too_long", facts=(("length", len(text)), ("maximum", self.field.maximum))),)
        return Cleaned(cleaned.value, notes)

    def _odd(self, value: CellValue, odd: Oddity) -> Cleaned:
        if odd.error is not None:
            return _fatal("error_value", error=as_shown(odd.error))
        if odd.formula is not None and odd.uncached:
            return _fatal("formula_without_value", formula=as_shown(odd.formula))
        legacy = odd.font is not None and isinstance(value, str)
        cleaned = self._legacy(str(value), odd.font) if legacy and odd.font is not None else self(value)
        return cleaned if odd.formula is None else self._formula(value, odd.formula, cleaned)

    def _legacy(self, value: str, font: LegacyFont) -> Cleaned:
        converted = to_unicode(value, font)
        if converted == value:
            return self(value)
        cleaned = self(converted)
        note = CellNote("legacy_font", clean_text(converted).text, (("encoding", font.value),))
        return Cleaned(cleaned.value, (note, *cleaned.notes))

    def _formula(self, value: CellValue, formula: str, cleaned: Cleaned) -> Cleaned:
        if cleaned.value is None and not cleaned.notes:
            return BLANK  # a formula that shows nothing
        if self.field.kind is Kind.AMOUNT and cleaned.value is not None and plain_result(formula) != cleaned.value:
            return _fatal("formula_for_money", formula=as_shown(formula))
        note = CellNote("formula_in_typed_cell", as_shown(value), (("formula", as_shown(formula)),))
        return Cleaned(cleaned.value, (note, *cleaned.notes))


_FromText = Callable[[str], Cleaned]
_FromCell = Callable[[CellValue], Cleaned]


def _readers(field: Field, programme: Programme) -> tuple[_FromText, _FromCell | None]:
    """How a field's text is read, and its numbers, dates and booleans (None: as the text that they show)."""
    if field.kind is Kind.CHOICE and field.choices:
        return _ChoiceReader(field, programme), None
    readers: dict[Kind, tuple[_FromText, _FromCell | None]] = {
        Kind.DATE: (_date_from_text, _date_from_cell),
        Kind.AMOUNT: (_amount_from_text, _amount_from_cell),
        Kind.COUNT: (_count_from_text, _count_from_cell),
        Kind.PEOPLE: (_people_from_text, None),
    }
    return readers.get(field.kind, (Cleaned, None))


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


def _fatal(code: str, **facts: object) -> Cleaned:
    return Cleaned(None, (CellNote(code, facts=tuple(facts.items()), fatal=True),))


def _date_from_text(text: str) -> Cleaned:
    read = read_date(text)
    if read is None:
        return _fatal("unreadable_date")
    return Cleaned(read.day, (CellNote("date_as_text", as_shown(read.day), (("day", read.day),)),))


def _date_from_cell(value: CellValue) -> Cleaned:
    if isinstance(value, datetime):
        return Cleaned(value.date())
    if isinstance(value, date):
        return Cleaned(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and _FIRST_SERIAL <= value < _LAST_SERIAL:
        day = date_from_serial(value)
        if day is not None:
            return Cleaned(day, (CellNote("date_as_number", as_shown(day), (("day", day),)),))
    return _fatal("unreadable_date")


def _number(value: CellValue) -> int | None:
    """The whole number of a text or of a numeric cell."""
    number = None
    if isinstance(value, str):
        number = read_amount(value)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        number = amount_from_number(value)
    return None if number is None or abs(number) > _LARGEST else number


def _amount_from_text(text: str) -> Cleaned:
    amount = _number(text)
    if amount is None:
        return _fatal("unreadable_amount")
    return Cleaned(amount, (CellNote("amount_as_text", str(amount), (("amount", amount),)),))


def _amount_from_cell(value: CellValue) -> Cleaned:
    amount = _number(value)
    return _fatal("unreadable_amount") if amount is None else Cleaned(amount)


def _count_from_text(text: str) -> Cleaned:
    cleaned = _count_from_cell(text)
    if cleaned.value is None:
        return cleaned
    return Cleaned(cleaned.value, (CellNote("count_as_text", str(cleaned.value), (("count", cleaned.value),)),))


def _count_from_cell(value: CellValue) -> Cleaned:
    count = _number(value)
    return _fatal("unreadable_count") if count is None or count < 0 else Cleaned(count)


def _people_from_text(text: str) -> Cleaned:
    people = split_people(text)
    if not people.names:
        return BLANK
    notes = (CellNote("people_separator", "; ".join(people.names)),) if people.notes else ()
    return Cleaned(people.names, notes)
