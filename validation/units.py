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

    def overlaps(self, other: Unit) -> bool:
        """Whether there is a day on which both hold."""
        return (self.valid_from or date.min) <= (other.valid_to or date.max) and (other.valid_from or date.min) <= (
            self.valid_to or date.max
        )

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
    """All units that a campaign knows, by code. A parent that is not in the list is the outside world.

    A unit that moved is listed once for each of its places, with periods that do not overlap. Asked without a day, the
    tree answers with the last of them.
    """

    def __init__(self, units: Iterable[Unit]) -> None:
        self._places: dict[str, list[Unit]] = {}
        for unit in units:
            places = self._places.setdefault(unit.code, [])
            if any(unit.overlaps(other) for other in places):
                raise BrokenUnitTree(problem=f"{unit.code} ×2")
            places.append(unit)
        self._units: dict[str, Unit] = {}
        self._children: dict[str, list[Unit]] = {}
        for code, places in self._places.items():
            if len(places) > 1:
                places.sort(key=lambda unit: unit.valid_from or date.min)
            self._units[code] = places[-1]
            for unit in places:
                if unit.parent in self._places and unit.parent is not None:
                    self._children.setdefault(unit.parent, []).append(unit)
        self._refuse_circles()
        self._folded: Mapping[str, str] | None = None  # made when the first untidy code asks

    def _refuse_circles(self) -> None:
        """No unit may stand above itself, not even by places of different times: walks up and down always end."""
        sound: set[str] = set()
        for start in self._places:
            path = {start: self._parents(start)} if start not in sound else {}
            while path:
                code = next(reversed(path))
                parent = next(path[code], None)
                if parent is None:
                    del path[code]
                    sound.add(code)
                elif parent in path:
                    raise BrokenUnitTree(problem=f"{parent} → … → {parent}")
                elif parent not in sound:
                    path[parent] = self._parents(parent)

    def _parents(self, code: str) -> Iterator[str]:
        return (unit.parent for unit in self._places.get(code, ()) if unit.parent is not None)

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
        """Every line of the list; a unit that moved comes once for each of its places, the last of them last."""
        return (unit for places in self._places.values() for unit in places)

    def __len__(self) -> int:
        return len(self._units)

    def __getitem__(self, code: str) -> Unit:
        return self._units[code]

    def get(self, code: str | None) -> Unit | None:
        """The unit of that code, or None."""
        return self._units.get(code) if code is not None else None

    def on(self, code: str, day: date | None) -> Unit:
        """The unit in its place on that day; on a day of none, in the last one before, else in its first. None: its
        last place. Raises KeyError."""
        places = self._places[code]
        if day is None or len(places) == 1:
            return places[-1]
        begun = [unit for unit in places if unit.valid_from is None or unit.valid_from <= day]
        return begun[-1] if begun else places[0]

    def ancestors(self, code: str, day: date | None = None) -> Iterator[Unit]:
        """Parent, grandparent, … on that day, as far as the list knows them; none for the root. Raises KeyError."""
        parent = self.on(code, day).parent
        while parent is not None and parent in self._places:  # the constructor let no circle pass
            unit = self.on(parent, day)
            yield unit
            parent = unit.parent

    def superior(self, code: str, day: date | None = None) -> Unit | None:
        """The directly superior union, which pays the upper-level support: the nearest ancestor that is no group."""
        return next((u for u in self.ancestors(code, day) if u.level is not Level.GROUP), None)

    def below(self, code: str, day: date | None = None) -> Iterator[Unit]:
        """Every unit under ``code``, at any depth, without ``code`` itself; parents before children. With a day, each
        in its place on it; else a unit that moved comes once for each place that it ever had here."""
        waiting = list(reversed(self._children.get(code, ())))
        entered: set[str] = set()
        while waiting:
            unit = waiting.pop()
            if day is not None and self.on(unit.code, day) is not unit:
                continue
            yield unit
            if unit.code not in entered:
                entered.add(unit.code)
                waiting.extend(reversed(self._children.get(unit.code, ())))

    def is_below(self, code: str, top: str, day: date | None = None) -> bool:
        """Whether ``code`` lies under ``top`` at any depth, on that day."""
        return code in self._units and any(a.code == top for a in self.ancestors(code, day))

    def codes_folded(self) -> Mapping[str, str]:
        """``fold_code`` of a code → the code, for one that is typed untidily; codes that share a key are left out."""
        if self._folded is None:
            self._folded = self._fold_codes()
        return self._folded
