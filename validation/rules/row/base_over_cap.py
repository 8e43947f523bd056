"""The grassroots union may spend up to the cap for one initiative."""

from __future__ import annotations

from collections.abc import Iterator

from validation.draft import Draft
from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Basis, Context, Hit, Rule


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """More than the cap."""
    cap = context.programme.support.base_cap
    if row.base_support is not None and row.base_support > cap:
        yield Hit("base_support", {"amount": row.base_support, "cap": cap})


RULE = Rule(
    code="base_over_cap",
    severity=Severity.ERROR,
    fields=("base_support",),
    since="0.1.0",
    check=check,
    basis=Basis.VALUE,
    bad=(example(base_support=lambda p: p.support.base_cap + 1),),
    good=(example(base_support=lambda p: p.support.base_cap), example(base_support=None)),
)
