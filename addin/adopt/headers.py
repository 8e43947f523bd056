"""Where a sheet's list begins, and what its columns are called: headers of one to three lines, merged or not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from addin.adopt.foreign import ForeignSheet
from addin.adopt.vocabulary import OTHER, PROPOSED, Match, Vocabulary
from validation.normalise import as_shown
from validation.text.forms import clean_text

_SEARCHED = 120  # rows in which a list must begin
_DEEPEST = 3
_FEWEST = 3  # columns that must be known
_AUTHORS = frozenset({"lead_author", "combined.authors", "combined.author_and_place", "registration_code"})
_LONGEST = 200
_NUMBERING = re.compile(r"\(?(?:[0-9]{1,2}|[A-Za-zĐđ])\)?(?:\s*=.*)?")


@dataclass(frozen=True, slots=True)
class Header:
    """The lines of a header, and by column its whole text and the text of its own lowest line."""

    first_row: int
    last_row: int
    whole: Mapping[int, str]
    own: Mapping[int, str]


def header_text(sheet: ForeignSheet, row: int, column: int) -> str:
    """A cell's text in one line; empty for what is no text."""
    value = sheet.value(row, column)
    return clean_text(value).text.replace("\n", " ")[:_LONGEST] if isinstance(value, str) else ""


def is_numbering(sheet: ForeignSheet, row: int) -> bool:
    """Whether the row numbers the columns: (1), (2), (3) or A, B, 1, 2 = …."""
    values = [as_shown(sheet.value(row, column)).strip() for column in sheet.filled(row)]
    return len(values) >= _FEWEST and all(_NUMBERING.fullmatch(value) for value in values)


def find_header(sheet: ForeignSheet, words: Vocabulary, start: int = 1) -> Header | None:
    """The likeliest header at or below row ``start``; None where the sheet holds no list of initiatives."""
    best: tuple[int, Header] | None = None
    for row in range(start, min(sheet.last_row, start + _SEARCHED) + 1):
        if len(sheet.filled(row)) < 2:
            continue
        for depth in range(1, _DEEPEST + 1):
            header = _header(sheet, row, row + depth - 1)
            score = _score(header, words)
            if score and (best is None or score > best[0]):
                best = (score, header)
    return best[1] if best is not None else None


def _header(sheet: ForeignSheet, first: int, last: int) -> Header:
    whole: dict[int, str] = {}
    own: dict[int, str] = {}
    for column in range(1, sheet.last_column + 1):
        lines: list[str] = []
        for row in range(first, last + 1):
            text = header_text(sheet, row, column) or _spread(sheet, row, column, last)
            if text and (not lines or lines[-1] != text):
                lines.append(text)
        if lines:
            whole[column], own[column] = " ".join(lines), lines[-1]
    return Header(first, last, whole, own)


def _spread(sheet: ForeignSheet, row: int, column: int, last: int) -> str:
    """The text of a header that stands over several columns, seen from one of the others."""
    merge = sheet.merge_at(row, column)
    if merge is not None:
        return header_text(sheet, row, merge.first_column) if merge.first_row == row else ""
    if row == last or not header_text(sheet, row + 1, column):
        return ""
    # Not merged, but blank beside it, each of these columns with a line of its own below.
    for left in range(column - 1, 0, -1):
        if not header_text(sheet, row + 1, left):
            return ""
        text = header_text(sheet, row, left)
        if text:
            beside = sheet.merge_at(row, left)
            return text if beside is None else ""
    return ""


def _score(header: Header, words: Vocabulary) -> int:
    """How much of a list of initiatives the header names; 0 where it is none."""
    best: dict[str, int] = {}
    known = 0
    for column, whole in header.whole.items():
        match = words.header(whole, header.own[column])
        if match is None or match.score < PROPOSED:
            continue
        known += 1
        best[match.target] = max(best.get(match.target, 0), match.score)
    if "title" not in best or not _names_somebody(header, words, best) or known < _FEWEST:
        return 0
    return sum(score for target, score in best.items() if target != OTHER)


def _names_somebody(header: Header, words: Vocabulary, best: Mapping[str, int]) -> bool:
    if best.keys() & _AUTHORS:
        return True
    parts = {words.part_of("lead_author", text) for text in header.whole.values()} - {None}
    return len(parts) == len(words.words.joined["lead_author"].parts)


def match_of(header: Header, column: int, words: Vocabulary) -> Match | None:
    """What a column's header means."""
    whole = header.whole.get(column, "")
    return words.header(whole, header.own.get(column, "")) if whole else None
