"""The demo: a folder that becomes a city's campaign, from nothing, with an inbox full of reports."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from addin.campaign.folder import OWN_PROGRAMME, SETTINGS, SUBFOLDERS, create_campaign
from addin.campaign.saving import could_not_save
from addin.demo.campaign import DemoCampaign, DemoRow, DemoSubmission
from addin.demo.entries import Entry, EntryMaker, Habits
from addin.demo.file_names import names_of
from addin.demo.reports import Report, make_reports
from addin.demo.strays import strays
from addin.demo.units import CITY, demo_units, organisation
from addin.demo.workbooks import report_bytes
from addin.errors import UsageProblem
from validation.programme import Programme, load_programme
from workbook_templates.layout import FIRST_ROW

MARKER = ".trinh-dien.json"
"""Lists what the demo wrote: by it a demo's folder is known again, and only what it lists is ever deleted."""
UNITS_CSV = "don-vi.csv"
READ_ME = "DOC-TOI.txt"

Progress = Callable[[str, int, int | None], None]
STAGE = "demo"

_OWN = frozenset(
    {SETTINGS, OWN_PROGRAMME, MARKER, UNITS_CSV, READ_ME, ".khoa", ".DS_Store", "Thumbs.db", "desktop.ini"}
)
_OWN_STEMS = ("tong-hop", "so-cai.sqlite")
_KEPT_BY_CAMPAIGN = tuple(name for name in SUBFOLDERS if name != "nhan")


@dataclass(frozen=True, slots=True)
class _Plan:
    """Everything that will lie in the inbox, before a byte of it is written."""

    reports: Mapping[Path, Report]
    strays: Mapping[Path, tuple[str, bytes]]
    copies: Mapping[Path, Path]
    shared_codes: tuple[str, ...]

    @property
    def files(self) -> list[Path]:
        return [*self.reports, *self.copies, *self.strays]


def build_demo(folder: Path, *, seed: int = 2022, progress: Progress | None = None) -> DemoCampaign:
    """Make ``folder`` a city's campaign with some 60 units and 1,500 rows waiting in its inbox; nothing is merged yet.

    The same seed gives the same content. ``progress(stage, done, total)`` is called after each file. An earlier demo
    is built anew. Raises UsageProblem (``demo_not_empty``, and those of ``create_campaign``) and CouldNotSave.
    """
    programme = load_programme()
    _make_room(folder)
    plan = _plan(programme, seed)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # The marker comes first: a demo that was broken off can be built anew.
        _write_marker(folder, seed, plan.files)
        _write_around(folder)
        create_campaign(folder, CITY.code, organisation(), programme.id)
        _write_inbox(folder, plan, programme, progress)
    except OSError as problem:
        raise could_not_save(problem, folder) from problem
    return DemoCampaign(
        folder=folder,
        units=organisation(),
        submissions=tuple(_submission(path, report) for path, report in plan.reports.items()),
        refused={path: code for path, (code, _) in plan.strays.items()},
        copies=plan.copies,
        shared_codes=plan.shared_codes,
    )


def _plan(programme: Programme, seed: int) -> _Plan:
    rng = Random(seed)
    reports, shared_codes = make_reports(programme, rng)
    named = dict(zip(names_of(reports, rng), reports, strict=True))
    copied = next(path for path, report in named.items() if report.unit.code == "HP-N-GD-004")
    inbox = Path("nhan")
    return _Plan(
        reports=named,
        strays={inbox / name: found for name, found in strays(programme, _rows_for_strays(programme, seed)).items()},
        copies={copied.with_name(f"{copied.stem} (1){copied.suffix}"): copied},
        shared_codes=shared_codes,
    )


def _rows_for_strays(programme: Programme, seed: int) -> dict[str, list[Entry]]:
    """A few rows for the two real forms among the files that are refused."""
    maker = EntryMaker(programme, Random(seed + 1))
    units = {unit.code: unit for unit in demo_units()}
    tidy = Habits((100_000,), numbers=True, pays_early=False, careless=False)
    day = programme.phases[-1].report_deadline
    return {
        "unknown": maker.entries(units["HP-N-YT-007"], tidy, day),
        "no_date": maker.entries(units["HP-Q-HB-003"], tidy, day),
    }


def _write_inbox(folder: Path, plan: _Plan, programme: Programme, progress: Progress | None) -> None:
    total, done = len(plan.files), 0

    def write(path: Path, content: bytes) -> None:
        nonlocal done
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        done += 1
        if progress is not None:
            progress(STAGE, done, total)

    for path, report in plan.reports.items():
        write(path, report_bytes(report, programme))
    for path, original in plan.copies.items():
        write(path, (folder / original).read_bytes())
    for path, (_, content) in plan.strays.items():
        write(path, content)


