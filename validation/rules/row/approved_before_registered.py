"""Nothing is approved before it is registered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from validation.draft import Draft
from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Context, Hit, Rule


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """The day of approval lies before the day of registration."""
    if row.approved_on is not None and row.registered_on is not None and row.approved_on < row.registered_on:
        yield Hit("approved_on", {"day": row.approved_on, "registered": row.registered_on})


RULE = Rule(
    code="approved_before_registered",
    severity=Severity.ERROR,
    fields=("approved_on",),
    since="0.1.0",
    check=check,
    waivable=True,
    bad=(
        example(
            registered_on=lambda p: p.phases[0].portal_opened,
            approved_on=lambda p: p.phases[0].portal_opened - timedelta(days=1),
        ),
    ),
    good=(
        example(
            registered_on=lambda p: p.phases[0].portal_opened,
            approved_on=lambda p: p.phases[0].portal_opened,
        ),
    ),
)
