"""“Bị loại”: rows that are in no total, why, and which cells to mend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.decisions.entries import Listed, WholeRow
from addin.merge.master.book import MasterBook
from addin.merge.master.directory import Directory
from addin.merge.master.entry_columns import EntryCells, entry_columns, open_for_entry
from addin.merge.master.findings_index import RowFindings
from addin.merge.master.links import file_link
from addin.merge.master.table import Column, List, draw
from addin.merge.master.values import Linked, Shape, Value
from addin.merge.overview import Overview, SourcedRow
from validation.decisions import content_of, may_be_waived
from validation.findings import Finding
from validation.messages import reason
from validation.submission import Outcome

SHEET = "Bị loại"

_COLUMNS = (
    Column("STT", Shape.ORDINAL, 6),
    Column("Mã CĐCS", Shape.CODE, 14),
    Column("Tên CĐCS", Shape.TEXT, 28),
    Column("Mã đăng ký", Shape.CODE, 16),
    Column("Họ và tên tác giả", Shape.TEXT, 22),
    Column("Tên sáng kiến", Shape.TEXT, 38),
    Column("Lý do", Shape.TEXT, 60),
    Column("Ô cần sửa", Shape.WORD, 12),
    Column("Tệp gốc", Shape.TEXT, 32),
    Column("Trang tính gốc", Shape.TEXT, 14),
    Column("Dòng gốc", Shape.ORDINAL, 8),
    Column("Mã băm tệp gốc", Shape.HASH, 20),
    *entry_columns(Listed.REJECTED),
)


def write_rejected(master: MasterBook, directory: Directory, entries: EntryCells) -> int:
    """Add the sheet. Returns the number of rejected rows."""
    rows = tuple(master.overview.rows(Outcome.REJECTED))
    note = (
        "Các dòng này không nằm trong bất kỳ tổng số nào. Đơn vị sửa những ô đã nêu rồi gửi lại báo cáo; "
        "bấm vào tên tệp để mở đúng dòng.\nLỗi có thể chấp nhận: chọn Có ở cột “Chấp nhận”, ghi lý do và người quyết "
        "định, lưu lại; lần tổng hợp sau nhận dòng ấy."
        if rows
        else "Mọi dòng của các báo cáo được tính đều đã được nhận, trùng hoặc trống."
    )
    sheet = master.list_sheet(SHEET, "BỊ LOẠI: CÁC DÒNG CHƯA ĐƯỢC NHẬN VÀ LÝ DO", note)
    errors = RowFindings()
    cells = entries.lines(Listed.REJECTED, [_subject(one, errors, master.overview) for one in rows])
    lines = _lines(rows, cells, directory)
    draw(master, sheet, List("BiLoai", _COLUMNS, len(rows), lines, "Không có dòng nào bị loại.", frozen_columns=2))
    open_for_entry(master, sheet, SHEET, Listed.REJECTED, _COLUMNS, len(rows))
    return len(rows)


def _subject(one: SourcedRow, findings: RowFindings, overview: Overview) -> WholeRow | None:
    """The row, where every error of it can be accepted."""
    errors = findings.errors(one)
    if not errors or not all(may_be_waived(error.code) for error in errors):
        return None
    return WholeRow(one.report.unit_code, content_of(overview.as_reported(one)))


def _lines(
    rows: tuple[SourcedRow, ...], entered: Sequence[Sequence[Value]], directory: Directory
) -> Iterator[list[Value]]:
    findings = RowFindings()
    for number, (sourced, entry) in enumerate(zip(rows, entered, strict=True), 1):
        row, report = sourced.row, sourced.report
        errors = findings.errors(sourced)
        cells = list(dict.fromkeys(error.cell for error in errors if error.cell))
        yield [
            number,
            row.unit_code,
            directory.name(row.unit_code),
            row.registration_code,
            row.lead_author,
            row.title,
            reasons(errors),
            ", ".join(cells),
            Linked(report.path, file_link(report.path, report.sheet, cells[0] if cells else f"A{row.number}")),
            report.sheet,
            row.number,
            report.sha256,
            *entry,
        ]


def reasons(errors: list[Finding]) -> str:
    """One line for each reason, numbered where there are several; each begins with its column's header."""
    lines = [reason(error) for error in errors]
    if not lines:
        return "Xem báo cáo gốc."
    if len(lines) == 1:
        return lines[0]
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
