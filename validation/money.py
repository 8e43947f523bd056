"""Support, and totals. Source: DOMAIN, "The support rule, precisely" and "Reports". Money in integer đồng.

upper = amount  if registered on the portal AND approved AND in the report AND not a duplicate, else 0
base  = what the grassroots union entered, 0 … cap; counts for every accepted row of a phase
total = upper + base
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from validation.programme import Programme
from validation.submission import Outcome, Row
from validation.text.keys import person_key


class Support(NamedTuple):
    """What a faultless row that is no duplicate brings. ``base`` is the part of the entered amount that counts."""

    phase: int | None
    upper: int
    base: int
    counted: bool


def support_of(
    programme: Programme,
    *,
    registration_code: str | None,
    registered_on: date | None,
    approved_on: date | None,
    status: str | None,
    ip_protected: bool | None,
    is_member: bool | None,
    authors: int,
    base_support: int | None,
) -> Support:
    """Phase, support and whether the initiative counts, under the programme's readings. ``authors`` ≥ 1."""
    readings = programme.readings
    registered = registered_on is not None and (bool(registration_code) or not readings.phase_needs_code)
    day = registered_on if readings.phase_date == "registered_on" else approved_on
    phase = programme.phase_of(day) if registered else None
    if phase is None:
        return Support(None, 0, 0, counted=False)
    approved = status == programme.status.approved
    eligible = (
        approved and bool(registration_code) and not ip_protected and (readings.non_members_eligible or bool(is_member))
    )
    upper = 0
    if eligible:
        upper = programme.support.upper_amount * (authors if readings.support_per == "author" else 1)
    base = (base_support or 0) if approved or not readings.base_needs_approval else 0
    if not readings.base_support_on_top:
        base = max(0, base - upper)
    counted = (
        status != programme.status.refused
        and (approved or not readings.counted_needs_approval)
        and (readings.counts_ip_protected or not ip_protected)
    )
    return Support(phase.number, upper, base, counted)


def with_support(row: Row, programme: Programme) -> Row:
    """The row as accepted, with the money it then brings: for one that was a duplicate while another stood."""
    support = support_of(
        programme,
        registration_code=row.registration_code,
        registered_on=row.registered_on,
        approved_on=row.approved_on,
        status=row.status,
        ip_protected=row.ip_protected,
        is_member=row.is_member,
        authors=count_authors(row.lead_author, row.co_authors),
        base_support=row.base_support,
    )
    return row._replace(
        outcome=Outcome.ACCEPTED,
        phase=support.phase,
        upper_support=support.upper,
        base_counted=support.base,
        counted=support.counted,
    )


@dataclass(slots=True)
class Tally:
    """Running totals of accepted rows. Amounts in đồng."""

    registered: int = 0
    approved: int = 0
    counted: int = 0
    upper_support: int = 0
    base_support: int = 0

    @property
    def total_support(self) -> int:
        """Upper and base together."""
        return self.upper_support + self.base_support

    def add(self, row: Row, approved_name: str) -> None:
        """Count one accepted row that lies in a phase."""
        self.add_all((row,), approved_name)

    def add_all(self, rows: Sequence[Row], approved_name: str) -> None:
        """Count accepted rows that lie in a phase."""
        self.registered += len(rows)
        self.approved += [row.status for row in rows].count(approved_name)
        self.counted += sum([row.counted for row in rows])
        self.upper_support += sum([row.upper_support for row in rows])
        self.base_support += sum([row.base_counted for row in rows])

    def merge(self, other: Tally) -> None:
        """Add another's figures."""
        self.registered += other.registered
        self.approved += other.approved
        self.counted += other.counted
        self.upper_support += other.upper_support
        self.base_support += other.base_support


@dataclass(slots=True)
class UnitPhase:
    """A unit's figures of one phase. ``members`` is the newest report's; participation is None where that is 0."""

    unit: str
    phase: int
    tally: Tally
    member_authors: int = 0
    authors: int = 0
    members: int = 0
    workers: int = 0

    @property
    def participation(self) -> float | None:
        """Distinct member authors with a counted initiative ÷ members: the quota's rate."""
        return self.member_authors / self.members if self.members else None

    @property
    def worker_participation(self) -> float | None:
        """The second rate beside it: distinct authors, members or not, over all workers."""
        return self.authors / self.workers if self.workers else None


def count_authors(lead_author: str | None, co_authors: Sequence[str]) -> int:
    """How many people share an initiative: the lead author, and each co-author once; one who repeats a name is one."""
    if not co_authors:
        return 1
    return len({key for key in (person_key(lead_author or ""), *map(person_key, co_authors)) if key}) or 1


def people_of(row: Row) -> tuple[str, ...]:
    """Keys of the row's authors: the member number where there is one, else the folded name (within the unit).

    Co-authors are persons by name; a co-author who repeats the lead author's name is the same person.
    """
    if row.member_number and not row.co_authors:
        return (f"#{row.member_number}",)
    lead_name = person_key(row.lead_author or "")
    if not row.co_authors:
        return (lead_name,)
    lead = f"#{row.member_number}" if row.member_number else lead_name
    others = (person_key(name) for name in row.co_authors)
    return (lead, *(key for key in others if key and key != lead_name))


def totals_by_unit(
    rows: Iterable[Row], programme: Programme, staff: Mapping[str, tuple[int, int]]
) -> dict[tuple[str, int], UnitPhase]:
    """Figures per (unit, phase) for every unit in ``staff`` (unit → members, workers) and every phase.

    Only accepted rows in a phase are added; others are passed over. Rows of a unit that is not in ``staff`` are
    given an entry with no members.
    """
    result = {
        (unit, phase.number): UnitPhase(unit, phase.number, Tally(), members=members, workers=workers)
        for unit, (members, workers) in staff.items()
        for phase in programme.phases
    }
    of_key: dict[tuple[str, int], list[Row]] = {}
    for row in rows:
        if row.outcome is Outcome.ACCEPTED and row.phase is not None:
            of_key.setdefault((row.unit_code, row.phase), []).append(row)
    approved_name = programme.status.approved
    for key, some in of_key.items():
        entry = result.get(key)
        if entry is None:
            entry = result[key] = UnitPhase(*key, Tally())
        entry.tally.add_all(some, approved_name)
        people = [(people_of(row), row.is_member) for row in some if row.counted]
        entry.authors = len({person for authors, _ in people for person in authors})
        entry.member_authors = len({person for authors, is_member in people if is_member for person in authors})
    return result


def totals_by_phase(units: Iterable[UnitPhase], programme: Programme) -> dict[int, Tally]:
    """Figures per phase over all units; every phase has an entry."""
    result = {phase.number: Tally() for phase in programme.phases}
    for unit in units:
        result[unit.phase].merge(unit.tally)
    return result
