"""Keys under which two spellings of the same words meet. A key is never shown and never kept instead of the text.

Source: DOMAIN, "Unicode forms": hoà and hòa are one word; đ has no decomposition; Ð (U+00D0) only looks like Đ.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from validation.text.forms import clean_text, is_clean

_TONES = "\u0300\u0301\u0309\u0303\u0323"  # huyền, sắc, hỏi, ngã, nặng


def _toned(vowels: str) -> str:
    return "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in vowels for tone in _TONES)


# A tone on the first of two vowels that belongs on the second. Only these pairs: in của, mía or mười the tone is where
# it must be, and in hoàn, quý, Quỳnh it already stands on the second.
# (It begins with one set of letters because the search for those is fast.)
_TONE_TOO_EARLY = re.compile(
    f"[{_toned('ouiy')}](?:"
    f"(?<=[{_toned('o')}])(?=[ae])"
    f"|(?<=[{_toned('u')}])(?=y)"
    f"|(?<=\\bq[{_toned('u')}])(?=[aăâeêiôơoy])"
    f"|(?<=\\bg[{_toned('i')}])(?=[aăâeêoôơuư])"
    f"|(?<=u[{_toned('y')}])(?=ê)"
    ")"
)
_MARKS = re.compile("[\u0300-\u036f]+")
_NAME_EDGES = " .,;:-"


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """The matching key: NFC, case, tone placement, spaces and invisible characters no longer matter; diacritics do."""
    clean = text if is_clean(text) else clean_text(text).text
    if clean.isascii():
        return clean.replace("\n", " ").lower()
    # What is shown as Đ in most fonts: Icelandic eth and African d.
    key = clean.replace("\n", " ").casefold().replace("ð", "đ").replace("ɖ", "đ")
    # Casefold can undo NFC (İ, ŉ, ᾳ) and NFC can bring letters that fold once more; two rounds settle every text.
    if not unicodedata.is_normalized("NFC", key):
        key = unicodedata.normalize("NFC", unicodedata.normalize("NFC", key).casefold())
    return _with_tones_in_place(key)


def _with_tones_in_place(key: str) -> str:
    """Tones of a folded text on the second vowel of oa, oe, uy and after qu, gi (hòa → hoà, qúy → quý)."""
    found = _TONE_TOO_EARLY.search(key)
    if found is None:
        return key
    while found is not None:
        at = found.start()
        toned = unicodedata.normalize("NFD", key[at])
        key = f"{key[:at]}{toned[0]}{unicodedata.normalize('NFC', key[at + 1] + toned[1])}{key[at + 2 :]}"
        # From the same letter on: in thùyên the tone wanders twice.
        found = _TONE_TOO_EARLY.search(key, at)
    return unicodedata.normalize("NFC", key)  # a tone may meet other marks on its new letter


@lru_cache(maxsize=16_384)
def fold_without_marks(text: str) -> str:
    """The key without any diacritics (đ → d): for finding near matches to propose, never for deciding."""
    key = fold(text)
    if key.isascii():
        return key
    bare = _MARKS.sub("", unicodedata.normalize("NFD", key)).replace("đ", "d")
    return unicodedata.normalize("NFC", " ".join(bare.split()))


def person_key(name: str) -> str:
    """The key of a person without a member number, within one unit: the folded name, stray punctuation trimmed."""
    return fold(name).strip(_NAME_EDGES)
