"""A consolidation without its table of units: the units are those of the rows, their members unknown."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import CONSOLIDATED, Case, consolidation, example
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="units_derived",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(Case((consolidation(example(unit_code="CĐ-01-07"), units=None),), CONSOLIDATED),),
    good=(Case((consolidation(example(unit_code="CĐ-01-07"), units=["CĐ-01-07"]),), CONSOLIDATED),),
)
