"""A small campaign to do things to: a city, a district, a few unions; reports of few rows, made in milliseconds."""

from __future__ import annotations

import hashlib
import io
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import pytest

from addin.campaign.folder import Campaign, create_campaign, open_campaign
from addin.intake.children import InProcess
from addin.merge.run import MergeResult, Progress, merge, silent
from addin.merge.verify import Verification, verify
from validation.fields import Form
from validation.programme import load_programme
from validation.units import Level, Unit
from workbook_templates.book import new_book
from workbook_templates.forms import add_form_sheets

UNITS = (
    Unit("TP", "LĐLĐ thành phố", Level.CITY, "TLD"),
    Unit("Q", "LĐLĐ quận", Level.UPPER, "TP"),
    Unit("NHOM", "Nhóm trực thuộc", Level.GROUP, "TP"),
    Unit("A", "CĐCS Công ty A", Level.GRASSROOTS, "Q"),
    Unit("B", "CĐCS Công ty B", Level.GRASSROOTS, "Q"),
    Unit("C", "CĐCS Trường C", Level.GRASSROOTS, "NHOM"),
    Unit("D", "CĐCS Bệnh viện D", Level.GRASSROOTS, "TP"),
)
DAY = date(2022, 6, 30)


class Here(InProcess[Any]):
    """In place of the pool of children, for files of our own making."""

    def __init__(self, _workers: int | None, task: Callable[[bytes], Any], **_limits: object) -> None:
        super().__init__(task)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        pass


def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in this process: a child for each of hundreds of merges would take minutes."""
    for module in ("run", "verify", "master_proof"):
        monkeypatch.setattr(f"addin.merge.{module}.ReadingPool", Here)
    monkeypatch.setattr("addin.decisions.from_master.ReadingPool", Here)


def row(code: str | None, **changes: Any) -> dict[str, Any]:
    """A sound row; changed fields may be None."""
    return {
        "registration_code": code,
        "lead_author": "Nguyễn Thị Hoa",
        "is_member": "Có",
        "title": f"Cải tiến {code}",
        "solution_kind": "Giải pháp kỹ thuật",
        "effect": "Giảm 20 phút mỗi ca",
        "recognised_on": date(2022, 1, 10),
        "applied_on": date(2022, 2, 15),
        "ip_protected": "Không",
        "registered_on": date(2022, 3, 1),
        "status": "Hợp lệ",
        "approved_on": date(2022, 5, 1),
        "base_support": 150_000,
    } | changes


def report(
    unit: str | None,
    *codes: str | dict[str, Any],
    day: date = DAY,
    number: int = 1,
    members: int | None = 50,
    form: Form = Form.GRASSROOTS,
    programme: str = "hai-phong-2021-2023",
) -> bytes:
    """A report with one sound row for each code; a dict is a row as it is."""
    rows = tuple(code if isinstance(code, dict) else row(code) for code in codes)
    return _report(unit, tuple(tuple(one.items()) for one in rows), day, number, members, form, programme)


@lru_cache(maxsize=256)
def _report(
    unit: str | None, rows: tuple[Any, ...], day: date, number: int, members: int | None, form: Form, programme: str
) -> bytes:
    out = io.BytesIO()
    book = new_book(out, title="Báo cáo")
    sheets = add_form_sheets(book, form, load_programme(programme), rows=4)
    sheets.fill_cover(
        {"unit_code": unit, "report_date": day, "report_number": number, "members": members, "workers": 60}
    )
    for index, one in enumerate(rows):
        sheets.fill_row(index, dict(one))
    book.close()
    return out.getvalue()


class Small:
    """The campaign, its inbox, and a clock that goes on by a minute at each look."""

    def __init__(self, folder: Path, units: Iterable[Unit] = UNITS, own: str = "TP") -> None:
        self.folder = folder / "chien-dich"
        create_campaign(self.folder, own, units)
        self._now = datetime(2022, 7, 1, 8, 0).astimezone()

    @property
    def campaign(self) -> Campaign:
        return open_campaign(self.folder)

    def now(self) -> datetime:
        self._now += timedelta(minutes=1)
        return self._now

    def put(self, name: str, content: bytes) -> Path:
        """A file in the inbox."""
        file = self.folder / "nhan" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return file

    def merge(self, *sources: Path, progress: Progress = silent) -> MergeResult:
        return merge(self.campaign, sources, by="thử@máy", now=self.now, progress=progress, workers=1)

    def outcomes(self, *sources: Path) -> dict[str, str]:
        """Outcome by file name of a merge."""
        return {one.path.name: one.outcome.value for one in self.merge(*sources).files}

    def verify(self) -> Verification:
        return verify(self.campaign, by="thử@máy", now=self.now, workers=1)

    def problems(self) -> list[str]:
        return [problem.code for problem in self.verify().problems]

    def master_sha(self) -> str | None:
        master = self.campaign.master
        return hashlib.sha256(master.read_bytes()).hexdigest() if master.exists() else None

    def sql(self, statement: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Straight at the ledger's file, as somebody who alters it would."""
        connection = sqlite3.connect(self.campaign.ledger)
        try:
            with connection:
                return connection.execute(statement, parameters).fetchall()
        finally:
            connection.close()


def consolidation(folder: Path, own: str, *contents: bytes, units: Iterable[Unit] = UNITS) -> bytes:
    """The master of a union's own campaign over these reports: what it sends upward."""
    lower = Small(folder, units, own)
    for number, content in enumerate(contents):
        lower.put(f"{number}.xlsx", content)
    lower.merge()
    return lower.campaign.master.read_bytes()


def figures(result: MergeResult) -> dict[str, Any]:
    """Rows and money of a result, by unit and phase: what two ways to the same end must agree on."""
    return {
        f"{unit} {phase}": (one.tally.registered, one.tally.approved, one.tally.upper_support, one.tally.base_support,
                            one.member_authors, one.members)
        for (unit, phase), one in result.overview.units.items()
    } | {"rows": result.overview.accepted_rows()}  # fmt: skip
