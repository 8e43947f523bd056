"""“Tệp đã nhận”: every file that was met, what became of it and why; what needs somebody's hand stands first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from addin.merge.master.book import MasterBook
from addin.merge.master.directory import Directory
from addin.merge.master.figures import money_by_file
from addin.merge.master.links import file_link
from addin.merge.master.table import Column, List, colour_words, draw
from addin.merge.master.values import Linked, Shape, Value
from addin.merge.overview import FileOutcome, Overview, RefusedFile, Report
from validation.messages import text
from workbook_templates.styles import CALCULATED, ERROR, NOTICE, PASSED

SHEET = "Tệp đã nhận"

_COLUMNS = (
    Column("STT", Shape.ORDINAL, 6),
    Column("Tệp", Shape.TEXT, 36),
    Column("Kết quả", Shape.WORD, 17),
    Column("Lý do", Shape.TEXT, 46),
    Column("Mã đơn vị", Shape.CODE, 14),
    Column("Tên đơn vị", Shape.TEXT, 30),
    Column("Ngày báo cáo", Shape.DAY, 12),
    Column("Lần thứ", Shape.ORDINAL, 7),
    Column("Số dòng", Shape.COUNT, 8),
    Column("Nhận", Shape.COUNT, 8),
    Column("Loại", Shape.COUNT, 8),
    Column("Trùng", Shape.COUNT, 8),
    Column("Trống", Shape.COUNT, 8),
    Column("Cấp trên hỗ trợ (đồng)", Shape.AMOUNT, 15),
    Column("CĐCS hỗ trợ (đồng)", Shape.AMOUNT, 15),
    Column("Nhận lúc", Shape.MOMENT, 16),
    Column("Mã băm SHA-256", Shape.HASH, 20),
)
_TONES = {
    FileOutcome.ACCEPTED.value: PASSED,
    FileOutcome.REPLACED.value: PASSED,
    FileOutcome.SUPERSEDED.value: CALCULATED,
    FileOutcome.QUARANTINED.value: ERROR,
    FileOutcome.SKIPPED.value: NOTICE,
    FileOutcome.WITHDRAWN.value: CALCULATED,
}


def write_files(master: MasterBook, directory: Directory) -> None:
    """Add the sheet: refused files first, then the reports by unit, the one that counts before those it replaced."""
    overview = master.overview
    count = len(overview.refused) + len(overview.files)
    note = (
        "Mỗi tệp: số dòng = nhận + loại + trùng + trống. Tiền chỉ ghi ở báo cáo đang được tính của đơn vị."
        if count
        else "Hộp thư đến của chiến dịch còn trống."
    )
    sheet = master.list_sheet(SHEET, "TỆP ĐÃ NHẬN VÀ KẾT QUẢ", note)
    listed = List(
        "TepDaNhan", _COLUMNS, count, _lines(overview, directory), "Chưa có tệp nào.",
        frozen_columns=3, header_height=36,
    )  # fmt: skip
    draw(master, sheet, listed)
    colour_words(master, sheet, 2, count, {text("outcome", key): tone for key, tone in _TONES.items()})


def _lines(overview: Overview, directory: Directory) -> Iterator[list[Value]]:
    number = 0
    for refused in sorted(overview.refused, key=lambda r: (r.outcome is FileOutcome.SKIPPED, r.path)):
        number += 1
        yield [number, *_refused(refused)]
    per_unit = Counter((report.form, report.unit_code) for report in overview.files)
    money = money_by_file(overview)
    for report in sorted(overview.files, key=_place):
        number += 1
        alone = per_unit[report.form, report.unit_code] == 1
        rows, units = overview.counted_elsewhere(report)
        if rows:
            report = replace(report, reason=text("reason", "counted_elsewhere", count=rows, units=units))
        yield [number, *_report(report, directory, _outcome(report, alone=alone), money.get(report.id, (0, 0)))]


def _place(report: Report) -> tuple[str, bool, int]:
    cover = report.cover
    return (report.unit_code, not report.current, -cover.report_date.toordinal() * 1_000 - cover.report_number)


def _outcome(report: Report, *, alone: bool) -> str:
    if report.current:
        return FileOutcome.ACCEPTED if alone else FileOutcome.REPLACED
    return FileOutcome.WITHDRAWN if report.withdrawn else FileOutcome.SUPERSEDED


def _refused(refused: RefusedFile) -> list[Value]:
    path = Linked(refused.path, file_link(refused.path))
    unread: list[Value] = [None] * 11
    return [path, text("outcome", refused.outcome), refused.reason, *unread, refused.met_at, refused.sha256]


def _report(report: Report, directory: Directory, outcome: str, money: tuple[int, int]) -> list[Value]:
    counts = report.counts
    upper, base = money if report.current else (None, None)
    return [
        Linked(report.path, file_link(report.path)),
        text("outcome", outcome),
        report.reason,
        report.unit_code,
        directory.name(report.unit_code),
        report.cover.report_date,
        report.cover.report_number,
        counts.seen,
        counts.accepted,
        counts.rejected,
        counts.duplicate,
        counts.blank,
        upper,
        base,
        report.received_at,
        report.sha256,
    ]
