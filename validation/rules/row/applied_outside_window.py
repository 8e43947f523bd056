"""An initiative must have been applied within the programme's window (46/HD-TLĐ)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from validation.draft import Draft
from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Basis, Context, Hit, Rule


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """The day of application lies outside the window."""
    window = context.programme.application_window
    if row.applied_on is not None and row.applied_on not in window:
        yield Hit("applied_on", {"day": row.applied_on, "first": window.first, "last": window.last})


RULE = Rule(
    code="applied_outside_window",
    severity=Severity.ERROR,
    fields=("applied_on",),
    since="0.1.0",
    check=check,
    basis=Basis.VALUE,
    waivable=True,
    bad=(
        example(applied_on=lambda p: p.application_window.first - timedelta(days=1)),
        example(applied_on=lambda p: p.application_window.last + timedelta(days=1)),
    ),
    good=(
        example(applied_on=lambda p: p.application_window.first),
        example(applied_on=lambda p: p.application_window.last),
    ),
)
