"""Matching a typed text with a closed list.

Source: DOMAIN, "What becomes of a row": a list value matches after folding only; a near match is proposed and stays an
error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from validation.text.keys import fold, fold_without_marks

CUTOFF = 80.0
"""Least similarity (0-100, of the texts without marks) of a proposal: "chưa hợp lệ" must not propose "Hợp lệ"."""

_LONGEST = 200  # characters; a longer text is no slip of a list value
_SHORT = 3  # up to here one slip is another word (có, con, cổ): only the table below proposes
_WORD = re.compile(r"\w+")
_ANSWERS = {
    "co": frozenset({"co", "c", "x", "v", "y", "yes", "ok", "true", "dung", "1", "✓", "✔", "☑"}),
    "khong": frozenset({"k", "ko", "kg", "kh", "khg", "hong", "n", "no", "false", "sai", "0", "☐"}),
}
"""How else people answer yes and no, without marks. Proposed only, since an x may mark the wrong column."""


@dataclass(frozen=True, slots=True)
class ChoiceMatch:
    """``value``: the list's own spelling, where the text equals it (``folded``: only after folding). ``proposal``: what
    the clerk may have meant where there is no value."""

    value: str | None
    folded: bool = False
    proposal: str | None = None


_NOTHING = ChoiceMatch(None)


@lru_cache(maxsize=8_192)
def match_choice(text: str, allowed: tuple[str, ...]) -> ChoiceMatch:
    """The list value that ``text`` is, or the one that may be proposed instead."""
    if text in allowed:
        return ChoiceMatch(text)
    key = fold(text)
    if not key:
        return _NOTHING
    value = _by_key(allowed).get(key)
    if value is not None:
        return ChoiceMatch(value, folded=True)
    proposal = _near(fold_without_marks(text), allowed) if len(text) <= _LONGEST else None
    return ChoiceMatch(None, proposal=proposal) if proposal is not None else _NOTHING


@lru_cache(maxsize=64)
def _by_key(allowed: tuple[str, ...]) -> dict[str, str]:
    return {fold(value): value for value in reversed(allowed)}


@lru_cache(maxsize=64)
def _without_marks(allowed: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold_without_marks, allowed))


def _near(plain: str, allowed: tuple[str, ...]) -> str | None:
    """The one list value near to a text without marks; None where none is, or two are equally near."""
    bare = _without_marks(allowed)
    if bare.count(plain) == 1:
        return allowed[bare.index(plain)]
    for answer, others in _ANSWERS.items():
        if plain in others and answer in bare:
            return allowed[bare.index(answer)]
    if len(plain) <= _SHORT:
        return None
    best = process.extract(plain, bare, scorer=fuzz.ratio, score_cutoff=CUTOFF, limit=2)
    if best and (len(best) == 1 or best[0][1] > best[1][1]):
        return allowed[best[0][2]]
    # Some of the words, where they occur together in one value only: "đề tài khoa học", "quản lý".
    words = set(_WORD.findall(plain))
    holding = [value for value, whole in zip(allowed, bare, strict=True) if words <= set(_WORD.findall(whole))]
    return holding[0] if words and len(holding) == 1 else None
