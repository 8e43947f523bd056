"""A list value that differs only in case, spaces or tone placement is taken."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Rule

RULE = Rule(
    code="choice_untidy",
    severity=Severity.WARNING,
    fields=("is_member", "solution_kind", "activity_field", "ip_protected", "status"),
    since="0.1.0",
    bad=(
        example(status=lambda p: p.status.approved.upper()),
        example(solution_kind=lambda p: p.lists.solution_kind[0].lower().replace(" ", "  ")),
    ),
    good=(example(status=lambda p: p.status.approved),),
)
