"""Columns that fit the page, heights that fit the texts, pages that end where they should."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.payments.drafting import BANK, SIGN
from addin.payments.paper import (
    SUMMARY_COLUMNS,
    USABLE_HEIGHT,
    WIDEST,
    dotted_format,
    height_of,
    list_columns,
    page_breaks,
    place_and_date,
    sheet_names,
)


@pytest.mark.parametrize("columns", [list_columns(SIGN), list_columns(BANK), SUMMARY_COLUMNS])
def test_columns_fit_the_page(columns: tuple[object, ...]) -> None:
    assert sum(column.width for column in columns) <= WIDEST  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(0, "0"), (500, "0"), (1_000, r"#\.##0"), (-999_999, r"#\.##0"), (1_000_000, r"#\.###\.##0"),
     (-1_000_000_000, r"#\.###\.###\.##0")],
)  # fmt: skip
def test_amounts_have_dots_whatever_the_computers_settings(amount: int, shown: str) -> None:
    assert dotted_format(amount) == rf"{shown}\ "


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2022, 2, 5), "Hải Phòng, ngày 05 tháng 02 năm 2022"),
        (date(2022, 11, 24), "Hải Phòng, ngày 24 tháng 11 năm 2022"),
        (date(2022, 3, 9), "Hải Phòng, ngày 09 tháng 3 năm 2022"),
    ],
)
def test_days_are_written_as_official_papers_write_them(day: date, written: str) -> None:
    assert place_and_date("Hải Phòng", day) == written


def test_sheets_have_names_that_excel_takes_and_that_differ() -> None:
    long = "HP-Q-HB-" + "9" * 40
    names = sheet_names(["A/B", "a:b", "A_B-2", long, f"{long}x", "History", "'", "Tổng hợp"], ["Tổng hợp"])
    assert names == [
        "A_B", "a_b-2", "A_B-2-2", long[:31], f"{long[:29]}-2", "History-2", "_", "Tổng hợp-2",
    ]  # fmt: skip
    assert all(len(name) <= 31 for name in names)


def test_a_row_is_as_high_as_its_longest_text_and_never_higher_than_excel_takes() -> None:
    assert height_of([("ngắn", 20)], 2) == 33
    assert height_of([("một hai ba bốn năm sáu bảy tám", 12)], 1) > 33
    assert height_of([("x" * 60, 12)], 1) >= 6 * 15, "a word too long for a line is broken"
    assert height_of([("từ " * 5000, 12)], 1) <= 409


HEIGHTS = st.lists(st.integers(15, 150).map(float), min_size=1, max_size=80)
HEAD, TAIL = [60.0, 80.0, 31.0], [22.0, 22.0, 110.0]


def pages(heights: list[float], breaks: list[int]) -> list[list[int]]:
    """Rows of each page."""
    ends = [*breaks, len(heights)]
    return [list(range(first, last)) for first, last in zip([0, *breaks], ends, strict=True)]


@given(HEIGHTS)
def test_every_page_fits_and_the_signatures_have_a_row_with_them(body: list[float]) -> None:
    heights = [*HEAD, *body, *TAIL]
    header, tail = len(HEAD) - 1, len(HEAD) + len(body)
    made = pages(heights, page_breaks(heights, header, tail))
    for number, rows in enumerate(made):
        repeated = heights[header] if number else 0
        assert sum(heights[row] for row in rows) + repeated <= USABLE_HEIGHT
    assert made[-1][-1] == len(heights) - 1
    assert set(range(tail - 1, len(heights))) <= set(made[-1])
    assert all(
        sum(heights[row] for row in rows) + heights[header] * bool(number) + heights[after[0]]
        + (sum(TAIL) if after[0] == tail - 1 else 0) > USABLE_HEIGHT
        for number, (rows, after) in enumerate(pairwise(made))
    ), "no page ends before it is full"  # fmt: skip


def test_a_list_with_more_pages_than_excel_takes_breaks_is_left_to_the_program() -> None:
    assert page_breaks([31.0, *[400.0] * 1500], 0, 1500) == []
