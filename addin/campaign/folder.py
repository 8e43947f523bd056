"""The campaign folder and its settings.

<campaign>/
  chien-dich.toml     programme, own unit, level, the units below, deadlines, what the portal's word does
  nhan/               inbox: what arrived, never modified
  tong-hop.xlsx       the master: a projection of the ledger
  so-cai.sqlite       the ledger: the truth
  luu-tru/            every report that was ever taken, by content (docs/decisions/0003)
  tra-lai/ chi/       copies to send back; payment lists
  sao-luu/            the last ten masters and ledgers
  thu-di/             mail as it was sent, and drafts
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from addin.campaign.filesystem import untrusted
from addin.campaign.saving import could_not_save
from addin.errors import CouldNotSave, UsageProblem
from validation.portal import PortalRule
from validation.programme import DEFAULT_PROGRAMME, Programme, UnknownProgramme, load_programme, programme_from_toml
from validation.units import BrokenUnitTree, Level, Unit, UnitTree

SETTINGS = "chien-dich.toml"
OWN_PROGRAMME = "chuong-trinh.toml"
_ESCAPED_BYTE = re.compile(r"\\u(dc[89a-f][0-9a-f])")
_LINE = re.compile(r"\(at line (?P<line>\d+), column (?P<column>\d+)\)")
ARCHIVE = "luu-tru"
SUBFOLDERS = ("nhan", ARCHIVE, "tra-lai", "chi", "sao-luu")
RECONCILIATIONS = "doi-chieu-"
"""What the names of workbooks begin with that show the reports beside the portal's list."""
OUTBOX = "thu-di"
"""Made when the first letter is."""


class UnitEntry(BaseModel):
    """One unit as the settings file holds it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Annotated[str, Field(min_length=1)]
    name: Annotated[str, Field(min_length=1)]
    level: Level
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    members: Annotated[int, Field(ge=0)] | None = None
    email: str | None = None

    def as_unit(self) -> Unit:
        """The unit of the ground floor."""
        return Unit(**self.model_dump())


class PortalSettings(BaseModel):
    """What the national portal's list does (``sangkien reconcile``). By default it is only compared."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    replaces_status: bool = False
    money_needs_match: bool = False

    @property
    def rule(self) -> PortalRule:
        """The rule of the ground floor."""
        return PortalRule(self.replaces_status, self.money_needs_match)


class Settings(BaseModel):
    """``chien-dich.toml``. ``deadlines`` may replace a phase's deadline: phase number → day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Annotated[int, Field(ge=1, le=1)] = 1
    programme: str = DEFAULT_PROGRAMME
    unit: str
    level: Level
    deadlines: dict[int, date] = {}
    portal: PortalSettings = PortalSettings()
    units: tuple[UnitEntry, ...] = ()


@dataclass(frozen=True)
class Campaign:
    """An opened campaign folder."""

    folder: Path
    settings: Settings
    programme: Programme
    tree: UnitTree

    @property
    def unit(self) -> Unit:
        """The unit that runs the campaign."""
        return self.tree[self.settings.unit]

    @property
    def inbox(self) -> Path:
        """What arrived."""
        return self.folder / "nhan"

    @property
    def archive(self) -> Path:
        """Reports by content."""
        return self.folder / ARCHIVE

    @property
    def backups(self) -> Path:
        """Earlier masters and ledgers."""
        return self.folder / "sao-luu"

    @property
    def master(self) -> Path:
        """The master workbook."""
        return self.folder / "tong-hop.xlsx"

    @property
    def ledger(self) -> Path:
        """The ledger's file."""
        return self.folder / "so-cai.sqlite"

    @property
    def was_merged(self) -> bool:
        """Whether anything was ever taken; the ledger may be gone all the same."""
        return self.ledger.is_file() or any(self.archive.glob("*/*"))

    def deadline(self, phase: int) -> date:
        """The last day for reports of a phase."""
        return self.settings.deadlines.get(phase, self.programme.phase(phase).report_deadline)

    def relative(self, path: Path) -> str:
        """``path`` as the ledger keeps it: relative with "/" inside the campaign folder, absolute elsewhere.

        Bytes of a file name that are no text are written as ``\\udcXX``; ``located`` finds the file again.
        """
        absolute = os.path.abspath(path)  # noqa: PTH100 - resolve() follows links
        if absolute.startswith(self._within):  # nearly always, and asked of every file
            kept = absolute.removeprefix(self._within).replace(os.sep, "/")
        else:
            try:
                kept = Path(absolute).relative_to(_absolute(self.folder)).as_posix()
            except ValueError:
                kept = str(Path(absolute))
        return kept.encode("utf-8", "backslashreplace").decode("utf-8")

    def located(self, kept: str) -> Path:
        """The path of which ``relative`` made ``kept``."""
        path = self.folder / kept
        if "\\udc" in kept and not os.path.lexists(path):
            return self.folder / _ESCAPED_BYTE.sub(lambda found: chr(int(found[1], 16)), kept)
        return path

    @cached_property
    def _within(self) -> str:
        """What the paths in the folder begin with."""
        return os.path.join(os.path.abspath(self.folder), "")  # noqa: PTH100, PTH118 - of text, since many are compared

    @cached_property
    def units_below(self) -> frozenset[str]:
        """Codes of every unit below the campaign's own, at any depth."""
        return frozenset(unit.code for unit in self.tree.below(self.unit.code))


