"""Fewer workers than members: every member is a worker."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, cover
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="fewer_workers_than_members",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(Case((cover(members=120, workers=100),)),),
    good=(Case((cover(members=100, workers=100),)),),
)
