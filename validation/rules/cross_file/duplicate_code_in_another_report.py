"""The same registration code in two units' reports: the first counts, the clerk decides."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="duplicate_code_in_another_report",
    severity=Severity.WARNING,
    fields=("registration_code",),
    since="0.1.0",
    scope=Scope.CROSS_FILE,
    bad=(),
    good=(),
)
