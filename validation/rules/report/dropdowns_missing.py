"""The list has lost all of its dropdowns and entry checks."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, Paper, noticed
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="dropdowns_missing",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.REPORT,
    beta=True,
    bad=(noticed("dropdowns_missing", "Tệp được mở và lưu lại bằng phần mềm không giữ danh sách thả xuống."),),
    good=(Case((Paper(),)),),
)
