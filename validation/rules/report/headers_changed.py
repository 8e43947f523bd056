"""Headers that are not the form's: the values below may belong to another column."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, Paper, noticed
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="headers_changed",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(
        noticed(
            "headers_changed",
            "Người lập dán một bảng khác, có thứ tự cột khác, đè cả dòng tiêu đề.",
            count=1,
            headers="K5: “Ngày áp dụng” thay cho “Ngày công nhận”",
        ),
    ),
    good=(Case((Paper(),)),),
)
