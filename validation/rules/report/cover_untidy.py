"""A cell of the cover was readable but untidy."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, cover
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="cover_untidy",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(Case((cover(members="1.250", workers=1_300),)), Case((cover(unit_name="CĐCS  Công ty Mẫu"),))),
    good=(Case((cover(members=1_250, workers=1_300),)), Case((cover(unit_name="CĐCS Công ty Mẫu"),))),
)
