"""A list value of an older form has another wording today."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, Paper, noticed
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="list_value_reworded",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(
        noticed(
            "list_value_reworded",
            "Biểu phiên bản 1 ghi “Phần mềm”, nay là “Phần mềm, chuyển đổi số”.",
            old="Phần mềm",
            new="Phần mềm, chuyển đổi số",
            count=1,
            rows="6",
        ),
    ),
    good=(Case((Paper(),)),),
)
