"""Day first, always; what is impossible or doubtful is None."""

import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validation.text.dates import date_from_serial, read_date

ANY_TEXT = st.text(st.characters(exclude_categories=()))
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "05/03/2022", "5/3/2022", "5/3/22", "05.03.2022", "05-03-2022", "5 3 2022", " 05 / 03 / 2022 ",
        "05/03/2022.", "05\u201303\u20132022", "05\u00a0/03/2022", "5.3-2022", "05\\03\\2022", "2022-03-05",
        "2022/3/5", "2022.03.05", "2022-03-05T00:00:00", "2022-03-05 00:00:00.000", "05/03/2022 00:00:00",
        "5/3/2022 0:00", "2022-03-05T00:00:00Z", "ngày 5 tháng 3 năm 2022", "Ngày 05 tháng 03 năm 2022.",
        "NGÀY 5 THÁNG 3 NĂM 2022", "ngay 5 thang 3 nam 2022", "nga\u0300y 5 tha\u0301ng 3 na\u0306m 2022",
        "5 tháng 3, 2022", "ngày 05/03/2022", "Ngày: 5-3-2022", "\u200b05/03/2022", "０５/０３/２０２２",
    ],
)  # fmt: skip
def test_the_fifth_of_march_is_read_however_it_is_written(text: str) -> None:
    found = read_date(text)
    assert found is not None
    assert found.day == date(2022, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "", "31/02/2022", "05/13/2022", "2022-13-05", "29/02/2023", "0/3/2022", "32/1/2022", "5/3/1899",
        "5/3/2101", "5/3/0022", "5/3/222", "5/3", "3/2022", "tháng 3 năm 2022", "ngày tháng năm 2022",
        "05032022", "44625", "5/3/2022/7", "chưa có", "5/3/2022 và 6/3/2022", "quý I/2022", "٠٥/٠٣/٢٠٢٢",
        "5//3//2022", "5,3,2022", "-5/3/2022", "ngày 31 tháng 2 năm 2022", "1.234.567", "5/3/2022" + " " * 100,
        "\ud800",
    ],
)  # fmt: skip
def test_no_date_is_guessed(text: str) -> None:
    assert read_date(text) is None


def test_only_a_numeric_day_first_date_may_be_swapped() -> None:
    swapped = {
        text: found.swapped_possible
        for text in ("05/03/2022", "05/05/2022", "13/03/2022", "2022-03-05", "ngày 5 tháng 3 năm 2022")
        if (found := read_date(text)) is not None
    }
    assert swapped == {
        "05/03/2022": True,
        "05/05/2022": False,
        "13/03/2022": False,
        "2022-03-05": False,
        "ngày 5 tháng 3 năm 2022": False,
    }


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("05/03/2022", ()),
        ("5/3/99", ("two_digit_year",)),
        ("05/03/2022 00:00:00", ()),
        ("05/03/2022 10:35", ("time_dropped",)),
        ("5/3/22 8:00 SA", ("two_digit_year", "time_dropped")),
    ],
)
def test_what_was_assumed_is_noted(text: str, notes: tuple[str, ...]) -> None:
    found = read_date(text)
    assert found is not None
    assert found.notes == notes


def test_a_two_digit_year_is_of_this_century() -> None:
    found = read_date("5/3/99")
    assert found is not None
    assert found.day == date(2099, 3, 5)


@given(DAYS, st.sampled_from(["{0.day}/{0.month}/{0.year}", "{0:%d.%m.}{0.year}", "{0.day} - {0.month} - {0.year}",
                              "{0.year}-{0:%m-%d}", "ngày {0.day} tháng {0.month} năm {0.year}"]))  # fmt: skip
def test_a_written_date_is_read_back(day: date, form: str) -> None:
    found = read_date(form.format(day))
    assert found is not None
    assert found.day == day


@given(ANY_TEXT | st.text(st.sampled_from("0123456789/.- :ngaythnm")))
def test_any_text_is_a_date_of_our_time_or_none(text: str) -> None:
    found = read_date(text)
    assert found is None or 1900 <= found.day.year <= 2100


@pytest.mark.parametrize(
    ("serial", "date1904", "day"),
    [
        (1, False, date(1900, 1, 1)),
        (59, False, date(1900, 2, 28)),
        (60, False, None),
        (61, False, date(1900, 3, 1)),
        (44625, False, date(2022, 3, 5)),
        (44625.99, False, date(2022, 3, 5)),
        (43163, True, date(2022, 3, 5)),
        (0, True, date(1904, 1, 1)),
        (0, False, None),
        (-1, False, None),
        (73415, False, date(2100, 12, 31)),
        (73416, False, None),
        (float("nan"), False, None),
        (float("inf"), False, None),
        (1e300, False, None),
        (20220305, False, None),
        (True, False, None),
    ],
)
def test_serial_numbers_of_both_systems(serial: float, date1904: bool, day: date | None) -> None:
    assert date_from_serial(serial, date1904) == day


@given(st.dates(date(1904, 1, 1), date(2100, 12, 31)))
def test_the_two_systems_lie_1462_days_apart(day: date) -> None:
    serial = (day - date(1899, 12, 30)) // timedelta(days=1)
    assert date_from_serial(serial) == day
    assert date_from_serial(serial - 1462, date1904=True) == day


@given(st.floats() | st.integers(-sys.maxsize, sys.maxsize), st.booleans())
def test_no_number_breaks_the_calendar(number: float, date1904: bool) -> None:
    date_from_serial(number, date1904)
