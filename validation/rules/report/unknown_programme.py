"""The workbook names a programme that is not installed; the campaign's rules were applied."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, Paper, noticed
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="unknown_programme",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(
        noticed(
            "unknown_programme",
            "Biểu mẫu lấy từ nơi khác, của chương trình mà phần mềm này chưa có.",
            programme="tinh-khac-2024",
            applied="hai-phong-2021-2023",
        ),
    ),
    good=(Case((Paper(),)),),
)
