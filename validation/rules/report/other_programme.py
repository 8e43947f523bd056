"""The workbook belongs to another programme than the campaign."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="other_programme",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(),
    good=(),
)
