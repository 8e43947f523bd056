"""A report dated before the programme began: a slip in the year puts the report behind every other of its unit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from validation.findings import Severity
from validation.rules.examples import Case, cover
from validation.rules.registry import JudgedReport, ReportHit, Rule, Scope


def check(report: JudgedReport) -> Iterator[ReportHit]:
    """The report's date lies before the first phase."""
    first = report.programme.phases[0].first
    if report.cover.report_date < first:
        yield ReportHit(None, "report_date", {"day": report.cover.report_date, "first": first})


RULE = Rule(
    code="report_before_programme",
    severity=Severity.WARNING,
    fields=("report_date",),
    since="0.1.0",
    scope=Scope.REPORT,
    check_report=check,
    bad=(Case((cover(report_date=lambda p: p.phases[0].first - timedelta(days=1)),)),),
    good=(Case((cover(report_date=lambda p: p.phases[0].first),)),),
)
