"""An optional cell of the cover could not be read."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="cover_unreadable",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(),
    good=(),
)
