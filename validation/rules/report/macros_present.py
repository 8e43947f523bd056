"""The workbook carries macros, which are never run."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, Paper, noticed
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="macros_present",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(noticed("macros_present", "Tệp được lưu dạng có macro (.xlsm)."),),
    good=(Case((Paper(),)),),
)
