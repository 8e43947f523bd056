"""More members with an initiative than the unit has members."""

from __future__ import annotations

from collections.abc import Iterator

from validation.fields import Form
from validation.findings import Severity
from validation.money import people_of
from validation.rules.examples import Case, cover, example
from validation.rules.registry import JudgedReport, ReportHit, Rule, Scope


def check(report: JudgedReport) -> Iterator[ReportHit]:
    """The distinct member authors of accepted rows outnumber the members on the cover."""
    if report.raw.form is not Form.GRASSROOTS:
        return  # a consolidation's cover counts nobody's members
    of_members = [row for row in report.rows if row.accepted and row.is_member]
    if len(of_members) + sum(len(row.co_authors) for row in of_members) <= report.cover.members:
        return  # even if none of them were named twice
    people = {person for row in of_members for person in people_of(row)}
    if len(people) > report.cover.members:
        yield ReportHit(None, "members", {"count": len(people), "members": report.cover.members})


_TWO = (
    example(),
    example(registration_code="SK-2022-0418", title="Cải tiến máy cắt", lead_author="Lê An", member_number="0012346"),
)

RULE = Rule(
    code="more_member_authors_than_members",
    severity=Severity.WARNING,
    fields=("members",),
    since="0.1.0",
    scope=Scope.CROSS_ROW,
    check_report=check,
    bad=(Case((cover(*_TWO, members=1),)),),
    good=(Case((cover(*_TWO, members=2),)),),
)
