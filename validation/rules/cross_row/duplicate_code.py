"""The same registration code again in the report: the first counts, the others do not."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import example, rows
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="duplicate_code",
    severity=Severity.WARNING,
    fields=("registration_code",),
    since="0.1.0",
    waivable=False,  # which row counts is chosen, see validation.decisions
    scope=Scope.CROSS_ROW,
    bad=(rows(example(), example(title="Cải tiến máy cắt", lead_author="Lê Văn Bình")),),
    good=(rows(example(), example(registration_code="SK-2022-0418", title="Cải tiến máy cắt")),),
)
