"""An initiative must have been applied within the programme's window (46/HD-TLĐ)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from validation.draft import Draft
from validation.findings import Severity
from validation.rules.registry import Context, Hit, Rule, example


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """The day of application lies outside the window."""
    window = context.programme.application_window
    if row.applied_on is not None and row.applied_on not in window:
        yield Hit("applied_on", {"first": window.first, "last": window.last})


RULE = Rule(
    code="applied_outside_window",
    severity=Severity.ERROR,
    fields=("applied_on",),
    since="0.1.0",
    check=check,
    bad=(example(applied_on=date(2020, 2, 15)), example(applied_on=date(2023, 9, 2))),
    good=(example(applied_on=date(2021, 9, 1)), example(applied_on=date(2023, 9, 1))),
)
