"""A row while it is being judged: typed values, what was noticed while they were cleaned, and the row as it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from typing import Any

from validation.fields import ROW_FIELDS
from validation.submission import RawRow


@dataclass(frozen=True, slots=True)
class Note:
    """Something noticed while one cell was cleaned: the code of the rule that reports it.

    ``after`` is the cell's proposed content (None: no proposal); ``facts`` fill the sentence.
    """

    field: str
    code: str
    before: str
    after: str | None = None
    facts: Mapping[str, object] = dataclass_field(default_factory=dict)


class Draft:
    """One row's typed values under the names of ``ROW_FIELDS``; None where blank *or* unreadable (see ``unreadable``)."""

    __slots__ = ("notes", "raw", "unreadable", *(f.name for f in ROW_FIELDS))

    # What the rules read; declared for the type checker, filled from the fields' declaration.
    registration_code: str | None
    lead_author: str | None
    member_number: str | None
    is_member: bool | None
    co_authors: tuple[str, ...] | None
    title: str | None
    solution_kind: str | None
    effect: str | None
    benefit_value: int | None
    recognised_on: date | None
    applied_on: date | None
    ip_protected: bool | None
    registered_on: date | None
    status: str | None
    approved_on: date | None
    base_support: int | None
    raw: RawRow
    notes: list[Note]
    unreadable: set[str]

    def __init__(self, raw: RawRow) -> None:
        self.raw = raw
        self.notes = []
        self.unreadable = set()
        for name in _NAMES:
            setattr(self, name, None)

    def is_blank(self, name: str) -> bool:
        """Whether nothing at all stands in the cell (an unreadable cell is not blank)."""
        return name not in self.unreadable and getattr(self, name) is None

    def value(self, name: str) -> Any:
        """The typed value of a field."""
        return getattr(self, name)


_NAMES = tuple(f.name for f in ROW_FIELDS)
