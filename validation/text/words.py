"""Amounts in Vietnamese words, as they stand on payment lists ("Số tiền bằng chữ").

Source: DOMAIN, "Amounts in words". Default: linh, nghìn, tư, empty classes skipped.
"""

from __future__ import annotations

from dataclasses import dataclass

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 10**9
LIMIT = 10**21
"""Amounts up to 999 tỷ tỷ and a rest can be read; |n| must lie below this."""


@dataclass(frozen=True, slots=True)
class WordStyle:
    """Which of the usual conventions a workbook follows.

    ``lẻ`` instead of linh (một trăm lẻ một), ``ngàn`` instead of nghìn, ``bốn`` instead of tư (hai mươi bốn);
    ``empty_classes`` reads them (một triệu không nghìn không trăm linh một); ``even`` adds "chẵn" to whole thousands.
    """

    zero_tens: str = "linh"
    thousand: str = "nghìn"
    four: str = "tư"
    empty_classes: bool = False
    even: bool = False


DEFAULT_STYLE = WordStyle()
SOUTHERN_STYLE = WordStyle(zero_tens="lẻ", thousand="ngàn", four="bốn")


def amount_in_words(n: int, style: WordStyle = DEFAULT_STYLE) -> str:
    """``n`` đồng in words, capitalised: "Hai trăm nghìn đồng". Raises ValueError from ``LIMIT`` on."""
    words = f"{number_in_words(n, style)} đồng"
    if style.even and n and n % 1000 == 0:
        words += " chẵn"
    return words[0].upper() + words[1:]


def number_in_words(n: int, style: WordStyle = DEFAULT_STYLE) -> str:
    """``n`` in words, lower case, "âm …" below zero. Raises ValueError from ``LIMIT`` on."""
    if abs(n) >= LIMIT:
        raise ValueError(f"{n} is beyond what can be read in words")
    if n == 0:
        return _DIGITS[0]
    return " ".join((["âm"] if n < 0 else []) + _number(abs(n), style))


def _number(n: int, style: WordStyle) -> list[str]:
    """A positive number: (… tỷ tỷ) (… tỷ) and the rest, each part below a billion."""
    words: list[str] = []
    for divisor, name in ((_BILLION**2, ["tỷ", "tỷ"]), (_BILLION, ["tỷ"]), (1, [])):
        part = n // divisor % _BILLION
        if part:
            words += _below_billion(part, style, leading=not words) + name
    return words


def _below_billion(n: int, style: WordStyle, *, leading: bool) -> list[str]:
    """A part from 1 to 999,999,999; ``leading`` when nothing was read before it."""
    words: list[str] = []
    classes = ((n // 1_000_000, "triệu"), (n // 1000 % 1000, style.thousand), (n % 1000, ""))
    for index, (group, name) in enumerate(classes):
        first = leading and not words
        if group:
            words += _below_thousand(group, style, leading=first)
        elif style.empty_classes and not first and any(later for later, _ in classes[index + 1 :]):
            words.append(_DIGITS[0])
        else:
            continue
        if name:
            words.append(name)
    return words


def _below_thousand(n: int, style: WordStyle, *, leading: bool) -> list[str]:
    hundreds, tens, ones = n // 100, n // 10 % 10, n % 10
    words = [] if leading and not hundreds else [_DIGITS[hundreds], "trăm"]
    if tens == 0:
        if ones:
            words += [style.zero_tens, _DIGITS[ones]] if words else [_DIGITS[ones]]
        return words
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones:
        words.append(_last_digit(tens, ones, style))
    return words


def _last_digit(tens: int, ones: int, style: WordStyle) -> str:
    """Một, bốn and năm change after tens: mười lăm, hai mươi mốt, hai mươi tư, hai mươi lăm."""
    if ones == 5:
        return "lăm"
    if tens > 1 and ones == 1:
        return "mốt"
    if tens > 1 and ones == 4:
        return style.four
    return _DIGITS[ones]
