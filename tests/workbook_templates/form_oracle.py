"""What a form must show, written from DOMAIN.md alone: it shares no code with the product but the programme's data.

A row is a plain dict of what stands in the cells. The form is stricter than the reader on purpose: a text that looks
like a date or an amount is an error there, since it can still be retyped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from validation.programme import Programme

Cells = dict[str, Any]


@dataclass
class Expected:
    """One row: ``phase`` is None outside every phase, ``word`` begins the verdict; an empty row has no word."""

    word: str | None
    phase: int | None = None
    upper: int = 0
    base: int = 0
    total: int = 0
    approved: bool = False
    counted: bool = False
    person: str | None = None


def expectations(rows: Sequence[Cells], programme: Programme) -> list[Expected]:
    faults = [breaks_an_error_rule(row, programme) for row in rows]
    accepted = [i for i, row in enumerate(rows) if row and not faults[i]]
    duplicates = _duplicates(rows, accepted)
    results = []
    for i, row in enumerate(rows):
        if not row:
            results.append(Expected(None))
        elif faults[i]:
            results.append(Expected("LỖI"))
        else:
            results.append(_accepted(row, programme, duplicate=i in duplicates))
    return results


def breaks_an_error_rule(row: Cells, programme: Programme) -> bool:
    if any(value == "#N/A" for value in row.values()):
        return True
    for name in ("lead_author", "title", "effect"):
        if not str(row.get(name) or "").strip():
            return True
    lists = {
        "is_member": (programme.answers.yes, programme.answers.no),
        "ip_protected": (programme.answers.yes, programme.answers.no),
        "solution_kind": programme.lists.solution_kind,
        "status": (programme.status.under_review, programme.status.approved, programme.status.refused),
    }
    if any(str(row.get(name) or "").strip() not in allowed for name, allowed in lists.items()):
        return True
    if row.get("activity_field") and row["activity_field"] not in programme.lists.activity_field:
        return True
    return _dates_are_wrong(row, programme) or _amounts_are_wrong(row, programme)


def _dates_are_wrong(row: Cells, programme: Programme) -> bool:
    applied, registered, approved = (row.get(n) for n in ("applied_on", "registered_on", "approved_on"))
    if not isinstance(row.get("recognised_on"), date) or not isinstance(applied, date):
        return True
    if not programme.application_window.first <= applied <= programme.application_window.last:
        return True
    if registered is not None and _phase(registered, programme) is None:
        return True
    if approved is None:
        return bool(row["status"].strip() == programme.status.approved)
    return not isinstance(approved, date) or (isinstance(registered, date) and approved < registered)


def _amounts_are_wrong(row: Cells, programme: Programme) -> bool:
    benefit, base = row.get("benefit_value"), row.get("base_support")
    if benefit is not None and (not isinstance(benefit, int) or benefit < 0):
        return True
    return base is not None and (not isinstance(base, int) or not 0 <= base <= programme.support.base_cap)


def _phase(day: Any, programme: Programme) -> int | None:
    if not isinstance(day, date):
        return None
    return next((p.number for p in programme.phases if p.first <= day <= p.last), None)


def _duplicates(rows: Sequence[Cells], accepted: Sequence[int]) -> set[int]:
    """All but the first of each code: earliest registered, then the unit's code, then the upper row."""
    groups: dict[str, list[int]] = {}
    for i in accepted:
        code = str(rows[i].get("registration_code") or "").strip()
        if code:
            groups.setdefault(code, []).append(i)

    def order(i: int) -> tuple[date, str, int]:
        return (rows[i].get("registered_on") or date.max, rows[i].get("unit_code", ""), i)

    return {i for group in groups.values() for i in sorted(group, key=order)[1:]}


def _accepted(row: Cells, programme: Programme, *, duplicate: bool) -> Expected:
    readings, states = programme.readings, programme.status
    code, registered = str(row.get("registration_code") or "").strip(), row.get("registered_on")
    phase = _phase(row.get(readings.phase_date), programme)
    if readings.phase_needs_code and not (code and registered):
        phase = None
    if duplicate:
        return Expected("TRÙNG", phase)
    status = row["status"].strip()
    approved, protected = status == states.approved, row["ip_protected"] == programme.answers.yes
    member = row["is_member"] == programme.answers.yes
    if phase is None:
        return Expected("LƯU Ý" if not (code and registered) or approved else "?", None)
    upper = 0
    if code and registered and approved and not protected and (member or readings.non_members_eligible):
        names = [n for n in (row.get("co_authors") or "").split(";") if n.strip()]
        upper = programme.support.upper_amount * (1 + len(names) if readings.support_per == "author" else 1)
    base = row.get("base_support") or 0
    if readings.base_needs_approval and not approved:
        base = 0
    counted = status != states.refused and (approved or not readings.counted_needs_approval)
    counted = counted and (readings.counts_ip_protected or not protected)
    person = None
    if member:
        number = str(row.get("member_number") or "").strip()
        person = row.get("unit_code", "") + "|" + (f"#{number}" if number else row["lead_author"].strip())
    return Expected(
        "?", phase, upper, base, upper + base if readings.base_support_on_top else max(upper, base),
        approved, counted, person if counted else None,
    )  # fmt: skip


def totals(expected: Sequence[Expected], phase: int) -> dict[str, int]:
    """The cover's figures of a phase, over accepted rows."""
    rows = [e for e in expected if e.phase == phase and e.word != "TRÙNG"]
    return {
        "registered": len(rows),
        "approved": sum(e.approved for e in rows),
        "counted": sum(e.counted for e in rows),
        "upper": sum(e.upper for e in rows),
        "base": sum(e.base for e in rows),
        "total": sum(e.total for e in rows),
        "authors": len({e.person for e in rows if e.person}),
    }
