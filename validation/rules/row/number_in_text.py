"""A code stored as a number may have lost zeros at its front, and one stored as a date is another text."""

from __future__ import annotations

from datetime import date

from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Rule

RULE = Rule(
    code="number_in_text",
    severity=Severity.WARNING,
    fields=("registration_code", "member_number", "unit_code"),
    since="0.1.0",
    bad=(example(member_number=12345), example(registration_code=date(2022, 3, 1))),
    good=(example(member_number="0012345"),),
)
