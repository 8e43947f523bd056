"""A real date whose day and month may have been swapped by US settings keeps its value and stays a question."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from validation.draft import Draft
from validation.findings import Severity
from validation.normalise import as_shown
from validation.programme import Programme
from validation.rules.examples import example, faultless_report_date
from validation.rules.registry import Context, Hit, Rule

_DATES = ("recognised_on", "applied_on", "registered_on", "approved_on")


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """A date cell that does not fit, and would with day and month exchanged."""
    for name in _DATES:
        day: date | None = getattr(row, name)
        if day is None or day.day > 12 or day.day == day.month or _fits(name, day, row, context):
            continue
        exchanged = _exchanged(day)
        if _fits(name, exchanged, row, context) and not isinstance(row.raw.values.get(name), str):
            yield Hit(name, {"day": day, "exchanged": exchanged})


def _exchanged(day: date) -> date:
    return date(day.year, day.day, day.month)


def _fits(name: str, day: date, row: Draft, context: Context) -> bool:
    if day > context.report_date:
        return False
    if name == "applied_on":
        window = context.programme.application_window
        return window.first <= day <= window.last
    if name == "registered_on":
        return context.programme.phase_of(day) is not None
    return name != "approved_on" or row.registered_on is None or day >= row.registered_on


def _day_to_be_swapped(programme: Programme) -> date:
    """For the examples: a day before the report whose exchanged day comes after it."""
    report_date = faultless_report_date(programme)
    days = (report_date - timedelta(days=back) for back in range(366))
    return next(day for day in days if day.day <= 12 and _exchanged(day) > report_date)


RULE = Rule(
    code="maybe_swapped_date",
    severity=Severity.WARNING,
    fields=("recognised_on", "applied_on", "registered_on", "approved_on"),
    since="0.1.0",
    check=check,
    bad=(
        example(applied_on=lambda p: _exchanged(_day_to_be_swapped(p))),
        example(
            registered_on=lambda p: _exchanged(_day_to_be_swapped(p)),
            approved_on=None,
            status=lambda p: p.status.under_review,
        ),
    ),
    good=(
        example(applied_on=_day_to_be_swapped),
        example(applied_on=lambda p: as_shown(_exchanged(_day_to_be_swapped(p)))),  # a text is read day first
    ),
)
