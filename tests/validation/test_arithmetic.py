"""Formulas that are plain arithmetic are worked out exactly; anything else is left alone, silently."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validation.arithmetic import plain_result


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("100000+50000", 150_000),
        ("=100000 + 50000", 150_000),
        ("200000*0.5", 100_000),
        ("100000*1.1", 110_000),
        ("0.1+0.2", Fraction(3, 10)),
        ("(1+2)*3-4/2", 7),
        ("-5", -5),
        ("+-+5", -5),
        ("1/3", Fraction(1, 3)),
    ],
)
def test_plain_arithmetic_is_exact(formula: str, result: Fraction) -> None:
    assert plain_result(formula) == result


@pytest.mark.parametrize(
    "formula",
    [
        "", "=", "A1", "SUM(1,2)", "1/0", "2**9", "7//2", "5%", "1,5", "1e9", "1_000", "0x10", "(1", "1)", "1 2", "007",
        "True", "1if 1else 2", '"\\d"', "1is 2", "__import__('os')",
        "9" * 250, "(" * 199, "-" * 200, "1.2.3", ".", "\x00",
        "١+١", "1" + "\n" * 5 + "1",
    ],
)  # fmt: skip
def test_anything_else_is_none_and_raises_and_warns_of_nothing(formula: str) -> None:
    assert plain_result(formula) is None


@given(st.text() | st.text("0123456789+-*/(). =", max_size=40))
def test_no_text_raises(formula: str) -> None:
    result = plain_result(formula)
    assert result is None or isinstance(result, Fraction)
