"""Texts stand in columns that are no part of the form; they are not read."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, Paper, noticed
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="outside_columns",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(noticed("outside_columns", "Người lập gõ “đã nộp bản giấy” ở cột ngay bên phải bảng.", count=2, rows="7, 9"),),
    good=(Case((Paper(),)),),
)
