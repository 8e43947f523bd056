"""What the columns of a list may be called, and how sure it is that a header means one of them.

The words are data (``synonyms.toml``) and the forms' own headers. Scores are of 100; from ``PROPOSED`` on a column is
proposed, below ``SURE`` the clerk is asked to look twice.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from importlib import resources

from pydantic import BaseModel, ConfigDict, model_validator
from rapidfuzz import fuzz, process

from validation.fields import ROW_FIELD
from validation.text.keys import fold, fold_without_marks

SURE, PROPOSED = 97, 80
_SAME, _SAME_BARE, _WEAK, _CHILD_ONLY = 100, SURE, 82, 3
_NEAR = 88.0  # least similarity of a near match
_SHORT = 6  # characters: in so short a name one letter makes another word
_LONGEST = 200
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NO_WORD = re.compile(r"[\W_]+")
OTHER = "other"


class Reason(StrEnum):
    """Why a header means a field."""

    SAME = "same"  # as in the vocabulary
    BARE = "bare"  # as in the vocabulary but for diacritics
    WEAK = "weak"  # a name that may mean something else
    BEGINS = "begins"  # begins with a name of the vocabulary
    NEAR = "near"  # looks like a name of the vocabulary
    TOLD = "told"  # the clerk said so
    NONE = "none"  # nothing like it is known
    TAKEN = "taken"  # another column has that field
    NO_FIELD = "no_field"  # known, and the form has no such column
    CALCULATED = "calculated"  # the form works it out
    UNIT = "unit"  # whose row it is
    CONTENT = "content"  # the header fits, what stands below does not
    CURRENCY = "currency"  # amounts in another currency
    TOO_LARGE = "too_large"  # amounts that cannot be in the unit which the header names
    EMPTY = "empty"  # nothing stands below


@dataclass(frozen=True, slots=True)
class Match:
    """What a header may mean. ``target`` is a field's name, ``OTHER``, or ``combined.<key>``; ``name`` the name that
    it is like."""

    target: str
    score: int
    reason: Reason
    name: str


class _Names(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    names: tuple[str, ...]
    weak: tuple[str, ...] = ()


class _Joined(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    separator: str
    parts: tuple[tuple[str, ...], ...]


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    words: tuple[str, ...]


class _Synonyms(BaseModel):
    """The file, whole."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    field: Mapping[str, _Names]
    joined: Mapping[str, _Joined]
    combined: Mapping[str, _Names]
    other: _Names
    abbreviations: Mapping[str, str]
    skipped: _Words
    scale: Mapping[str, int]
    foreign_currency: _Words
    signatures: _Words

    @model_validator(mode="after")
    def _fields_exist(self) -> _Synonyms:
        unknown = (self.field.keys() | self.joined.keys()) - ROW_FIELD.keys()
        if unknown:
            raise ValueError(f"no such field: {', '.join(sorted(unknown))}")
        return self


