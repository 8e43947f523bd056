"""Merged cells inside the list: only the first cell of each holds a value."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, Paper, noticed
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="merged_cells",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(noticed("merged_cells", "Hai ô họ tên ở dòng 7 và 8 được trộn thành một.", count=1),),
    good=(Case((Paper(),)),),
)
