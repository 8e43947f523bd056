"""An optional cell of the cover could not be read."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, cover
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="cover_unreadable",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(Case((cover(report_number="lần đầu"),)),),
    good=(Case((cover(report_number=2),)),),
)
