"""What a clerk enters in the master to decide something: the columns and their names, and the key of each line.

Each list that can be decided on has four columns, found by the names ``decide_<list>_<column>``: whether, why, who, and
a hidden key that says what the line is about, so that sorting and filtering lose nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from validation.decisions import Choice, Waiver
from validation.text.keys import fold

YES = "Có"
NO = "Không"
MUST_MEND = "Phải sửa"
"""Stands where nothing can be accepted."""

NO_KEY = "?"
"""Stands for the key of an entry that had none."""


class Listed(StrEnum):
    """The lists of the master with such columns; ``left``: entries whose line is gone from its list."""

    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    WARNING = "warning"
    LEFT = "left"


ACCEPT, REASON, NAME, KEY = COLUMNS = ("accept", "reason", "name", "key")


def column_name(listed: Listed, column: str) -> str:
    """The defined name of a column's body."""
    return f"decide_{listed.value}_{column}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line with something entered, as it was found; ``cell`` is where ``accept`` stands."""

    listed: Listed
    sheet: str
    cell: str
    key: str
    accept: str
    reason: str
    name: str

    @property
    def says_yes(self) -> bool:
        """Whether it says so."""
        return fold(self.accept) == fold(YES)

    @property
    def says_no(self) -> bool:
        """Whether it says that nothing is decided."""
        return fold(self.accept) == fold(NO)


@dataclass(frozen=True, slots=True)
class RefusedEntry:
    """An entry that could not be taken as a decision, and why: ``code`` of the catalogue's table ``error``. ``entry``
    is None where the master itself could not be read."""

    entry: Entry | None
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WholeRow:
    """A rejected row, all of whose errors would be accepted together."""

    unit: str
    content: str


Subject = Choice | Waiver | WholeRow


_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def key_text(subject: Subject) -> str:
    """The key of a line that is about this."""
    match subject:
        case Choice(code, unit, content):
            parts: list[Any] = ["choice", code, unit, content]
        case Waiver(unit, code, name, content):
            parts = ["finding", unit, code, name, content]
        case WholeRow(unit, content):
            parts = ["row", unit, content]
    return _as_json(parts)


def subject_of(key: str) -> Subject | None:
    """What a key is about; None for what is no key of ours."""
    try:
        parts = json.loads(key)
    except ValueError:
        return None
    match parts:
        case ["choice", str(code), str(unit), str(content)]:
            return Choice(code, unit, content)
        case ["finding", str(unit), str(code), str() | None as name, str(content)]:
            return Waiver(unit, code, name, content)
        case ["row", str(unit), str(content)]:
            return WholeRow(unit, content)
    return None
