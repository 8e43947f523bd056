"""A newer consolidation without units that the earlier one had."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="units_gone",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.CROSS_FILE,
    bad=(),
    good=(),
)
