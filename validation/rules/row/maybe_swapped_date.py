"""A real date whose day and month may have been swapped by US settings keeps its value and stays a question."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from validation.draft import Draft
from validation.findings import Severity
from validation.rules.registry import Context, Hit, Rule, example


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """A date cell that does not fit, and would with day and month exchanged."""
    programme = context.programme
    for name, fits in (
        ("applied_on", lambda day: day in programme.application_window and day <= context.report_date),
        ("registered_on", lambda day: programme.phase_of(day) is not None and day <= context.report_date),
        ("approved_on", lambda day: (row.registered_on or day) <= day <= context.report_date),
        ("recognised_on", lambda day: day <= context.report_date),
    ):
        day: date | None = row.value(name)
        if (
            day is None
            or day.day > 12
            or day.day == day.month
            or isinstance(row.raw.values.get(name), str)
            or fits(day)
        ):
            continue
        exchanged = date(day.year, day.day, day.month)
        if fits(exchanged):
            yield Hit(name, {"day": day, "exchanged": exchanged})


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
