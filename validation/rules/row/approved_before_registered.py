"""Nothing is approved before it is registered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from validation.draft import Draft
from validation.findings import Severity
from validation.rules.registry import Context, Hit, Rule, example


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """The day of approval lies before the day of registration."""
    if row.approved_on is not None and row.registered_on is not None and row.approved_on < row.registered_on:
        yield Hit("approved_on", {"registered": row.registered_on})


RULE = Rule(
    code="approved_before_registered",
    severity=Severity.ERROR,
    fields=("approved_on",),
    since="0.1.0",
    check=check,
    bad=(example(registered_on=date(2022, 3, 10), approved_on=date(2022, 3, 9)),),
    good=(example(registered_on=date(2022, 3, 10), approved_on=date(2022, 3, 10)),),
)
