"""Amounts of money as clerks write them, and how we write them. đồng, always ``int``.

Source: DOMAIN, "Amounts", "Paper" (dot for thousands, comma for decimals). A text that can be read in two ways, or
that has a fraction of a đồng, is no amount: we never guess money.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from validation.text.forms import clean_text

LARGEST = 2**53
"""A spreadsheet's number holds integers exactly only up to here; beyond it digits are lost."""

_LONGEST = 60  # characters; no amount is longer, and int() of a very long text is slow or refused
_PLAIN = re.compile("[0-9]{1,16}")
# Digits of an East Asian keyboard in full-width mode, common in foreign companies; other scripts' digits are refused.
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－＋（）", "0123456789.,-+()")
_CURRENCY = r"(?:đồng|dong|vnđ|vnd|₫|đ|d)"
_AMOUNT = re.compile(
    rf"""
    (?:{_CURRENCY}[ ]?)?
    (?P<open>\()?[ ]?
    (?P<sign>[-+\u2212\u2013])?[ ]?
    (?:{_CURRENCY}[ ]?)?
    (?P<whole>
        [0-9]+
      | [1-9][0-9]{{0,2}}(?P<group>[., ])[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*
    )
    (?P<decimals>[.,]0{{1,2}})?
    [ ]?{_CURRENCY}?\.?[ ]?
    (?P<close>\))?
    (?:[ ]?{_CURRENCY})?
    """,
    re.VERBOSE,
)


@lru_cache(maxsize=8_192)
def read_amount(text: str) -> int | None:
    """The amount in đồng that a text says for certain, or None.

    200000; 200.000; 200,000; 200 000; 200.000đ; 200.000 đồng; VNĐ 200.000; 200.000,00; -200.000 and (200.000) are
    read. 1.5; 1.234,5; 12.34; 1/2; 200k and "hai trăm nghìn" are not.
    """
    if _PLAIN.fullmatch(text):
        return _within_limits(int(text))
    if len(text) > _LONGEST:
        return None
    found = _AMOUNT.fullmatch(clean_text(text).text.translate(_FULL_WIDTH).lower())
    if found is None or not _consistent(found):
        return None
    amount = int(re.sub("[., ]", "", found["whole"]))
    negative = found["open"] is not None or found["sign"] not in (None, "+")
    return _within_limits(-amount if negative else amount)


def _consistent(found: re.Match[str]) -> bool:
    """Parentheses close and bear no sign of their own; decimals cannot be meant as a group of thousands."""
    if (found["open"] is None) != (found["close"] is None) or (found["open"] and found["sign"]):
        return False
    decimals = found["decimals"]
    if decimals is None:
        return True
    if found["group"] is None:
        # 200000,00 is clear; 200,00 may be a mistyped 200,000.
        return len(found["whole"]) > 3
    return decimals[0] != found["group"]


def _within_limits(amount: int) -> int | None:
    return amount if -LARGEST <= amount <= LARGEST else None


def amount_from_number(number: float) -> int | None:
    """The amount of a numeric cell; None for a fraction of a đồng, for no number, and beyond ``LARGEST``."""
    if isinstance(number, bool):
        return None
    if isinstance(number, float):
        if not math.isfinite(number) or not number.is_integer():
            return None
        number = int(number)
    return _within_limits(number)


def format_amount(amount: int) -> str:
    """An amount as it is printed: 1234567 → "1.234.567"."""
    return f"{amount:,}".replace(",", ".")
