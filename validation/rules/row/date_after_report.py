"""A day after the report's own date has not happened yet when the report was made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from validation.draft import Draft
from validation.findings import Severity
from validation.rules.examples import example, faultless_report_date
from validation.rules.registry import Context, Hit, Rule

_DATES = ("recognised_on", "applied_on", "registered_on", "approved_on")


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """One hit for each day after the report's date."""
    for name in _DATES:
        day: date | None = getattr(row, name)
        if day is not None and day > context.report_date:
            yield Hit(name, {"day": day, "report_date": context.report_date})


RULE = Rule(
    code="date_after_report",
    severity=Severity.WARNING,
    fields=("recognised_on", "applied_on", "registered_on", "approved_on"),
    since="0.1.0",
    check=check,
    bad=(example(approved_on=lambda p: faultless_report_date(p) + timedelta(days=1)),),
    good=(example(approved_on=faultless_report_date),),
)
