"""Text that may be in a legacy encoding although its font is of today: suspicions for a warning, never a conversion.

Source: DOMAIN, "Legacy encodings": the font's name decides, never the content alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from validation.submission import LegacyFont
from validation.text.legacy import is_syllable, looks_like_legacy, to_unicode

_ENCODINGS = (LegacyFont.TCVN3, LegacyFont.VNI)
_ABOVE_LATIN_1 = re.compile("[^\u0000-\u00ff]")
# What Vietnamese in Unicode hardly ever has: signs amid words, capitals with marks after small letters, letters of
# other languages, two vowels of which the second carries VNI's mark.
_HINT = re.compile(
    "[\u00a1-\u00bf](?=[A-Za-z])|[A-Za-z][\u00a1-\u00bf\u00c0-\u00df]|[\u00e4-\u00e6\u00eb\u00ee-\u00f1\u00f6\u00f8\u00fb-\u00ff]"
    "|[aeouyAEOUY][\u00e0-\u00e5\u00e8-\u00eb\u00ef\u00f5\u00f8-\u00fc]"
)
_WORD = re.compile("[A-Za-z\u00a1-\u00ff]{2,}")
_EDGES = " .,;:!?()[]\"'“”‘’…/-–+"
_MICRO = "\u00b5"  # 50 µm; à of TCVN3 begins hardly a word


@lru_cache(maxsize=8_192)
def guess_encoding(text: str) -> LegacyFont | None:
    """The legacy encoding in which the whole text would be Vietnamese, where as it stands it is not; None: no
    suspicion."""
    if not looks_like_legacy(text):
        return None
    return max(_ENCODINGS, key=lambda encoding: sum(map(is_syllable, to_unicode(text, encoding).split())))


def legacy_words_amid_unicode(text: str) -> list[str]:
    """Words that are Vietnamese only in a legacy encoding, in a text that is Unicode beyond doubt."""
    if _ABOVE_LATIN_1.search(text) is None or _HINT.search(text) is None:
        return []
    words = (word.strip(_EDGES) for word in text.split())
    return [word for word in dict.fromkeys(words) if not word.isascii() and _is_legacy_word(word)]


@lru_cache(maxsize=4_096)
def _is_legacy_word(word: str) -> bool:
    if _WORD.fullmatch(word) is None or word[0] == _MICRO:
        return False
    if not any(letter.isascii() for letter in word) or is_syllable(word):
        return False
    return any(is_syllable(to_unicode(word, encoding)) for encoding in _ENCODINGS)
