"""A newer report without rows that the earlier one had."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, cover, example
from validation.rules.registry import Rule, Scope

_ROWS = (example(), example(registration_code="SK-2022-0418", title="Cải tiến máy cắt", lead_author="Lê Văn Bình"))

RULE = Rule(
    code="rows_gone",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.CROSS_FILE,
    bad=(Case((cover(*_ROWS), cover(_ROWS[0], report_number=2))),),
    good=(Case((cover(_ROWS[0]), cover(*_ROWS, report_number=2))),),
)
