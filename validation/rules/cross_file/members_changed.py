"""Twice as many members as in the unit's report before, or half: a slip, or another unit's code on the cover."""

from __future__ import annotations

from collections.abc import Iterator

from validation.findings import Severity
from validation.rules.examples import Case, cover
from validation.rules.registry import Reported, ReportHit, Rule, Scope

_MOST = 0.5
"""Share of the earlier figure by which it may change."""


def check(newer: Reported, earlier: Reported) -> Iterator[ReportHit]:
    """The number of members changed by more than half; 0 is an unknown number (a consolidation without its table)."""
    before, now = earlier.cover.members, newer.cover.members
    if before > 0 and now > 0 and abs(now - before) > _MOST * before:
        facts = {"earlier_members": before, "members": now, "report_date": earlier.cover.report_date}
        yield ReportHit(None, "members", facts)


RULE = Rule(
    code="members_changed",
    severity=Severity.WARNING,
    fields=("members",),
    since="0.1.0",
    scope=Scope.CROSS_FILE,
    check_replacement=check,
    bad=(
        Case((cover(members=100), cover(report_number=2, members=151, workers=200))),
        Case((cover(members=100), cover(report_number=2, members=49))),
    ),
    good=(
        Case((cover(members=100), cover(report_number=2, members=150, workers=200))),
        Case((cover(members=100), cover(report_number=2, members=50))),
    ),
)
