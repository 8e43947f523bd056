"""The organisation tree: unequal depth, groups that are no unions, units that open and close."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from validation.errors import SangkienError
from validation.text.keys import fold


class Level(StrEnum):
    """A unit's level; ``group`` is a heading in the tree, not a union."""

    CITY = "city"
    UPPER = "upper"
    GROUP = "group"
    GRASSROOTS = "grassroots"


@dataclass(frozen=True, slots=True)
class Unit:
    """One node of the tree. ``members`` and ``email`` are what the list of units says, where it says it."""

    code: str
    name: str
    level: Level
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    members: int | None = None
    email: str | None = None

    def valid_on(self, day: date) -> bool:
        """Whether the unit existed on that day, end days included."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class BrokenUnitTree(SangkienError):  # noqa: N818
    """The list of units does not form a tree; ``problem`` says where."""

    code = "broken_unit_tree"


def fold_code(code: str) -> str:
    """What is left of a unit's code when case, spaces and Unicode form are no matter."""
    return fold(code).replace(" ", "")


class UnitTree:
    """All units that a campaign knows, by code. A parent that is not in the list is the outside world."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units: dict[str, Unit] = {}
        for unit in units:
            if unit.code in self._units:
                raise BrokenUnitTree(problem=f"{unit.code} ×2")
            self._units[unit.code] = unit
        self._children: dict[str, list[Unit]] = {}
        for unit in self._units.values():
            if unit.parent in self._units and unit.parent is not None:
                self._children.setdefault(unit.parent, []).append(unit)
        self._refuse_circles()
        self._folded: Mapping[str, str] | None = None  # made when the first untidy code asks

    def _refuse_circles(self) -> None:
        sound: set[str] = set()
        for start in self._units.values():
            path: set[str] = set()
            unit: Unit | None = start
            while unit is not None and unit.code not in sound:
                if unit.code in path:
                    raise BrokenUnitTree(problem=f"{unit.code} → … → {unit.code}")
                path.add(unit.code)
                unit = self.get(unit.parent)
            sound |= path

    def _fold_codes(self) -> Mapping[str, str]:
        folded: dict[str, str] = {}
        ambiguous: set[str] = set()
        for code in self._units:
            key = fold_code(code)
            if folded.setdefault(key, code) != code:
                ambiguous.add(key)
        return {key: code for key, code in folded.items() if key not in ambiguous}

    def __contains__(self, code: object) -> bool:
        return code in self._units

    def __iter__(self) -> Iterator[Unit]:
        return iter(self._units.values())

    def __len__(self) -> int:
        return len(self._units)

    def __getitem__(self, code: str) -> Unit:
        return self._units[code]

    def get(self, code: str | None) -> Unit | None:
        """The unit of that code, or None."""
        return self._units.get(code) if code is not None else None

    def ancestors(self, code: str) -> Iterator[Unit]:
        """Parent, grandparent, … as far as the list knows them; none for the root. Raises KeyError."""
        unit = self.get(self._units[code].parent)
        while unit is not None:  # the constructor let no circle pass
            yield unit
            unit = self.get(unit.parent)

    def superior(self, code: str) -> Unit | None:
        """The directly superior union, which pays the upper-level support: the nearest ancestor that is no group."""
        return next((u for u in self.ancestors(code) if u.level is not Level.GROUP), None)

    def below(self, code: str) -> Iterator[Unit]:
        """Every unit under ``code``, at any depth, without ``code`` itself; parents before children."""
        waiting = list(reversed(self._children.get(code, ())))
        while waiting:
            unit = waiting.pop()
            yield unit
            waiting.extend(reversed(self._children.get(unit.code, ())))

    def is_below(self, code: str, top: str) -> bool:
        """Whether ``code`` lies under ``top`` at any depth."""
        return code in self._units and any(a.code == top for a in self.ancestors(code))

    def codes_folded(self) -> Mapping[str, str]:
        """``fold_code`` of a code → the code, for one that is typed untidily; codes that share a key are left out."""
        if self._folded is None:
            self._folded = self._fold_codes()
        return self._folded
