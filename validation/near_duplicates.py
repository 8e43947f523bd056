"""Nearly the same titles in different units, for people to look at. Pure; it decides nothing.

Two titles are compared without marks, case and punctuation, so that neither tones placed otherwise nor a title typed
without accents hides a pair. Numbers must be the same: "lớp 4" and "lớp 5" are two initiatives. Comparing all pairs of
a city takes minutes; here a title meets only those with which it shares one of its rarest pairs of neighbouring words,
which takes seconds. docs/benchmarks-rules.md says what part of planted pairs is found.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import filterfalse, pairwise
from sys import intern

from rapidfuzz import fuzz, process

LEAST_SCORE = 86
"""Least likeness (0-100) of a pair that is shown."""

_BLOCKS = 4
_LONGEST_BLOCK = 80
_MOST_CANDIDATES = 40
_FEWEST_WORDS = 3
_MOST_FOR_ONE = 3
"""Partners shown for one title: the best. A common title of a hundred units is a chain, not 4,950 pairs."""
_LEAST_WORDS_SHARED = 0.8
_SLIP = 75
"""Likeness from which two words are one with a slip of the finger."""

_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile("[\u0300-\u036f]+")


def _bare_letters() -> dict[int, str]:
    """Every Vietnamese letter → without marks; precomposed, so that one pass over a text suffices."""
    table = {ord("đ"): "d", ord("ð"): "d"}
    for code in (*range(0xE0, 0x180), *range(0x1EA0, 0x1EFA), 0x1A1, 0x1B0):
        bare = _MARKS.sub("", unicodedata.normalize("NFD", chr(code)))
        if bare.isascii():
            table[code] = bare
    return table


_BARE = _bare_letters()


@dataclass(frozen=True, slots=True)
class NearPair:
    """Places of two rows in the input, ``first`` before ``second``, and how alike their titles are (0-100)."""

    first: int
    second: int
    score: int


@dataclass(frozen=True, slots=True)
class _Key:
    """One distinct title as it is compared, and the rows that have it."""

    text: str
    words: tuple[str, ...]
    numbers: str
    rows: list[int]

    @property
    def in_order(self) -> str:
        """The words as they stand in the title; those of ``text`` are sorted."""
        return " ".join(self.words)


def near_duplicates(rows: Iterable[tuple[str, str]], least_score: int = LEAST_SCORE) -> list[NearPair]:
    """Pairs among (unit, title) rows of different units, the most alike first, then in the order of the rows.

    Titles of fewer than three words are passed over. 43,000 titles take about two seconds.
    """
    units: list[str] = []
    worded: list[tuple[tuple[str, ...], str] | None] = []
    known = _BareWords()
    for unit, title in rows:
        units.append(unit)
        worded.append(_words(title, known))
    distinct = _distinct(worded)
    pairs = [pair for key in distinct for pair in _of_one_key(key, units)]
    pairs.extend(_between_keys(distinct, units, least_score))
    pairs.sort(key=lambda pair: (-pair.score, pair.first, pair.second))
    return pairs


class _BareWords(dict[str, str]):
    """Words as they are typed → as they are compared, each made once: a city's titles are made of few words, over and
    over. An empty text for one that can only be taken within its title."""

    def __missing__(self, word: str) -> str:
        if word.isdecimal():
            return word
        bare = _split(word)
        # A sigma is made small by what follows it; other letters, of no language here, fall apart.
        self[word] = intern(bare[0]) if len(bare) == 1 and "\u03a3" not in word else ""
        return self[word]


def _split(title: str) -> list[str]:
    return _WORD.findall(title.lower().translate(_BARE))


def _words(title: str, known: _BareWords) -> tuple[tuple[str, ...], str] | None:
    """A title's words and its numbers; None where the words are too few to say anything."""
    words = list(map(known.__getitem__, _WORD.findall(title)))
    if "" in words:
        words = _split(title)
    letters = tuple(filterfalse(str.isdecimal, words))
    if len(letters) < _FEWEST_WORDS:
        return None
    return letters, " ".join(sorted(filter(str.isdecimal, words))) if len(letters) < len(words) else ""


def _distinct(worded: Sequence[tuple[tuple[str, ...], str] | None]) -> list[_Key]:
    """The distinct titles. One with numbers that no other title has can meet nobody, and is left out."""
    same_numbers = Counter(one[1] for one in worded if one is not None)
    keys: dict[tuple[tuple[str, ...], str], _Key] = {}
    for place, one in enumerate(worded):
        if one is None or same_numbers[one[1]] == 1:
            continue
        known = keys.get(one)
        if known is None:
            letters, numbers = one
            keys[one] = _Key(" ".join(sorted(letters)), letters, numbers, [place])
        else:
            known.rows.append(place)
    return list(keys.values())


