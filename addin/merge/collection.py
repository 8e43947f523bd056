"""Collection control: of every unit that owes a report, what came, when, how late, or why nothing counts. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from addin.merge.overview import FileOutcome, Overview, RefusedFile, Report
from validation.units import Level, Unit

_NO_CODE = re.compile(r"[^0-9A-Za-zÀ-ỹĐđ]+")


class CollectionState(StrEnum):
    """Where a unit stands: a report of its counts (``late``: for the phase that is due the first one came after the
    deadline, or is still to come), one came and was refused, one was taken out again, or nothing ever came."""

    RECEIVED = "received"
    LATE = "late"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class PhaseCollection:
    """A unit's reporting for one phase. ``first`` is the day of its first report since the phase began, None where
    there is none yet; ``days_late`` counts from the deadline, to that day or, where it is over, to today."""

    phase: int
    deadline: date
    first: date | None
    days_late: int


@dataclass(frozen=True, slots=True)
class UnitCollection:
    """One unit that owes a report. ``newest`` is the day of the report that counts, ``received_at`` when its file came;
    ``days_late`` is that of the phase that is due; ``refused`` are files that seem to be the unit's."""

    unit: Unit
    state: CollectionState
    newest: date | None
    received_at: datetime | None
    phases: tuple[PhaseCollection, ...]
    days_late: int
    refused: tuple[RefusedFile, ...]


def due_phase(overview: Overview) -> int:
    """The phase by which lateness is judged: the last whose deadline has passed, else the first."""
    day = overview.made_at.date()
    numbers = [phase.number for phase in overview.programme.phases]
    return max((n for n in numbers if overview.deadline(n) < day), key=overview.deadline, default=numbers[0])


def expected_units(overview: Overview) -> list[Unit]:
    """Grassroots unions that owe a report: those without one that exist on the day, and those that have reported."""
    missing = {unit.code: unit for unit in overview.missing()}
    grassroots = {u.code: u for u in overview.tree.below(overview.unit.code) if u.level is Level.GRASSROOTS}
    reporting = {r.unit_code: grassroots[r.unit_code] for r in overview.current if r.unit_code in grassroots}
    return [unit for _, unit in sorted((missing | reporting).items())]


def collection_of(overview: Overview) -> tuple[UnitCollection, ...]:
    """One entry for each unit that owes a report, by code."""
    units = expected_units(overview)
    counting = {report.unit_code: report for report in overview.current}
    all_reports: dict[str, list[Report]] = {}
    withdrawn: set[str] = set()
    for report in overview.reports:
        if report.withdrawn is None:
            all_reports.setdefault(report.unit_code, []).append(report)
        else:
            withdrawn.add(report.unit_code)
    refused = _refused_by_unit(overview, {unit.code for unit in units})
    due = due_phase(overview)
    return tuple(
        _unit(overview, due, unit, counting.get(unit.code), all_reports.get(unit.code, []), refused.get(unit.code, ()),
              unit.code in withdrawn)
        for unit in units
    )  # fmt: skip


def _unit(
    overview: Overview,
    due: int,
    unit: Unit,
    current: Report | None,
    reports: list[Report],
    refused: tuple[RefusedFile, ...],
    withdrawn: bool,
) -> UnitCollection:
    phases = tuple(_phase(overview, phase.number, phase.first, reports) for phase in overview.programme.phases)
    days_late = next(one.days_late for one in phases if one.phase == due)
    if current is not None:
        state = CollectionState.LATE if days_late else CollectionState.RECEIVED
    elif refused:
        state = CollectionState.REFUSED
    else:
        state = CollectionState.WITHDRAWN if withdrawn else CollectionState.NEVER
    return UnitCollection(
        unit=unit,
        state=state,
        newest=current.cover.report_date if current is not None else None,
        received_at=current.received_at if current is not None else None,
        phases=phases,
        days_late=days_late,
        refused=refused,
    )


def _phase(overview: Overview, number: int, begins: date, reports: list[Report]) -> PhaseCollection:
    deadline = overview.deadline(number)
    first = min((r.cover.report_date for r in reports if r.cover.report_date >= begins), default=None)
    until = first if first is not None else overview.made_at.date()
    return PhaseCollection(number, deadline, first, max(0, (until - deadline).days))


def _refused_by_unit(overview: Overview, codes: set[str]) -> Mapping[str, tuple[RefusedFile, ...]]:
    """Refused files by the unit they seem to be of: the code that the file names, else the one in the file's name."""
    folded = {_plain(code): code for code in codes}
    found: dict[str, tuple[RefusedFile, ...]] = {}
    for file in overview.refused:
        if file.outcome is not FileOutcome.QUARANTINED:
            continue
        said = str(file.facts.get("unit_code") or "")
        name = f"-{_plain(file.path.rsplit('/', 1)[-1].rpartition('.')[0])}-"
        in_name = {code for plain, code in folded.items() if plain and f"-{plain}-" in name}
        owner = said if said in codes else in_name.pop() if len(in_name) == 1 else None
        if owner is not None:
            found[owner] = (*found.get(owner, ()), file)
    return found


def _plain(text: str) -> str:
    return _NO_CODE.sub("-", text).strip("-").casefold()


def tally_of(units: tuple[UnitCollection, ...]) -> dict[CollectionState, int]:
    """How many units stand where; every state has an entry."""
    counted = Counter(one.state for one in units)
    return {state: counted[state] for state in CollectionState}
