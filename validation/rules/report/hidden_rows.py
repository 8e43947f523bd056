"""Hidden or filtered rows hold initiatives; they are read and counted."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, Paper, noticed
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="hidden_rows",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(
        noticed("hidden_rows", "Danh sách đang lọc theo trạng thái nên ba dòng không hiện.", count=3, rows="7, 9–10"),
    ),
    good=(Case((Paper(),)),),
)
