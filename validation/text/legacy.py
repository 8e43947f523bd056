"""Text typed in the fonts of before Unicode: TCVN3 (ABC) and VNI.

Such text is Latin-1 that only looks right in its font, so the font's name decides and nothing else: converting text
that is Unicode already destroys it (VNI: toàn → tồn; TCVN3: sáng → sỏng). Source: DOMAIN, "Legacy encodings"; the
tables are the encodings' own, checked against two independent sources. Convert before cleaning: ư of TCVN3 is U+00AD.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from validation.submission import LegacyFont

_TCVN3 = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"
_VNI_LETTERS = dict(zip("ôöñìíæóòî", "ơưđìíỉĩịỵ", strict=True))
_VNI_TONES = {"ø": _GRAVE, "ù": _ACUTE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_VNI_CIRCUMFLEX = {
    "â": _CIRCUMFLEX,
    "à": _CIRCUMFLEX + _GRAVE,
    "á": _CIRCUMFLEX + _ACUTE,
    "å": _CIRCUMFLEX + _HOOK,
    "ã": _CIRCUMFLEX + _TILDE,
    "ä": _CIRCUMFLEX + _DOT,
}
_VNI_BREVE = {
    "ê": _BREVE,
    "è": _BREVE + _GRAVE,
    "é": _BREVE + _ACUTE,
    "ú": _BREVE + _HOOK,
    "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
}


def _vni_table() -> dict[str, str]:
    """Letters, and base letter + mark, to Unicode. The base letter's case decides; its mark may be of either case."""
    marks = dict.fromkeys("aeouyôö", _VNI_TONES)
    for base in "aeo":
        marks[base] = marks[base] | _VNI_CIRCUMFLEX
    marks["a"] = marks["a"] | _VNI_BREVE
    table = dict(_VNI_LETTERS)
    for base, its_marks in marks.items():
        letter = _VNI_LETTERS.get(base, base)
        for mark, combining in its_marks.items():
            for typed in (mark, mark.upper()):
                table[base + typed] = unicodedata.normalize("NFC", letter + combining)
    del table["yï"], table["yÏ"]  # ỵ has a character of its own
    return table | {typed[0].upper() + typed[1:]: letter.upper() for typed, letter in table.items()}


_VNI = _vni_table()
_VNI_TYPED = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))
_ABOVE_LATIN_1 = re.compile("[^\u0000-\u00ff]")


@lru_cache(maxsize=1_024)
def font_encoding(font_name: str | None) -> LegacyFont | None:
    """The encoding that a font's name stands for; None for a font of today, or none.

    ``.VnTime`` and its kin are TCVN3, those ending in H show capitals only; ``VNI-Times`` and its kin are VNI.
    """
    name = "".join((font_name or "").split()).lstrip("@").casefold()
    if name.startswith(".vn"):
        return LegacyFont.TCVN3_UPPER if name.endswith("h") else LegacyFont.TCVN3
    return LegacyFont.VNI if name.startswith("vni-") else None


def to_unicode(text: str, encoding: LegacyFont) -> str:
    """The text that a cell shows in its legacy font, in NFC; text that is Unicode beyond doubt comes back unchanged."""
    if _ABOVE_LATIN_1.search(text):
        return text
    if encoding is LegacyFont.VNI:
        return text if text.isascii() else _from_vni(text)
    shown = text if text.isascii() else text.translate(_TCVN3)
    return shown.upper() if encoding is LegacyFont.TCVN3_UPPER else shown


def _from_vni(text: str) -> str:
    return _VNI_TYPED.sub(lambda typed: _VNI[typed[0]], text)


def _from_tcvn3(text: str) -> str:
    return text.translate(_TCVN3)


# What a Vietnamese syllable may be, tone taken off: enough to tell "sáng" from "s¸ng", not a dictionary.
_SYLLABLE = re.compile(
    "(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?(?:"
    "(?:uyê|iê|yê|oa|oă|oe|oo|uâ|uê|uô|uơ|uy|ươ|[aăâeêioôơuưy])(?:ch|ng|nh|[cmnpt])?"
    "|uya|uyu|iêu|yêu|oai|oao|oay|oeo|uây|uôi|ươi|ươu|ai|ao|au|ay|âu|ây|eo|êu|ia|iu|oi|ôi|ơi|ua|ui|ưa|ưi|ưu)"
)
_TONES = re.compile(f"[{_GRAVE}{_ACUTE}{_HOOK}{_TILDE}{_DOT}]")
_WORD = re.compile("(?=[\u00a1-\u00ff]*[A-Za-z])[A-Za-z\u00a1-\u00ff]{2,}")  # not a lone sign: ×, ½, ©
_ENOUGH_WORDS = 2


def looks_like_legacy(text: str) -> bool:
    """Whether text in a font of today was probably typed in a legacy one and has lost it: a suspicion, for a warning.

    Cautious: at least two different words must be no Vietnamese as they stand, and every such word must become
    Vietnamese under one of the two encodings.
    """
    if text.isascii() or _ABOVE_LATIN_1.search(text):
        return False
    strange = {word for word in _WORD.findall(text) if not word.isascii() and not is_syllable(word)}
    if len(strange) < _ENOUGH_WORDS:
        return False
    converters: tuple[Callable[[str], str], ...] = (_from_tcvn3, _from_vni)
    return any(all(is_syllable(convert(word)) for word in strange) for convert in converters)


def is_syllable(word: str) -> bool:
    """Whether a word may be Vietnamese as it stands, with at most one tone."""
    toneless, tones = _TONES.subn("", unicodedata.normalize("NFD", word.casefold()))
    return tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", toneless)) is not None
