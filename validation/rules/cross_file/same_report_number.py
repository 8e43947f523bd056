"""Another file with the same date and number of report: the later arrival counts."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="same_report_number",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.CROSS_FILE,
    bad=(),
    good=(),
)
