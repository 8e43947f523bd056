"""The report stands on an older version of the form."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, Paper, noticed
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="older_template",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(
        noticed("older_template", "Biểu mẫu phiên bản 1, trong khi phần mềm dùng phiên bản 2.", version=1, current=2),
    ),
    good=(Case((Paper(),)),),
)
