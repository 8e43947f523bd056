"""An amount that cannot be read, or is no whole number of đồng."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Rule

RULE = Rule(
    code="unreadable_amount",
    severity=Severity.ERROR,
    fields=("benefit_value", "base_support"),
    since="0.1.0",
    bad=(
        example(base_support="hai trăm nghìn"),
        example(base_support=150_000.5),
        example(benefit_value="1,5 triệu"),
    ),
    good=(example(base_support=150_000),),
)
