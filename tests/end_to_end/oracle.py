"""What a campaign must come to, worked out from the domain's text alone; no code of the product is used.

Slow and plain on purpose: every figure is a sum over a list of lines.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.end_to_end.plans import Plan

UNDER_REVIEW, APPROVED, REFUSED = "Đang xem xét", "Hợp lệ", "Không hợp lệ"
REQUIRED = ("lead_author", "is_member", "title", "solution_kind", "effect", "recognised_on", "applied_on",
            "ip_protected", "status")  # fmt: skip


class Unreadable:
    """Something stands in the cell that means nothing: an unknown list value, a date that is none."""


UNREADABLE = Unreadable()


@dataclass(frozen=True)
class Line:
    """One line of a list. ``cells`` is what is typed, ``means`` what it says: None for a line that is no initiative.

    ``empty``: nothing at all is typed in it.
    """

    cells: dict[str, Any]
    means: dict[str, Any] | None = None

    @property
    def empty(self) -> bool:
        return not self.cells


@dataclass(frozen=True)
class Paper:
    """One report as it is sent."""

    unit: str
    day: date
    number: int
    members: int
    workers: int
    lines: tuple[Line, ...]


@dataclass
class Expected:
    """The whole of ``merge --json`` but names and reasons: outcome and rows by paper, totals, units."""

    outcomes: list[str] = field(default_factory=list)
    rows: list[dict[str, int]] = field(default_factory=list)
    totals: dict[str, Any] = field(default_factory=dict)
    units: list[dict[str, Any]] = field(default_factory=list)


def breaks_a_rule(means: dict[str, Any], plan: Plan) -> bool:
    """Whether the row is rejected."""
    if any(value is UNREADABLE for value in means.values()):
        return True
    if any(means.get(name) in (None, "") for name in REQUIRED):
        return True
    status, registered, approved = means["status"], means.get("registered_on"), means.get("approved_on")
    if status == APPROVED and approved is None:
        return True
    if approved is not None and registered is not None and approved < registered:
        return True
    if registered is not None and plan.phase_of(registered) is None:
        return True
    if not plan.window[0] <= means["applied_on"] <= plan.window[1]:
        return True
    base, benefit = means.get("base_support"), means.get("benefit_value")
    return (base is not None and not 0 <= base <= plan.base_cap) or (benefit is not None and benefit < 0)


def person(name: str) -> str:
    """A name as a key, for the names that the maker makes: form, case and where the tone stands do not matter."""
    key = unicodedata.normalize("NFC", " ".join(name.split())).casefold()
    return key.replace("òa", "oà").replace("ủy", "uỷ").replace("óa", "oá")


def standing(papers: list[Paper]) -> set[int]:
    """Positions of the papers that count: per unit the newest date, then number; of equal ones the later arrival."""
    best: dict[str, int] = {}
    for position, paper in enumerate(papers):
        other = best.get(paper.unit)
        if other is None or (papers[other].day, papers[other].number) <= (paper.day, paper.number):
            best[paper.unit] = position
    return set(best.values())


def duplicates(lines: Iterable[tuple[str, int, Line]]) -> set[tuple[str, int]]:
    """(unit, row) of every line that is not the first of its registration code. Rejected lines are not to be given."""
    first: dict[str, tuple[date, str, int]] = {}
    by_code: dict[str, list[tuple[date, str, int]]] = {}
    for unit, row, line in lines:
        assert line.means is not None
        code = line.means.get("registration_code")
        if code:
            key = (line.means.get("registered_on") or date.max, unit, row)
            by_code.setdefault(code, []).append(key)
            first[code] = min(first.get(code, key), key)
    return {(unit, row) for code, keys in by_code.items() for day, unit, row in keys if (day, unit, row) != first[code]}


def sound(paper: Paper, plan: Plan) -> Iterator[tuple[str, int, Line]]:
    """The paper's lines that are initiatives and break no rule, with their positions."""
    for row, line in enumerate(paper.lines):
        if line.means is not None and not breaks_a_rule(line.means, plan):
            yield paper.unit, row, line


