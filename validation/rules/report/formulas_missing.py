"""Rows of initiatives without the formulas of the calculated columns."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, Paper, noticed
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="formulas_missing",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.REPORT,
    beta=True,
    bad=(noticed("formulas_missing", "Ba dòng được gõ dưới bảng nên không có công thức.", count=3, rows="106–108"),),
    good=(Case((Paper(),)),),
)
