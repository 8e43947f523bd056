"""A row of a consolidation whose unit is not in its table of units."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import CONSOLIDATED, Case, consolidation, example
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="unit_not_listed",
    severity=Severity.ERROR,
    fields=("unit_code",),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(Case((consolidation(example(unit_code="CĐ-01-08"), units=["CĐ-01-07"]),), CONSOLIDATED),),
    good=(Case((consolidation(example(unit_code="CĐ-01-07"), units=["CĐ-01-07"]),), CONSOLIDATED),),
)
