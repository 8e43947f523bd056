"""A day after the report's own date has not happened yet when the report was made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from validation.draft import Draft
from validation.findings import Severity
from validation.rules.registry import Context, Hit, Rule, example

_DATES = ("recognised_on", "applied_on", "registered_on", "approved_on")


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """One hit for each day after the report's date."""
    for name in _DATES:
        day: date | None = row.value(name)
        if day is not None and day > context.report_date:
            yield Hit(name, {"report_date": context.report_date})


RULE = Rule(
    code="date_after_report",
    severity=Severity.WARNING,
    fields=("recognised_on", "applied_on", "registered_on", "approved_on"),
    since="0.1.0",
    check=check,
    bad=(example(approved_on=date(2022, 12, 30)),),
    good=(example(approved_on=date(2022, 6, 30)),),
)
