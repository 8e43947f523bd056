"""Which of several rows with one registration code stays."""

from datetime import date
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from validation.reconcile import as_duplicate, later_duplicates, precedence
from validation.submission import Outcome, Row


def row(
    code: str | None, day: int | None = 1, unit: str = "A", number: int = 12, outcome: Outcome = Outcome.ACCEPTED
) -> Row:
    registered = date(2022, 3, day) if day else None
    return Row(
        number, unit, outcome, registration_code=code, registered_on=registered, phase=1, upper_support=5, counted=True
    )


def stays(*rows: Row, chosen: dict[str, int] | None = None) -> dict[int, int]:
    return later_duplicates(enumerate(rows), chosen)


def test_codes_of_their_own_are_no_duplicates() -> None:
    assert stays(row("A"), row("B"), row(None), row(None), row("")) == {}


def test_the_earliest_day_then_the_unit_then_the_row_stays() -> None:
    assert stays(row("A", 2), row("A", 1)) == {0: 1}
    assert stays(row("A", unit="B"), row("A", unit="A")) == {0: 1}
    assert stays(row("A", number=13), row("A", number=12)) == {0: 1}
    assert stays(row("A", None), row("A", 31, unit="Z")) == {0: 1}


def test_all_but_one_are_duplicates_of_the_same_row() -> None:
    assert stays(row("A", 3), row("B"), row("A", 1), row("A", 2)) == {0: 2, 3: 2}


def test_rejected_rows_take_no_part() -> None:
    assert stays(row("A", 1, outcome=Outcome.REJECTED), row("A", 2)) == {}


def test_rows_that_were_duplicates_before_take_part_again() -> None:
    assert stays(row("A", 2), row("A", 1, outcome=Outcome.DUPLICATE)) == {0: 1}


def test_a_clerks_choice_stays_whatever_the_days() -> None:
    assert stays(row("A", 1), row("A", 2), chosen={"A": 1}) == {0: 1}


def test_a_choice_that_names_no_row_of_the_code_is_ignored() -> None:
    assert stays(row("A", 1), row("A", 2), row("B"), chosen={"A": 2, "C": 0}) == {1: 0}


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = {"x": row("A", 2), "y": row("A", 1, "B"), "z": row("A", 1, "A", 13), "w": row("A", 1, "A", 14)}
    assert all(later_duplicates(order) == {"x": "z", "y": "z", "w": "z"} for order in permutations(rows.items()))


def test_a_duplicate_has_no_money_and_keeps_its_phase() -> None:
    duplicate = as_duplicate(row("A"))
    assert duplicate.outcome is Outcome.DUPLICATE
    assert (duplicate.upper_support, duplicate.base_counted, duplicate.counted, duplicate.phase) == (0, 0, False, 1)


@given(
    st.lists(
        st.builds(
            row, st.sampled_from("AB") | st.none(), st.integers(1, 3) | st.none(), st.sampled_from("XY"),
            st.integers(1, 9), st.sampled_from([Outcome.ACCEPTED, Outcome.REJECTED, Outcome.DUPLICATE]),
        )
    )
)  # fmt: skip
def test_of_each_code_exactly_one_row_stays_and_it_comes_first(rows: list[Row]) -> None:
    later = stays(*rows)
    for code in "AB":
        group = [i for i, r in enumerate(rows) if r.registration_code == code and r.outcome is not Outcome.REJECTED]
        staying = [i for i in group if i not in later]
        assert len(staying) == min(1, len(group))
        assert all(precedence(rows[staying[0]]) <= precedence(rows[i]) and later.get(i, i) == staying[0] for i in group)
    assert all(rows[i].registration_code for i in later)
