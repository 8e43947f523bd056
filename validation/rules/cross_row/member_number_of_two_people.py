"""One member number with two names: people are told apart by the number, so one of the two is lost in the figures."""

from __future__ import annotations

from collections.abc import Iterator

from validation.findings import Severity
from validation.rules.examples import example, rows
from validation.rules.registry import JudgedReport, ReportHit, Rule, Scope
from validation.submission import Row
from validation.text.keys import fold_without_marks


def check(report: JudgedReport) -> Iterator[ReportHit]:
    """One hit for each row whose number stood with another name before."""
    first: dict[tuple[str, str], Row] = {}
    for row in report.rows:
        if not row.accepted or not row.member_number or not row.lead_author:
            continue
        kept = first.setdefault((row.unit_code, row.member_number), row)
        if kept.lead_author != row.lead_author and _name(kept) != _name(row):
            facts = {"kept_row": kept.number, "person": kept.lead_author, "other": row.lead_author}
            yield ReportHit(row.number, "member_number", facts)


def _name(row: Row) -> str:
    return fold_without_marks(row.lead_author or "")


RULE = Rule(
    code="member_number_of_two_people",
    severity=Severity.WARNING,
    fields=("member_number",),
    since="0.1.0",
    scope=Scope.CROSS_ROW,
    check_report=check,
    bad=(
        rows(example(), example(registration_code="SK-2022-0418", title="Cải tiến máy cắt", lead_author="Lê Văn An")),
    ),
    good=(
        rows(example(), example(registration_code="SK-2022-0418", title="Cải tiến máy cắt vải")),
        rows(
            example(), example(registration_code="SK-2022-0418", title="Cải tiến máy cắt", lead_author="NGUYỄN THỊ HOÁ")
        ),
    ),
)
