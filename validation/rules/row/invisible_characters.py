"""Characters that nobody sees break matching; they are taken out."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Rule

RULE = Rule(
    code="invisible_characters",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    bad=(example(registration_code="SK-2022-\u200b0417"),),
    good=(example(registration_code="SK-2022-0417"),),
)