class Vocabulary:
    """The words, made ready for matching."""

    def __init__(self, words: _Synonyms) -> None:
        self.words = words
        self._short_forms = {
            fold_without_marks(short): fold_without_marks(long) for short, long in words.abbreviations.items()
        }
        self._skipped = frozenset(map(fold_without_marks, words.skipped.words))
        self._known: dict[str, tuple[str, str, bool]] = {}  # key → target, name, weak
        self._marked: set[str] = set()
        for target, name, weak in self._entries():
            self._known.setdefault(self.key(name), (target, name, weak))
            self._marked.add(self._marked_key(name))
        self._keys = tuple(self._known)
        self._permuted = self._by_sorted_words()
        self._memo: dict[str, tuple[Match, ...]] = {}

    def _entries(self) -> Iterable[tuple[str, str, bool]]:
        for field in ROW_FIELD.values():
            yield field.name, field.header, False
        for name, words in self.words.field.items():
            yield from ((name, text, False) for text in words.names)
        for name, words in self.words.combined.items():
            yield from ((f"combined.{name}", text, False) for text in words.names)
        for name, words in self.words.field.items():
            yield from ((name, text, True) for text in words.weak)
        yield from ((OTHER, text, False) for text in self.words.other.names)

    @lru_cache(maxsize=4_096)  # noqa: B019 - one vocabulary lives as long as the program
    def key(self, text: str) -> str:
        """What of a header matters: no case, no diacritics, no punctuation, abbreviations written out."""
        words = _NO_WORD.sub(" ", fold_without_marks(text[:_LONGEST])).split()
        return " ".join(self._short_forms.get(word, word) for word in words if word not in self._skipped)

    def _marked_key(self, text: str) -> str:
        return _NO_WORD.sub(" ", fold(text[:_LONGEST])).strip()

    def match(self, header: str) -> Match | None:
        """The likeliest meaning of a header; None where nothing is near."""
        if not header:
            return None
        if header not in self._memo:
            self._memo[header] = self._matches(header)
        return self._memo[header][0] if self._memo[header] else None

    def _matches(self, header: str) -> tuple[Match, ...]:
        found = [match for text in dict.fromkeys(self._variants(header)) if (match := self._match(text)) is not None]
        return tuple(sorted(found, key=lambda match: -match.score))

    def _variants(self, header: str) -> Iterable[str]:
        """The header as it is, without what stands in brackets, without the unit of its amounts."""
        yield header
        short = _IN_BRACKETS.sub(" ", header)
        yield short
        words = self.key(short).split()
        for unit in self._units:
            size = len(unit.split())
            if " ".join(words[-size:]) == unit and len(words) > size:
                yield " ".join(words[:-size])

    @cached_property
    def _units(self) -> tuple[str, ...]:
        return tuple(_NO_WORD.sub(" ", fold_without_marks(unit)).strip() for unit in self.words.scale)

    def _match(self, text: str) -> Match | None:
        key = self.key(text)
        if not key:
            return None
        exact = self._known.get(key)
        if exact is not None:
            target, name, weak = exact
            if weak:
                return Match(target, _WEAK, Reason.WEAK, name)
            same = self._marked_key(text) in self._marked
            return Match(target, _SAME if same else _SAME_BARE, Reason.SAME if same else Reason.BARE, name)
        return self._other_order(key) or self._beginning(key) or self._near(key)

    def _by_sorted_words(self) -> Mapping[str, str]:
        """The words of a name in alphabetical order → its key, where only one field has these words."""
        found: dict[str, set[str]] = {}
        for key, (_, _, weak) in self._known.items():
            if not weak and " " in key:
                found.setdefault(" ".join(sorted(key.split())), set()).add(key)
        return {words: min(keys) for words, keys in found.items() if len({self._known[k][0] for k in keys}) == 1}

    def _other_order(self, key: str) -> Match | None:
        """The same words in another order: a header of two lines has "Quyết định công nhận" above "Ngày"."""
        known = self._permuted.get(" ".join(sorted(key.split())))
        if known is None:
            return None
        target, name, _ = self._known[known]
        return Match(target, SURE - 1, Reason.NEAR, name)

    def _beginning(self, key: str) -> Match | None:
        names = [known for known in self._keys if " " in known and key.startswith(f"{known} ")]
        best = max(names, key=len, default=None)
        if best is None or self._known[best][2]:
            return None
        target, name, _ = self._known[best]
        return Match(target, PROPOSED + 12 * len(best) // len(key), Reason.BEGINS, name)

    def _near(self, key: str) -> Match | None:
        if len(key) <= _SHORT:
            return None
        found = process.extract(key, self._keys, scorer=fuzz.token_sort_ratio, score_cutoff=_NEAR, limit=3)
        targets = {self._known[name][0] for name, score, _ in found if score >= found[0][1] - 1}
        if len(targets) != 1 or self._known[found[0][0]][2]:
            return None
        name, score, _ = found[0]
        return Match(targets.pop(), min(SURE - 1, round(score)), Reason.NEAR, self._known[name][1])

    def header(self, whole: str, own: str) -> Match | None:
        """The meaning of a header of several lines: the whole, or else its own line alone, which is less sure."""
        match = self.match(whole)
        below = self.match(own) if own and own != whole else None
        if below is not None and (match is None or below.score - _CHILD_ONLY > match.score):
            match = Match(below.target, below.score - _CHILD_ONLY, below.reason, below.name)
        return match if match is not None and match.score >= PROPOSED - _CHILD_ONLY else None

    def part_of(self, field: str, header: str) -> int | None:
        """Which part of a joined field (from 0) a header names for sure."""
        keys = {self.key(text) for text in self._variants(header)}
        for number, names in enumerate(self.words.joined[field].parts):
            if keys & {self.key(name) for name in names}:
                return number
        return None

    def scale(self, header: str) -> int | None:
        """đồng in the unit in which a header counts: 1,000,000 for "(triệu đồng)"; 1 where it says nothing; None where
        it names another currency."""
        plain = f" {_NO_WORD.sub(' ', fold_without_marks(header)).strip()} "
        if any(f" {fold_without_marks(word)} " in plain for word in self.words.foreign_currency.words):
            return None
        for unit, amount in zip(self._units, self.words.scale.values(), strict=True):
            if f" {unit} " in plain:
                return amount
        return 1

    def is_signature(self, text: str) -> bool:
        """Whether a text begins the block of signatures below a list."""
        plain = _NO_WORD.sub(" ", fold_without_marks(text[:_LONGEST])).strip()
        return any(plain == word or plain.startswith(f"{word} ") for word in self._signatures)

    @cached_property
    def _signatures(self) -> frozenset[str]:
        return frozenset(_NO_WORD.sub(" ", fold_without_marks(word)).strip() for word in self.words.signatures.words)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The installed vocabulary."""
    text = (resources.files("addin.adopt") / "synonyms.toml").read_text(encoding="utf-8")
    return Vocabulary(_Synonyms.model_validate(tomllib.loads(text)))
