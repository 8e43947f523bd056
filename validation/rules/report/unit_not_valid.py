"""The unit did not exist on the report's date."""

from __future__ import annotations

from datetime import date

from validation.findings import Severity
from validation.rules.examples import Case, cover
from validation.rules.registry import Rule, Scope
from validation.units import Level, Unit

_UNITS = (
    Unit("CĐ", "LĐLĐ thành phố Mẫu", Level.CITY),
    Unit("CĐ-01", "CĐCS Công ty Mẫu", Level.GRASSROOTS, parent="CĐ", valid_to=date(2022, 6, 30)),
)

RULE = Rule(
    code="unit_not_valid",
    severity=Severity.WARNING,
    fields=("report_date",),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(Case((cover(report_date=date(2022, 7, 1)),), _UNITS),),
    good=(Case((cover(report_date=date(2022, 6, 30)),), _UNITS),),
)
