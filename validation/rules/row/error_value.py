"""A cell that shows an error such as #REF! in a typed column."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Rule
from validation.submission import Oddity

RULE = Rule(
    code="error_value",
    severity=Severity.ERROR,
    fields=(),
    since="0.1.0",
    bad=(example(odd={"effect": Oddity(error="#REF!")}),),
    good=(example(),),
)
