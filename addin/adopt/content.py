"""Whether what stands below a header bears it out, and the values that a cell says for certain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import islice

from validation.fields import Field, Kind
from validation.submission import CellValue
from validation.text.amounts import LARGEST, read_amount
from validation.text.dates import ReadDate, read_date
from validation.text.forms import clean_text
from validation.text.names import split_people

_LOOKED_AT = 200
_SHARE = 0.5
_LONGEST_NAME = 60
_LIKELY_LARGEST = 10**11  # đồng; no initiative of a grassroots union is worth a hundred billion
_DATE_INSIDE = re.compile(r"(?<![0-9/.\-])[0-9]{1,2}[/.\-][0-9]{1,2}[/.\-](?:[0-9]{4}|[0-9]{2})(?![0-9/\-])")
_PLAIN_DECIMAL = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,2})?")
_PLACE_AFTER = re.compile(r"\s*(?:\n|[-–—]\s|\s[-–—]|,|;|\()\s*")


def fits(field: Field, values: Iterable[CellValue]) -> bool:
    """Whether at least half of the values can be what the field holds; nothing to look at fits everything."""
    looked_at = list(islice(values, _LOOKED_AT))
    if not looked_at or field.kind not in (Kind.DATE, Kind.AMOUNT, Kind.PERSON):
        return True
    return sum(_can_be(field.kind, value) for value in looked_at) >= _SHARE * len(looked_at)


def _can_be(kind: Kind, value: CellValue) -> bool:
    if kind is Kind.DATE:
        return isinstance(value, date) or (isinstance(value, str) and read_date(value) is not None)
    if kind is Kind.AMOUNT:
        return is_number(value) or (isinstance(value, str) and read_amount(value) is not None)
    return isinstance(value, str) and len(value) <= _LONGEST_NAME and not any(map(str.isdigit, value))


def is_number(value: CellValue) -> bool:
    """Whether it is a number, and no truth value."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def seems_counted_in_dong(values: Iterable[CellValue], scale: int) -> bool:
    """Whether an amount would be absurd in the header's unit: somebody typed đồng below "triệu đồng"."""
    return any(amount is not None and amount >= _LIKELY_LARGEST for amount in (scaled(v, scale) for v in values))


def scaled(value: CellValue, scale: int) -> int | None:
    """The amount in đồng of a cell that counts in ``scale`` đồng; None where it does not say one for certain.

    ``1.500`` as a text is none: a thousand five hundred, or one and a half.
    """
    if isinstance(value, str):
        text = clean_text(value).text.replace(" ", "")
        if not _PLAIN_DECIMAL.fullmatch(text):
            return None
        value_as_written = Decimal(text.replace(",", "."))
    elif is_number(value):
        try:
            value_as_written = Decimal(str(value))
        except InvalidOperation:
            return None
    else:
        return None
    if not value_as_written.is_finite():
        return None
    amount = value_as_written * scale
    whole = amount.to_integral_value()
    return int(whole) if abs(amount - whole) == 0 and abs(whole) <= LARGEST else None


def date_inside(text: str) -> ReadDate | None:
    """The one date that a text such as "QĐ số 12/QĐ-CT ngày 05/03/2022" names; None for none and for several."""
    whole = read_date(text)
    if whole is not None:
        return whole
    found = {read.day: read for part in _DATE_INSIDE.findall(text) if (read := read_date(part)) is not None}
    return next(iter(found.values())) if len(found) == 1 else None


def author_and_place(text: str) -> tuple[str, str | None]:
    """Name and place of "Nguyễn Văn A - Tổ 3", "Nguyễn Văn A (Tổ 3)"; no place where nothing sets one apart, or what
    stands first is no name."""
    clean = clean_text(text).text
    found = _PLACE_AFTER.search(clean)
    if found is None or found.end() >= len(clean):
        return clean, None
    name, place = clean[: found.start()].strip(), clean[found.end() :].strip()
    if "(" in found[0] and place.endswith(")"):
        place = place[:-1].strip()
    if " " not in name or len(name) > _LONGEST_NAME or any(map(str.isdigit, name)) or not place:
        return clean, None
    return name, place


def authors(text: str) -> tuple[str, ...]:
    """The people of a cell, the first of whom is the lead author."""
    return split_people(text).names
