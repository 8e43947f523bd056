"""The short way of a usual row and the long way of every other one end at the same row and the same findings."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from validation.assess import assess
from validation.fields import ROW_FIELDS, Form, row_fields, typed_row_fields
from validation.normalise import Cleaner
from validation.programme import Programme, load_programme, programme_ids
from validation.rules.examples import faultless_row
from validation.submission import CellValue, LegacyFont, Oddity, RawCover, RawRow, RawSubmission, Submission
from validation.usual import UsualRow, usual_values

PROGRAMMES = [load_programme(name) for name in programme_ids()]
MakeRow = Callable[..., dict[str, Any]]


def reader(programme: Programme, form: Form = Form.GRASSROOTS) -> UsualRow:
    fields = typed_row_fields(form)
    return UsualRow(fields, usual_values([Cleaner(field, programme) for field in fields], programme))


def values(programme: Programme) -> st.SearchStrategy[CellValue]:
    """What clerks type, tidy more often than not."""
    status, days = programme.status, st.dates(date(2021, 1, 1), date(2023, 12, 31))
    return (
        st.sampled_from([
            None, True, False, 0, 1, 0.0, 1.0, -1, 200, 200_000, 200_000.0, 0.5, float("nan"), 44_607, 10**400, "", "-",
            "Có", "có", "Không", "x", "1", status.approved, status.under_review, status.refused, "200.000đ", "3/4/2022",
            *programme.lists.solution_kind, "Trần Văn Nam; Lê Thị Mai", "A, B", "không có", "LÊ HÀ", "SK-1", "0012",
            "Cải tiến máy", " Cải tiến máy", "ma\u0301y ép", "Ðúc", "C¶i tiÕn m¸y", "Số hoá ngêi", "x" * 130,
            "y" * 4_100,
        ])
        | days
        | days.map(lambda day: datetime(day.year, day.month, day.day, 8, 30))
    )  # fmt: skip


ODDITIES = st.builds(
    Oddity, error=st.sampled_from([None, "#REF!"]), formula=st.sampled_from([None, "1+1"]), uncached=st.booleans(),
    font=st.none() | st.sampled_from(LegacyFont),
)  # fmt: skip


@st.composite
def reports(draw: st.DrawFn) -> tuple[Programme, RawSubmission]:
    programme = draw(st.sampled_from(PROGRAMMES))
    form = draw(st.sampled_from(Form))
    names = [field.name for field in row_fields(form)]
    changes = st.dictionaries(st.sampled_from(names), values(programme), max_size=3)
    odd = st.just({}) | st.dictionaries(st.sampled_from(names), ODDITIES, max_size=1)
    rows = [
        RawRow(6 + number, faultless_row(programme) | {"unit_code": "CĐ-01-07"} | draw(changes), draw(odd))
        for number in range(draw(st.integers(1, 4)))
    ]
    cover = {"unit_code": "A1", "report_date": date(2023, 6, 30), "members": 10, "workers": 12}
    without = draw(st.just("") | st.sampled_from(names))
    columns = {name: "A" for name in names if name != without}
    return programme, RawSubmission(form, 1, programme.id, RawCover(cover, {}), "DS", columns, tuple(rows))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(reports())
def test_both_ways_say_the_same(given_report: tuple[Programme, RawSubmission]) -> None:
    programme, raw = given_report
    assert told(assess(raw, programme)) == told(the_long_way(raw, programme))


def the_long_way(raw: RawSubmission, programme: Programme) -> Submission:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(UsualRow, "read", lambda _self, _values: None)
        patch.setattr("validation.assess.has_plain_texts", lambda _row: False)
        return assess(raw, programme)


def told(submission: Submission) -> list[str]:
    """Types included: True equals 1, and a moment its day."""
    return [repr(one) for one in (*submission.rows, *submission.findings, submission.blank_rows)]


def test_the_faultless_row_is_usual(programme: Programme, row: MakeRow) -> None:
    typed = reader(programme).read(row(position="Tổ trưởng", co_authors="Trần Văn Nam; Lê Thị Mai", note="đủ hồ sơ"))
    assert typed is not None
    assert typed["is_member"] is True
    assert typed["co_authors"] == ("Trần Văn Nam", "Lê Thị Mai")
    assert typed["title"] == row()["title"]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Cải tiến  máy"},
        {"title": 17},
        {"lead_author": "-"},
        {"registration_code": "SK" * 31},
        {"co_authors": "không có"},
        {"status": "xong"},
        {"base_support": -1},
        {"base_support": False},
        {"applied_on": "3/4/2022"},
        {"applied_on": date(1999, 1, 1)},
        {"solution_kind": "C¶i tiÕn"},
    ],
    ids=str,
)
def test_a_row_with_anything_to_be_said_of_a_value_is_not(
    change: dict[str, Any], programme: Programme, row: MakeRow
) -> None:
    read = reader(programme).read
    assert read(row(base_support=0)) is not None
    assert read(row(**change)) is None
    assert read(row(**change)) is None


def test_a_value_is_known_for_what_it_is(programme: Programme, row: MakeRow) -> None:
    read = reader(programme).read
    for amount in (1_000, 1_000.0, 0, 0.0, 1_000):
        typed = read(row(base_support=amount))
        assert typed is not None
        assert (typed["base_support"], type(typed["base_support"])) == (amount, int)
    assert read(row(base_support=False)) is None


def test_a_field_remembers_only_so_many_values(programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("validation.usual._MOST_VALUES", 3)
    fields = [field for field in ROW_FIELDS if field.name == "base_support"]
    others = usual_values([Cleaner(field, programme) for field in fields], programme)
    for amount in range(1_000, 1_010):
        assert others["base_support"][amount] == amount
        assert len(others["base_support"]) <= 3