def _absolute(path: Path) -> Path:
    """Absolute and without "..", links not followed."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() follows links


def open_campaign(folder: Path) -> Campaign:
    """Open a campaign folder.

    Raises UsageProblem (``no_campaign``, ``broken_settings``, ``settings_syntax``, ``settings_value``,
    ``own_unit_unknown``, ``unknown_programme``) and CouldNotSave (``untrusted_folder_…``) where the folder was moved to
    a place whose locks cannot be trusted.
    """
    file = folder / SETTINGS
    try:
        settings = Settings.model_validate(tomllib.loads(file.read_text(encoding="utf-8-sig")))
    except FileNotFoundError:
        raise UsageProblem("no_campaign", folder=folder) from None
    except (OSError, UnicodeDecodeError) as problem:
        raise UsageProblem("broken_settings", file=file, problem=problem) from problem
    except (tomllib.TOMLDecodeError, ValidationError) as problem:
        raise _broken(file, problem) from problem
    refuse_untrusted(folder, CouldNotSave)
    programme = _programme(folder, settings)
    try:
        tree = UnitTree(entry.as_unit() for entry in settings.units)
    except BrokenUnitTree as problem:
        raise UsageProblem("broken_settings", file=file, problem=problem.facts["problem"]) from problem
    if settings.unit not in tree:
        raise UsageProblem("own_unit_unknown", unit=settings.unit, known=_some(unit.code for unit in tree))
    return Campaign(folder, settings, programme, tree)


def _programme(folder: Path, settings: Settings) -> Programme:
    own = folder / OWN_PROGRAMME
    try:
        if own.is_file():
            return programme_from_toml(own.read_text(encoding="utf-8-sig"))
        return load_programme(settings.programme)
    except UnknownProgramme as problem:
        raise UsageProblem("unknown_programme", **problem.facts) from problem
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as problem:
        raise _broken(own, problem) from problem


def refuse_untrusted(folder: Path, error: type[UsageProblem] | type[CouldNotSave]) -> None:
    """Raise ``error`` with code ``untrusted_folder`` where SQLite's locks cannot be trusted."""
    reason = untrusted(folder)
    if reason is not None:
        raise error(f"untrusted_folder_{reason.kind}", folder=folder, detail=reason.detail)


def create_campaign(
    folder: Path, unit: str, units: Iterable[Unit], programme: str = DEFAULT_PROGRAMME, own_programme: str | None = None
) -> Campaign:
    """Make a campaign folder for ``unit`` over ``units``; a folder with files of other kinds in it is used as it is.

    ``own_programme`` is the text of a programme file that is not installed. Raises UsageProblem
    (``campaign_exists``, ``own_unit_unknown``, ``unit_runs_no_campaign``, ``untrusted_folder_…``, ``units_no_tree``,
    ``units_parent``,
    ``unknown_programme``, ``settings_syntax``, ``settings_value``) and CouldNotSave.
    """
    refuse_untrusted(folder, UsageProblem)
    if (folder / SETTINGS).exists():
        raise UsageProblem("campaign_exists", folder=folder)
    try:
        tree = UnitTree(units)
    except BrokenUnitTree as problem:
        raise UsageProblem("units_no_tree", problem=problem.facts["problem"]) from problem
    own = tree.get(unit)
    if own is None:
        raise UsageProblem("own_unit_unknown", unit=unit, known=_some(u.code for u in tree))
    if own.level not in {Level.CITY, Level.UPPER}:
        raise UsageProblem("unit_runs_no_campaign", unit=unit)
    _refuse_strayed(tree, own)
    settings = Settings(programme=programme, unit=unit, level=own.level, units=tuple(_entry(u) for u in tree))
    _refuse_unknown_programme(programme, own_programme)
    try:
        for name in SUBFOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        if own_programme is not None:
            (folder / OWN_PROGRAMME).write_text(own_programme, encoding="utf-8")
        # Last, since it is what makes the folder a campaign.
        (folder / SETTINGS).write_text(_as_toml(settings), encoding="utf-8")
    except OSError as problem:
        raise could_not_save(problem, folder) from problem
    return open_campaign(folder)


