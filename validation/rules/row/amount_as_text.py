"""An amount typed as text, with dots, spaces or a currency sign, is read as a number of đồng."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Rule

RULE = Rule(
    code="amount_as_text",
    severity=Severity.WARNING,
    fields=("benefit_value", "base_support"),
    since="0.1.0",
    bad=(example(base_support="200.000đ"), example(benefit_value="1.500.000 đồng")),
    good=(example(base_support=200_000),),
)
