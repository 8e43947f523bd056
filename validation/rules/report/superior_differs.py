"""The superior on the cover is not the one in the list of units."""

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
    code="superior_differs",
    severity=Severity.WARNING,
    fields=("superior_code",),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(Case((cover(superior_code="CĐ-QUẬN-1"),), _UNITS),),
    good=(Case((cover(superior_code="CĐ"),), _UNITS), Case((cover(superior_code="CĐ-QUẬN-1"),))),
)
