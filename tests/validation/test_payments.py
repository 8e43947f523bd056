"""Paid once, taken back where the rules no longer give it, and right after any history."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validation.money import totals_by_unit
from validation.payments import (
    Account,
    Amounts,
    Due,
    Fund,
    Posting,
    amounts_by,
    due,
    entitlements,
    payer_of,
    payer_of_adjustment,
)
from validation.programme import load_programme
from validation.submission import Outcome, Row
from validation.units import Level, Unit, UnitTree

DAY = date(2022, 7, 1)
ONE = Account(Fund.UPPER, "A", 1, "SK-1")
TREE = UnitTree(
    (
        Unit("TP", "Thành phố", Level.CITY, "TLD"),
        Unit("Q", "Quận", Level.UPPER, "TP", valid_to=date(2025, 6, 30)),
        Unit("P", "Phường", Level.UPPER, "TP", valid_from=date(2025, 7, 1)),
        Unit("N", "Nhóm", Level.GROUP, "TP"),
        Unit("A", "Công ty A", Level.GRASSROOTS, "Q", valid_to=date(2025, 6, 30)),
        Unit("A", "Công ty A", Level.GRASSROOTS, "P", valid_from=date(2025, 7, 1)),
        Unit("C", "Trường C", Level.GRASSROOTS, "N"),
        Unit("D", "Bệnh viện D", Level.GRASSROOTS, "TP"),
    )
)


def row(code: str | None, *, unit: str = "A", upper: int = 100_000, base: int = 0, phase: int | None = 1) -> Row:
    return Row(
        6, unit, Outcome.ACCEPTED, registration_code=code, lead_author="Lê A", title="Đồ gá", phase=phase,
        upper_support=upper, base_counted=base,
    )  # fmt: skip


def amounts(*rows: Row, phase: int = 1) -> dict[Account, int]:
    return {one.account: one.amount for one in entitlements(rows, phase)}


# -- what the rules give -----------------------------------------------------------------------------------------------


def test_a_row_has_an_account_for_each_fund_that_gives() -> None:
    found = amounts(row("SK-1", base=150_000), row("SK-2"), row("SK-3", upper=0, base=50_000))
    assert found == {
        ONE: 100_000,
        replace(ONE, fund=Fund.BASE): 150_000,
        replace(ONE, identity="SK-2"): 100_000,
        Account(Fund.BASE, "A", 1, "SK-3"): 50_000,
    }


def test_rows_of_another_phase_or_of_none_and_rows_that_are_not_accepted_give_nothing() -> None:
    rejected = row("SK-4")._replace(outcome=Outcome.REJECTED)
    assert amounts(row("SK-1", phase=2), row("SK-2", phase=None), rejected) == {}


def test_codes_are_told_apart_exactly() -> None:
    assert len(amounts(row("SK-1"), row("sk-1"), row("SK-1 "))) == 3


def test_rows_without_a_code_are_known_by_author_and_title_and_place_among_their_likes() -> None:
    found = amounts(*(row(None, upper=0, base=9) for _ in range(2)), row(None, unit="B", upper=0, base=9))
    assert len(found) == 3
    assert sum(found.values()) == 27


def test_support_is_added_up_by_row_unit_phase_and_payer() -> None:
    rows = [row("1", base=5), row("2", unit="D", phase=2), row("3", phase=None, upper=0, base=7)]
    assert amounts_by(rows, lambda one: one.unit_code) == {"A": Amounts(100_000, 5), "D": Amounts(100_000, 0)}
    assert amounts_by(rows, lambda one: one.phase) == {1: Amounts(100_000, 5), 2: Amounts(100_000)}
    by_payer = amounts_by(rows, lambda one: payer_of(Fund.UPPER, one.unit_code, TREE, DAY))
    assert by_payer == {"Q": Amounts(100_000, 5), "TP": Amounts(100_000)}
    assert sum(one.total for one in by_payer.values()) == 200_005


def test_the_figures_are_those_of_the_merge() -> None:
    rows = [row(f"{n}", unit="AD"[n % 2], base=n * 1000, phase=1 + n % 3 % 2) for n in range(30)]
    by = amounts_by(rows, lambda one: (one.unit_code, one.phase))
    for key, unit in totals_by_unit(rows, load_programme(), {}).items():
        assert by[key] == Amounts(unit.tally.upper_support, unit.tally.base_support)


# -- who pays ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "day", "payer"),
    [
        ("A", DAY, "Q"),
        ("A", date(2025, 7, 1), "P"),
        ("C", DAY, "TP"),  # a group is no union
        ("D", DAY, "TP"),  # attached to the city
        ("TP", DAY, None),
        ("X", DAY, None),
    ],
)
def test_the_payer_is_the_direct_superior_of_that_day(unit: str, day: date, payer: str | None) -> None:
    assert payer_of(Fund.UPPER, unit, TREE, day) == payer
    assert payer_of(Fund.BASE, unit, TREE, day) == unit


def test_who_paid_takes_back_and_where_that_one_is_no_more_who_pays_now() -> None:
    assert payer_of_adjustment(Fund.UPPER, "A", "Q", TREE, date(2025, 6, 30)) == "Q"
    assert payer_of_adjustment(Fund.UPPER, "A", "Q", TREE, date(2025, 7, 1)) == "P"
    assert payer_of_adjustment(Fund.UPPER, "gone", "TP", TREE, DAY) == "TP"
    assert payer_of_adjustment(Fund.UPPER, "gone", "Q", TREE, date(2026, 1, 1)) == "Q"
    assert payer_of_adjustment(Fund.UPPER, "gone", "X", TREE, DAY) is None


# -- what is due -------------------------------------------------------------------------------------------------------


def test_what_was_paid_is_not_due_again() -> None:
    assert due({ONE: 100_000}, []) == [Due(ONE, 100_000, 0, None)]
    assert due({ONE: 100_000}, [Posting(ONE, 100_000, "1")]) == []


@pytest.mark.parametrize(("now", "amount"), [({}, -100_000), ({ONE: 0}, -100_000), ({ONE: 150_000}, 50_000)])
def test_a_change_after_payment_names_the_first_list(now: dict[Account, int], amount: int) -> None:
    (one,) = due(now, [Posting(ONE, 100_000, "1")])
    assert (one.amount, one.first, one.is_adjustment) == (amount, "1", True)


def test_an_adjustment_of_an_adjustment_names_the_list_that_paid_first() -> None:
    (one,) = due({}, [Posting(ONE, 100_000, "1"), Posting(ONE, 50_000, "2")])
    assert (one.amount, one.first) == (-150_000, "1")


def test_what_was_taken_back_whole_is_paid_anew() -> None:
    (one,) = due({ONE: 100_000}, [Posting(ONE, 100_000, "1"), Posting(ONE, -100_000, "2")])
    assert (one.amount, one.first) == (100_000, None)


def test_what_was_taken_back_of_a_list_that_does_not_hold_is_given_back() -> None:
    (one,) = due({}, [Posting(ONE, -100_000, "2")])
    assert (one.amount, one.first) == (100_000, "2")


def test_new_accounts_come_in_their_order_and_then_those_that_are_gone() -> None:
    b, c, d = (replace(ONE, identity=code) for code in "bcd")
    found = due({d: 1, b: 1}, [Posting(c, 5, "1"), Posting(ONE, 5, "1")])
    assert [one.account for one in found] == [d, b, c, ONE]


# -- any history -------------------------------------------------------------------------------------------------------


@dataclass
class Book:
    """Lists as they were made; those that hold."""

    lists: list[list[Posting]] = field(default_factory=list)
    void: set[int] = field(default_factory=set)

    def holding(self) -> list[Posting]:
        return [posting for number, one in enumerate(self.lists) if number not in self.void for posting in one]


ACCOUNTS = [Account(fund, unit, 1, code) for fund in Fund for unit in "AB" for code in ("SK-1", "SK-2")]
STEPS = st.lists(
    st.one_of(
        st.dictionaries(st.sampled_from(ACCOUNTS), st.sampled_from([0, 50_000, 100_000])),  # a merge
        st.just("pay"),
        st.integers(0, 5),  # void the list of that number
    ),
    max_size=25,
)


@given(STEPS)
def test_over_any_history_paid_and_adjusted_is_what_the_rules_give(
    steps: list[dict[Account, int] | str | int],
) -> None:
    book, entitled = Book(), dict[Account, int]()
    for step in [*steps, "pay"]:
        if isinstance(step, dict):
            entitled = step
        elif isinstance(step, int):
            if step < len(book.lists):
                book.void.add(step)
        else:
            key = str(len(book.lists))
            found = due(entitled, book.holding())
            assert len({one.account for one in found}) == len(found)
            held = {posting.list_key for posting in book.holding()}
            assert all(one.first is None or one.first in held for one in found)
            book.lists.append([Posting(one.account, one.amount, key) for one in found])
            for account in ACCOUNTS:
                paid = sum(posting.amount for posting in book.holding() if posting.account == account)
                assert paid == entitled.get(account, 0)
            assert due(entitled, book.holding()) == []
