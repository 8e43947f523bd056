"""A date that cannot be read: never guessed."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Rule

RULE = Rule(
    code="unreadable_date",
    severity=Severity.ERROR,
    fields=("recognised_on", "applied_on", "registered_on", "approved_on"),
    since="0.1.0",
    bad=(example(applied_on="31/02/2022"), example(applied_on="quý I năm 2022"), example(applied_on=2022)),
    good=(example(applied_on="15/02/2022"),),
)
