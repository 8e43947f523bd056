"""A code stored as a number may have lost zeros at its front."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.registry import Rule, example

RULE = Rule(
    code="number_in_text",
    severity=Severity.WARNING,
    fields=("registration_code", "member_number", "unit_code"),
    since="0.1.0",
    bad=(example(member_number=12345),),
    good=(example(member_number="0012345"),),
)
