"""A consolidation's table of units: whatever stands in it, a refusal or reports that hold together."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.validation.test_hostile_cells import ODDITIES, PROGRAMMES, VALUES, can_be_told, hold_together, rows_of
from validation.assess import assess
from validation.errors import Refusal
from validation.fields import UNIT_FIELDS, Form, row_fields
from validation.messages import text
from validation.rules.examples import faultless_row
from validation.submission import Outcome, RawCover, RawRow, RawSubmission, RawUnits, Submission
from validation.units import Level, Unit, UnitTree

PLAN = PROGRAMMES[0]
DAY = date(2022, 6, 30)
TREE = UnitTree(
    [
        Unit("TP", "Thành phố", Level.CITY),
        Unit("Q", "Quận", Level.UPPER, "TP"),
        Unit("N", "Nhóm", Level.GROUP, "Q"),
        Unit("A", "CĐCS A", Level.GRASSROOTS, "Q"),
        Unit("B", "CĐCS B", Level.GRASSROOTS, "N", valid_to=date(2022, 1, 1)),
        Unit("D", "CĐCS D", Level.GRASSROOTS, "TP"),
    ]
)
UNIT_COLUMNS = dict(zip((field.name for field in UNIT_FIELDS), "BCDEFGHI", strict=True))


def line(number: int, unit: str, **changes: Any) -> RawRow:
    values = {"unit_code": unit, "report_date": DAY, "report_number": 1, "members": 10, "workers": 12}
    return RawRow(number, {name: value for name, value in {**values, **changes}.items() if value is not None})


def consolidation(rows: list[RawRow], lines: list[RawRow] | None) -> RawSubmission:
    cover = {"unit_code": "Q", "report_date": DAY, "members": 20, "workers": 24}
    columns = {field.name: "K" for field in row_fields(Form.UPPER)}
    units = RawUnits("Đơn vị báo cáo", UNIT_COLUMNS, tuple(lines)) if lines is not None else None
    return RawSubmission(Form.UPPER, 1, PLAN.id, RawCover(cover, {}), "Chi tiết", columns, tuple(rows), units=units)


def row(number: int, unit: str | None, **changes: Any) -> RawRow:
    values = {**faultless_row(PLAN), "unit_code": unit, "registration_code": f"SK-{number}", **changes}
    return RawRow(number, {name: value for name, value in values.items() if value is not None})


def outcomes(submission: Submission) -> list[tuple[str, str]]:
    return [(one.unit_code, one.outcome.value) for one in submission.rows]


def said(submission: Submission) -> dict[str, int]:
    codes = [finding.code for finding in submission.findings]
    return {code: codes.count(code) for code in codes if code.startswith(("unit", "source"))}


def test_every_row_belongs_to_a_report_that_is_carried() -> None:
    rows = [row(7, "A"), row(8, "D"), row(9, "X"), row(10, " a "), row(11, None)]
    lines = [line(5, "A"), line(6, "D", members=0), line(8, "B", report_date=date(2021, 12, 1))]
    submission = assess(consolidation(rows, lines), PLAN, TREE)
    assert outcomes(submission) == [
        ("A", "accepted"), ("D", "rejected"), ("X", "rejected"), ("A", "accepted"), ("Q", "rejected"),
    ]  # fmt: skip
    assert [one.unit_code for one in submission.units] == ["A", "B"]
    assert said(submission) == {"unit_outside_union": 2, "unit_not_listed": 1, "unit_code_untidy": 1}
    assert all(one.upper_support == 0 for one in submission.rows if one.outcome is Outcome.REJECTED)


def test_a_group_reports_nothing_and_a_closed_unit_is_doubted() -> None:
    submission = assess(consolidation([], [line(5, "N"), line(6, "B")]), PLAN, TREE)
    assert [one.unit_code for one in submission.units] == ["B"]
    assert said(submission) == {"unit_outside_union": 1, "unit_not_valid": 1}
    assert [f.cell for f in submission.findings if f.code.startswith("unit")] == ["B5", "D6"]


def test_without_a_list_of_units_nobody_is_outside() -> None:
    submission = assess(consolidation([row(7, "A"), row(8, "X")], [line(5, "A"), line(6, "X")]), PLAN)
    assert [one.unit_code for one in submission.units] == ["A", "X"]
    assert said(submission) == {}


def test_without_a_table_the_units_are_those_of_the_rows() -> None:
    submission = assess(consolidation([row(7, "A"), row(8, "B"), row(9, "A"), row(10, None)], None), PLAN, TREE)
    assert [(one.unit_code, one.members, one.report_date) for one in submission.units] == [("A", 0, DAY), ("B", 0, DAY)]
    assert said(submission) == {"units_derived": 1, "unit_not_valid": 1}


@pytest.mark.parametrize(
    ("lines", "cells"),
    [
        ([line(5, "A", members=None)], "F5"),
        ([line(5, "A", report_date="hôm qua"), line(6, "B", report_number=-1)], "D5, E6"),
        ([line(5, "A"), line(9, " a")], "B9"),
    ],
)
def test_holes_in_the_table_are_named(lines: list[RawRow], cells: str) -> None:
    with pytest.raises(Refusal) as refusal:
        assess(consolidation([], lines), PLAN, TREE)
    assert (refusal.value.code, refusal.value.facts["cells"]) == ("units_incomplete", cells)


def test_two_rows_of_one_origin_are_told_apart() -> None:
    origin = {"source_file": "a.xlsx", "source_sheet": "DS", "source_row": 12, "source_sha256": "ab"}
    rows = [row(7, "A", **origin), row(8, "A", **origin), row(9, "A", source_row=3)]
    submission = assess(consolidation(rows, [line(5, "A")]), PLAN, TREE)
    assert [(one.source_sha256, one.first_row) for one in submission.rows] == [("ab", 12), (None, 8), (None, 9)]
    assert said(submission) == {"source_repeated": 1}


NAMES = st.sampled_from([field.name for field in UNIT_FIELDS])
LINES = st.builds(
    lambda number, unit, changes, odd: RawRow(number, {**line(number, unit).values, **changes}, odd),
    st.integers(1, 1_048_576),
    st.sampled_from(["A", "B", "D", "N", "X"]),
    st.dictionaries(NAMES, VALUES, max_size=2),
    st.dictionaries(NAMES, ODDITIES, max_size=1),
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(rows_of(Form.UPPER), max_size=4), st.none() | st.lists(LINES, max_size=3))
def test_whatever_stands_in_the_table_nothing_raises_but_a_refusal(
    rows: list[RawRow], lines: list[RawRow] | None
) -> None:
    raw = consolidation(rows, lines)
    for tree in (None, TREE):
        try:
            submission = assess(raw, PLAN, tree)
        except Refusal as refusal:
            text("refusal", refusal.code, **refusal.facts).encode()
            continue
        hold_together(raw, submission)
        can_be_told(submission)
        carried = {one.unit_code for one in submission.units}
        assert all(one.unit_code in carried or one.outcome is Outcome.REJECTED for one in submission.rows)