def _submission(path: Path, report: Report) -> DemoSubmission:
    members, workers = report.cover["members"], report.cover["workers"]
    assert isinstance(members, int)
    assert isinstance(workers, int)
    return DemoSubmission(
        path=path,
        unit=report.unit.code,
        report_date=report.report_date,
        report_number=report.report_number,
        members=members,
        workers=workers,
        rows=tuple(_row(index, entry) for index, entry in enumerate(report.entries)),
        findings=frozenset(report.findings),
        superseded=report.superseded,
        gone=report.gone,
    )


def _row(index: int, entry: Entry) -> DemoRow:
    return DemoRow(
        number=FIRST_ROW + 1 + index,
        typed={name: value for name, value in entry.typed.items() if value is not None},
        meant={name: value for name, value in entry.meant.items() if value is not None},
        fate=entry.fate,
        findings=frozenset(entry.findings),
        hidden=entry.hidden,
    )


def _write_marker(folder: Path, seed: int, files: list[Path]) -> None:
    content = {"demo": "sangkien", "seed": seed, "files": sorted(path.as_posix() for path in files)}
    (folder / MARKER).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_around(folder: Path) -> None:
    """The list of units as ``init`` takes it, and a word about what all this is."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("code", "name", "level", "parent", "valid_from", "valid_to", "members", "email"))
    for unit in organisation():
        writer.writerow((unit.code, unit.name, unit.level.value, unit.parent, "", "", unit.members, unit.email))
    (folder / UNITS_CSV).write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    (folder / READ_ME).write_text(_ABOUT, encoding="utf-8-sig", newline="\r\n")


_ABOUT = """\
BẢN TRÌNH DIỄN SỔ SÁNG KIẾN
Mọi đơn vị, tên người và số liệu trong thư mục này đều là bịa ra để xem thử, không phải số liệu thật.

nhan            báo cáo các đơn vị gửi lên: phần lớn sạch, một phần có lỗi như ngoài đời, vài tệp không nhận được
tong-hop.xlsx   bản tổng hợp của thành phố (có sau khi tổng hợp)
so-cai.sqlite   sổ cái: ghi lại từng tệp, từng dòng
don-vi.csv      danh sách đơn vị; có thể dùng làm mẫu cho lệnh sangkien init
chien-dich.toml cài đặt của chiến dịch

Chạy lại lệnh sangkien demo vào thư mục này thì mọi thứ được dựng lại từ đầu. Đừng để tài liệu của mình ở đây.
"""


def _make_room(folder: Path) -> None:
    """Take an earlier demo away. Raises UsageProblem where the folder holds anything that no demo wrote."""
    try:
        if not folder.exists():
            return
        if not folder.is_dir():
            raise UsageProblem("demo_not_empty", folder=folder)
        listed = _listed(folder)
        if not _holds_only(folder, listed):
            raise UsageProblem("demo_not_empty", folder=folder)
        _clear(folder, listed)
    except OSError as problem:
        raise could_not_save(problem, folder) from problem


def _listed(folder: Path) -> frozenset[Path]:
    """The inbox's files that an earlier demo wrote; none where there was no demo."""
    try:
        content = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        return frozenset(folder / name for name in content["files"] if content["demo"] == "sangkien")
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return frozenset()


def _holds_only(folder: Path, listed: frozenset[Path]) -> bool:
    """Whether nothing lies there but an earlier demo and what the product itself made of it."""
    there = list(folder.iterdir())
    if not listed:
        return not there
    own = all(path.name in _OWN or path.name in SUBFOLDERS or _is_own_file(path) for path in there)
    inbox = (path for path in (folder / "nhan").rglob("*") if not path.is_dir())
    return own and all(path in listed or path.name in _OWN for path in inbox)


def _is_own_file(path: Path) -> bool:
    return path.name.lstrip(".").startswith(_OWN_STEMS) and not path.is_dir()


def _clear(folder: Path, listed: frozenset[Path]) -> None:
    for path in listed:
        path.unlink(missing_ok=True)
    for name in _KEPT_BY_CAMPAIGN:
        if (folder / name).is_dir():
            shutil.rmtree(folder / name)
    for path in list(folder.iterdir()):
        # The marker stays till the new one replaces it: an interrupted clearing can be taken up again.
        if not path.is_dir() and path.name != MARKER:
            path.unlink()
