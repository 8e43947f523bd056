"""A text longer than the form foresees is kept, and named."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Rule

RULE = Rule(
    code="text_too_long",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    bad=(example(title="Cải tiến máy ép nhựa " * 100),),
    good=(example(title="Cải tiến máy ép nhựa"),),
)
