"""Campaigns from a seed: units of unequal depth, papers clean and messy, workbooks written through the real forms."""

from __future__ import annotations

import csv
import io
import random
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl

from tests.end_to_end.oracle import APPROVED, REFUSED, UNDER_REVIEW, UNREADABLE, Line, Paper
from tests.end_to_end.plans import Plan
from validation.fields import ROW_FIELDS, Form
from validation.programme import load_programme
from workbook_templates.book import new_book
from workbook_templates.forms import add_form_sheets, form_bytes

OWN = "TP"
UNITS = (
    # code, level, parent
    ("TP", "city", "TLD"),
    ("TP-A", "upper", "TP"),
    ("TP-B", "upper", "TP"),
    ("TP-B-NHOM", "group", "TP-B"),
    ("TP-B-K", "upper", "TP-B"),
    ("TP-TT", "group", "TP"),
    *((f"TP-A-{n:03}", "grassroots", "TP-A") for n in range(1, 7)),
    *((f"TP-B-{n:03}", "grassroots", "TP-B-NHOM") for n in range(1, 5)),
    *((f"TP-K-{n:03}", "grassroots", "TP-B-K") for n in range(1, 4)),
    *((f"TP-T-{n:03}", "grassroots", "TP-TT") for n in range(1, 4)),
    ("TP-X-001", "grassroots", "TP"),
    ("TP-X-002", "grassroots", "TP"),
)
SILENT = frozenset({"TP-A-006", "TP-T-003"})
"""Units that never report."""
TITLES = (
    "Cải tiến đồ gá hàn",
    "Quản lý vật tư bằng mã QR",
    "Tái sử dụng nước làm mát",
    "Bảng kiểm giao ca",
    "Giá đỡ di động",
)
FAMILIES = ("Nguyễn Thị Hòa", "Trần Văn Thủy", "Phạm Quốc Khánh", "Lê Thị Quỳnh", "Đặng Hữu Phước", "Vũ Ngọc Hóa")
FORM_ROWS = 14  # fewer than the longest list, so that some rows stand below the form's body


@dataclass(frozen=True)
class Sent:
    """A paper under its file's name."""

    name: str
    paper: Paper
    writer: str


def units_csv() -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("code", "name", "level", "parent", "valid_from", "valid_to", "members", "ghi chú"))
    for code, level, parent in UNITS:
        writer.writerow((code, f"Đơn vị {code}", level, parent, "", "", "", "bỏ qua"))
    return out.getvalue()


def make_papers(plan: Plan, seed: int) -> list[Sent]:
    """Reports of all units that report; some units send two, the newer with the older one's rows in it, mostly."""
    chance = random.Random(f"{plan.id} {seed}")
    codes = Codes()
    sent = []
    for code in (code for code, level, _ in UNITS if level == "grassroots" and code not in SILENT):
        members = chance.randint(3, 60)
        paper = Paper(code, plan.phases[-1][2] - timedelta(days=90), 1, members, members + chance.randint(0, 9), ())
        people = [f"{chance.choice(FAMILIES)} {letter}" for letter in "ABCDEFGH"[: chance.randint(2, 8)]]
        paper = replace(paper, lines=tuple(make_lines(chance, plan, people, codes, chance.randint(0, 20))))
        writer = chance.choice(("openpyxl", "xlsxwriter"))
        sent.append(Sent(f"{code} báo cáo.xlsx", paper, writer))
        if chance.random() < 0.4:
            newer = make_newer(chance, plan, paper, people, codes)
            sent.append(Sent(f"{code} lần {newer.number}.xlsx", newer, chance.choice(("openpyxl", "xlsxwriter"))))
    chance.shuffle(sent)
    return sent


def make_newer(chance: random.Random, plan: Plan, paper: Paper, people: list[str], codes: Codes) -> Paper:
    kept = list(paper.lines)
    if kept and chance.random() < 0.3:
        del kept[chance.randrange(len(kept))]
    kept += make_lines(chance, plan, people, codes, 4)
    later = chance.choice(((paper.day, 2), (paper.day + timedelta(days=30), chance.choice((1, 2)))))
    return replace(paper, day=later[0], number=later[1], members=paper.members + 2, lines=tuple(kept))


