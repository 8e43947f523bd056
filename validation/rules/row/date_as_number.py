"""A date whose cell lost its date format shows as a number."""

from __future__ import annotations

from datetime import date

from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Rule

RULE = Rule(
    code="date_as_number",
    severity=Severity.WARNING,
    fields=("recognised_on", "applied_on", "registered_on", "approved_on"),
    since="0.1.0",
    bad=(example(applied_on=44607),),
    good=(example(applied_on=date(2022, 2, 15)),),
)
