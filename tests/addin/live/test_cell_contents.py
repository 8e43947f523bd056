"""Contents on their way into cells and into the journal."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest

from addin.live.cell_contents import Held, as_text, shows_a_day, shows_an_amount, to_write


@pytest.mark.parametrize("text", ["007", "15/02/2022", "1E5", "=A1", "+84", "-", "@x", "'x", "true", "SK-2022-1", "Q1"])
def test_what_a_program_would_take_for_something_else_is_written_as_text(text: str) -> None:
    assert as_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Nguyễn Văn An", "", "Không", "Giảm phế phẩm; tăng năng suất"])
def test_a_plain_text_is_written_as_it_is(text: str) -> None:
    assert as_text(text) == text


def test_contents_of_proposals() -> None:
    assert to_write(date(2022, 2, 15)) == datetime(2022, 2, 15)
    assert to_write(200_000) == 200_000
    assert to_write("15") == "'15"


@pytest.mark.parametrize(
    ("code", "day", "amount"),
    [
        ("dd/mm/yyyy", True, False),
        ("d/m/yy", True, False),
        ('[$-42A]dd" tháng "mm', True, False),
        ("General", False, False),
        ("@", False, False),
        ("#,##0", False, True),
        ('#,##0" đồng"', False, True),
        ("[Red]0", False, True),
        ("hh:mm", False, False),
        (None, False, False),
    ],
)
def test_number_formats(code: str | None, day: bool, amount: bool) -> None:
    assert (shows_a_day(code), shows_an_amount(code)) == (day, amount)


def test_the_journal_keeps_everything() -> None:
    for one in (
        Held("text", "200.000đ", "@", ".VnTime"),
        Held("empty", None, None, None),
        Held("bool", True, "x", "y"),
    ):
        assert Held.from_json(json.loads(json.dumps(one.as_json()))) == one
