"""Dates as clerks write them: the day comes first, always. An impossible or doubtful date is None, never guessed.

Source: DOMAIN, "Dates" and "What becomes of a row" (a text date is read day first).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from validation.text.forms import clean_text
from validation.text.keys import fold_without_marks

FIRST_YEAR, LAST_YEAR = 1900, 2100
TWO_DIGIT_YEAR = "two_digit_year"
TIME_DROPPED = "time_dropped"


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date read from text.

    ``swapped_possible``: day and month could be exchanged and still give another date. ``notes``: ``two_digit_year``
    (22 was read as 2022), ``time_dropped`` (a time of day other than midnight stood behind the date).
    """

    day: date
    swapped_possible: bool = False
    notes: tuple[str, ...] = ()


_LONGEST = 60
_SEPARATOR = r"\ ?[/.\-\\\u2010-\u2015\u2212\ ]\ ?"
_TIME = r"""
    (?:[,T\ ]\ ?(?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)\ ?(?:am|pm|sa|ch|z)?)?
"""
_DAY_FIRST = re.compile(
    rf"(?P<day>[0-9]{{1,2}}){_SEPARATOR}(?P<month>[0-9]{{1,2}}){_SEPARATOR}(?P<year>[0-9]{{4}}|[0-9]{{2}})\.?{_TIME}",
    re.VERBOSE | re.IGNORECASE,
)
_YEAR_FIRST = re.compile(
    rf"(?P<year>[0-9]{{4}}){_SEPARATOR}(?P<month>[0-9]{{1,2}}){_SEPARATOR}(?P<day>[0-9]{{1,2}}){_TIME}",
    re.VERBOSE | re.IGNORECASE,
)
_IN_WORDS = re.compile(
    r"(?:ngay\ )?(?P<day>[0-9]{1,2})\ ?thang\ ?(?P<month>[0-9]{1,2}),?\ ?(?:nam\ ?)?(?P<year>[0-9]{4}|[0-9]{2})\.?"
    rf"{_TIME}",
    re.VERBOSE,
)
_WORD_DAY = re.compile("ngay:? ?(?=[0-9])")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９／．－", "0123456789/.-")


@lru_cache(maxsize=8_192)
def read_date(text: str) -> ReadDate | None:
    """The date that a text says, day first; None where it says none, an impossible one, or a year outside 1900-2100.

    5/3/2022, 05.03.22, 5-3-2022, 5 3 2022, 2022-03-05 and "ngày 5 tháng 3 năm 2022" are read, a time of day behind
    them is dropped. 05/13/2022 is None: that would be month first.
    """
    if len(text) > _LONGEST:
        return None
    found = _DAY_FIRST.fullmatch(text)
    if found is not None:
        return _read(found, day_first=True)
    clean = clean_text(text).text.replace("\n", " ").translate(_FULL_WIDTH)
    found = _DAY_FIRST.fullmatch(clean)
    if found is not None:
        return _read(found, day_first=True)
    found = _YEAR_FIRST.fullmatch(clean)
    if found is not None:
        return _read(found, day_first=False)
    if not clean[:1].isalnum():
        return None
    return _read_words(fold_without_marks(clean))


def _read_words(plain: str) -> ReadDate | None:
    found = _IN_WORDS.fullmatch(plain)
    if found is not None:
        return _read(found, day_first=False)
    found = _DAY_FIRST.fullmatch(_WORD_DAY.sub("", plain, count=1))
    return _read(found, day_first=True) if found is not None else None


def _read(found: re.Match[str], *, day_first: bool) -> ReadDate | None:
    day, month, year = int(found["day"]), int(found["month"]), int(found["year"])
    notes = []
    if len(found["year"]) == 2:
        year += 2000
        notes.append(TWO_DIGIT_YEAR)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if found["time"] and found["time"].strip("0:.,"):
        notes.append(TIME_DROPPED)
    try:
        read = date(year, month, day)
    except ValueError:
        return None
    return ReadDate(read, day_first and day != month and day <= 12, tuple(notes))


_EPOCH_1900 = date(1899, 12, 31)
_EPOCH_1904 = date(1904, 1, 1)
_DAY_THAT_NEVER_WAS = 60  # Excel believes in 29/02/1900, as Lotus 1-2-3 did


def date_from_serial(number: float, date1904: bool = False) -> date | None:
    """The day of a spreadsheet's serial number, its time of day dropped; None where there is no such day of 1900-2100.

    ``date1904`` is the workbook's setting (old Excel for Mac).
    """
    if isinstance(number, bool) or not math.isfinite(number) or not 0 <= number < 100_000:
        return None
    serial = math.floor(number)
    if date1904:
        day = _EPOCH_1904 + timedelta(days=serial)
    elif serial in (0, _DAY_THAT_NEVER_WAS):
        return None
    else:
        day = _EPOCH_1900 + timedelta(days=serial - (serial > _DAY_THAT_NEVER_WAS))
    return day if day.year <= LAST_YEAR else None
