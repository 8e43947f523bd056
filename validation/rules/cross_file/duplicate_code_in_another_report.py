"""The same registration code in two units' reports: the first counts, the clerk decides."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, Example, cover, example
from validation.rules.registry import Rule, Scope

_OTHER = {"title": "Cải tiến máy cắt vải", "lead_author": "Lê Văn Bình"}
_SAME_CODE, _OTHER_CODE = Example(_OTHER), Example({**_OTHER, "registration_code": "SK-2022-0901"})

RULE = Rule(
    code="duplicate_code_in_another_report",
    severity=Severity.WARNING,
    fields=("registration_code",),
    since="0.1.0",
    waivable=False,  # which row counts is chosen, see validation.decisions
    scope=Scope.CROSS_FILE,
    bad=(Case((cover(example()), cover(_SAME_CODE, unit_code="CĐ-02"))),),
    good=(Case((cover(example()), cover(_OTHER_CODE, unit_code="CĐ-02"))),),
)
