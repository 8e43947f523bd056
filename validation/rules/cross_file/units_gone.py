"""A newer consolidation without units that the earlier one had."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import CONSOLIDATED, Case, consolidation, example
from validation.rules.registry import Rule, Scope

_SEVEN = example(unit_code="CĐ-01-07")
_EIGHT = example(unit_code="CĐ-01-08", registration_code="SK-2022-0418", title="Cải tiến máy cắt")
_BOTH = consolidation(_SEVEN, _EIGHT, units=["CĐ-01-07", "CĐ-01-08"])

RULE = Rule(
    code="units_gone",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.CROSS_FILE,
    bad=(Case((_BOTH, consolidation(_SEVEN, units=["CĐ-01-07"], report_number=2)), CONSOLIDATED),),
    good=(Case((consolidation(_SEVEN, units=["CĐ-01-07"]), _BOTH), CONSOLIDATED),),
)
