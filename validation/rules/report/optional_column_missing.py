"""An optional column of the form was removed."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, Paper, noticed
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="optional_column_missing",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(noticed("optional_column_missing", "Cột “Lĩnh vực” đã bị xoá.", columns="Lĩnh vực"),),
    good=(Case((Paper(),)),),
)
