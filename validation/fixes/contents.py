"""From a finding's proposed content, which is text, to what is written in the cell."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from validation.arithmetic import plain_result
from validation.fields import Field, Kind
from validation.findings import Finding
from validation.fixes.proposal import Content

_DAY = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,15}")
_FIRST_SPREADSHEET_YEAR = 1900

ToContent = Callable[[Finding, Field], Content | None]
"""What a finding on a cell of a field has written there; None where that is not certain."""


def as_text(finding: Finding, _: Field) -> Content | None:
    """The proposal itself."""
    return finding.fix or None


def as_day(finding: Finding, _: Field) -> Content | None:
    """The proposal as a day, such as 15/02/2022."""
    found = _DAY.fullmatch(finding.fix or "")
    if found is None:
        return None
    try:
        day = date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None
    # Before March 1900 the serials of spreadsheet programs are off by one.
    return day if day.year > _FIRST_SPREADSHEET_YEAR else None


def as_number(finding: Finding, _: Field) -> Content | None:
    """The proposal as a whole number."""
    return int(finding.fix) if finding.fix and _WHOLE_NUMBER.fullmatch(finding.fix) else None


def of_its_kind(finding: Finding, field: Field) -> Content | None:
    """The proposal as what the field holds: a day, a number, or text."""
    match field.kind:
        case Kind.DATE:
            return as_day(finding, field)
        case Kind.AMOUNT | Kind.COUNT:
            return as_number(finding, field)
        case _:
            return as_text(finding, field)


def as_result_of_plain_arithmetic(finding: Finding, field: Field) -> Content | None:
    """The result of a formula of numbers only, such as ``100000+50000``; of any other formula only the clerk knows
    what it is to follow."""
    number = as_number(finding, field)
    if field.kind is not Kind.AMOUNT or number is None:
        return None
    return number if plain_result(str(finding.facts.get("formula", ""))) == number else None
