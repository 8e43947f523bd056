"""A formula where a typed value belongs: its stored value is read, and named."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Rule
from validation.submission import Oddity

RULE = Rule(
    code="formula_in_typed_cell",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    bad=(example(odd={"position": Oddity(formula="G5")}, position="Tổ trưởng"),),
    good=(example(position="Tổ trưởng"),),
)
