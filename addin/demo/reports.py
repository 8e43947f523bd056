"""Which unit sends what: the reports of the campaign, clean and messy, each with what must become of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from addin.demo.campaign import Value
from addin.demo.entries import Entry, EntryMaker, as_of, habits
from addin.demo.flaws import FLAWS, blank_row, copy_of, totals_row
from addin.demo.people import full_name
from addin.demo.units import DemoUnit, demo_units
from validation.fields import ROW_FIELD
from validation.programme import Programme
from validation.submission import Outcome

EVERY_ROW = 9_999

# Unit → what its clerk does: a flaw of ``flaws.FLAWS`` and on how many rows, or something done to the whole list.
_FLAWED: dict[str, dict[str, int]] = {
    "HP-Q-HB-002": {"text_dates": EVERY_ROW},
    "HP-Q-HB-005": {"decomposed": EVERY_ROW, "blank_rows": 2},
    "HP-Q-HB-009": {"over_cap": 3, "text_amounts": 9, "missing_field": 1, "totals": 2, "swapped_date": 1},
    "HP-Q-HB-010": {"duplicates": 2, "approved_first": 1, "stray_spaces": 4},
    "HP-H-AD-003": {"legacy_font": EVERY_ROW},
    "HP-H-AD-007": {"wrong_choice": 2, "near_choice": 3, "no_date_at_all": 1, "totals": 1, "overwritten_formulas": 4},
    "HP-H-AD-009": {"lost_zeros": 12, "no_approval_day": 2, "blank_rows": 3, "near_twins": 1},
    "HP-H-AD-010": {"below": 5, "untidy_choices": 6, "outside_window": 1},
    "HP-N-GD-003": {"people_with_commas": 3, "near_choice": 1},
    "HP-N-GD-006": {"text_dates": 5, "untidy_unit_code": 1},
    "HP-N-YT-001": {"missing_field": 2, "before_portal": 3, "header_again": 1, "invisible_in_code": 3, "near_twins": 1},
    "HP-N-YT-003": {"hidden": 4, "amount_in_words": 1},
    "HP-N-YT-005": {"legacy_font": 8, "stray_spaces": 3},
    "HP-KKT-001": {"over_cap": 2, "outside_phases": 1, "text_dates": 14, "duplicates": 1, "blank_rows": 1},
    "HP-KKT-006": {"thousandth": 6, "below": 3, "near_choice": 2},
    "HP-TT-003": {"hidden": 3, "text_amounts": 11, "wrong_choice": 1, "text_report_date": 1},
    "HP-TT-007": {"totals": 2, "near_twins": 1, "approved_first": 1},
}  # fmt: skip

_REPLACED = {"HP-Q-HB-007": 0, "HP-KKT-003": 2, "HP-TT-002": 0}
"""Units that also reported after the first phase → initiatives of that report which are missing from the second."""

_SHARED = (
    ("HP-KKT-006", "HP-TT-001"),
    ("HP-N-YT-001", "HP-TT-009"),
    ("HP-H-AD-007", "HP-KKT-003"),
    ("HP-N-GD-001", "HP-N-GD-002"),
)
"""Pairs of units of which the second reports an initiative under a code of the first."""


@dataclass(slots=True)
class Report:
    """A report while it is being made. ``below`` is how many of its last rows stand below the form's table."""

    unit: DemoUnit
    report_date: date
    report_number: int
    entries: list[Entry]
    cover: dict[str, Value]
    findings: set[str] = field(default_factory=set)
    below: int = 0
    superseded: bool = False
    gone: tuple[str, ...] = ()


def make_reports(programme: Programme, rng: Random) -> tuple[list[Report], tuple[str, ...]]:
    """All reports, and the registration codes that two units share."""
    maker = EntryMaker(programme, rng)
    reports: list[Report] = []
    for unit in demo_units():
        if unit.rows:
            reports.extend(_reports_of(unit, programme, maker, rng))
    newest = {report.unit.code: report for report in reports if not report.superseded}
    shared = tuple(_share_a_code(newest[first], newest[second], rng) for first, second in _SHARED)
    for code, flaws in _FLAWED.items():
        _spoil(newest[code], flaws, maker, rng)
    return reports, shared


def _reports_of(unit: DemoUnit, programme: Programme, maker: EntryMaker, rng: Random) -> list[Report]:
    day = _report_day(programme, rng)
    entries = maker.entries(unit, habits(rng), day)
    number = 2 if unit.code in _REPLACED else rng.choices((1, 2, 3), weights=(75, 20, 5))[0]
    reporter = full_name(rng, woman=rng.random() < 0.7)
    newest = Report(unit, day, number, entries, _cover(unit, day, number, reporter, rng))
    if unit.code not in _REPLACED:
        return [newest]
    earlier_day = programme.phases[0].report_deadline - timedelta(days=rng.randint(1, 8))
    earlier = [before for entry in entries if (before := as_of(entry, earlier_day, programme)) is not None]
    dropped = [e for e in entries if e.clean and as_of(e, earlier_day, programme)][: _REPLACED[unit.code]]
    newest.entries = [entry for entry in entries if not any(entry is gone for gone in dropped)]
    newest.gone = tuple(str(entry.meant["registration_code"]) for entry in dropped)
    cover = _cover(unit, earlier_day, 1, reporter, rng) | {"members": unit.members - 3, "workers": unit.workers - 3}
    return [Report(unit, earlier_day, 1, earlier, cover, superseded=True), newest]


def _report_day(programme: Programme, rng: Random) -> date:
    """Most report in the fortnight after the last phase, some in the summer before, a few late."""
    last = programme.phases[1]
    chance = rng.random()
    if chance < 0.12:
        day = last.last - timedelta(days=rng.randint(15, 75))
    elif chance < 0.94:
        day = last.report_deadline - timedelta(days=rng.randint(0, 11))
    else:
        day = last.report_deadline + timedelta(days=rng.randint(3, 10))
    return day - timedelta(days=max(0, day.weekday() - 4))


