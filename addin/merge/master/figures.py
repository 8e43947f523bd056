"""Figures that the master draws from an overview beyond its totals: standings, roll-ups, payers, months. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from addin.merge.master.directory import Directory
from addin.merge.overview import Overview, Report
from validation.findings import Finding, Severity
from validation.money import Tally, UnitPhase
from validation.programme import Phase
from validation.submission import Outcome
from workbook_templates.cover_totals import NEAR_SHARE


class Standing(StrEnum):
    """How a unit stands to the programme's quota, in the words that a clerk reads."""

    REACHED = "Đạt"
    NEAR = "Gần đạt"
    BELOW = "Chưa đạt"
    UNKNOWN = "Chưa có số đoàn viên"


def standing(participation: float | None, minimum: float) -> Standing:
    """Near is what lacks at most a fifth of the quota: with 15 %, from 12 % on."""
    if participation is None:
        return Standing.UNKNOWN
    if participation >= minimum:
        return Standing.REACHED
    return Standing.NEAR if participation >= NEAR_SHARE * minimum else Standing.BELOW


@dataclass(slots=True)
class RollUp:
    """One phase of all units under one superior (None: nobody knows it). Members as reported."""

    superior: str | None
    phase: int
    tally: Tally = field(default_factory=Tally)
    member_authors: int = 0
    members: int = 0
    units: set[str] = field(default_factory=set)
    own_members: int = 0

    def add(self, figures: UnitPhase) -> None:
        """Add a unit's figures of this phase."""
        self.tally.merge(figures.tally)
        self.member_authors += figures.member_authors
        if figures.unit == self.superior:
            self.own_members += figures.members
        else:
            self.members += figures.members
            self.units.add(figures.unit)

    @property
    def participation(self) -> float | None:
        """Of the members of its units; where those are unknown, of the members that its consolidation states."""
        members = self.members or self.own_members
        return self.member_authors / members if members else None


def roll_ups(overview: Overview, directory: Directory) -> list[RollUp]:
    """Per direct superior and phase, in the order of codes; what no superior is known of comes last."""
    result: dict[tuple[str | None, int], RollUp] = {}
    for figures in overview.units.values():
        key = (directory.roll_up(figures.unit), figures.phase)
        result.setdefault(key, RollUp(*key)).add(figures)
    return sorted(result.values(), key=lambda r: (r.superior is None, r.superior or "", r.phase))


def missing_by_superior(overview: Overview, directory: Directory) -> Counter[str | None]:
    """How many units of each superior have not reported."""
    return Counter(directory.roll_up(unit.code) for unit in overview.missing())


def payments(overview: Overview, directory: Directory) -> dict[str | None, dict[int, int]]:
    """Upper-level support in đồng by payer (the directly superior union) and phase, in the order of codes."""
    paid: dict[str | None, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for figures in overview.units.values():
        if figures.tally.upper_support:
            superior = directory.superior(figures.unit)
            paid[superior.code if superior else None][figures.phase] += figures.tally.upper_support
    ordered = sorted(paid.items(), key=lambda item: (item[0] is None, item[0] or ""))
    return {payer: dict(phases) for payer, phases in ordered}


@dataclass(frozen=True, slots=True)
class Month:
    """Registrations of one month, and how many of them are approved by now."""

    first: date
    registered: int
    approved: int


def months(overview: Overview) -> list[Month]:
    """From the first month with a registration that lies in a phase to the last, none left out between."""
    registered: Counter[date] = Counter()
    approved: Counter[date] = Counter()
    days = Counter((row.registered_on, row.status) for row in overview.accepted() if row.phase is not None)
    for (day, status), count in days.items():
        if day is not None:
            first = day.replace(day=1)
            registered[first] += count
            approved[first] += count if status == overview.programme.status.approved else 0
    if not registered:
        return []
    return [
        Month(month, registered[month], approved[month]) for month in _months_between(min(registered), max(registered))
    ]


def _months_between(first: date, last: date) -> Iterator[date]:
    month = first
    while month <= last:
        yield month
        month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)


def top_units(overview: Overview, most: int = 10) -> list[tuple[str, int]]:
    """The units with most counted initiatives over all phases, most first; units without any are left out."""
    counted: Counter[str] = Counter()
    for figures in overview.units.values():
        counted[figures.unit] += figures.tally.counted
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return [(unit, number) for unit, number in ordered[:most] if number]


def standings(overview: Overview, phase: int) -> Counter[Standing]:
    """How many reporting units stand how in a phase."""
    minimum = overview.programme.participation.minimum
    reporting = {report.unit_code for report in overview.current}
    return Counter(
        standing(figures.participation, minimum)
        for figures in overview.units.values()
        if figures.phase == phase and figures.unit in reporting
    )


def phase_at(overview: Overview) -> Phase:
    """The phase that a reader wants first: today's, else the last that has begun, else the first."""
    day = overview.made_at.date()
    begun = [phase for phase in overview.programme.phases if phase.first <= day]
    return begun[-1] if begun else overview.programme.phases[0]


def money_by_file(overview: Overview) -> dict[int, tuple[int, int]]:
    """Upper-level and grassroots support of each file's accepted rows that count, in đồng, by the file's id."""
    money: dict[int, tuple[int, int]] = {}
    for report in overview.counting:
        rows = [row for row in report.rows if row.outcome is Outcome.ACCEPTED]
        upper, base = money.get(report.id, (0, 0))
        upper += sum(row.upper_support for row in rows)
        money[report.id] = (upper, base + sum(row.base_counted for row in rows))
    return money


def top_rates(overview: Overview, phase: int, most: int) -> list[UnitPhase]:
    """The units with the highest participation in a phase, highest first; units without any are left out."""
    taking_part = [f for f in overview.units.values() if f.phase == phase and f.participation]
    return sorted(taking_part, key=lambda f: (-(f.participation or 0), f.unit))[:most]


def collected(overview: Overview, directory: Directory) -> list[tuple[str | None, int, int]]:
    """Superior, how many of its units have a report that counts, and how many have none; most missing first."""
    missing = missing_by_superior(overview, directory)
    reporting: Counter[str | None] = Counter()
    for report in overview.current:
        superior = directory.roll_up(report.unit_code)
        if superior != report.unit_code:
            reporting[superior] += 1
    superiors = sorted(set(missing) | set(reporting), key=lambda s: (-missing[s], -reporting[s], s or ""))
    return [(superior, reporting[superior], missing[superior]) for superior in superiors]


@dataclass(slots=True)
class Faults:
    """How many errors and warnings something has."""

    errors: int = 0
    warnings: int = 0


def faults_by_rule(overview: Overview) -> dict[str, Faults]:
    """Findings of the reports that count, by the rule that found them; most errors first, then most warnings."""
    return _faults((finding.code, finding) for _, finding in _findings(overview))


def faults_by_unit(overview: Overview) -> dict[str, Faults]:
    """The same by the unit that reports."""
    return _faults((report.unit_code, finding) for report, finding in _findings(overview))


def _findings(overview: Overview) -> Iterator[tuple[Report, Finding]]:
    for report in (*overview.current, *(c for c in overview.consolidations if c.current)):
        for finding in report.findings:
            yield report, finding


def _faults(found: Iterator[tuple[str, Finding]]) -> dict[str, Faults]:
    faults: dict[str, Faults] = {}
    for key, finding in found:
        one = faults.setdefault(key, Faults())
        if finding.severity is Severity.ERROR:
            one.errors += 1
        else:
            one.warnings += 1
    ordered = sorted(faults.items(), key=lambda item: (-item[1].errors, -item[1].warnings, item[0]))
    return dict(ordered)
