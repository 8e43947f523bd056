"""A value that is not in the list; a near one is proposed and stays an error."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Rule
from validation.text.keys import fold_without_marks

RULE = Rule(
    code="unknown_choice",
    severity=Severity.ERROR,
    fields=("is_member", "solution_kind", "activity_field", "ip_protected", "status"),
    since="0.1.0",
    bad=(
        example(solution_kind=lambda p: fold_without_marks(p.lists.solution_kind[0])),
        example(is_member="Rồi"),
        example(activity_field="Khác"),
    ),
    good=(
        example(solution_kind=lambda p: p.lists.solution_kind[-1]),
        example(activity_field=lambda p: p.lists.activity_field[0]),
    ),
)
