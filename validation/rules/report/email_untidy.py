"""An address to which nothing can be sent: the marked copy and the receipt would not arrive."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validation.findings import Severity
from validation.rules.examples import Case, cover
from validation.rules.registry import JudgedReport, ReportHit, Rule, Scope

_ADDRESS = re.compile(r"[^@\s,;<>\"()]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")


def check(report: JudgedReport) -> Iterator[ReportHit]:
    """The reporter's address does not have the form of one address."""
    address = report.cover.reporter_email
    if address and _ADDRESS.fullmatch(address) is None:
        yield ReportHit(None, "reporter_email")


RULE = Rule(
    code="email_untidy",
    severity=Severity.WARNING,
    fields=("reporter_email",),
    since="0.1.0",
    scope=Scope.REPORT,
    check_report=check,
    bad=(Case((cover(reporter_email="congdoan.mau@gmail"),)), Case((cover(reporter_email="congdoan.mau gmail.com"),))),
    good=(Case((cover(reporter_email="congdoan.mau@example.vn"),)), Case((cover(reporter_email=None),))),
)
