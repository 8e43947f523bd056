"""What a sheet's XML says of its cells that a reader of values loses: errors, formulas, hidden rows, fonts, merges."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property

from addin.intake.names import LAST_COLUMN, LAST_ROW, column_number
from addin.intake.refusals import refuse
from validation.submission import LegacyFont

MAX_BOX = 30_000_000
"""Most cells in the rectangle of the filled cells: a reader makes room for each at once."""
MAX_FILLED = 3_000_000
MAX_CELLS = 10_000_000
"""Most cells at all, empty styled ones included (a million empty styled rows is a common honest file)."""

Place = tuple[int, int]
"""Row and column number, both from 1."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula's text without ``=`` (empty for the followers of a shared formula), and what is stored for it."""

    text: str
    uncached: bool


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, corners included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """``filled`` counts the cells with a stored value that is neither empty nor an error; ``places`` are those cells,
    where they had to be told one by one. ``fonts`` are those of cells in which anything is stored. ``formulas_in``
    gives the formulas of some columns (letters), and ``formula_places`` only where they stand."""

    filled: int
    hidden_rows: frozenset[int]
    errors: Mapping[Place, str]
    fonts: Mapping[Place, LegacyFont]
    merges: tuple[Merge, ...]
    formulas_in: Callable[[Collection[str]], Mapping[Place, Formula]]
    formula_places: Callable[[Collection[str]], Set[Place]]
    places: frozenset[Place] | None = None
    shared: Mapping[Place, int] = field(default_factory=dict)


class LatePlaces(Set[Place]):
    """Places of which those from one row on are worked out only when somebody asks for one: hardly anybody does."""

    def __init__(self, here: set[Place], first_late: int, late: Callable[[], set[Place]]) -> None:
        self._here, self._first_late, self._late = here, first_late, late

    def __contains__(self, place: object) -> bool:
        if place in self._here:
            return True
        return isinstance(place, tuple) and place[0] >= self._first_late and place in self._all

    def __iter__(self) -> Iterator[Place]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    @cached_property
    def _all(self) -> set[Place]:
        return self._here | self._late()


def parse_place(letters: str, digits: str) -> Place | None:
    """Row and column of ``K``, ``12``; None outside a sheet's bounds."""
    row, column = int(digits), column_number(letters)
    return (row, column) if 1 <= row <= LAST_ROW and column <= LAST_COLUMN else None


def parse_merge(reference: str) -> Merge | None:
    """The range of ``A5:B7``; None for what is no range of cells."""
    corners = []
    for corner in reference.split(":"):
        letters = corner.rstrip("0123456789")
        digits = corner[len(letters) :]
        if not (digits and len(digits) <= 7 and 1 <= len(letters) <= 3 and letters.isascii() and letters.isupper()):
            return None
        corners.append((int(digits), column_number(letters)))
    first, last = corners[0], corners[-1]
    return Merge(first[0], first[1], last[0], last[1])


def refuse_huge(sheet: str, *, box: int = 0, filled: int = 0, cells: int = 0) -> None:
    """Refuse a sheet that makes a reader ask for more memory than there is."""
    for count, limit in ((box, MAX_BOX), (filled, MAX_FILLED), (cells, MAX_CELLS)):
        if count > limit:
            raise refuse("too_many_cells", sheet=sheet, millions=limit // 1_000_000)
