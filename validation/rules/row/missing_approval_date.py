"""An approved initiative needs its day of approval."""

from __future__ import annotations

from collections.abc import Iterator

from validation.draft import Draft
from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Context, Hit, Rule


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """Approved, and the day is blank."""
    if row.approved_on is None and row.status == context.programme.status.approved and row.is_blank("approved_on"):
        yield Hit("approved_on", {"approved": context.programme.status.approved})


RULE = Rule(
    code="missing_approval_date",
    severity=Severity.ERROR,
    fields=("approved_on",),
    since="0.1.0",
    check=check,
    bad=(example(status=lambda p: p.status.approved, approved_on=None),),
    good=(
        example(status=lambda p: p.status.under_review, approved_on=None),
        example(status=lambda p: p.status.refused, approved_on=None),
    ),
)
