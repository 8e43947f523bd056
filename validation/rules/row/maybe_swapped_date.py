"""A real date whose day and month may have been swapped by US settings keeps its value and stays a question."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from validation.draft import Draft
from validation.findings import Severity
from validation.rules.registry import Context, Hit, Rule, example

_DATES = ("recognised_on", "applied_on", "registered_on", "approved_on")


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """A date cell that does not fit, and would with day and month exchanged."""
    for name in _DATES:
        day: date | None = row.value(name)
        if day is None or day.day > 12 or day.day == day.month or isinstance(row.raw.values.get(name), str):
            continue
        exchanged = date(day.year, day.day, day.month)
        if not _fits(name, day, row, context) and _fits(name, exchanged, row, context):
            yield Hit(name, {"day": day, "exchanged": exchanged})


def _fits(name: str, day: date, row: Draft, context: Context) -> bool:
    programme = context.programme
    if day > context.report_date:
        return False
    if name == "applied_on":
        return day in programme.application_window
    if name == "registered_on":
        return programme.phase_of(day) is not None
    return name != "approved_on" or row.registered_on is None or day >= row.registered_on


RULE = Rule(
    code="maybe_swapped_date",
    severity=Severity.WARNING,
    fields=("recognised_on", "applied_on", "registered_on", "approved_on"),
    since="0.1.0",
    check=check,
    bad=(
        example(applied_on=date(2022, 12, 3)),
        example(registered_on=date(2022, 12, 3), approved_on=None, status="Đang xem xét"),
    ),
    good=(example(applied_on=date(2022, 3, 12)), example(applied_on="03/12/2022")),
)
