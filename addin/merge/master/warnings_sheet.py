"""“Cảnh báo”: what was accepted although something about it wants a look, by unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from addin.decisions.entries import Listed
from addin.merge.master.book import MasterBook
from addin.merge.master.directory import Directory
from addin.merge.master.entry_columns import EntryCells, entry_columns, open_for_entry
from addin.merge.master.links import file_link
from addin.merge.master.table import Column, List, draw
from addin.merge.master.values import Linked, Shape, Value
from addin.merge.overview import Overview, Report
from validation.decisions import Waiver, may_be_waived, waiver_of
from validation.findings import Finding, Severity
from validation.messages import explain, title
from validation.submission import Row
from validation.text.amounts import format_amount

SHEET = "Cảnh báo"
AT_MOST = 5_000
"""More than anyone reads; what is left out is said, never silently dropped."""

_COLUMNS = (
    Column("STT", Shape.ORDINAL, 6),
    Column("Mã đơn vị", Shape.CODE, 14),
    Column("Tên đơn vị", Shape.TEXT, 30),
    Column("Tệp", Shape.TEXT, 32),
    Column("Trang tính", Shape.TEXT, 14),
    Column("Ô", Shape.WORD, 8),
    Column("Cảnh báo", Shape.TEXT, 30),
    Column("Nội dung và cách xử lý", Shape.TEXT, 90),
    *entry_columns(Listed.WARNING),
)


@dataclass(frozen=True, slots=True)
class _Warning:
    report: Report
    finding: Finding


def write_warnings(master: MasterBook, directory: Directory, entries: EntryCells) -> int:
    """Add the sheet. Returns the number of warnings, those that are left out included."""
    warnings = tuple(_warnings(master.overview))
    shown = warnings[:AT_MOST]
    note = (
        "Các dòng và báo cáo này vẫn được nhận; cảnh báo để người phụ trách xem lại cùng đơn vị. Đã xem và chấp nhận: "
        "chọn Có ở cột “Chấp nhận”, ghi lý do và tên; lần tổng hợp sau không nhắc nữa."
    )
    if len(warnings) > len(shown):
        more = format_amount(len(warnings) - len(shown))
        note += (
            f"\nTrang này ghi {format_amount(len(shown))} cảnh báo đầu, theo thứ tự mã đơn vị; còn {more} "
            "cảnh báo nữa, xem bằng cách kiểm tra từng báo cáo."
        )
    sheet = master.list_sheet(SHEET, "CẢNH BÁO: ĐÃ NHẬN NHƯNG CẦN XEM LẠI", note)
    cells = entries.lines(Listed.WARNING, _subjects(shown, master.overview))
    lines = _lines(shown, cells, directory)
    draw(master, sheet, List("CanhBao", _COLUMNS, len(shown), lines, "Không có cảnh báo nào.", frozen_columns=3))
    open_for_entry(master, sheet, SHEET, Listed.WARNING, _COLUMNS, len(shown))
    return len(warnings)


def _subjects(warnings: Sequence[_Warning], overview: Overview) -> list[Waiver | None]:
    """What would be accepted of each warning; None where its rule does not let it."""
    subjects: list[Waiver | None] = []
    report, rows = None, dict[int, Row]()
    for one in warnings:
        if one.report is not report:
            report, rows = one.report, {row.number: row for row in overview.reported(one.report).rows}
        finding = one.finding
        known = waiver_of(finding, report.unit_code, report.cover, rows) if may_be_waived(finding.code) else None
        subjects.append(known)
    return subjects


def _warnings(overview: Overview) -> Iterator[_Warning]:
    for report in (*overview.current, *(bundle for bundle in overview.consolidations if bundle.current)):
        accepted = {row.number for row in report.rows if row.accepted}
        for finding in report.findings:
            if finding.severity is Severity.WARNING and (finding.row is None or finding.row in accepted):
                yield _Warning(report, finding)


def _lines(
    warnings: Sequence[_Warning], entered: Sequence[Sequence[Value]], directory: Directory
) -> Iterator[list[Value]]:
    for number, (warning, entry) in enumerate(zip(warnings, entered, strict=True), 1):
        report, finding = warning.report, warning.finding
        sheet = finding.sheet or report.sheet
        cell = finding.cell or (f"A{finding.row}" if finding.row else None)
        yield [
            number,
            report.unit_code,
            directory.name(report.unit_code),
            Linked(report.path, file_link(report.path, sheet, cell) if cell else file_link(report.path)),
            finding.sheet,
            finding.cell or (f"Dòng {finding.row}" if finding.row else None),
            title(finding),
            explain(finding),
            *entry,
        ]
