"""What a phase still lacks: payers, numbers, adjustments with their reasons; right after any history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.campaign.ledger import Withdrawal
from addin.merge.overview import Overview
from tests.addin.merge.master_campaign import made_report
from tests.addin.payments.payment_campaign import (
    DAY,
    PROGRAMME,
    Book,
    given_now,
    overview_of_rows,
    paid_row,
    rejected,
)
from tests.end_to_end.small_campaign import UNITS
from validation.payments import Fund
from validation.submission import Outcome, Row
from validation.units import Level, Unit

CITY = overview_of_rows({
    "A": [paid_row("SK-1"), paid_row("SK-2", status=PROGRAMME.status.under_review, approved_on=None)],
    "C": [paid_row("SK-3", base_support=None)],
    "D": [paid_row("SK-4", registered_on=date(2022, 8, 1), approved_on=date(2022, 9, 1))],
})  # fmt: skip


def by_payer(book: Book, overview: Overview, fund: Fund = Fund.UPPER) -> dict[str, int]:
    return {one.payer: one.amount for one in book.draft(overview).of(fund)}


def test_each_pays_for_the_units_directly_below_and_each_union_its_own() -> None:
    assert by_payer(Book(), CITY) == {"Q": 100_000, "TP": 100_000}, "the group C hangs under pays nothing"
    assert by_payer(Book(), CITY, Fund.BASE) == {"A": 300_000}
    drafts = Book().draft(CITY)
    assert (drafts.total(Fund.UPPER), drafts.total(Fund.BASE)) == (200_000, 300_000)
    tally = CITY.phases[1]
    assert (tally.upper_support, tally.base_support) == (200_000, 300_000)


def test_what_was_approved_after_the_phase_is_in_the_next_list_and_nothing_is_paid_twice() -> None:
    book = Book()
    assert [one.record.key for one in book.pay(CITY)] == ["Q-GD1-2022-01", "TP-GD1-2022-01", "A-GD1-2022-01-CS"]
    assert book.pay(CITY) == []
    later = overview_of_rows({"A": [paid_row("SK-1"), paid_row("SK-2", approved_on=date(2022, 9, 9))],
                              "C": [paid_row("SK-3", base_support=None)]})  # fmt: skip
    (one,) = book.pay(later)
    (item,) = one.items
    assert (one.record.key, item.registration_code, item.amount, item.refers) == (
        "Q-GD1-2022-02", "SK-2", 100_000, None,
    )  # fmt: skip


def after(*rows: Row, others: dict[str, list[Row]] | None = None) -> list[str]:
    """The reasons of the adjustments after SK-1 of A was paid and A reports these rows."""
    book = Book()
    book.pay(overview_of_rows({"A": [paid_row("SK-1", base_support=None)]}))
    made = book.pay(overview_of_rows({"A": list(rows)} | (others or {})))
    items = [item for one in made for item in one.items if item.refers]
    assert all(item.refers == "Q-GD1-2022-01" for item in items)
    assert all(item.reference == "Số 01/2022/DSC-GĐ1 ngày 01/07/2022" for item in items)
    assert all(item.amount == -100_000 for item in items)
    assert all(item.lead_author == "Nguyễn Thị SK-1" for item in items)
    return [item.reason or "" for item in items]


ONE = paid_row("SK-1", base_support=None)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([ONE._replace(status=PROGRAMME.status.refused, upper_support=0)], "Không hợp lệ"),
        ([ONE._replace(status=PROGRAMME.status.under_review, upper_support=0)], "Đang xem xét"),
        ([ONE._replace(ip_protected=True, upper_support=0)], "bảo hộ"),
        ([ONE._replace(phase=2)], "giai đoạn khác"),
        ([ONE._replace(phase=None, upper_support=0)], "không thuộc giai đoạn nào"),
        ([ONE._replace(upper_support=0)], "không đủ điều kiện"),
        ([rejected(ONE)], "bị loại"),
        ([ONE._replace(outcome=Outcome.DUPLICATE, phase=None, upper_support=0)], "trùng mã"),
        ([], "không còn trong báo cáo ngày 01/09/2022"),
    ],
)
def test_what_is_no_longer_due_is_taken_back_with_its_reason(rows: list[Row], reason: str) -> None:
    (said,) = after(*rows)
    assert reason in said


def test_a_code_that_moved_is_taken_back_from_one_union_and_paid_to_the_other() -> None:
    (said,) = after(others={"D": [ONE]})
    assert said.endswith("đơn vị D")
    book = Book()
    book.pay(overview_of_rows({"A": [ONE]}))
    assert by_payer(book, overview_of_rows({"A": [], "D": [ONE]})) == {"Q": -100_000, "TP": 100_000}


def test_a_report_that_was_withdrawn_takes_its_rows_with_it() -> None:
    withdrawn = replace(
        made_report(9, "A", [ONE]), current=False, withdrawn=Withdrawal("nhầm", "Hạnh", datetime(2022, 7, 1))
    )
    book = Book()
    book.pay(overview_of_rows({"A": [ONE]}))
    for reports, reason in (([withdrawn], "báo cáo của đơn vị đã được rút"), ([], "không có báo cáo")):
        (one,) = book.draft(overview_of_rows({}, reports=reports)).lists
        assert reason in (one.items[0].reason or "")


def test_a_changed_amount_is_paid_or_taken_back_by_the_difference() -> None:
    book = Book()
    book.pay(overview_of_rows({"A": [paid_row("SK-1", base_support=100_000)]}))
    (one,) = book.pay(overview_of_rows({"A": [paid_row("SK-1", base_support=180_000)]}))
    (item,) = one.items
    assert (item.amount, item.refers) == (80_000, "A-GD1-2022-01-CS")
    assert item.reason == "số tiền trước là 100.000 đồng, nay là 180.000 đồng"


def test_another_spelling_of_the_author_is_the_same_initiative() -> None:
    book = Book()
    book.pay(CITY)
    respelt = paid_row("SK-1", lead_author="NGUYỄN THỊ SK 1", title="Khác")
    others = {"A": [respelt, paid_row("SK-2", status=PROGRAMME.status.under_review, approved_on=None)],
              "C": [paid_row("SK-3", base_support=None)]}  # fmt: skip
    assert book.pay(overview_of_rows(others)) == []


def test_phases_are_paid_apart_and_numbered_apart() -> None:
    book = Book()
    book.pay(CITY)
    made = book.pay(CITY, phase=2)
    assert [one.record.key for one in made] == ["TP-GD2-2022-01", "D-GD2-2022-01-CS"]
    assert {one.record.file for one in made} == {
        "chi/danh-sach-chi_TP_GD2_2022-01.xlsx", "chi/cdcs-tu-chi_TP_GD2_2022-01.xlsx",
    }  # fmt: skip


def test_numbers_begin_anew_each_year_and_no_number_is_given_twice() -> None:
    book = Book()
    book.pay(CITY)
    book.void("Q-GD1-2022-01")
    (one,) = book.pay(CITY)
    assert one.record.key == "Q-GD1-2022-02", "the void one keeps its number"
    assert one.record.file == "chi/danh-sach-chi_Q_GD1_2022-02.xlsx"
    book.void("Q-GD1-2022-02")
    book.day = date(2023, 1, 5)
    (one,) = book.pay(CITY)
    assert (one.record.key, one.record.label) == ("Q-GD1-2023-01", "01/2023/DSC-GĐ1")


def test_a_name_that_lies_there_already_is_not_used() -> None:
    book = Book(names=["DANH-SACH-CHI_Q_GD1_2022-01.XLSX"])
    assert book.pay(CITY)[0].record.file == "chi/danh-sach-chi_Q_GD1_2022-01-2.xlsx"


def test_codes_of_units_lead_to_no_other_folder() -> None:
    units = [*UNITS[:1], Unit("../Q:1/2", "Quận", Level.UPPER, "TP"), Unit("A", "A", Level.GRASSROOTS, "../Q:1/2")]
    (one, _) = Book().pay(overview_of_rows({"A": [paid_row("SK-1")]}, units=units))
    assert one.record.file == "chi/danh-sach-chi_.._Q_1_2_GD1_2022-01.xlsx"


def test_what_another_campaign_must_pay_is_left_out_and_named() -> None:
    """A union of the district moved under the city: the district no longer pays for it."""
    moved = [*(unit for unit in UNITS if unit.code != "A"),
             Unit("A", "CĐCS Công ty A", Level.GRASSROOTS, "Q", valid_to=date(2022, 6, 1)),
             Unit("A", "CĐCS Công ty A", Level.GRASSROOTS, "TP", valid_from=date(2022, 6, 2))]  # fmt: skip
    district = overview_of_rows({"A": [paid_row("SK-1")], "B": [paid_row("SK-2", "B")]}, units=moved, own="Q")
    drafts = Book().draft(district)
    assert [(one.fund, one.payer, one.amount) for one in drafts.lists] == [
        (Fund.UPPER, "Q", 100_000), (Fund.BASE, "B", 150_000),
    ]  # fmt: skip
    assert {(one.fund, one.unit, one.payer, one.amount, one.lines) for one in drafts.left_out} == {
        (Fund.UPPER, "A", "TP", 100_000, 1), (Fund.BASE, "A", "A", 150_000, 1),
    }  # fmt: skip


def test_a_union_that_is_no_more_does_not_take_back_its_successor_does() -> None:
    units = [*(unit for unit in UNITS if unit.code not in {"A", "Q"}),
             Unit("Q", "LĐLĐ quận", Level.UPPER, "TP", valid_to=date(2022, 7, 1)),
             Unit("A", "CĐCS Công ty A", Level.GRASSROOTS, "Q", valid_to=date(2022, 7, 1)),
             Unit("A", "CĐCS Công ty A", Level.GRASSROOTS, "TP", valid_from=date(2022, 7, 2))]  # fmt: skip
    book = Book()
    book.pay(overview_of_rows({"A": [paid_row("SK-1", base_support=None)]}, units=units))
    assert book.day > DAY
    assert by_payer(book, overview_of_rows({"A": [paid_row("SK-1", base_support=None)]}, units=units)) == {}
    assert by_payer(book, overview_of_rows({"A": []}, units=units)) == {"TP": -100_000}


# -- any history -------------------------------------------------------------------------------------------------------

CODES = [f"SK-{number}" for number in range(4)]
ROWS = st.builds(
    paid_row,
    st.sampled_from(CODES),
    status=st.sampled_from(PROGRAMME.choices("status")),
    registered_on=st.sampled_from([None, date(2022, 3, 1), date(2022, 8, 1)]),
    ip_protected=st.sampled_from([False, False, True]),
    base_support=st.sampled_from([None, 100_000, 200_000]),
)
REPORTS = st.lists(ROWS, max_size=4, unique_by=lambda row: row.registration_code).map(
    lambda rows: [rejected(row) if row.registration_code == "SK-3" else row for row in rows]
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("report"), st.sampled_from("ABCD"), REPORTS),
        st.tuples(st.just("withdraw"), st.sampled_from("ABCD"), st.none()),
        st.tuples(st.just("pay"), st.sampled_from([1, 2]), st.none()),
        st.tuples(st.just("void"), st.integers(0, 9), st.none()),
    ),
    max_size=14,
)


@given(STEPS)
def test_over_any_history_paid_and_adjusted_is_what_the_rules_give(steps: list[tuple[str, object, list[Row]]]) -> None:
    book, rows = Book(), dict[str, list[Row]]()
    for what, which, reported in [*steps, ("pay", 1, []), ("pay", 2, [])]:
        match what, which:
            case "report", str(unit):
                rows[unit] = reported
            case "withdraw", str(unit):
                rows.pop(unit, None)
            case "void", int(number) if number < len(book.lists):
                book.void(book.lists[number].record.key)
            case "pay", int(phase):
                _pay_and_prove(book, overview_of_rows(rows), phase)


def _pay_and_prove(book: Book, overview: Overview, phase: int) -> None:
    lacking = book.draft(overview, phase)
    before = {fund: sum(book.paid(fund, unit, phase) for unit in "ABCD") for fund in Fund}
    made = book.pay(overview, phase)
    for fund in Fund:
        assert lacking.total(fund) + before[fund] == sum(given_now(overview, fund, unit, phase) for unit in "ABCD")
        for unit in "ABCD":
            assert book.paid(fund, unit, phase) == given_now(overview, fund, unit, phase)
    assert book.draft(overview, phase).lists == ()
    keys = [one.record.key for one in book.lists]
    assert len(set(keys)) == len(keys)
    assert [one.record.seq for one in book.lists] == list(range(1, len(keys) + 1))
    for one in made:
        assert one.record.amount == sum(item.amount for item in one.items)
        assert [item.position for item in one.items] == list(range(1, one.record.lines + 1))
        assert all((item.refers is None) == (item.reason is None) for item in one.items)
        assert all(item.amount > 0 for item in one.items if item.refers is None)
