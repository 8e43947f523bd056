"""“Chưa nộp”: grassroots unions that have no report that counts, with whom to write to."""

from __future__ import annotations

from collections.abc import Iterator

from addin.merge.master.book import MasterBook
from addin.merge.master.directory import Directory
from addin.merge.master.figures import phase_at
from addin.merge.master.table import Column, List, draw
from addin.merge.master.values import Shape, Value

SHEET = "Chưa nộp"

_COLUMNS = (
    Column("STT", Shape.ORDINAL, 6),
    Column("Mã đơn vị", Shape.CODE, 16),
    Column("Tên đơn vị", Shape.TEXT, 46),
    Column("Mã cấp trên", Shape.CODE, 14),
    Column("Công đoàn cấp trên trực tiếp", Shape.TEXT, 40),
    Column("Đoàn viên (theo danh sách đơn vị)", Shape.COUNT, 14),
    Column("Thư điện tử", Shape.TEXT, 34),
)


def write_missing(master: MasterBook, directory: Directory) -> int:
    """Add the sheet. Returns the number of missing units."""
    missing = master.overview.missing()
    phase = phase_at(master.overview)
    deadline = master.overview.deadline(phase.number)
    note = f"Hạn báo cáo {phase.name.lower()}: {deadline:%d/%m/%Y}. Căn cứ danh sách đơn vị của chiến dịch."
    sheet = master.list_sheet(SHEET, "CHƯA NỘP: CÁC CĐCS CHƯA CÓ BÁO CÁO ĐƯỢC TÍNH", note)
    listed = List(
        "ChuaNop", _COLUMNS, len(missing), _lines(master, directory), "Mọi đơn vị trong danh sách đã nộp báo cáo.",
        frozen_columns=3, header_height=36,
    )  # fmt: skip
    draw(master, sheet, listed)
    return len(missing)


def _lines(master: MasterBook, directory: Directory) -> Iterator[list[Value]]:
    for number, unit in enumerate(master.overview.missing(), 1):
        superior = directory.superior(unit.code)
        code = superior.code if superior else unit.parent
        yield [number, unit.code, unit.name, code, directory.name(code), unit.members, unit.email]
