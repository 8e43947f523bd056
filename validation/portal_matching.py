"""The reports beside the national portal's list: what agrees, what differs, what only one of them has. Pure.

By registration code, exactly; where a code is missing a match is suggested by title and author, and no more than that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from validation.portal import COMPARED, PortalEntry, first_of_each_code
from validation.submission import Row
from validation.text.keys import fold_without_marks

LEAST_SCORE = 80
"""A suggestion below it would be noise; of 100."""
_LEAST_TITLE = 72.0
_TITLE_SHARE = 0.7
_RAREST_WORDS = 4
_MOST_CANDIDATES = 60
"""Entries that are compared with a row: more share only the words that all titles have."""


@dataclass(frozen=True, slots=True)
class Matched:
    """A row and the portal's line of its code; ``differs`` are the fields in which they do not say the same."""

    row: Row
    entry: PortalEntry
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggested:
    """A row and a line without each other's code that may be one initiative; scores of 100."""

    row: Row
    entry: PortalEntry
    score: int


@dataclass(frozen=True, slots=True)
class PortalOnly:
    """A line whose code no accepted row has. ``left_out``: a row has it, which is rejected or a duplicate."""

    entry: PortalEntry
    left_out: Row | None


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The reports beside the list. ``claimed_only`` are rows with a code or a day of registration that no line holds;
    ``repeated`` the lines of codes that contradict each other; ``unclear`` those whose status is none we know."""

    matched: tuple[Matched, ...]
    suggested: tuple[Suggested, ...]
    claimed_only: tuple[Row, ...]
    portal_only: tuple[PortalOnly, ...]
    repeated: tuple[PortalEntry, ...]
    unclear: tuple[PortalEntry, ...]

    @property
    def different(self) -> tuple[Matched, ...]:
        """Matched rows that say something else than the portal."""
        return tuple(one for one in self.matched if one.differs)

    @property
    def agrees(self) -> bool:
        """Whether there is nothing to look at."""
        return not (self.different or self.claimed_only or self.portal_only or self.repeated or self.unclear)


def reconcile(rows: Sequence[Row], entries: Sequence[PortalEntry], left_out: Iterable[Row] = ()) -> Reconciliation:
    """Accepted rows, as their reports say them, beside the portal's list. ``left_out``: rejected rows, duplicates."""
    first, contradictory = first_of_each_code(entries)
    matched: list[Matched] = []
    alone: list[Row] = []
    for row in rows:
        entry = first.get(row.registration_code or "")
        if entry is None:
            alone.append(row)
        else:
            matched.append(Matched(row, entry, differences(row, entry)))
    held = {one.row.registration_code for one in matched}
    not_counting = {row.registration_code: row for row in left_out if row.registration_code}
    lonely = [e for e in _each_once(entries) if not e.registration_code or e.registration_code not in held]
    return Reconciliation(
        matched=tuple(matched),
        suggested=tuple(suggestions(alone, lonely)),
        claimed_only=tuple(row for row in alone if row.registration_code or row.registered_on is not None),
        portal_only=tuple(PortalOnly(e, not_counting.get(e.registration_code or "")) for e in lonely),
        repeated=tuple(e for e in entries if e.registration_code in contradictory),
        unclear=tuple(e for e in entries if e.status_text and e.status is None),
    )


def _each_once(entries: Iterable[PortalEntry]) -> list[PortalEntry]:
    """The lines, of those with one code the first."""
    seen: set[str] = set()
    result = []
    for entry in entries:
        if entry.registration_code:
            if entry.registration_code in seen:
                continue
            seen.add(entry.registration_code)
        result.append(entry)
    return result


def differences(row: Row, entry: PortalEntry) -> tuple[str, ...]:
    """Fields of which the portal says something, and something else. What it leaves blank is no difference."""
    return tuple(name for name in COMPARED if (said := getattr(entry, name)) is not None and said != getattr(row, name))


def suggestions(rows: Sequence[Row], entries: Sequence[PortalEntry]) -> list[Suggested]:
    """Rows and lines that may be one initiative, the likeliest first; each row and each line at most once."""
    titles = [_key(entry.title) for entry in entries]
    authors = [_key(entry.lead_author) for entry in entries]
    index = _Index(titles, authors)
    found: list[tuple[int, int, int]] = []
    for number, row in enumerate(rows):
        title, author = _key(row.title), _key(row.lead_author)
        for place in index.candidates(title, author):
            score = _score(title, author, titles[place], authors[place])
            if score >= LEAST_SCORE:
                found.append((score, number, place))
    found.sort(key=lambda one: (-one[0], one[1], one[2]))
    used_rows: set[int] = set()
    used_entries: set[int] = set()
    result = []
    for score, number, place in found:
        if number not in used_rows and place not in used_entries:
            used_rows.add(number)
            used_entries.add(place)
            result.append(Suggested(rows[number], entries[place], score))
    return result


def _key(text: str | None) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold_without_marks(text or "")).split())


def _score(title: str, author: str, other_title: str, other_author: str) -> int:
    alike = fuzz.token_sort_ratio(title, other_title, score_cutoff=_LEAST_TITLE)
    if not title or not alike:
        return 0
    if not author or not other_author:
        return round(alike) - 1  # nobody vouches for it
    return round(_TITLE_SHARE * alike + (1 - _TITLE_SHARE) * fuzz.token_sort_ratio(author, other_author))


class _Index:
    """Finds lines that may resemble a row: of the same author, or with a rare word of the title in common."""

    def __init__(self, titles: Sequence[str], authors: Sequence[str]) -> None:
        self._by_author: dict[str, list[int]] = {}
        self._by_word: dict[str, list[int]] = {}
        for place, (title, author) in enumerate(zip(titles, authors, strict=True)):
            if author:
                self._by_author.setdefault(author, []).append(place)
            for word in dict.fromkeys(title.split()):
                self._by_word.setdefault(word, []).append(place)

    def candidates(self, title: str, author: str) -> list[int]:
        """Places of lines worth comparing, a bounded number of them."""
        met: Counter[int] = Counter(self._by_author.get(author, ())[:_MOST_CANDIDATES])
        words: Mapping[str, list[int]] = {w: self._by_word[w] for w in set(title.split()) if w in self._by_word}
        for word in sorted(words, key=lambda w: (len(words[w]), w))[:_RAREST_WORDS]:
            met.update(words[word][: 5 * _MOST_CANDIDATES])
        return [place for place, _ in met.most_common(_MOST_CANDIDATES)]
