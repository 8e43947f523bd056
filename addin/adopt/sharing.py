"""One long list of many units, shared out: which unit each row belongs to, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from addin.adopt.rows import TakenRow
from addin.errors import UsageProblem
from validation.text.keys import fold, fold_without_marks
from validation.units import Unit, UnitTree, fold_code

_NEAR, _APART = 90.0, 4.0
_PREFIXES = (
    "cong doan co so", "cong doan bo phan", "cong doan", "cdcs", "cd", "cong ty co phan", "cong ty trach nhiem huu han",
    "cong ty tnhh mtv", "cong ty tnhh", "cong ty cp", "cty tnhh", "cty cp", "cong ty", "cty",
)  # fmt: skip
_NUMBERING = "0123456789ivxIVX.)-:– "


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """What the list calls a unit, and the unit that it is; None where no unit of the list of units is near enough.

    ``reason``: ``code``, ``name``, ``near``, ``told`` or ``none``. ``rows`` of the list say so.
    """

    text: str
    unit: Unit | None
    score: int
    reason: str
    rows: int


@dataclass(frozen=True, slots=True)
class Shares:
    """The rows (by their place in the proposal) of each unit's code, those of nobody, and what led there."""

    by_unit: Mapping[str, tuple[int, ...]]
    nobody: tuple[int, ...]
    matches: tuple[UnitMatch, ...]


def share_out(rows: Sequence[TakenRow], tree: UnitTree, told: Mapping[str, str]) -> Shares:
    """Share the rows out. ``told`` maps what the list says to a unit's code, by the clerk.

    Raises UsageProblem ``own_unit_unknown`` for a code that is not in the list of units.
    """
    unknown = next((code for code in told.values() if tree.get(code) is None), None)
    if unknown is not None:
        raise UsageProblem("own_unit_unknown", unit=unknown, known=", ".join(u.code for u in list(tree)[:8]))
    finder = _Finder(tree, {fold(text): code for text, code in told.items()})
    found: dict[tuple[str, str], UnitMatch] = {}
    by_unit: dict[str, list[int]] = {}
    nobody: list[int] = []
    for index, row in enumerate(rows):
        key = (row.unit_code, row.unit_text)
        before = found.get(key) or finder.find(*key)
        found[key] = UnitMatch(before.text, before.unit, before.score, before.reason, before.rows + 1)
        if before.unit is None:
            nobody.append(index)
        else:
            by_unit.setdefault(before.unit.code, []).append(index)
    return Shares({code: tuple(by_unit[code]) for code in sorted(by_unit)}, tuple(nobody), tuple(found.values()))


class _Finder:
    def __init__(self, tree: UnitTree, told: Mapping[str, str]) -> None:
        self._tree, self._told = tree, told
        self._codes = tree.codes_folded()
        self._names = _unambiguous((fold(unit.name), unit) for unit in tree)
        self._bare = _unambiguous((_bare(unit.name), unit) for unit in tree)
        self._keys = tuple(self._bare)

    def find(self, code: str, text: str) -> UnitMatch:
        """The unit of a row by its code, else by what stands in the column of units or the heading above."""
        said = code or text
        for one in (code, text):
            if one and (unit := self._tree.get(self._told.get(fold(one)))) is not None:
                return UnitMatch(said, unit, 100, "told", 0)
        for one in (code, text):
            unit = self._tree.get(self._codes.get(fold_code(one))) if one else None
            if unit is not None:
                return UnitMatch(said, unit, 100, "code", 0)
        return self._by_name(said, text)

    def _by_name(self, said: str, text: str) -> UnitMatch:
        plain = text.lstrip(_NUMBERING) if text else ""
        for name in (text, plain):
            if name and (unit := self._names.get(fold(name))) is not None:
                return UnitMatch(said, unit, 100, "name", 0)
        bare = _bare(plain)
        if not bare:
            return UnitMatch(said, None, 0, "none", 0)
        unit = self._bare.get(bare)
        if unit is not None:
            return UnitMatch(said, unit, 97, "near", 0)
        best = process.extract(bare, self._keys, scorer=fuzz.token_sort_ratio, score_cutoff=_NEAR, limit=2)
        if best and (len(best) == 1 or best[0][1] - best[1][1] >= _APART) and _numbers(bare) == _numbers(best[0][0]):
            return UnitMatch(said, self._bare[best[0][0]], min(96, round(best[0][1])), "near", 0)
        return UnitMatch(said, None, 0, "none", 0)


def _bare(name: str) -> str:
    """A unit's name without diacritics, punctuation and the words that nearly all of them begin with."""
    words = "".join(c if c.isalnum() else " " for c in fold_without_marks(name)).split()
    text = " ".join(words)
    changed = True
    while changed:
        changed = False
        for prefix in _PREFIXES:
            if text.startswith(f"{prefix} "):
                text, changed = text[len(prefix) + 1 :], True
    return text


def _numbers(text: str) -> list[str]:
    """The words of a name with digits in them: "số 2" is not near "số 3"."""
    return sorted(word for word in text.split() if any(map(str.isdigit, word)))


def _unambiguous(pairs: Iterable[tuple[str, Unit]]) -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    twice: set[str] = set()
    for key, unit in pairs:
        if key and found.setdefault(key, unit).code != unit.code:
            twice.add(key)
    return {key: unit for key, unit in found.items() if key not in twice}


def read_told(texts: Iterable[str]) -> dict[str, str]:
    """``text=code`` of each ``--map-unit``. Raises UsageProblem ``adopt_map_shape``."""
    told: dict[str, str] = {}
    for text in texts:
        said, equals, code = text.rpartition("=")
        if not equals or not said.strip() or not code.strip():
            raise UsageProblem("adopt_map_shape", text=text)
        told[said.strip()] = code.strip()
    return told
