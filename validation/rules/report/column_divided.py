"""A column of an older form was divided into two by rule."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, Paper, noticed
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="column_divided",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(
        noticed(
            "column_divided",
            "Ô “Tổ trưởng, phân xưởng 2” của biểu phiên bản 1 được tách làm hai ở dấu phẩy.",
            column="Chức vụ, nơi làm việc",
            first="Chức vụ",
            second="Nơi làm việc",
            count=2,
            rows="6–7",
        ),
    ),
    good=(Case((Paper(),)),),
)
