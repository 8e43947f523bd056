"""What a cell says for certain, and what is left to the clerk."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.adopt.content import author_and_place, authors, date_inside, fits, scaled, seems_counted_in_dong
from validation.fields import ROW_FIELD
from validation.submission import CellValue


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        (12.5, 12_500_000),
        (3, 3_000_000),
        ("12,5", 12_500_000),
        ("12.5", 12_500_000),
        ("1,25", 1_250_000),
        ("120", 120_000_000),
        (0, 0),
        (0.1, 100_000),
        ("1.500", None),  # a thousand five hundred, or one and a half
        ("1,500", None),
        ("khoảng 3", None),
        ("3-4", None),
        (0.0000001, None),  # a tenth of a đồng
        (float("nan"), None),
        (float("inf"), None),
        (True, None),
        (date(2022, 1, 1), None),
        (1e300, None),
    ],
)
def test_millions_are_taken_only_where_they_are_certain(value: CellValue, amount: int | None) -> None:
    assert scaled(value, 1_000_000) == amount


@given(st.decimals(min_value=0, max_value=100_000, places=2))
def test_a_number_of_two_decimals_becomes_its_exact_amount(value: Decimal) -> None:
    assert scaled(float(value), 1_000_000) == int(value * 1_000_000)


def test_dong_below_millions_are_noticed() -> None:
    assert seems_counted_in_dong([None, 12_000_000], 1_000_000)
    assert not seems_counted_in_dong([12.5, "1.500", "x"], 1_000_000)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("QĐ số 12/QĐ-CT ngày 05/03/2022", date(2022, 3, 5)),
        ("12/QĐ-CT, 5.3.2022", date(2022, 3, 5)),
        ("05/03/2022", date(2022, 3, 5)),
        ("ngày 5 tháng 3 năm 2022", date(2022, 3, 5)),
        ("QĐ 1 ngày 5/3/2022, sửa ngày 5/3/2022", date(2022, 3, 5)),
        ("QĐ 1 ngày 5/3/2022 và QĐ 2 ngày 6/3/2022", None),
        ("Số 12/QĐ-CT", None),
        ("12/2022/QĐ-CT", None),
        ("QĐ ngày 31/02/2022", None),
        ("", None),
    ],
)
def test_the_one_date_in_a_text_is_taken(text: str, day: date | None) -> None:
    read = date_inside(text)
    assert (read.day if read else None) == day


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("Nguyễn Văn A - Tổ 3", "Nguyễn Văn A", "Tổ 3"),
        ("Nguyễn Văn A – Tổ 3", "Nguyễn Văn A", "Tổ 3"),
        ("Nguyễn Văn A, Phòng Kỹ thuật", "Nguyễn Văn A", "Phòng Kỹ thuật"),
        ("Nguyễn Văn A (Phòng Kỹ thuật)", "Nguyễn Văn A", "Phòng Kỹ thuật"),
        ("Nguyễn Văn A\nTổ 3 - Ca 2", "Nguyễn Văn A", "Tổ 3 - Ca 2"),
        ("Nguyễn Văn A", "Nguyễn Văn A", None),
        ("Tổ 3 - Nguyễn Văn A", "Tổ 3 - Nguyễn Văn A", None),
        ("H-Blăng Niê", "H-Blăng Niê", None),
        ("An - Tổ 3", "An - Tổ 3", None),
        ("Nguyễn Văn A -", "Nguyễn Văn A -", None),
    ],
)
def test_a_place_is_set_apart_only_where_a_name_stands_first(text: str, name: str, place: str | None) -> None:
    assert author_and_place(text) == (name, place)


def test_the_first_of_several_people_comes_first() -> None:
    assert authors("1. Trần A; 2. Lê B") == ("Trần A", "Lê B")


def test_what_stands_below_a_header_must_bear_it_out() -> None:
    assert fits(ROW_FIELD["recognised_on"], [date(2022, 1, 1), "2/1/2022", "?"])
    assert not fits(ROW_FIELD["recognised_on"], ["Tổ 1", "Tổ 2"])
    assert not fits(ROW_FIELD["benefit_value"], ["cao", "thấp"])
    assert not fits(ROW_FIELD["lead_author"], ["A1", "B2", "Nguyễn Văn A"])
    assert fits(ROW_FIELD["effect"], [1, 2])
    assert fits(ROW_FIELD["recognised_on"], [])
