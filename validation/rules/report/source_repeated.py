"""Two rows of a consolidation claim to be the same row of the same file."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="source_repeated",
    severity=Severity.WARNING,
    fields=("source_row",),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(),
    good=(),
)
