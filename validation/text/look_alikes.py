"""Letters of other alphabets that look like Latin ones. Source: DOMAIN, "Unicode forms": Ð (U+00D0) looks like Đ."""

from __future__ import annotations

import re

_DJ = {"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"}
_CYRILLIC = dict(zip("АВЕЅІЈКМНОРСТХаеѕіјорсху", "ABESIJKMHOPCTXaesijopcxy", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True))
_FULL_WIDTH = {chr(0xFEE0 + code): chr(code) for code in range(0x21, 0x7F)}

_LETTERS = _DJ | _CYRILLIC | _GREEK | _FULL_WIDTH
_SUSPECT = re.compile("[" + "".join(re.escape(letter) for letter in _LETTERS) + "]")
_WORD = re.compile(r"\w+|[\uff01-\uff5e]+")
_TABLE = str.maketrans(_LETTERS)
_OTHER_ALPHABET = re.compile("[\u0370-\u03ff\u0400-\u04ff]")


def with_own_letters(text: str) -> str | None:
    """The text with Latin letters for those that only look like them, letter for letter; None where there are none.

    A word is changed where nothing of another alphabet would be left in it and it does not stand alone as a sign
    ("hệ số Ο", "góc α"): a word of a foreign language stays as it is.
    """
    if _SUSPECT.search(text) is None:
        return None
    mended = _WORD.sub(_mended, text)
    return mended if mended != text else None


def _mended(found: re.Match[str]) -> str:
    word = found[0]
    changed = word.translate(_TABLE)
    if _OTHER_ALPHABET.search(changed) or (len(word) == 1 and _OTHER_ALPHABET.search(word)):
        return word
    return changed
