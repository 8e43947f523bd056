"""An amount below zero."""

from __future__ import annotations

from collections.abc import Iterator

from validation.draft import Draft
from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Basis, Context, Hit, Rule


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """Either amount is negative."""
    for name in ("benefit_value", "base_support"):
        amount: int | None = getattr(row, name)
        if amount is not None and amount < 0:
            yield Hit(name, {"amount": amount})


RULE = Rule(
    code="negative_amount",
    severity=Severity.ERROR,
    fields=("benefit_value", "base_support"),
    since="0.1.0",
    check=check,
    basis=Basis.VALUE,
    bad=(example(base_support=-100_000), example(benefit_value="(1.000.000)")),
    good=(example(base_support=0), example(benefit_value=0)),
)
