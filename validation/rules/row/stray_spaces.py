"""Spaces at the ends, doubled spaces and no-break spaces are tidied."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Rule

RULE = Rule(
    code="stray_spaces",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    bad=(example(lead_author="  Nguyễn  Thị Hoa "),),
    good=(example(lead_author="Nguyễn Thị Hoa"),),
)
