"""Cells in rectangles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from addin.live.rectangles import Rectangle, rectangles, references

PLACES = st.sets(st.tuples(st.integers(1, 12), st.integers(1, 30)), max_size=60)


def cells(one: Rectangle) -> set[tuple[int, int]]:
    return {(row, column) for row in range(one.top, one.bottom + 1) for column in range(one.left, one.right + 1)}


@given(PLACES)
def test_they_hold_exactly_the_cells_each_once(places: set[tuple[int, int]]) -> None:
    parts = rectangles(places)
    held = [cell for one in parts for cell in cells(one)]
    assert sorted(held) == sorted(places)


def test_alike_columns_are_joined() -> None:
    block = [(row, column) for row in range(6, 2_006) for column in (3, 4, 5)]
    assert rectangles([*block, (9, 8)]) == [Rectangle(6, 3, 2_005, 5), Rectangle(9, 8, 9, 8)]


@given(PLACES)
def test_references_are_short_and_lose_nothing(places: set[tuple[int, int]]) -> None:
    parts = rectangles(places)
    made = list(references(parts))
    assert [one for _, areas in made for one in areas] == parts
    for reference, areas in made:
        assert len(reference) <= 255
        assert reference == ",".join(one.address for one in areas)


def test_halves_make_the_whole() -> None:
    whole = Rectangle(2, 3, 9, 7)
    left, right = whole.halves()
    assert cells(left) | cells(right) == cells(whole)
    assert not cells(left) & cells(right)
    upper, lower = Rectangle(2, 3, 9, 3).halves()
    assert (upper.address, lower.address) == ("C2:C5", "C6:C9")