def _of_one_key(key: _Key, units: Sequence[str]) -> Iterator[NearPair]:
    """The first row of a title with the first of each other unit."""
    first = key.rows[0]
    seen = {units[first]}
    for other in key.rows[1:]:
        if units[other] not in seen:
            seen.add(units[other])
            yield NearPair(first, other, 100)


def _between_keys(distinct: Sequence[_Key], units: Sequence[str], least_score: int) -> Iterator[NearPair]:
    best: dict[tuple[int, int], int] = {}
    texts = [key.text for key in distinct]
    for number, blocks in _blocks(distinct):
        candidates = _candidates(number, blocks)
        if candidates:
            alike = process.extract(
                texts[number], [texts[other] for other in candidates],
                scorer=fuzz.ratio, score_cutoff=least_score, limit=None,
            )  # fmt: skip
            for _, score, at in alike:
                other = candidates[at]
                pair = (number, other) if number < other else (other, number)
                if pair not in best:
                    best[pair] = _score(distinct[number], distinct[other], score)
    shown: Counter[int] = Counter()
    for (one, other), score in sorted(best.items(), key=lambda item: (-item[1], item[0])):
        if score and shown[one] < _MOST_FOR_ONE and shown[other] < _MOST_FOR_ONE:
            pair_of_rows = _two_units(distinct[one], distinct[other], units)
            if pair_of_rows is not None:
                shown[one] += 1
                shown[other] += 1
                yield NearPair(min(pair_of_rows), max(pair_of_rows), score)


def _blocks(distinct: Sequence[_Key]) -> Iterator[tuple[int, list[list[int]]]]:
    """Each title with the blocks in which it stands: the titles with the same numbers that share a pair of words."""
    same_numbers: dict[str, list[int]] = {}
    for number, key in enumerate(distinct):
        same_numbers.setdefault(key.numbers, []).append(number)
    for group in same_numbers.values():
        if len(group) == 1:
            continue
        blocks: dict[tuple[str, str], list[int]] = {}
        own = []
        for number in group:
            mine = [blocks.setdefault(pair, []) for pair in dict.fromkeys(pairwise(distinct[number].words))]
            for block in mine:
                block.append(number)
            own.append(mine)
        yield from zip(group, own, strict=True)


def _candidates(number: int, blocks: list[list[int]]) -> list[int]:
    """The titles that this one meets in its rarest blocks."""
    rare = sorted((block for block in blocks if len(block) > 1), key=len)[:_BLOCKS]
    meetings: Counter[int] = Counter()
    for block in rare:
        if len(block) <= _LONGEST_BLOCK or not meetings:
            meetings.update(block[:_LONGEST_BLOCK])
    meetings.pop(number, None)
    return _most_met(meetings)


def _score(one: _Key, other: _Key, sorted_score: float) -> int:
    """The score of a pair that is near enough; 0 where too many words are others."""
    if not _share_words(one.words, other.words):
        return 0
    return min(99, round(max(sorted_score, fuzz.ratio(one.in_order, other.in_order))))


def _most_met(meetings: Counter[int]) -> list[int]:
    """Those met in most of the blocks, where there are many."""
    candidates, least = list(meetings), 1
    while len(candidates) > _MOST_CANDIDATES and least < _BLOCKS:
        least += 1
        fewer = [number for number in candidates if meetings[number] >= least]
        if not fewer:
            break
        candidates = fewer
    return candidates[:_LONGEST_BLOCK]


def _share_words(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether what differs is little: slips of the finger, or few words of many."""
    left, right = Counter(one), Counter(other)
    common = left & right
    shared = common.total()
    more, less = list((left - common).elements()), list((right - common).elements())
    for word in more:
        slip = next((w for w in less if fuzz.ratio(word, w) >= _SLIP), None)
        if slip is not None:
            less.remove(slip)
            shared += 1
    return shared >= _LEAST_WORDS_SHARED * max(len(one), len(other))


def _two_units(one: _Key, other: _Key, units: Sequence[str]) -> tuple[int, int] | None:
    """The first two rows of the two titles that stand in different units."""
    for first in one.rows[:20]:
        for second in other.rows[:20]:
            if units[first] != units[second]:
                return first, second
    return None
