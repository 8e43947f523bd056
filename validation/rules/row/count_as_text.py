"""A count typed as text is read as a whole number."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Rule

RULE = Rule(
    code="count_as_text",
    severity=Severity.WARNING,
    fields=("source_row",),
    since="0.1.0",
    bad=(example(source_row="17"),),
    good=(example(source_row=17),),
)
