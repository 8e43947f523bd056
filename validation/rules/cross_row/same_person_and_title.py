"""The same person with the same title again, under another registration code or none."""

from __future__ import annotations

from collections.abc import Iterator

from validation.findings import Severity
from validation.rules.examples import example, rows
from validation.rules.registry import JudgedReport, ReportHit, Rule, Scope
from validation.submission import Row
from validation.text.keys import fold, person_key


def check(report: JudgedReport) -> Iterator[ReportHit]:
    """One hit for each later row; rows that are rejected or duplicates already take no part."""
    persons: dict[tuple[str, str], list[Row]] = {}
    for row in report.rows:
        if row.accepted and row.title and row.lead_author:
            persons.setdefault((row.unit_code, person_key(row.lead_author)), []).append(row)
    again = {id(row): key for key, rows in persons.items() if len(rows) > 1 for row in rows}
    if not again:
        return
    first: dict[tuple[tuple[str, str], str], Row] = {}
    for row in report.rows:
        if id(row) in again:
            kept = first.setdefault((again[id(row)], fold(row.title or "")), row)
            if kept is not row and not _are_two_people(kept, row):
                yield ReportHit(row.number, "title", {"kept_row": kept.number, "person": row.lead_author})


def _are_two_people(one: Row, other: Row) -> bool:
    return bool(one.member_number and other.member_number and one.member_number != other.member_number)


RULE = Rule(
    code="same_person_and_title",
    severity=Severity.WARNING,
    fields=("title",),
    since="0.1.0",
    scope=Scope.CROSS_ROW,
    check_report=check,
    bad=(
        rows(example(), example(registration_code="SK-2022-0418")),
        rows(example(), example(registration_code=None, registered_on=None, title="CẢI TIẾN MÁY ÉP NHỰA")),
    ),
    good=(
        rows(example(), example(registration_code="SK-2022-0418", title="Cải tiến máy cắt vải")),
        rows(example(), example(registration_code="SK-2022-0418", member_number="0054321")),
    ),
)
