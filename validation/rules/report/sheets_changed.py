"""Sheets of the form are gone or renamed; everything is found by defined names all the same."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, Paper, noticed
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="sheets_changed",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.REPORT,
    beta=True,
    bad=(noticed("sheets_changed", "Trang “Hướng dẫn” đã bị xoá.", count=1, sheets="Hướng dẫn"),),
    good=(Case((Paper(),)),),
)
