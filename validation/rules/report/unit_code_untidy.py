"""The unit's code differs from the list only in case or spaces."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, cover
from validation.rules.registry import Rule, Scope
from validation.units import Level, Unit

_UNITS = (
    Unit("CĐ", "LĐLĐ thành phố Mẫu", Level.CITY),
    Unit("CĐ-01", "CĐCS Công ty Mẫu", Level.GRASSROOTS, parent="CĐ"),
)

RULE = Rule(
    code="unit_code_untidy",
    severity=Severity.WARNING,
    fields=("unit_code",),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(Case((cover(unit_code="cđ - 01"),), _UNITS),),
    good=(Case((cover(unit_code="CĐ-01"),), _UNITS),),
)
