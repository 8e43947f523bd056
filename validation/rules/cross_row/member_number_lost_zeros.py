"""A member number shorter than the report's others, which begin with 0: its own zeros may be lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from validation.fields import Form
from validation.findings import Severity
from validation.rules.examples import Example, rows
from validation.rules.registry import JudgedReport, ReportHit, Rule, Scope

_MOST = 0.6
"""Share of the numbers that must be of one length for it to be *the* length."""
_ENOUGH = 3


def check(report: JudgedReport) -> Iterator[ReportHit]:
    """One hit for each number of digits only that would have the usual length with zeros before it."""
    if report.raw.form is not Form.GRASSROOTS:
        return  # in a consolidation each unit has its own numbers
    numbers = [(row.number, row.member_number) for row in report.rows if row.member_number]
    numbers = [(row, number) for row, number in numbers if number.isdecimal()]
    if len(numbers) < _ENOUGH or len({len(number) for _, number in numbers}) == 1:
        return
    length, times = Counter(len(number) for _, number in numbers).most_common(1)[0]
    with_zeros = any(len(number) == length and number.startswith("0") for _, number in numbers)
    if times < _MOST * len(numbers) or not with_zeros:
        return
    stored_as_numbers = {raw.number for raw in report.raw.rows if not isinstance(raw.values.get("member_number"), str)}
    for row, number in numbers:
        if row in stored_as_numbers:
            continue  # the rule number_in_text has said so
        if len(number) < length and not number.startswith("0"):
            yield ReportHit(row, "member_number", {"length": length, "proposal": number.zfill(length)})


def _author(number: int, member_number: str) -> Example:
    codes = {"registration_code": f"SK-2022-{number:04}", "title": f"Cải tiến máy ép nhựa số {number}"}
    return Example(codes | {"lead_author": f"Nguyễn Thị {'ABCDEF'[number]}", "member_number": member_number})


_USUAL = (_author(1, "0012345"), _author(2, "0012388"))

RULE = Rule(
    code="member_number_lost_zeros",
    severity=Severity.WARNING,
    fields=("member_number",),
    since="0.1.0",
    scope=Scope.CROSS_ROW,
    check_report=check,
    beta=True,
    bad=(rows(*_USUAL, _author(3, "12399")),),
    good=(rows(*_USUAL, _author(3, "0012399")), rows(_author(1, "12345"))),
)