class Codes:
    """Registration codes: mostly new, sometimes one that was given already, in this unit or another."""

    def __init__(self) -> None:
        self._given: list[str] = []

    def one(self, chance: random.Random) -> str:
        if self._given and chance.random() < 0.12:
            return chance.choice(self._given)
        self._given.append(f"SK-{len(self._given) + 1:05}")
        return self._given[-1]


def make_lines(chance: random.Random, plan: Plan, people: list[str], codes: Codes, how_many: int) -> list[Line]:
    lines = []
    for _ in range(how_many):
        fate = chance.random()
        if fate < 0.06:
            lines.append(Line({}))
        elif fate < 0.09:
            lines.append(Line({field.name: field.header for field in ROW_FIELDS if Form.GRASSROOTS in field.forms}))
        elif fate < 0.13:
            place = chance.choice(("lead_author", "position", "effect", "note"))
            lines.append(Line({place: chance.choice(("Cộng", "TỔNG CỘNG", "Tổng số:")), "base_support": 400_000}))
        else:
            means = sound_row(chance, plan, people, codes)
            if fate > 0.85:
                spoil(chance, plan, means)
            lines.append(Line(typed(chance, means), means))
    return lines


def sound_row(chance: random.Random, plan: Plan, people: list[str], codes: Codes) -> dict[str, Any]:
    author = chance.choice(people)
    _, first, last, _ = chance.choice(plan.phases)
    registered = first + timedelta(days=chance.choice((0, (last - first).days, chance.randint(0, (last - first).days))))
    status = chance.choice((UNDER_REVIEW, APPROVED, APPROVED, APPROVED, REFUSED))
    others = [name for name in people if name != author]
    row: dict[str, Any] = {
        "registration_code": codes.one(chance),
        "lead_author": author,
        "member_number": f"00{people.index(author):04}" if chance.random() < 0.5 else None,
        "is_member": chance.random() < 0.8,
        "co_authors": tuple(chance.sample(others, min(len(others), chance.choice((0, 0, 0, 1, 2))))),
        "title": f"{chance.choice(TITLES)} {chance.randint(1, 99)}",
        "solution_kind": chance.choice(plan.kinds),
        "activity_field": chance.choice((None, *plan.fields)),
        "effect": "Giảm 20 phút mỗi ca",
        "benefit_value": chance.choice((None, 0, 1_250_000)),
        "recognised_on": registered - timedelta(days=30),
        "applied_on": min(max(registered - timedelta(days=10), plan.window[0]), plan.window[1]),
        "ip_protected": chance.random() < 0.06,
        "registered_on": registered,
        "status": status,
        "approved_on": registered + timedelta(days=chance.choice((0, 20, 200))) if status == APPROVED else None,
        "base_support": chance.choice((None, 0, plan.base_cap, plan.base_cap - 50_000)),
    }
    if chance.random() < 0.1:
        row |= {"registration_code": None, "registered_on": None}
    elif chance.random() < 0.05:
        row[chance.choice(("registration_code", "registered_on"))] = None
    return row


def spoil(chance: random.Random, plan: Plan, means: dict[str, Any]) -> None:
    """One rule of severity error is broken."""
    match chance.randrange(9):
        case 0:
            means[chance.choice(("lead_author", "title", "effect", "is_member", "status", "applied_on"))] = None
        case 1:
            means["base_support"] = chance.choice((plan.base_cap + 1, -1))
        case 2:
            means |= {"status": APPROVED, "approved_on": None}
        case 3 if means["registered_on"] is not None:
            means |= {"status": APPROVED, "approved_on": means["registered_on"] - timedelta(days=1)}
        case 4:
            means["registered_on"] = chance.choice((plan.phases[0][1] - timedelta(days=1), date(2040, 1, 1)))
        case 5:
            means["applied_on"] = chance.choice(
                (plan.window[0] - timedelta(days=1), plan.window[1] + timedelta(days=1))
            )
        case 6:
            means[chance.choice(("solution_kind", "status"))] = UNREADABLE
        case 7:
            means[chance.choice(("recognised_on", "applied_on"))] = UNREADABLE
        case _:
            means["benefit_value"] = -5


