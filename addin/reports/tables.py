"""The tidy tables of a campaign: what each column is stands in one declaration, files and dictionary follow. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from addin.merge.master.directory import Directory
from addin.merge.master.figures import standing
from addin.merge.overview import Overview, RefusedFile, Report, SourcedRow
from validation import messages
from validation.fields import Field, Kind, row_fields
from validation.findings import Finding, Severity
from validation.money import UnitPhase
from validation.submission import Outcome
from validation.units import Unit

Cell = str | int | float | bool | date | datetime | None
T = TypeVar("T")


class Type(StrEnum):
    """What a column holds. Money is ``INTEGER``, in đồng."""

    TEXT = "text"
    INTEGER = "integer"
    FRACTION = "fraction"
    DAY = "date"
    MOMENT = "timestamp"
    TRUTH = "boolean"


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """A column: its name, what it holds, what it means (Vietnamese), and how it is got from what a line is of."""

    name: str
    type: Type
    about: str
    value: Callable[[T], Cell]


@dataclass(frozen=True, slots=True)
class Tidy:
    """A table ready to be written. ``about`` says what one line is (Vietnamese)."""

    name: str
    about: str
    columns: tuple[tuple[str, Type, str], ...]
    lines: tuple[tuple[Cell, ...], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(name for name, _, _ in self.columns)


def tidy_tables(overview: Overview) -> tuple[Tidy, ...]:
    """All tables of a campaign, as it stands."""
    directory = Directory(overview)
    return (
        _tidy(
            "initiatives",
            "mỗi dòng là một sáng kiến trong báo cáo đang được tính (cả dòng bị loại, dòng trùng; tiền của chúng là 0)",
            _initiative_columns(overview, directory), _rows(overview),
        ),
        _tidy(
            "units", "mỗi dòng là một đơn vị trong danh sách đơn vị, hoặc có báo cáo được tính",
            _unit_columns(overview, directory), _units(overview),
        ),
        _tidy(
            "unit_phase", "mỗi dòng là một đơn vị đã báo cáo trong một giai đoạn",
            _unit_phase_columns(overview, directory), (overview.units[key] for key in sorted(overview.units)),
        ),
        _tidy(
            "reports", "mỗi dòng là một báo cáo đã đọc được, kể cả báo cáo đã được thay hoặc rút",
            _report_columns(directory), (*overview.reports, *overview.consolidations),
        ),
        _tidy(
            "findings", "mỗi dòng là một lỗi hoặc cảnh báo trong báo cáo đang được tính",
            _finding_columns(), _findings(overview),
        ),
        _tidy("refused", "mỗi dòng là một tệp chưa nhận được", _refused_columns(), overview.refused),
    )  # fmt: skip


def _tidy(name: str, about: str, columns: Sequence[Column[T]], lines: Iterable[T]) -> Tidy:
    heads = tuple((column.name, column.type, column.about) for column in columns)
    return Tidy(name, about, heads, tuple(tuple(column.value(line) for column in columns) for line in lines))


# -- initiatives ---------------------------------------------------------------------------------------------------

_TYPES = {Kind.DATE: Type.DAY, Kind.AMOUNT: Type.INTEGER, Kind.COUNT: Type.INTEGER}
_OF_THE_ORIGIN = frozenset({"source_file", "source_sheet", "source_row", "source_sha256"})
_TRUTHS = frozenset({"is_member", "ip_protected"})


def _rows(overview: Overview) -> Iterator[SourcedRow]:
    for outcome in (Outcome.ACCEPTED, Outcome.DUPLICATE, Outcome.REJECTED):
        yield from overview.rows(outcome)


def _initiative_columns(overview: Overview, directory: Directory) -> list[Column[SourcedRow]]:
    def superior(one: SourcedRow) -> str | None:
        found = directory.superior(one.row.unit_code)
        return found.code if found else None

    typed = [
        field
        for field in row_fields(overview.form)
        if field.typed and field.name not in _OF_THE_ORIGIN | {"unit_code", "unit_name"}
    ]
    return [
        Column("outcome", Type.TEXT, "accepted: được nhận; duplicate: trùng; rejected: bị loại", _outcome),
        Column("unit_code", Type.TEXT, "mã CĐCS", lambda one: one.row.unit_code),
        Column("unit_name", Type.TEXT, "tên CĐCS", lambda one: directory.name(one.row.unit_code)),
        Column("superior_code", Type.TEXT, "mã công đoàn cấp trên trực tiếp, là đơn vị chi", superior),
        *(_typed_column(field) for field in typed),
        Column("phase", Type.INTEGER, "giai đoạn; trống: ngoài mọi giai đoạn", lambda one: one.row.phase),
        Column("counted", Type.TRUTH, "được tính vào chỉ tiêu và tỷ lệ tham gia", _if_accepted("counted", False)),
        Column("upper_support", Type.INTEGER, "cấp trên hỗ trợ, đồng", _if_accepted("upper_support", 0)),
        Column(
            "base_counted", Type.INTEGER, "phần CĐCS hỗ trợ có trong tổng số, đồng", _if_accepted("base_counted", 0)
        ),
        Column("source_file", Type.TEXT, "tệp gốc", lambda one: one.origin.file),
        Column("source_sheet", Type.TEXT, "trang tính gốc", lambda one: one.origin.sheet),
        Column("source_row", Type.INTEGER, "dòng gốc", lambda one: one.origin.row),
        Column("source_sha256", Type.TEXT, "mã băm SHA-256 của tệp gốc", lambda one: one.origin.sha256),
    ]


def _outcome(one: SourcedRow) -> Cell:
    return one.row.outcome.value


def _if_accepted(name: str, otherwise: Cell) -> Callable[[SourcedRow], Cell]:
    def value(one: SourcedRow) -> Cell:
        found: Cell = getattr(one.row, name)
        return found if one.row.accepted else otherwise

    return value


def _typed_column(field: Field) -> Column[SourcedRow]:
    def value(one: SourcedRow) -> Cell:
        found = getattr(one.row, field.name)
        return "; ".join(found) if isinstance(found, tuple) else found

    shown = Type.TRUTH if field.name in _TRUTHS else _TYPES.get(field.kind, Type.TEXT)
    return Column(field.name, shown, f"cột “{field.header}” của danh sách", value)


# -- units, and units by phase -------------------------------------------------------------------------------------


def _units(overview: Overview) -> Iterator[str]:
    known = [unit.code for unit in overview.tree]
    yield from known
    yield from sorted({report.unit_code for report in overview.current} - set(known))


def _unit_columns(overview: Overview, directory: Directory) -> list[Column[str]]:
    current = {report.unit_code: report.cover for report in overview.current}
    missing = {unit.code for unit in overview.missing()}

    def known(get: Callable[[Unit], Cell]) -> Callable[[str], Cell]:
        def value(code: str) -> Cell:
            unit = overview.tree.get(code)
            return get(unit) if unit is not None else None

        return value

    def superior(code: str) -> Cell:
        found = directory.superior(code)
        return found.code if found else None

    def from_cover(name: str) -> Callable[[str], Cell]:
        return lambda code: getattr(current[code], name) if code in current else None

    return [
        Column("unit_code", Type.TEXT, "mã đơn vị", lambda code: code),
        Column("unit_name", Type.TEXT, "tên đơn vị", directory.name),
        Column("level", Type.TEXT, "cấp: city, upper, group, grassroots", known(lambda unit: unit.level.value)),
        Column("parent_code", Type.TEXT, "mã đơn vị cha trong danh sách đơn vị", known(lambda unit: unit.parent)),
        Column("superior_code", Type.TEXT, "mã công đoàn cấp trên trực tiếp", superior),
        Column("valid_from", Type.DAY, "có từ ngày", known(lambda unit: unit.valid_from)),
        Column("valid_to", Type.DAY, "có đến hết ngày", known(lambda unit: unit.valid_to)),
        Column("listed_members", Type.INTEGER, "đoàn viên theo danh sách đơn vị", known(lambda unit: unit.members)),
        Column("reported", Type.TRUTH, "đã có báo cáo được tính", lambda code: code in current),
        Column("missing", Type.TRUTH, "phải báo cáo mà chưa có", lambda code: code in missing),
        Column("members", Type.INTEGER, "đoàn viên theo báo cáo mới nhất", from_cover("members")),
        Column("workers", Type.INTEGER, "CNVCLĐ theo báo cáo mới nhất", from_cover("workers")),
    ]


def _unit_phase_columns(overview: Overview, directory: Directory) -> list[Column[UnitPhase]]:
    minimum = overview.programme.participation.minimum

    def superior(one: UnitPhase) -> Cell:
        found = directory.superior(one.unit)
        return found.code if found else None

    return [
        Column("unit_code", Type.TEXT, "mã đơn vị", lambda one: one.unit),
        Column("unit_name", Type.TEXT, "tên đơn vị", lambda one: directory.name(one.unit)),
        Column("superior_code", Type.TEXT, "mã công đoàn cấp trên trực tiếp, là đơn vị chi", superior),
        Column("phase", Type.INTEGER, "giai đoạn", lambda one: one.phase),
        Column("registered", Type.INTEGER, "sáng kiến đăng ký trên cổng", lambda one: one.tally.registered),
        Column("approved", Type.INTEGER, "trong đó hợp lệ", lambda one: one.tally.approved),
        Column("counted", Type.INTEGER, "được tính vào chỉ tiêu", lambda one: one.tally.counted),
        Column("upper_support", Type.INTEGER, "cấp trên hỗ trợ, đồng", lambda one: one.tally.upper_support),
        Column("base_support", Type.INTEGER, "CĐCS hỗ trợ, đồng", lambda one: one.tally.base_support),
        Column("member_authors", Type.INTEGER, "đoàn viên có sáng kiến được tính", lambda one: one.member_authors),
        Column("members", Type.INTEGER, "đoàn viên", lambda one: one.members),
        Column("participation", Type.FRACTION, "tỷ lệ tham gia (0,15 là 15 %)", lambda one: one.participation),
        Column("authors", Type.INTEGER, "người có sáng kiến được tính", lambda one: one.authors),
        Column("workers", Type.INTEGER, "CNVCLĐ", lambda one: one.workers),
        Column(
            "standing", Type.TEXT, "so với mức tham gia phải đạt",
            lambda one: standing(one.participation, minimum).value,
        ),
    ]  # fmt: skip


# -- reports, findings, refused files --------------------------------------------------------------------------------


def _report_columns(directory: Directory) -> list[Column[Report]]:
    def count(severity: Severity) -> Callable[[Report], Cell]:
        return lambda report: sum(finding.severity is severity for finding in report.findings)

    return [
        Column("unit_code", Type.TEXT, "mã đơn vị báo cáo", lambda report: report.unit_code),
        Column("unit_name", Type.TEXT, "tên đơn vị", lambda report: directory.name(report.unit_code)),
        Column("form", Type.TEXT, "biểu mẫu: grassroots, upper, city", lambda report: report.form.value),
        Column("file", Type.TEXT, "tệp đã nhận", lambda report: report.path),
        Column("sha256", Type.TEXT, "mã băm SHA-256 của tệp", lambda report: report.sha256),
        Column("carried", Type.TRUTH, "đến qua bảng tổng hợp của cấp dưới", lambda report: report.line is not None),
        Column("report_date", Type.DAY, "ngày lập báo cáo", lambda report: report.cover.report_date),
        Column("report_number", Type.INTEGER, "báo cáo lần thứ", lambda report: report.cover.report_number),
        Column("received_at", Type.MOMENT, "nhận lúc", lambda report: report.received_at),
        Column("current", Type.TRUTH, "là báo cáo đang được tính", lambda report: report.current),
        Column("withdrawn", Type.TRUTH, "đã rút khỏi tổng hợp", lambda report: report.withdrawn is not None),
        Column("members", Type.INTEGER, "đoàn viên", lambda report: report.cover.members),
        Column("workers", Type.INTEGER, "CNVCLĐ", lambda report: report.cover.workers),
        Column("accepted", Type.INTEGER, "dòng được nhận", lambda report: report.counts.accepted),
        Column("rejected", Type.INTEGER, "dòng bị loại", lambda report: report.counts.rejected),
        Column("duplicate", Type.INTEGER, "dòng trùng", lambda report: report.counts.duplicate),
        Column("blank", Type.INTEGER, "dòng trống", lambda report: report.counts.blank),
        Column("errors", Type.INTEGER, "số lỗi", count(Severity.ERROR)),
        Column("warnings", Type.INTEGER, "số cảnh báo", count(Severity.WARNING)),
    ]


def _findings(overview: Overview) -> Iterator[tuple[Report, Finding]]:
    for report in (*overview.current, *(c for c in overview.consolidations if c.current)):
        for finding in report.findings:
            yield report, finding


def _finding_columns() -> list[Column[tuple[Report, Finding]]]:
    return [
        Column("unit_code", Type.TEXT, "mã đơn vị báo cáo", lambda one: one[0].unit_code),
        Column("file", Type.TEXT, "tệp", lambda one: one[0].path),
        Column("sha256", Type.TEXT, "mã băm SHA-256 của tệp", lambda one: one[0].sha256),
        Column("code", Type.TEXT, "mã quy tắc", lambda one: one[1].code),
        Column("title", Type.TEXT, "tên quy tắc", lambda one: messages.title(one[1])),
        Column("severity", Type.TEXT, "error: lỗi, dòng bị loại; warning: cảnh báo", lambda one: one[1].severity.value),
        Column("sheet", Type.TEXT, "trang tính", lambda one: one[1].sheet),
        Column("row", Type.INTEGER, "dòng", lambda one: one[1].row),
        Column("cell", Type.TEXT, "ô", lambda one: one[1].cell),
        Column("field", Type.TEXT, "trường", lambda one: one[1].field),
        Column("value", Type.TEXT, "nội dung ô", lambda one: one[1].value),
        Column("message", Type.TEXT, "giải thích", lambda one: messages.explain(one[1])),
        Column("fix", Type.TEXT, "nội dung đề nghị", lambda one: one[1].fix),
    ]


def _refused_columns() -> list[Column[RefusedFile]]:
    return [
        Column("file", Type.TEXT, "tệp", lambda one: one.path),
        Column("sha256", Type.TEXT, "mã băm SHA-256; trống: không đọc được", lambda one: one.sha256),
        Column("outcome", Type.TEXT, "quarantined: chưa nhận được; skipped: bỏ qua", lambda one: one.outcome.value),
        Column("code", Type.TEXT, "mã lý do", lambda one: one.code),
        Column("reason", Type.TEXT, "lý do", lambda one: one.reason),
        Column("met_at", Type.MOMENT, "gặp lúc", lambda one: one.met_at),
    ]
