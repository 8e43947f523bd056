"""A date typed as text is read day first."""

from __future__ import annotations

from datetime import date

from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Rule

RULE = Rule(
    code="date_as_text",
    severity=Severity.WARNING,
    fields=("recognised_on", "applied_on", "registered_on", "approved_on"),
    since="0.1.0",
    bad=(example(applied_on="15/02/2022"), example(applied_on="3.2.22")),
    good=(example(applied_on=date(2022, 2, 15)),),
)
