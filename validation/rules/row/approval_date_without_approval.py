"""A day of approval on an initiative whose status is not approved."""

from __future__ import annotations

from collections.abc import Iterator

from validation.draft import Draft
from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Context, Hit, Rule


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """A day of approval, and another status."""
    if row.approved_on is None or row.status is None:
        return
    approved = context.programme.status.approved
    if row.status != approved:
        yield Hit("approved_on", {"day": row.approved_on, "status": row.status, "approved": approved})


RULE = Rule(
    code="approval_date_without_approval",
    severity=Severity.WARNING,
    fields=("approved_on",),
    since="0.1.0",
    check=check,
    bad=(example(status=lambda p: p.status.under_review), example(status=lambda p: p.status.refused)),
    good=(example(status=lambda p: p.status.approved),),
)