def _refuse_strayed(tree: UnitTree, own: Unit) -> None:
    """A superior that is not in the list is the outside world, and above the own unit only; elsewhere it is a slip of
    the finger, for which the unit's reports would be refused one day."""
    outside = {own.parent, *(unit.parent for unit in tree.ancestors(own.code))}
    strayed = [unit for unit in tree if unit.parent not in outside and unit.parent not in tree and unit.parent]
    if strayed:
        shown = (f"{unit.code} → {unit.parent}" for unit in strayed)
        raise UsageProblem("units_parent", count=len(strayed), units=_some(shown))


def _refuse_unknown_programme(programme: str, own_programme: str | None) -> None:
    """Before anything is made."""
    try:
        if own_programme is not None:
            programme_from_toml(own_programme)
        else:
            load_programme(programme)
    except UnknownProgramme as problem:
        raise UsageProblem("unknown_programme", **problem.facts) from problem
    except (tomllib.TOMLDecodeError, ValidationError) as problem:
        raise _broken(f"{programme}.toml", problem) from problem


def _entry(unit: Unit) -> UnitEntry:
    return UnitEntry(
        code=unit.code, name=unit.name, level=unit.level, parent=unit.parent, valid_from=unit.valid_from,
        valid_to=unit.valid_to, members=unit.members, email=unit.email,
    )  # fmt: skip


def _as_toml(settings: Settings) -> str:
    lines = [
        "# Chiến dịch tổng hợp sáng kiến. Có thể sửa bằng Notepad; sửa xong chạy lại lệnh tổng hợp.",
        f"version = {settings.version}",
        f"programme = {_toml(settings.programme)}",
        f"unit = {_toml(settings.unit)}",
        f"level = {_toml(settings.level.value)}",
        "",
        "# Hạn nộp riêng của chiến dịch, nếu khác chương trình: số giai đoạn = ngày.",
        "[deadlines]",
        *(f"{phase} = {day.isoformat()}" for phase, day in settings.deadlines.items()),
        "",
        "# Danh sách lấy từ cổng quốc gia (lệnh reconcile). Bỏ trống: chỉ đối chiếu, theo báo cáo của đơn vị.",
        "# replaces_status: trạng thái và ngày trên cổng thay cho báo cáo. money_needs_match: không có trên cổng thì",
        "# cấp trên không hỗ trợ.",
        "[portal]",
        f"replaces_status = {_toml(settings.portal.replaces_status)}",
        f"money_needs_match = {_toml(settings.portal.money_needs_match)}",
        "",
        "# Các đơn vị. level: city, upper, group (nhóm, không phải tổ chức công đoàn), grassroots.",
    ]
    for unit in settings.units:
        lines.append("[[units]]")
        for name, value in unit.model_dump(exclude_none=True).items():
            lines.append(f"{name} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    # A JSON string is a TOML basic string, except for DEL, which TOML wants escaped.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _some(codes: Iterable[str], most: int = 8) -> str:
    listed = list(codes)
    return ", ".join(listed[:most]) + (" …" if len(listed) > most else "")


def _broken(file: Path | str, problem: Exception) -> UsageProblem:
    """Where in a settings file something is wrong, as far as it is known."""
    if isinstance(problem, ValidationError):
        first = problem.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "?"
        return UsageProblem("settings_value", file=file, place=place, value=str(first["input"])[:60])
    found = _LINE.search(str(problem))
    if found is None:
        return UsageProblem("broken_settings", file=file, problem=problem)
    return UsageProblem("settings_syntax", file=file, line=found["line"], column=found["column"])
