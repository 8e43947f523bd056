"""An amount under 1,000 đồng: "200.000" typed under US settings becomes 200."""

from __future__ import annotations

from collections.abc import Iterator

from validation.draft import Draft
from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Basis, Context, Hit, Rule

_PLAUSIBLE = 1_000


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """More than nothing and less than a thousand đồng."""
    for name in ("benefit_value", "base_support"):
        amount: int | None = getattr(row, name)
        if amount is not None and 0 < amount < _PLAUSIBLE:
            yield Hit(name, {"amount": amount, "thousandfold": amount * 1_000})


RULE = Rule(
    code="suspiciously_small_amount",
    severity=Severity.WARNING,
    fields=("benefit_value", "base_support"),
    since="0.1.0",
    check=check,
    basis=Basis.VALUE,
    bad=(example(base_support=200), example(benefit_value=999)),
    good=(example(base_support=1_000), example(base_support=0)),
)
