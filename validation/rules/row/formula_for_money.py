"""An amount that is a formula which cannot be worked out here: a stored value is never trusted for money."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Rule
from validation.submission import Oddity

RULE = Rule(
    code="formula_for_money",
    severity=Severity.ERROR,
    fields=("benefit_value", "base_support"),
    since="0.1.0",
    bad=(
        example(odd={"base_support": Oddity(formula="VLOOKUP(A1,X:Y,2,0)")}, base_support=200_000),
        example(odd={"base_support": Oddity(formula="100000+50000")}, base_support=200_000),
    ),
    good=(example(odd={"base_support": Oddity(formula="100000+50000")}, base_support=150_000),),
)
