"""Reports beside the portal's list: matched by code, suggested by title and author, the rest said on both sides."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.validation.test_portal import entry, row
from validation.portal_matching import differences, reconcile, suggestions
from validation.submission import Outcome

SAID = {"status": "Hợp lệ", "registered_on": date(2022, 3, 1), "approved_on": date(2022, 5, 1)}


def test_the_same_on_both_sides_agrees() -> None:
    found = reconcile([row()], [entry(**SAID)])
    assert found.agrees
    assert [(one.row.registration_code, one.differs) for one in found.matched] == [("SK-1", ())]


def test_status_and_days_that_differ_are_named_field_by_field() -> None:
    other = entry(status="Đang xem xét", registered_on=date(2022, 3, 2), approved_on=None)
    assert differences(row(), other) == ("status", "registered_on")
    assert reconcile([row()], [other]).different[0].entry is other


def test_what_only_one_side_has_is_listed_on_that_side() -> None:
    found = reconcile([row("SK-1"), row("SK-2", title="Khác hẳn")], [entry("SK-1", **SAID), entry("SK-9", 2)])
    assert [one.registration_code for one in found.claimed_only] == ["SK-2"]
    assert [one.entry.registration_code for one in found.portal_only] == ["SK-9"]


def test_a_row_that_claims_nothing_is_no_claim() -> None:
    assert reconcile([row(None, registered_on=None)], []).claimed_only == ()
    assert len(reconcile([row(None)], []).claimed_only) == 1


def test_a_line_whose_row_was_left_out_says_so() -> None:
    rejected = row()._replace(outcome=Outcome.REJECTED)
    (one,) = reconcile([], [entry(**SAID)], [rejected]).portal_only
    assert one.left_out is rejected


def test_a_missing_code_is_suggested_by_title_and_author_whatever_the_spelling() -> None:
    line = entry(None, title="CẢI TIẾN  MÁY CẮT.", lead_author="nguyễn thị hoà")
    (one,) = reconcile([row(None)], [line]).suggested
    assert one.entry is line
    assert one.score >= 95


def test_another_title_or_a_stranger_is_not_suggested() -> None:
    rows = [row(None)]
    assert suggestions(rows, [entry(None, title="Lớp học yêu thương", lead_author="Nguyễn Thị Hoa")]) == []
    assert suggestions(rows, [entry(None, title="Cải tiến máy hàn tự động", lead_author="Trần Văn Bình")]) == []


def test_each_row_and_each_line_is_suggested_once_the_likeliest_first() -> None:
    rows = [row(None, title="Cải tiến máy cắt vải"), row(None, title="Cải tiến máy cắt")]
    lines = [entry(None, 1, title="Cải tiến máy cắt", lead_author="Nguyễn Thị Hoa")]
    (one,) = suggestions(rows, lines)
    assert (one.row.title, one.score) == ("Cải tiến máy cắt", 100)


def test_contradicting_and_unclear_lines_are_named() -> None:
    lines = [entry(status="Hợp lệ"), entry(position=2, status="Không hợp lệ"), entry("SK-2", 3, status_text="Đã duyệt")]
    found = reconcile([row()], lines)
    assert [one.position for one in found.repeated] == [1, 2]
    assert [one.position for one in found.unclear] == [3]
    assert [one.entry.registration_code for one in found.portal_only] == ["SK-2"]


CODES = st.sampled_from([None, "SK-1", "SK-2", "SK-3", "SK-4"])


@given(st.lists(CODES, max_size=5, unique=True), st.lists(CODES, max_size=8))
def test_every_row_and_every_code_of_the_list_ends_in_one_place(of_rows: list[str | None], of_list: list[str]) -> None:
    rows = [row(code) for code in of_rows]
    lines = [entry(code, position) for position, code in enumerate(of_list, 1)]
    found = reconcile(rows, lines)
    assert len(found.matched) + len(found.claimed_only) == len(rows)
    blank = sum(not code for code in of_list)
    assert len(found.portal_only) == blank + len({c for c in of_list if c} - {r.registration_code for r in rows})
