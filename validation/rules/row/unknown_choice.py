"""A value that is not in the list; a near one is proposed and stays an error."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.registry import Rule, example

RULE = Rule(
    code="unknown_choice",
    severity=Severity.ERROR,
    fields=("is_member", "solution_kind", "activity_field", "ip_protected", "status"),
    since="0.1.0",
    bad=(
        example(solution_kind="Giải pháp kĩ thuật"),
        example(is_member="Rồi"),
        example(activity_field="Khác"),
    ),
    good=(example(solution_kind="Giải pháp kỹ thuật"),),
)
