"""The national portal's list of registrations beside what the reports say. Pure.

Source: DOMAIN, "Programme": support is due for what is registered and approved on the portal. The portal's software is
closed to us; its word comes as a list that somebody exported or typed. A row is matched by registration code, exactly
and never otherwise: by title and author a match is only suggested.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rapidfuzz import fuzz

from validation.money import with_support
from validation.programme import Programme
from validation.submission import Row
from validation.text.keys import fold_without_marks

COMPARED = ("status", "registered_on", "approved_on")
"""What the portal and a report may say differently of one initiative."""

LEAST_SCORE = 80
"""A suggestion below it would be noise; of 100."""
_LEAST_TITLE = 72.0
_TITLE_SHARE = 0.7
_RAREST_WORDS = 4
_MOST_CANDIDATES = 60
"""Entries that are compared with a row: more share only the words that all titles have."""


@dataclass(frozen=True, slots=True)
class PortalEntry:
    """One line of the list. ``sheet`` and ``row`` say where it stands there; ``status`` is one of the programme's
    states, None where the list says nothing that is one of them: ``status_text`` is what it says."""

    position: int
    sheet: str
    row: int
    registration_code: str | None = None
    lead_author: str | None = None
    title: str | None = None
    unit: str | None = None
    registered_on: date | None = None
    status: str | None = None
    status_text: str | None = None
    approved_on: date | None = None


@dataclass(frozen=True, slots=True)
class PortalRule:
    """What the portal's word does. Neither: it is only compared, and the report's word decides."""

    replaces_status: bool = False
    money_needs_match: bool = False

    @property
    def in_force(self) -> bool:
        """Whether it changes any figure."""
        return self.replaces_status or self.money_needs_match


class PortalWord:
    """The list that counts under the campaign's rule; an empty list where there is none."""

    def __init__(self, entries: Iterable[PortalEntry], rule: PortalRule) -> None:
        self.rule = rule
        self._by_code, self._contradictory = _by_code(entries)

    def entry(self, code: str | None) -> PortalEntry | None:
        """The line of that registration code; None where there is none, or several that contradict each other."""
        return None if code is None or code in self._contradictory else self._by_code.get(code)

    def knows(self, code: str | None) -> bool:
        """Whether the list holds the code at all."""
        return code is not None and code in self._by_code

    def applied_to(self, row: Row, programme: Programme) -> Row:
        """The row as it counts: only an accepted one changes, and only as far as the rule goes.

        With ``replaces_status`` status and days are the portal's where it says any; money and phase follow from them.
        With ``money_needs_match`` there is no upper-level support for a code that the list does not hold.
        """
        if not row.accepted or not self.rule.in_force:
            return row
        entry = self.entry(row.registration_code) if self.rule.replaces_status else None
        if entry is not None:
            row = _as_on_portal(row, entry, programme)
        if self.rule.money_needs_match and row.upper_support and not self.knows(row.registration_code):
            on_top = programme.readings.base_support_on_top
            row = replace(row, upper_support=0, base_counted=row.base_counted if on_top else row.base_support or 0)
        return row


def _by_code(entries: Iterable[PortalEntry]) -> tuple[dict[str, PortalEntry], frozenset[str]]:
    """The first line of each code, and the codes whose lines contradict each other."""
    first: dict[str, PortalEntry] = {}
    contradictory: set[str] = set()
    for entry in entries:
        code = entry.registration_code
        if code and _word(first.setdefault(code, entry)) != _word(entry):
            contradictory.add(code)
    return first, frozenset(contradictory)


def _word(entry: PortalEntry) -> tuple[object, ...]:
    return tuple(getattr(entry, name) for name in COMPARED)


def _as_on_portal(row: Row, entry: PortalEntry, programme: Programme) -> Row:
    status = entry.status or row.status
    approved_on = entry.approved_on or row.approved_on
    if entry.status is not None and entry.status != programme.status.approved:
        approved_on = entry.approved_on  # the report's day of an approval that there is not
    changed = replace(
        row, status=status, registered_on=entry.registered_on or row.registered_on, approved_on=approved_on
    )
    return row if changed == row else with_support(changed, programme)


# -- reconciliation ----------------------------------------------------------------------------------------------------


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
    first, contradictory = _by_code(entries)
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
    return tuple(
        name for name in COMPARED if (said := getattr(entry, name)) is not None and said != getattr(row, name)
    )


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
