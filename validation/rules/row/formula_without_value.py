"""A formula in a typed column for which the file stores no value."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Rule
from validation.submission import Oddity

RULE = Rule(
    code="formula_without_value",
    severity=Severity.ERROR,
    fields=(),
    since="0.1.0",
    bad=(example(odd={"title": Oddity(formula="A1", uncached=True)}),),
    good=(example(),),
)
