"""A copy of the list's sheet is not read: only the first list is."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, Paper, noticed
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="unread_list_copy",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(noticed("unread_list_copy", "Trang danh sách được sao thành “Danh sách (2)”.", sheets="Danh sách (2)"),),
    good=(Case((Paper(),)),),
)
