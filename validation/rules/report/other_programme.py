"""The workbook belongs to another programme than the campaign."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, Paper
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="other_programme",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(Case((Paper(programme_id="tinh-khac-2024"),), scene="Biểu mẫu của chương trình “tinh-khac-2024”."),),
    good=(Case((Paper(),)),),
)
