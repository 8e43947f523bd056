"""All totals of a campaign as they stand, and what has changed since a state was kept. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from addin.freezing.store import FIGURES, Frozen, FrozenLine, Scope
from addin.merge.collection import expected_units
from addin.merge.overview import Overview
from validation.money import Tally

NOW = ""
"""Name of the state that is not kept: the present one."""
UNKNOWN_PAYER = "–"


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that is not what it was. ``code`` and ``phase`` as in ``FrozenLine``."""

    scope: Scope
    code: str
    name: str
    phase: int | None
    figure: str
    before: int
    after: int

    @property
    def change(self) -> int:
        """More, or less."""
        return self.after - self.before


def state_of(overview: Overview, *, name: str = NOW, seq: int = 0, at: datetime | None = None, by: str = "") -> Frozen:
    """Every total as it stands now, as a state that can be kept."""
    superior = overview.superior_of(overview.unit.code)
    return Frozen(
        seq=seq,
        name=name,
        at=at or overview.made_at,
        by=by or overview.made_by,
        rows=overview.accepted_rows(),
        reports=len(overview.current),
        expected=len(expected_units(overview)),
        phase_names={phase.number: phase.name for phase in overview.programme.phases},
        targets={phase.number: phase.target for phase in overview.programme.phases},
        heading={
            "unit": overview.unit.name,
            "unit_code": overview.unit.code,
            "superior": superior.name if superior is not None else "",
            "programme": overview.programme.name,
            "place": overview.programme.place,
        },
        lines=tuple(_lines(overview)),
    )


def _lines(overview: Overview) -> Iterator[FrozenLine]:
    names = {report.unit_code: report.cover.unit_name or report.unit_code for report in overview.current}
    names |= {unit.code: unit.name for unit in overview.tree}
    whole = Tally()
    payers: dict[tuple[str, int], Tally] = {}
    for tally in overview.phases.values():
        whole.merge(tally)
    yield FrozenLine(Scope.TOTAL, overview.unit.code, overview.unit.name, None, _figures(whole))
    for number, tally in sorted(overview.phases.items()):
        name = overview.programme.phase(number).name
        yield FrozenLine(Scope.PHASE, overview.unit.code, name, number, _figures(tally))
    for (code, number), unit in sorted(overview.units.items()):
        superior = overview.superior_of(code) if code in overview.tree else None
        payer = superior.code if superior is not None else UNKNOWN_PAYER
        payers.setdefault((payer, number), Tally()).merge(unit.tally)
    for (payer, number), tally in sorted(payers.items()):
        yield FrozenLine(Scope.PAYER, payer, names.get(payer, payer), number, _figures(tally))
    for (code, number), unit in sorted(overview.units.items()):
        yield FrozenLine(
            Scope.UNIT, code, names.get(code, code), number, _figures(unit.tally), unit.members, unit.member_authors
        )


def _figures(tally: Tally) -> tuple[int, ...]:
    return tuple(getattr(tally, name) for name in FIGURES)


def differences(before: Frozen, after: Frozen) -> tuple[Difference, ...]:
    """Every figure that is not what it was, in the order: total, phases, payers, units. A line that is new, or gone,
    differs in all its figures that are not 0."""
    old, new = _by_key(before.lines), _by_key(after.lines)
    order = list(Scope)
    keys = sorted(old.keys() | new.keys(), key=lambda key: (order.index(Scope(key[0])), key[1], key[2]))
    found: list[Difference] = []
    for key in keys:
        was, now = old.get(key), new.get(key)
        line = now if now is not None else was
        assert line is not None
        for name, a, b in zip(_NAMES, _values(was), _values(now), strict=True):
            if a != b:
                found.append(Difference(line.scope, line.code, line.name, line.phase, name, a, b))
    return tuple(found)


_NAMES = (*FIGURES, "members", "member_authors")


def _values(line: FrozenLine | None) -> tuple[int, ...]:
    return (*line.figures, line.members, line.member_authors) if line is not None else (0,) * len(_NAMES)


def _by_key(lines: Sequence[FrozenLine]) -> Mapping[tuple[str, str, int], FrozenLine]:
    return {line.key: line for line in lines}
