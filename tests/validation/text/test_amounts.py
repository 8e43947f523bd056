"""Money is read for certain or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validation.text.amounts import LARGEST, amount_from_number, format_amount, read_amount

ANY_TEXT = st.text(st.characters(exclude_categories=()))
AMOUNTS = st.integers(-LARGEST, LARGEST)


@pytest.mark.parametrize(
    "text",
    [
        "200000", "200.000", "200,000", "200 000", "200\u00a0000", "200\u202f000", "200.000đ", "200.000 đ",
        "200.000 đồng", "200.000 ĐỒNG", "200.000 dong", "200000VNĐ", "200,000 VND", "200.000₫", "VNĐ 200.000",
        "₫200.000", " 200.000 ", "200.000,00", "200,000.00", "200 000,00", "200.000,0", "200000,00",
        "200000.00", "+200.000", "200.000đ.", "200.000 d", "200.000 đo\u0302\u0300ng", "２００．０００", "２０００００",
        "200.000\u200b",
    ],
)  # fmt: skip
def test_two_hundred_thousand_is_read_however_it_is_written(text: str) -> None:
    assert read_amount(text) == 200_000


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("0", 0),
        ("0 đồng", 0),
        ("-0", 0),
        ("200", 200),
        ("1.234.567", 1_234_567),
        ("1,234,567", 1_234_567),
        ("1 234 567", 1_234_567),
        ("1.234.567,00 đồng", 1_234_567),
        ("-200.000", -200_000),
        ("\u2212200.000", -200_000),
        ("- 200.000 đ", -200_000),
        ("(200.000)", -200_000),
        ("(200.000 đ)", -200_000),
        ("(200.000) đồng", -200_000),
        ("007", 7),
        (str(LARGEST), LARGEST),
    ],
)
def test_amounts_and_their_signs(text: str, amount: int) -> None:
    assert read_amount(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "đ", "-", "()", "1.5", "1,5", "12.34", "1.234,5", "1,234.5", "1/2", "5e3", "∞", "nan", "inf",
        "200k", "0,2 triệu", "2 triệu", "hai trăm nghìn", "200.00", "200,00", "20.0000", "2000.000",
        "1.234,567", "1.234 567", "0.500", "0.000", "000.000", "200.000,000", "200000.000", "200.000.00",
        "1..000", "(200.000", "200.000)", "(-200.000)", "--5", "5-", "200.000-300.000", "200.000\n300.000",
        "٢٠٠٠٠٠", "২০০০০০", "²", "½", "0x10", "1_000", "200.000 USD", "$200", str(LARGEST + 1), "9" * 50,
        "9" * 5_000, "\ud800",
    ],
)  # fmt: skip
def test_no_amount_is_guessed(text: str) -> None:
    assert read_amount(text) is None


@pytest.mark.parametrize(
    ("number", "amount"),
    [
        (200000, 200_000),
        (200000.0, 200_000),
        (-5, -5),
        (0, 0),
        (LARGEST, LARGEST),
        (0.5, None),
        (199999.99, None),
        (float("nan"), None),
        (float("inf"), None),
        (LARGEST + 1, None),
        (1e17, None),
        (True, None),
    ],
)
def test_a_numeric_cell_is_an_amount_when_it_is_whole_and_exact(number: float, amount: int | None) -> None:
    read = amount_from_number(number)
    assert read == amount
    assert read is None or type(read) is int


def test_amounts_are_printed_with_dots() -> None:
    assert [format_amount(n) for n in (0, 999, 200_000, 1_234_567, -200_000)] == [
        "0",
        "999",
        "200.000",
        "1.234.567",
        "-200.000",
    ]


@given(AMOUNTS, st.sampled_from(["{}", "{}đ", "{} đồng", " {} VNĐ", "{},00"]))
def test_a_printed_amount_is_read_back(amount: int, form: str) -> None:
    if form == "{},00" and abs(amount) < 1000:
        form = "{}"
    assert read_amount(form.format(format_amount(amount))) == amount


@given(ANY_TEXT | st.text(st.sampled_from("0123456789., -()đVNĐ")))
def test_any_text_is_an_exact_integer_or_none(text: str) -> None:
    amount = read_amount(text)
    assert amount is None or (type(amount) is int and abs(amount) <= LARGEST)


@given(st.text(st.sampled_from("0123456789., "), max_size=12))
def test_the_digits_of_an_amount_are_the_digits_of_its_text(text: str) -> None:
    amount = read_amount(text)
    if amount is not None:
        digits = "".join(c for c in text if c.isdigit())
        assert int(digits) in (amount, amount * 10, amount * 100)


@given(st.floats())
def test_no_float_breaks_an_amount(number: float) -> None:
    amount = amount_from_number(number)
    assert amount is None or amount == number
