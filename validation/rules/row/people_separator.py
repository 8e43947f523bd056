"""Co-authors separated by commas or numbered are taken apart all the same."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Rule

RULE = Rule(
    code="people_separator",
    severity=Severity.WARNING,
    fields=("co_authors",),
    since="0.1.0",
    bad=(
        example(co_authors="Trần Văn Nam, Lê Thị Mai"),
        example(co_authors="1. Trần Văn Nam; 2. Lê Thị Mai"),
    ),
    good=(example(co_authors="Trần Văn Nam; Lê Thị Mai"),),
)
