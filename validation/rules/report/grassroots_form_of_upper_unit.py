"""A grassroots form from a unit that is no grassroots union."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, cover
from validation.rules.registry import Rule, Scope
from validation.units import Level, Unit

_UNITS = (
    Unit("CĐ", "LĐLĐ thành phố Mẫu", Level.CITY),
    Unit("CĐ-01", "LĐLĐ quận Mẫu", Level.UPPER, parent="CĐ"),
    Unit("CĐ-01-07", "CĐCS Công ty Mẫu", Level.GRASSROOTS, parent="CĐ-01"),
)

RULE = Rule(
    code="grassroots_form_of_upper_unit",
    severity=Severity.WARNING,
    fields=("unit_code",),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(Case((cover(unit_code="CĐ-01"),), _UNITS),),
    good=(Case((cover(unit_code="CĐ-01-07"),), _UNITS),),
)
