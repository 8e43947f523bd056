"""The workbook takes values from other files."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, Paper, noticed
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="external_links",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(noticed("external_links", "Cột họ tên lấy từ tệp danh sách nhân sự bằng công thức.", count=1),),
    good=(Case((Paper(),)),),
)
