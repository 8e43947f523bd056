"""A report dated after the day on which it arrived: as the newest of its unit it would outrank all that follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from validation.findings import Severity
from validation.rules.examples import Case, cover
from validation.rules.registry import Reported, ReportHit, Rule, Scope


def check(reports: Sequence[Reported]) -> Iterator[tuple[int, ReportHit]]:
    """One hit for each report whose date lies after the day on which it was taken."""
    for place, report in enumerate(reports):
        arrived = report.received_at.date()
        if report.cover.report_date > arrived:
            yield place, ReportHit(None, "report_date", {"day": report.cover.report_date, "arrived": arrived})


RULE = Rule(
    code="report_from_the_future",
    severity=Severity.WARNING,
    fields=("report_date",),
    since="0.1.0",
    scope=Scope.CROSS_FILE,
    check_together=check,
    bad=(
        Case(
            (cover(report_date=lambda p: p.phases[-1].report_deadline + timedelta(days=400)),),
            scene="Báo cáo gửi đến trước ngày ghi trên bìa.",
        ),
    ),
    good=(Case((cover(report_date=lambda p: p.phases[-1].report_deadline),)),),
)
