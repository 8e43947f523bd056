"""How high a row must be for its wrapped texts.

Excel fits a row when someone types in it, LibreOffice too; neither does so for a row that a program wrote, or only
one of them. So rows that we fill carry an estimated height.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

LINE_HEIGHT = 15.0
"""Points of a line at 11 points."""

_SHARE_USED = 1.08
"""Characters of running Vietnamese text per unit of column width: a unit is a digit, small letters are narrower,
and wrapping at words leaves the ends of lines empty."""


_CAPITAL_MORE = 0.5
_WIDEST = 1 + _CAPITAL_MORE
"""A capital is as wide as 1.5 small letters: names of companies and unions are full of them."""


def lines_needed(text: str, width: float) -> int:
    """Lines that ``text`` takes in a column of ``width``; a long word does not break, a line break does."""
    per_line = max(1, int(width * _SHARE_USED))
    return sum(_wrapped(paragraph, per_line) for paragraph in text.split("\n"))


def row_height(texts: Iterable[tuple[str, float]], *, at_least: int = 1) -> float:
    """The height in points of a row with these (text, column width)."""
    return LINE_HEIGHT * max([at_least, *(lines_needed(text, width) for text, width in texts)])


@lru_cache(maxsize=4_096)
def _word_width(word: str) -> float:
    """In small letters; the words of long lists are the same over and over."""
    return len(word) + _CAPITAL_MORE * sum(map(str.isupper, word))


def _wrapped(paragraph: str, per_line: int) -> int:
    if len(paragraph) * _WIDEST <= per_line:
        return 1
    lines, used = 1, 0.0
    for width in map(_word_width, paragraph.split()):
        needed = width if used == 0 else used + 1 + width
        if needed > per_line and used:
            lines, used = lines + 1, width
        else:
            used = needed
    return lines