NONSENSE = {
    "solution_kind": "giải pháp kĩ thuật ạ",
    "status": "chưa rõ",
    "recognised_on": "tháng sau",
    "applied_on": "31/02/2022",
}


def typed(chance: random.Random, means: dict[str, Any]) -> dict[str, Any]:
    """How a clerk types the row: mostly as it should be, now and then in another form that means the same."""
    cells: dict[str, Any] = {}
    for name, value in means.items():
        if value is None or value == ():
            continue
        if value is UNREADABLE:
            cells[name] = NONSENSE[name]
        elif isinstance(value, bool):
            cells[name] = "Có" if value else "Không"
        elif isinstance(value, tuple):
            cells[name] = "; ".join(value)
        else:
            cells[name] = value
        if chance.random() < 0.06 and value is not UNREADABLE:
            cells[name] = untidy(chance, name, cells[name])
    return cells


def untidy(chance: random.Random, name: str, value: Any) -> Any:
    match value:
        case date():
            shape = chance.choice(("{0.day}/{0.month}/{0.year}", "{0:%d-%m-%Y}", "{0:%d.%m.%Y}"))
            return shape.format(value)
        case int():
            return chance.choice((f"{value:,} đ".replace(",", "."), f"{value}", f" {value} đồng"))
        case str() if name in ("registration_code", "member_number", "co_authors"):
            return f" {value} "
        case str() if name == "lead_author":
            moved = value.replace("òa", "oà").replace("ủy", "uỷ").replace("óa", "oá")
            return chance.choice((moved, value.upper(), unicodedata.normalize("NFD", value), f"{value}  "))
        case _:
            return chance.choice((unicodedata.normalize("NFD", value), f"  {value}", value.replace(" ", "\u00a0")))


def written(paper: Paper, plan: Plan, writer: str) -> bytes:
    """The paper as a workbook of the grassroots form."""
    return _by_openpyxl(paper, plan) if writer == "openpyxl" else _by_xlsxwriter(paper, plan)


def _cover(paper: Paper) -> dict[str, Any]:
    return {
        "unit_code": paper.unit,
        "unit_name": f"Đơn vị {paper.unit}",
        "report_date": paper.day,
        "report_number": paper.number,
        "members": paper.members,
        "workers": paper.workers,
    }


_FORMS: dict[str, bytes] = {}


def _by_openpyxl(paper: Paper, plan: Plan) -> bytes:
    if plan.id not in _FORMS:
        _FORMS[plan.id] = form_bytes(Form.GRASSROOTS, load_programme(plan.id), rows=FORM_ROWS)
    book = openpyxl.load_workbook(io.BytesIO(_FORMS[plan.id]))
    for name, value in _cover(paper).items():
        _first_cell(book, f"cover_{name}").value = value
    firsts = {
        field.name: _first_cell(book, f"row_{field.name}") for field in ROW_FIELDS if Form.GRASSROOTS in field.forms
    }
    for number, line in enumerate(paper.lines):
        for name, value in line.cells.items():
            firsts[name].offset(number, 0).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _first_cell(book: Any, name: str) -> Any:
    sheet, _, area = book.defined_names[name].attr_text.rpartition("!")
    return book[sheet.strip("'")][area.replace("$", "").split(":")[0]]


def _by_xlsxwriter(paper: Paper, plan: Plan) -> bytes:
    out = io.BytesIO()
    book = new_book(out, title="Báo cáo", created=datetime(2022, 1, 1))
    sheets = add_form_sheets(book, Form.GRASSROOTS, load_programme(plan.id), rows=FORM_ROWS)
    sheets.fill_cover(_cover(paper))
    for number, line in enumerate(paper.lines):
        sheets.fill_row(number, line.cells)
    book.close()
    return out.getvalue()


def write_papers(sent: list[Sent], plan: Plan, folder: Path) -> list[Path]:
    """The files of the papers, in their order."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for one in sent:
        file = folder / one.name
        file.write_bytes(written(one.paper, plan, one.writer))
        files.append(file)
    return files
