"""Text that a cell can hold: what would break the save, or be cut silently, is dealt with before it is written."""

from __future__ import annotations

import re

LONGEST = 32_767
"""Excel's limit for one cell, in UTF-16 units: a character beyond U+FFFF counts twice."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_CUT = "…"


def cell_text(value: str) -> str:
    """``value`` without control characters, lone surrogates and non-characters, at most ``LONGEST`` long.

    Line breaks and tabs stay; a text that had to be cut ends with "…".
    """
    if _UNWRITABLE.search(value):
        value = _UNWRITABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if 2 * len(value) <= LONGEST:
        return value
    return _within_limit(value)


def _within_limit(value: str) -> str:
    units = value.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return value
    # Cutting may part the two halves of a character: the orphan is dropped.
    return units[: 2 * (LONGEST - 1)].decode("utf-16-le", errors="ignore") + _CUT
