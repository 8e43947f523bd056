"""A column of an older form has no place in the current one, and something stands in it."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, Paper, noticed
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="column_not_carried",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(
        noticed(
            "column_not_carried",
            "Biểu phiên bản 1 có cột “Số thẻ”, phiên bản 2 không còn cột ấy.",
            column="Số thẻ",
            count=1,
            rows="6",
        ),
    ),
    good=(Case((Paper(),)),),
)
