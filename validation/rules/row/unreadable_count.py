"""A count that cannot be read is left blank; it is never what a row's money depends on."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Rule

RULE = Rule(
    code="unreadable_count",
    severity=Severity.WARNING,
    fields=("source_row",),
    since="0.1.0",
    bad=(example(source_row="dòng mười"), example(source_row=-1)),
    good=(example(source_row=17), example(source_row=None)),
)
