"""The grassroots union paid for an initiative that is not approved: allowed, and worth a look."""

from __future__ import annotations

from collections.abc import Iterator

from validation.draft import Draft
from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Context, Hit, Rule


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """Base support, and a status other than approved."""
    if row.base_support and row.status is not None and row.status != context.programme.status.approved:
        yield Hit("base_support", {"amount": row.base_support, "status": row.status})


RULE = Rule(
    code="base_without_approval",
    severity=Severity.WARNING,
    fields=("base_support",),
    since="0.1.0",
    check=check,
    bad=(
        example(base_support=100_000, status=lambda p: p.status.under_review, approved_on=None),
        example(base_support=100_000, status=lambda p: p.status.refused, approved_on=None),
    ),
    good=(
        example(base_support=100_000),
        example(base_support=None, status=lambda p: p.status.under_review, approved_on=None),
    ),
)
