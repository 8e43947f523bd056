"""“Bị loại”: rows that are in no total, why, and which cells to mend."""

from __future__ import annotations

from collections.abc import Iterator

from addin.merge.master.book import MasterBook
from addin.merge.master.directory import Directory
from addin.merge.master.findings_index import RowFindings
from addin.merge.master.links import file_link
from addin.merge.master.table import Column, List, draw
from addin.merge.master.values import Linked, Shape, Value
from addin.merge.overview import SourcedRow
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
)


def write_rejected(master: MasterBook, directory: Directory) -> int:
    """Add the sheet. Returns the number of rejected rows."""
    rows = tuple(master.overview.rows(Outcome.REJECTED))
    note = (
        "Các dòng này không nằm trong bất kỳ tổng số nào. Đơn vị sửa những ô đã nêu rồi gửi lại báo cáo; "
        "bấm vào tên tệp để mở đúng dòng."
        if rows
        else "Mọi dòng của các báo cáo được tính đều đã được nhận, trùng hoặc trống."
    )
    sheet = master.list_sheet(SHEET, "BỊ LOẠI: CÁC DÒNG CHƯA ĐƯỢC NHẬN VÀ LÝ DO", note)
    lines = _lines(rows, directory)
    draw(master, sheet, List("BiLoai", _COLUMNS, len(rows), lines, "Không có dòng nào bị loại.", frozen_columns=2))
    return len(rows)


def _lines(rows: tuple[SourcedRow, ...], directory: Directory) -> Iterator[list[Value]]:
    findings = RowFindings()
    for number, sourced in enumerate(rows, 1):
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
        ]


def reasons(errors: list[Finding]) -> str:
    """One line for each reason, numbered where there are several; each begins with its column's header."""
    lines = [reason(error) for error in errors]
    if not lines:
        return "Xem báo cáo gốc."
    if len(lines) == 1:
        return lines[0]
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
