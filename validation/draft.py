"""A row while it is being judged: its typed values, what could not be read, and the row as it was read."""

from __future__ import annotations

from collections.abc import KeysView, Mapping, Set
from datetime import date
from typing import Any

from validation.submission import RawRow


class Draft:
    """One row's typed values under the names of ``ROW_FIELDS``; None where blank *or* unreadable (see ``unreadable``).

    No dataclass: of a draft only what is filled is set, and every row of every file goes through one.
    """

    unit_code: str | None = None
    unit_name: str | None = None
    registration_code: str | None = None
    lead_author: str | None = None
    member_number: str | None = None
    is_member: bool | None = None
    position: str | None = None
    co_authors: tuple[str, ...] | None = None
    title: str | None = None
    solution_kind: str | None = None
    activity_field: str | None = None
    effect: str | None = None
    benefit_value: int | None = None
    recognised_on: date | None = None
    applied_on: date | None = None
    ip_protected: bool | None = None
    registered_on: date | None = None
    status: str | None = None
    approved_on: date | None = None
    base_support: int | None = None
    note: str | None = None
    source_file: str | None = None
    source_sheet: str | None = None
    source_row: int | None = None
    source_sha256: str | None = None

    def __init__(self, raw: RawRow, typed: Mapping[str, Any], unreadable: Set[str] = frozenset()) -> None:
        self.__dict__.update(typed)
        self.raw = raw
        self.unreadable = unreadable

    @property
    def filled(self) -> KeysView[str]:
        """The names of the fields that have a value (among other names)."""
        return self.__dict__.keys()

    def is_blank(self, name: str) -> bool:
        """Whether nothing at all stands in the cell (an unreadable cell is not blank)."""
        return getattr(self, name) is None and name not in self.unreadable

    def value(self, name: str) -> Any:
        """The typed value of a field."""
        return getattr(self, name)
