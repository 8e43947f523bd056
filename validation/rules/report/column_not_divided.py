"""A cell of an older form holds nothing by which to divide it, and stays whole."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, Paper, noticed
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="column_not_divided",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(
        noticed(
            "column_not_divided",
            "Ô “Công nhân tổ 5” của biểu phiên bản 1 không có dấu phẩy để tách.",
            column="Chức vụ, nơi làm việc",
            first="Chức vụ",
            second="Nơi làm việc",
            count=1,
            rows="6",
        ),
    ),
    good=(Case((Paper(),)),),
)
