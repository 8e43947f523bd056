"""Organisations of unequal depth from a draw, their papers, and campaigns of theirs run in memory.

A campaign in memory does what a merge does between reading and writing: judge, admit, settle. What it sends upward is
made either by hand from its overview, or by really writing its master and reading it again.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from addin.campaign.folder import Campaign, Settings
from addin.campaign.ledger import StoredSubmission
from addin.intake.reader import read_workbook
from addin.merge.master import write_master
from addin.merge.master_proof import shown
from addin.merge.overview import Overview, draw
from addin.merge.reading import refuse_inadmissible
from addin.merge.standing import settle
from tests.end_to_end.small_campaign import row
from validation.assess import assess
from validation.errors import Refusal
from validation.fields import Form, typed_row_fields
from validation.programme import load_programme
from validation.submission import Outcome, RawCover, RawRow, RawSubmission, RawUnits, Submission
from validation.units import Level, Unit, UnitTree
from workbook_templates.book import column_letters

PLAN = load_programme()
CITY = "TP"
EARLY, TURN, LATE, SENT = date(2022, 3, 1), date(2022, 6, 1), date(2022, 9, 1), date(2022, 12, 1)
"""Papers are dated on the first three; units close and move at the second; consolidations are made on the last."""
NOW = datetime(2022, 12, 1, 8, 0).astimezone()
COLUMNS = {field.name: column_letters(number) for number, field in enumerate(typed_row_fields(Form.GRASSROOTS))}


@dataclass(frozen=True)
class Paper:
    """A report: what it is judged from, and its content's name."""

    unit: str
    day: date
    number: int
    raw: RawSubmission
    sha256: str = field(compare=False)


@dataclass(frozen=True)
class Organisation:
    tree: UnitTree
    papers: tuple[Paper, ...]

    @property
    def uppers(self) -> list[str]:
        """Upper unions, the lowest first."""
        uppers = [unit for unit in self.tree if unit.level is Level.UPPER]
        return [unit.code for unit in sorted(uppers, key=lambda unit: -len(list(self.tree.ancestors(unit.code))))]

    def carrier(self, unit: str, day: date) -> str:
        """The campaign to which a unit's paper of that day goes: its nearest upper union, or the city."""
        return next(u.code for u in self.tree.ancestors(unit, day) if u.level in {Level.UPPER, Level.CITY})


def raw_paper(unit: str, day: date, number: int, members: int, rows: Sequence[dict[str, Any] | None]) -> RawSubmission:
    """A grassroots report; None is an empty row."""
    cover = {"unit_code": unit, "report_date": day, "report_number": number, "members": members, "workers": members + 3}
    lines = [
        RawRow(number, {k: v for k, v in (values or {}).items() if v is not None})
        for number, values in enumerate(rows, 7)
    ]
    return RawSubmission(Form.GRASSROOTS, 1, PLAN.id, RawCover(cover, {}), "Danh sách", COLUMNS, tuple(lines))


@st.composite
def organisations(draw: st.DrawFn) -> Organisation:
    """City, groups, upper unions under them and under each other, unions at every depth; some close, some move, some
    take another's initiatives over."""
    tree, moved, heirs = draw(trees())
    papers: list[Paper] = []
    held: dict[str, list[dict[str, Any] | None]] = {}
    for unit in sorted({unit.code for unit in tree if unit.level is Level.GRASSROOTS}):
        rows: list[dict[str, Any] | None] = []
        for number, day in enumerate(draw(st.sampled_from([(), (EARLY,), (EARLY, LATE), (EARLY, EARLY, LATE)])), 1):
            if unit not in moved and rows and draw(st.booleans()):
                del rows[draw(st.integers(0, len(rows) - 1))]
            rows = rows + draw(st.lists(lines(unit), max_size=4))
            if day == LATE and unit in heirs:
                rows = rows + held.get(heirs[unit], [])
            members = draw(st.integers(1, 9))
            raw = raw_paper(unit, day, number, members, rows)
            papers.append(Paper(unit, day, number, raw, hashlib.sha256(repr(raw).encode()).hexdigest()))
        held[unit] = rows
    return Organisation(tree, tuple(papers))


@st.composite
def trees(draw: st.DrawFn) -> tuple[UnitTree, set[str], dict[str, str]]:
    """The tree, the units that move, and who takes over the initiatives of which closed unit."""
    units = [Unit(CITY, "Thành phố", Level.CITY), Unit("NHOM", "Nhóm", Level.GROUP, CITY)]
    uppers: list[str] = []
    for number in range(draw(st.integers(1, 3))):
        parent = draw(st.sampled_from([CITY, "NHOM", *uppers]))
        uppers.append(f"U{number}")
        units.append(Unit(uppers[-1], f"Cấp trên {number}", Level.UPPER, parent))
    moved: set[str] = set()
    heirs: dict[str, str] = {}
    for number in range(draw(st.integers(1, 5))):
        code = f"C{number}"
        parent = draw(st.sampled_from([CITY, "NHOM", *uppers, *uppers]))
        match draw(st.sampled_from(["stays", "stays", "closes", "moves"])):
            case "stays":
                units.append(Unit(code, f"CĐCS {number}", Level.GRASSROOTS, parent))
            case "closes":
                units.append(Unit(code, f"CĐCS {number}", Level.GRASSROOTS, parent, valid_to=TURN))
                heirs[f"C{number + 1}"] = code
            case "moves":
                moved.add(code)
                units.append(Unit(code, f"CĐCS {number}", Level.GRASSROOTS, parent, valid_to=TURN))
                later = draw(st.sampled_from([CITY, *uppers]))
                units.append(Unit(code, f"CĐCS {number}", Level.GRASSROOTS, later, valid_from=date(2022, 6, 2)))
    return UnitTree(units), moved, heirs


