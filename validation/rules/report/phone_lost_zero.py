"""A telephone number without its leading zero, as Excel makes of one that is stored as a number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validation.findings import Severity
from validation.rules.examples import Case, cover
from validation.rules.registry import JudgedReport, ReportHit, Rule, Scope

_BETWEEN = re.compile(r"[ .\-()]+")
_WITHOUT_ZERO = re.compile("[35789][0-9]{8}|2[0-9]{9}")
"""Mobile numbers have ten digits and begin with 03, 05, 07, 08, 09; landlines have eleven and begin with 02."""


def check(report: JudgedReport) -> Iterator[ReportHit]:
    """The reporter's number is a mobile number or a landline's but for the zero."""
    phone = report.cover.reporter_phone
    if phone and _WITHOUT_ZERO.fullmatch(_BETWEEN.sub("", phone)):
        yield ReportHit(None, "reporter_phone", fix=f"0{phone}")


RULE = Rule(
    code="phone_lost_zero",
    severity=Severity.WARNING,
    fields=("reporter_phone",),
    since="0.1.0",
    scope=Scope.REPORT,
    check_report=check,
    bad=(
        Case((cover(reporter_phone=912_000_111),)),
        Case((cover(reporter_phone="912.000.111"),)),
        Case((cover(reporter_phone="225 3822 111"),)),
    ),
    good=(
        Case((cover(reporter_phone="0912000111"),)),
        Case((cover(reporter_phone="0225 3822 111"),)),
        Case((cover(reporter_phone="+84 912 000 111"),)),
    ),
)
