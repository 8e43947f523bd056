"""Values between xlwings and the office."""

import datetime as dt
import decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.hosts.libreoffice.measures import characters, color_number, rgb, width_of
from addin.hosts.libreoffice.range_looks import excel_code
from addin.hosts.libreoffice.values import CellError, as_number, from_office, moment, plain, serial, to_office


@given(st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(9999, 12, 31)))
def test_a_moment_survives_to_the_millisecond(when: dt.datetime) -> None:
    assert abs(moment(serial(when)) - when) <= dt.timedelta(milliseconds=1)


@given(st.dates(dt.date(1900, 1, 1)))
def test_a_date_survives_exactly(day: dt.date) -> None:
    assert moment(serial(day)) == dt.datetime(day.year, day.month, day.day)


@pytest.mark.parametrize(
    ("text", "number"),
    [("001", 1.0), ("-1,234.5", -1234.5), (" 2 ", 2.0), ("1e3", 1000.0), (".5", 0.5)],
)
def test_texts_that_excel_takes_for_numbers(text: str, number: float) -> None:
    assert as_number(text) == number


@pytest.mark.parametrize("text", ["", "-", ".", "e5", "1,23", "200.000đ", "1.2.3", "12a", "1/2", "١٢", ".e5", "+"])
def test_texts_that_stay_texts(text: str) -> None:
    assert as_number(text) is None


def test_a_block_is_prepared_in_one_pass() -> None:
    out = to_office([["=A1", "'001", "002", None], [dt.date(2022, 1, 2), dt.datetime(2022, 1, 2, 12), True, "TRUE"]])
    assert out.rows == [["=A1", "001", "002", ""], [44563.0, 44563.5, 1.0, "TRUE"]]
    assert out.formulas == [[0, 0, "=A1"], [1, 3, "=TRUE()"]]
    assert out.numbers == [[0, 2, 2.0]]
    assert (out.dates, out.times, out.booleans) == ([[1, 0, 1, 0]], [[1, 1, 1, 1]], [[1, 2, 1, 2]])


def test_dates_below_each_other_travel_as_one_block() -> None:
    assert to_office([[dt.date(2022, 1, d)] for d in range(1, 9)]).dates == [[0, 0, 7, 0]]


def test_a_reply_becomes_values_of_their_kind() -> None:
    reply = {
        "rows": [[1.0, "", "x"], [44563.0, None, 2.0]],
        "dates": [[1, 0, 1, 0]],
        "booleans": [[0, 0, 0, 0], [1, 2, 1, 2]],
        "errors": [[1, 1, "#N/A"]],
        "shift": 0,
    }
    assert from_office(reply) == [[True, None, "x"], [dt.datetime(2022, 1, 2), "#N/A", 2.0]]
    assert isinstance(from_office(reply)[1][1], CellError)


def test_files_that_count_from_1904_give_the_same_dates() -> None:
    assert from_office({"rows": [[0.0]], "dates": [[0, 0, 0, 0]], "shift": 1462}) == [[dt.datetime(1904, 1, 1)]]


@pytest.mark.parametrize(
    ("given_value", "expected"),
    [
        (np.float64(1.5), 1.5),
        (np.int64(3), 3),
        (np.bool_(True), True),
        (np.nan, ""),
        (np.float32("nan"), ""),
        (np.datetime64("2022-01-02T03:04:05"), dt.datetime(2022, 1, 2, 3, 4, 5)),
        (np.datetime64("NaT"), ""),
        (pd.NaT, ""),
        (pd.NA, ""),
        (pd.Timestamp(2022, 1, 2), dt.datetime(2022, 1, 2)),
        (decimal.Decimal("1.5"), 1.5),
        (dt.time(12), 0.5),
        (dt.timedelta(days=2), 2.0),
        (None, ""),
        ("", ""),
        (float("nan"), ""),
    ],
)
def test_foreign_values_become_plain(given_value: object, expected: object) -> None:
    assert plain(given_value) == expected


@pytest.mark.parametrize(
    ("office", "excel"),
    [
        ("DD/MM/YYYY", "dd/mm/yyyy"),
        ('#,##0 "ĐỒNG"', '#,##0 "ĐỒNG"'),
        ("[H]:MM", "[h]:mm"),
        ("HH:MM AM/PM", "hh:mm AM/PM"),
        ("[RED]-0", "[RED]-0"),
        ("BOOLEAN", "General"),
        ("General", "General"),
        ("0.00E+00", "0.00E+00"),
    ],
)
def test_number_formats_are_spelt_as_excel_does(office: str, excel: str) -> None:
    assert excel_code(office) == excel


@pytest.mark.parametrize("given_color", [(255, 128, 0), "#ff8000", "FF8000", 0x0080FF])
def test_colors_of_every_kind(given_color: object) -> None:
    assert rgb(color_number(given_color)) == (255, 128, 0)


def test_no_color() -> None:
    assert rgb(color_number(None)) is None


@given(st.integers(1, 254))
def test_column_widths_survive(count: int) -> None:
    assert abs(characters(width_of(count)) - count) < 0.05
