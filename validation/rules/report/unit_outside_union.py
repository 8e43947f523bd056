"""A consolidation carries a unit that did not belong to its union: nothing of that unit counts."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import CONSOLIDATED, Case, consolidation, example
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="unit_outside_union",
    severity=Severity.ERROR,
    fields=("unit_code",),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(Case((consolidation(example(unit_code="CĐ-02-03"), units=["CĐ-02-03"]),), CONSOLIDATED),),
    good=(Case((consolidation(example(unit_code="CĐ-01-07"), units=["CĐ-01-07"]),), CONSOLIDATED),),
)