def _cover(unit: DemoUnit, day: date, number: int, reporter: str, rng: Random) -> dict[str, Value]:
    return {
        "unit_code": unit.code,
        "unit_name": unit.unit.name,
        "superior_code": unit.unit.parent,
        "report_date": day,
        "report_number": number,
        "members": unit.members,
        "workers": unit.workers,
        "reporter_name": reporter,
        "reporter_position": rng.choice(
            ("Chủ tịch CĐCS", "Phó Chủ tịch CĐCS", "Uỷ viên BCH", "Cán bộ văn phòng", "Kế toán CĐCS")
        ),
        "reporter_phone": f"09000{rng.randint(0, 99999):05d}",
        "reporter_email": unit.unit.email,
    }


def _share_a_code(first: Report, second: Report, rng: Random) -> str:
    """Give an initiative of the second unit the code of one of the first. Both stay accepted in their own files."""
    there = rng.choice([entry for entry in first.entries if entry.clean and entry.meant["registered_on"]])
    here = rng.choice([entry for entry in second.entries if entry.clean and entry.meant["registered_on"]])
    code = str(there.meant["registration_code"])
    here.put("registration_code", code)
    here.reserved = there.reserved = True
    return code


def _spoil(report: Report, flaws: dict[str, int], maker: EntryMaker, rng: Random) -> None:
    for name, count in flaws.items():
        if name in FLAWS:
            _apply(report, name, count, rng)
    # What moves rows comes last, since a row's place decides about duplicates.
    for name, count in flaws.items():
        if name not in FLAWS:
            _spoil_list(report, name, count, maker, rng)


def _apply(report: Report, name: str, count: int, rng: Random) -> None:
    if count == EVERY_ROW:
        chosen = [entry for entry in report.entries if entry.fate is Outcome.ACCEPTED]
    else:
        chosen = [entry for entry in report.entries if entry.clean]
        rng.shuffle(chosen)
    for entry in chosen:
        count -= FLAWS[name](entry, rng)
        if count == 0:
            break


def _spoil_list(report: Report, name: str, count: int, maker: EntryMaker, rng: Random) -> None:
    """What is done to the whole list or to the cover."""
    match name:
        case "duplicates":
            _add_duplicates(report, count, rng)
        case "near_twins":
            _add_near_twins(report, count, maker, rng)
        case "overwritten_formulas":
            _overwrite_formulas(report, count, rng)
        case "hidden":
            _hide(report, count, rng)
        case "blank_rows":
            _add_blank_rows(report, count, rng)
        case "header_again":
            _add_header(report)
        case "totals":
            _add_totals(report, count)
        case "below":
            report.below = count
        case "untidy_unit_code":
            _untidy_unit_code(report)
        case "text_report_date":
            _text_report_date(report)
        case _:
            raise ValueError(f"nobody does {name} to a report")


def _add_blank_rows(report: Report, count: int, rng: Random) -> None:
    for _ in range(count):
        report.entries.insert(rng.randrange(2, len(report.entries)), blank_row())


def _add_totals(report: Report, count: int) -> None:
    """“Cộng” in the middle, “Tổng cộng” at the end."""
    entries = report.entries
    if count > 1:
        middle = len(entries) // 2
        entries.insert(middle, totals_row(entries[:middle], "Cộng"))
        report.findings.add("totals_row_inside")
    entries.append(totals_row([entry for entry in entries if entry.meant], "Tổng cộng"))


def _add_header(report: Report) -> None:
    header: dict[str, Value] = {
        name: ROW_FIELD[name].header for name in ("registration_code", "lead_author", "title", "effect", "status")
    }
    again = blank_row()
    again.typed.update(header)
    report.entries.insert(len(report.entries) // 2, again)


def _add_duplicates(report: Report, count: int, rng: Random) -> None:
    clean = [entry for entry in report.entries if entry.clean and entry.meant["registration_code"]]
    for entry in rng.sample(clean, count):
        report.entries.append(copy_of(entry))


def _add_near_twins(report: Report, count: int, maker: EntryMaker, rng: Random) -> None:
    """The same initiative under another code and almost the same title: for the eye, and for rules to come."""
    clean = [entry for entry in report.entries if entry.clean and entry.meant["registration_code"]]
    for entry in rng.sample(clean, count):
        twin = Entry(dict(entry.meant), dict(entry.typed))
        day = entry.meant["registered_on"]
        assert isinstance(day, date)
        twin.put("registration_code", maker.new_code(day))
        twin.put("title", f"{entry.meant['title']} của đơn vị")
        report.entries.append(twin)


def _hide(report: Report, count: int, rng: Random) -> None:
    """A filter was left on."""
    for entry in rng.sample(report.entries[1:-1], count):
        entry.hidden = True
    report.findings.add("hidden_rows")


def _overwrite_formulas(report: Report, count: int, rng: Random) -> None:
    """Typed over the formulas of phase and support: of no consequence, since both are worked out anew."""
    for entry in rng.sample([entry for entry in report.entries if entry.clean], count):
        entry.typed |= {"phase": rng.choice((1, 2)), "upper_support": 100_000}
    report.findings.add("formulas_overwritten")


def _untidy_unit_code(report: Report) -> None:
    report.cover["unit_code"] = report.unit.code.lower()
    report.findings.add("unit_code_untidy")


def _text_report_date(report: Report) -> None:
    report.cover["report_date"] = f"{report.report_date:%d/%m/%Y}"
    report.findings.add("cover_untidy")