def counts(paper: Paper, plan: Plan, doubled: set[tuple[str, int]]) -> dict[str, int]:
    lines = list(paper.lines)
    while lines and lines[-1].empty:
        lines.pop()
    rejected = sum(line.means is not None and breaks_a_rule(line.means, plan) for line in lines)
    duplicate = sum((paper.unit, row) in doubled for row in range(len(lines)))
    blank = sum(line.means is None for line in lines)
    accepted = len(lines) - rejected - duplicate - blank
    return {
        "seen": len(lines), "accepted": accepted, "rejected": rejected, "duplicate": duplicate, "blank": blank,
    }  # fmt: skip


def expect(papers: list[Paper], plan: Plan) -> Expected:
    """What one merge of these papers, arriving in this order into an empty campaign, must say."""
    result = Expected()
    counting = standing(papers)
    doubled = duplicates(one for position in counting for one in sound(papers[position], plan))
    several = {paper.unit for paper in papers if sum(other.unit == paper.unit for other in papers) > 1}
    for position, paper in enumerate(papers):
        if position in counting:
            result.outcomes.append("replaced" if paper.unit in several else "accepted")
            result.rows.append(counts(paper, plan, doubled))
        else:
            result.outcomes.append("superseded")
            result.rows.append(counts(paper, plan, duplicates(sound(paper, plan))))
    accepted = {
        papers[position].unit: [
            line.means for unit, row, line in sound(papers[position], plan) if line.means and (unit, row) not in doubled
        ]
        for position in counting
    }
    by_unit = {papers[position].unit: papers[position] for position in counting}
    result.units = [
        _unit_phase(by_unit[unit], accepted[unit], number, plan)
        for unit in sorted(by_unit)
        for number, *_ in plan.phases
    ]
    phases = [_phase(result.units, number, target) for number, _, _, target in plan.phases]
    result.totals = {
        "rows": sum(map(len, accepted.values())),
        "upper_support": sum(phase["upper_support"] for phase in phases),
        "base_support": sum(phase["base_support"] for phase in phases),
        "phases": phases,
    }
    return result


def _unit_phase(paper: Paper, accepted: list[dict[str, Any]], number: int, plan: Plan) -> dict[str, Any]:
    rows = [
        means
        for means in accepted
        if means.get("registration_code") and plan.phase_of(means.get("registered_on")) == number
    ]
    approved = [means for means in rows if means["status"] == APPROVED]
    paid = [
        means for means in approved if not means["ip_protected"] and (plan.non_members_eligible or means["is_member"])
    ]
    spent = approved if plan.base_needs_approval else rows
    counted = [
        means
        for means in rows
        if means["status"] != REFUSED
        and not means["ip_protected"]
        and (means["status"] == APPROVED or not plan.counted_needs_approval)
    ]
    people: set[tuple[str, str]] = set()
    for means in counted:
        if means["is_member"]:
            number_ = means.get("member_number")
            people.add(("number", number_) if number_ else ("name", person(means["lead_author"])))
            people.update(("name", person(name)) for name in means.get("co_authors") or ())
    return {
        "unit": paper.unit,
        "phase": number,
        "registered": len(rows),
        "approved": len(approved),
        "counted": len(counted),
        "upper_support": plan.upper_amount * len(paid),
        "base_support": sum(means.get("base_support") or 0 for means in spent),
        "member_authors": len(people),
        "members": paper.members,
        "participation": len(people) / paper.members if paper.members else None,
    }


def _phase(units: list[dict[str, Any]], number: int, target: int) -> dict[str, Any]:
    here = [unit for unit in units if unit["phase"] == number]
    sums = {
        name: sum(unit[name] for unit in here)
        for name in ("registered", "approved", "counted", "upper_support", "base_support")
    }
    return {"phase": number, **sums, "target": target}
