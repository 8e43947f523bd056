"""Rows as clerks type them, from a seed: clean, unregistered, duplicate, refused, protected, faulty, empty."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from validation.programme import Programme

NAMES = ["Nguyễn Thị Hồng Nhung", "Trần Văn Quý", "Lê Hoàng Thuỳ Linh", "Phạm Đức Khải", "Vũ Thị Quỳnh", "Đỗ Hoà"]
UNITS = ["CD-001", "CD-002", "CD-003"]


def generated_rows(programme: Programme, count: int, seed: int, *, units: bool) -> list[dict[str, Any]]:
    chance = random.Random(seed)
    rows: list[dict[str, Any]] = []
    for number in range(count):
        row = _clean(programme, chance, number)
        if units:
            row["unit_code"] = chance.choice(UNITS)
        for change in (_unregister, _repeat_a_code, _change_status, _break, _bend):
            if chance.random() < 0.22:
                change(row, rows, programme, chance)
        if chance.random() < 0.02:
            row = {}
        rows.append({name: value for name, value in row.items() if value is not None})
    return rows


def _day(chance: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=chance.randint(0, (last - first).days))


def _clean(programme: Programme, chance: random.Random, number: int) -> dict[str, Any]:
    phase = chance.choice(programme.phases)
    registered = chance.choice([phase.first, phase.last, *[_day(chance, phase.first, phase.last)] * 6])
    window = programme.application_window
    return {
        "registration_code": f"SK{number:06d}",
        "lead_author": chance.choice(NAMES),
        "member_number": chance.choice([None, f"{chance.randint(1, 60):05d}"]),
        "is_member": chance.choice([programme.answers.yes] * 4 + [programme.answers.no]),
        "co_authors": chance.choice([None, None, "Bùi An", "Bùi An; Mai Chi", " Bùi An ;; Mai Chi ; ", ";"]),
        "title": f"Cải tiến số {number}",
        "solution_kind": chance.choice(programme.lists.solution_kind),
        "activity_field": chance.choice([None, *programme.lists.activity_field]),
        "effect": "Giảm thời gian thao tác, giảm phế phẩm.",
        "benefit_value": chance.choice([None, 0, 12_500_000, 98_765_432_100]),
        "recognised_on": _day(chance, window.first, window.last),
        "applied_on": chance.choice([window.first, window.last, _day(chance, window.first, window.last)]),
        "ip_protected": chance.choice([programme.answers.no] * 9 + [programme.answers.yes]),
        "registered_on": registered,
        "status": programme.status.approved,
        "approved_on": registered + timedelta(days=chance.choice([0, 1, 30, 400])),
        "base_support": chance.choice([None, 0, 1, 100_000, programme.support.base_cap]),
        "note": chance.choice([None, "đã kiểm tra"]),
    }


def _unregister(row: dict[str, Any], rows: object, programme: Programme, chance: random.Random) -> None:
    for name in chance.choice([("registration_code",), ("registered_on",), ("registration_code", "registered_on")]):
        row[name] = None


def _repeat_a_code(row: dict[str, Any], rows: Any, programme: Programme, chance: random.Random) -> None:
    if not rows:
        return
    code = chance.choice(rows[-12:]).get("registration_code")
    if isinstance(code, str):
        row["registration_code"] = chance.choice(
            [code, code, code, code.lower(), f"{code} ", code.replace("0", "?", 1)]
        )
        if chance.random() < 0.3:
            row["registered_on"] = rows[-1].get("registered_on", row["registered_on"])


def _change_status(row: dict[str, Any], rows: object, programme: Programme, chance: random.Random) -> None:
    row["status"] = chance.choice([programme.status.under_review, programme.status.refused])
    if chance.random() < 0.8:
        row["approved_on"] = None


def _break(row: dict[str, Any], rows: object, programme: Programme, chance: random.Random) -> None:
    """One fault that rejects the row, of a kind drawn by lot."""
    gap = programme.phases[0].first - timedelta(days=1)
    name, value = chance.choice([
        ("lead_author", None), ("title", "  "), ("effect", None), ("is_member", "x"), ("is_member", None),
        ("solution_kind", "Giải pháp kĩ thuật"), ("solution_kind", None), ("activity_field", "Khác"),
        ("status", "Đã duyệt"), ("status", None), ("ip_protected", None), ("ip_protected", "*"),
        ("recognised_on", None), ("recognised_on", "15/02/2022"), ("applied_on", None),
        ("applied_on", programme.application_window.last + timedelta(days=1)),
        ("applied_on", programme.application_window.first - timedelta(days=1)), ("applied_on", "15/02/2022"),
        ("registered_on", gap), ("registered_on", programme.phases[-1].last + timedelta(days=1)),
        ("registered_on", "15/02/2022"), ("approved_on", gap), ("approved_on", "15/02/2022"),
        ("base_support", programme.support.base_cap + 1), ("base_support", -1), ("base_support", 1000.5),
        ("base_support", "200.000"), ("benefit_value", -5), ("benefit_value", "12 triệu"), ("effect", "#N/A"),
        ("registration_code", "#N/A"), ("base_support", "#N/A"), ("status", "#N/A"), ("registered_on", "#N/A"),
    ])  # fmt: skip
    row[name] = value


def _bend(row: dict[str, Any], rows: object, programme: Programme, chance: random.Random) -> None:
    """What is unusual and still right."""
    name, value = chance.choice([
        ("registration_code", "0001"), ("registration_code", "1"), ("registration_code", "00001"),
        ("registration_code", "<5"), ("registration_code", "SK~1"), ("registration_code", "SK~1"),
        ("registration_code", "SK*"), ("registration_code", "sk000001"), ("status", f"{row['status']} "),
        ("lead_author", f" {row['lead_author']}"), ("member_number", "00012 "),
    ])  # fmt: skip
    row[name] = value
