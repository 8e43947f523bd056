"""A list value that differs only in case, spaces or tone placement is taken."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.registry import Rule, example

RULE = Rule(
    code="choice_untidy",
    severity=Severity.WARNING,
    fields=("is_member", "solution_kind", "activity_field", "ip_protected", "status"),
    since="0.1.0",
    bad=(example(status="HỢP LỆ"), example(solution_kind="giải pháp kỹ thuật")),
    good=(example(status="Hợp lệ"),),
)
