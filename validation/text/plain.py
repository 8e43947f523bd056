"""Texts of which there is nothing to be said, told by their words: tidy, Unicode beyond doubt, in their own letters.

A language has few words and a city's lists repeat them without end, so a word is looked at once and then known. What a
text is follows from its words: whatever ``clean_text``, ``with_own_letters`` and ``validation.text.suspicion`` look for
stands within one word, or between two where they are not set apart by one plain space.
"""

from __future__ import annotations

import re
from itertools import filterfalse

from validation.text.forms import clean_text, is_clean
from validation.text.legacy import is_syllable
from validation.text.look_alikes import with_own_letters

_CODE = re.compile("[!-^`-~]{3,}[0-9]")
"""A long word of ASCII that ends in a digit: codes and numbers, which hardly ever come again. No underscore, which may
begin an escape."""
_LATIN_1_RUN = re.compile("[A-Za-z\u00a1-\u00ff]{2,}")
_MOST_WORDS, _LONGEST_WORD = 16_384, 40
_known: set[str] = set()


def is_plain(text: str) -> bool:
    """Whether ``clean_text`` would leave the text as it is, with no note, and no letter or word of it is suspicious.

    False only means that it takes a closer look; so is the empty text.
    """
    new = filterfalse(_CODE.fullmatch, filterfalse(_known.__contains__, text.split(" ")))
    return all(map(_is_plain_word, new))


def _is_plain_word(word: str) -> bool:
    if not word or (not is_clean(word) and clean_text(word).text != word) or with_own_letters(word) is not None:
        return False
    if not all(run.isascii() or is_syllable(run) for run in _LATIN_1_RUN.findall(word)):
        return False
    if len(word) <= _LONGEST_WORD:
        if len(_known) >= _MOST_WORDS:
            _known.clear()
        _known.add(word)
    return True