@st.composite
def lines(draw: st.DrawFn, unit: str) -> dict[str, Any] | None:
    """A row: sound, faulty, of a code that others have too, not yet registered, empty."""
    code = draw(st.sampled_from([None, f"{unit}-1", "SK-1", "SK-2", "SK-3"]))
    kind = draw(st.sampled_from(["sound", "sound", "sound", "faulty", "empty"]))
    if kind == "empty":
        return None
    registered = draw(st.sampled_from([date(2022, 1, 15), date(2022, 3, 1), date(2022, 7, 1)]))
    return row(
        code,
        lead_author=draw(st.sampled_from(["Nguyễn Thị Hòa", "Trần Văn Thủy", "Lê A"])),
        member_number=draw(st.sampled_from([None, "0012"])),
        co_authors=draw(st.sampled_from([None, "Lê A; Vũ B"])),
        is_member=draw(st.sampled_from(["Có", "Không"])),
        title=None if kind == "faulty" else draw(st.sampled_from(["Đồ gá", "Bảng kiểm"])),
        registered_on=registered if code else None,
        approved_on=date(2022, 8, 1) if code else None,
        status="Hợp lệ" if code else "Đang xem xét",
        base_support=draw(st.sampled_from([None, 0, 200_000])),
        ip_protected=draw(st.sampled_from(["Không", "Không", "Không", "Có"])),
    )


# -- campaigns in memory -----------------------------------------------------------------------------------------------


@dataclass
class InMemory:
    """A campaign of ``own``: what has come in, in the order of arrival."""

    tree: UnitTree
    own: str
    stored: list[StoredSubmission] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    @property
    def campaign(self) -> Campaign:
        unit = self.tree[self.own]
        return Campaign(Path(), Settings(unit=self.own, level=unit.level), PLAN, self.tree)

    def take(self, raw: RawSubmission, sha256: str) -> None:
        """Judge and admit."""
        try:
            submission = assess(raw, PLAN, self.tree)
            refuse_inadmissible(submission, self.campaign)
        except Refusal as refusal:
            self.refused.append(refusal)
            return
        key = len(self.stored) + 1
        path = f"nhan/{self.own} {key}.xlsx"
        self.stored.append(StoredSubmission(key, sha256, path, NOW, "thử", "x", submission))

    def overview(self) -> Overview:
        """The campaign as it stands."""
        standing = settle(self.stored, self.tree, PLAN)
        return draw(
            programme=PLAN, tree=self.tree, unit=self.tree[self.own], made_at=NOW, made_by="thử",
            reports=standing.reports, refused=(), pairs=standing.pairs, consolidations=standing.consolidations,
        )  # fmt: skip

    def reports(self) -> dict[str, Submission]:
        """As ``verify`` reads them."""
        return {one.sha256: one.submission for one in self.stored}


Send = Callable[[Overview], RawSubmission]


def by_hand(overview: Overview) -> RawSubmission:
    """What a campaign sends upward, without a workbook."""
    unit_columns = dict(zip(("unit_code", "report_date", "report_number", "members", "workers", "source_file",
                             "source_sha256"), "BDEFGHI", strict=True))  # fmt: skip
    units = tuple(
        RawRow(number, {
            "unit_code": report.unit_code, "report_date": report.cover.report_date,
            "report_number": report.cover.report_number, "members": report.cover.members,
            "workers": report.cover.workers, "source_file": report.first_file, "source_sha256": report.first_sha256,
        })
        for number, report in enumerate(overview.current, 5)
    )  # fmt: skip
    rows = []
    for number, one in enumerate(overview.rows(Outcome.ACCEPTED), 5):
        origin = one.origin
        cells = shown(one.row, (one.row.unit_code, origin.sha256, origin.row), PLAN)
        cells |= {"unit_code": one.row.unit_code, "source_file": origin.file, "source_sheet": origin.sheet}
        rows.append(RawRow(number, {name: value for name, value in cells.items() if value not in (None, "")}))
    cover = {
        "unit_code": overview.unit.code, "report_date": SENT, "report_number": overview.report_number,
        "members": overview.members(), "workers": overview.workers(),
    }  # fmt: skip
    columns = {**COLUMNS, "unit_code": "AA", "source_file": "AB", "source_sheet": "AC", "source_row": "AD",
               "source_sha256": "AE"}  # fmt: skip
    table = RawUnits("Đơn vị báo cáo", unit_columns, units)
    return RawSubmission(
        Form.UPPER, 1, PLAN.id, RawCover(cover, {}), "Chi tiết", columns, tuple(rows), units=table
    )  # fmt: skip


def as_workbook(overview: Overview) -> RawSubmission:
    """What a campaign sends upward: its master, written and read."""
    out = io.BytesIO()
    write_master(overview, out)
    return read_workbook(out.getvalue())


def consolidations(organisation: Organisation, send: Send) -> dict[str, tuple[str, RawSubmission, str]]:
    """Of every upper union: to whom it sends, what, and the content's name; the lowest union first."""
    inboxes = {code: InMemory(organisation.tree, code) for code in organisation.uppers}
    for paper in organisation.papers:
        carrier = organisation.carrier(paper.unit, paper.day)
        if carrier in inboxes:
            inboxes[carrier].take(paper.raw, paper.sha256)
    sent: dict[str, tuple[str, RawSubmission, str]] = {}
    for code in organisation.uppers:
        raw, to = send(inboxes[code].overview()), organisation.carrier(code, SENT)
        sent[code] = (to, raw, f"{code} {hashlib.sha256(repr(raw).encode()).hexdigest()}")
        if to in inboxes:
            inboxes[to].take(raw, sent[code][2])
        assert inboxes[code].refused == []
    return sent
