"""What a clerk typed, in one Unicode form and without what nobody can see.

Only for text that is Unicode already: a cell in a legacy font goes through ``validation.text.legacy`` first, because
TCVN3 writes ư as the soft hyphen, which is invisible (and removed) here. Source: DOMAIN, "Unicode forms", "Layout".
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

NOT_NFC = "not_nfc"
STRAY_SPACES = "stray_spaces"
INVISIBLE_CHARACTERS = "invisible_characters"


class CleanText(NamedTuple):
    """A text fit to be kept and shown, and the codes of what was untidy (empty: ``text`` is the value itself)."""

    text: str
    notes: tuple[str, ...] = ()


# Word and old programs break a line with VT or FF, the web with U+2028 or U+2029.
_LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNICODE_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")
# Control and format characters, bidi controls, fillers that look blank, lone surrogates, and the code points that no
# XML file can hold. The visible signs among the format characters (Arabic number signs, …) are no nuisance here.
_INVISIBLE_RANGES = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_INVISIBLE = re.compile(f"[{_INVISIBLE_RANGES}]+")
# Those of them (and of the spaces) that str.isprintable takes for printable: the quick exit must look for them itself.
_PRINTABLE_NUISANCE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
# How OOXML writes a control character in text; a program that does not decode it shows the escape to the clerk.
_ESCAPED_BREAK = re.compile("_x000[AaDd]_(?:_x000[Aa]_|\n)?")
_ESCAPED_CONTROL = re.compile("_x00[01][0-9A-Fa-f]_")
_SPACE_RUN = re.compile("  +")
_BREAK_RUN = re.compile(" *\n[ \n]*")


def clean_text(value: str) -> CleanText:
    """The text in NFC, with plain single spaces and nothing invisible; tone placement and case stay as typed.

    A line break inside the text stays, as one ``\\n``. Cleaning a clean text gives the very same text, no notes.
    """
    if is_clean(value):
        return CleanText(value)
    notes = []
    text = _without_invisible(value)
    if text != value:
        notes.append(INVISIBLE_CHARACTERS)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
        notes.append(NOT_NFC)
    spaced = _BREAK_RUN.sub("\n", _SPACE_RUN.sub(" ", _UNICODE_SPACES.sub(" ", text))).strip(" \n")
    if spaced != text:
        notes.append(STRAY_SPACES)
    return CleanText(spaced, tuple(notes)) if notes else CleanText(value)


def is_clean(value: str) -> bool:
    """Quick answer for most cells: ``clean_text`` has nothing to do; False only means that it takes a closer look."""
    if not value:
        return True
    return (
        value.isprintable()
        and value[0] != " "
        and value[-1] != " "
        and "  " not in value
        and "_x00" not in value
        and (value.isascii() or (unicodedata.is_normalized("NFC", value) and _PRINTABLE_NUISANCE.search(value) is None))
    )


def _without_invisible(value: str) -> str:
    text = _INVISIBLE.sub("", _LINE_BREAKS.sub("\n", value))
    if "_x00" in text:
        # Each escape leaves a blank behind, so that what stands around it cannot close up into another escape.
        text = _ESCAPED_CONTROL.sub(" ", _ESCAPED_BREAK.sub("\n", text))
    return text
