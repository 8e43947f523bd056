"""“Thay đổi”: what each unit's report changed against the one that it replaced."""

from __future__ import annotations

from collections.abc import Iterator

from addin.merge.changes import Change, ReportChanges, changes_of
from addin.merge.master.book import MasterBook
from addin.merge.master.directory import Directory
from addin.merge.master.links import file_link
from addin.merge.master.table import Column, List, colour_words, draw
from addin.merge.master.values import Linked, Shape, Value
from validation.fields import ROW_FIELD
from validation.messages import text
from validation.text.amounts import format_amount
from workbook_templates.styles import ERROR, NOTICE, PASSED

SHEET = "Thay đổi"
AT_MOST = 5_000
"""More than anyone reads; ``explain`` has all of a unit's."""

_COLUMNS = (
    Column("STT", Shape.ORDINAL, 6),
    Column("Mã đơn vị", Shape.CODE, 14),
    Column("Tên đơn vị", Shape.TEXT, 28),
    Column("Thay đổi", Shape.WORD, 11),
    Column("Mã đăng ký", Shape.CODE, 16),
    Column("Tác giả", Shape.TEXT, 22),
    Column("Tên sáng kiến", Shape.TEXT, 38),
    Column("Nội dung thay đổi", Shape.TEXT, 34),
    Column("Cấp trên hỗ trợ, chênh lệch (đồng)", Shape.AMOUNT, 16),
    Column("CĐCS hỗ trợ, chênh lệch (đồng)", Shape.AMOUNT, 16),
    Column("Báo cáo mới", Shape.TEXT, 30),
    Column("Báo cáo trước", Shape.TEXT, 30),
)
_TONES = {Change.ADDED: PASSED, Change.CHANGED: NOTICE, Change.GONE: ERROR}
_OTHERS = {"phase": "Giai đoạn", "outcome": "Kết quả xét"}


def write_changes(master: MasterBook, directory: Directory) -> int:
    """Add the sheet. Returns the number of changed rows, those that are left out included."""
    changes = tuple(changes_of(master.overview))
    count = sum(len(one.rows) for one in changes)
    shown = min(count, AT_MOST)
    note = (
        "Báo cáo đang được tính của mỗi đơn vị so với báo cáo mà nó thay: dòng thêm, sửa, không còn; chênh lệch tiền."
    )
    if count > shown:
        more = format_amount(count - shown)
        note += f"\nTrang này ghi {format_amount(shown)} dòng đầu, theo mã đơn vị; còn {more} dòng nữa."
    sheet = master.list_sheet(SHEET, "THAY ĐỔI SO VỚI BÁO CÁO TRƯỚC", note)
    lines = _lines(changes, directory, shown)
    empty = "Chưa có báo cáo nào thay báo cáo trước mà khác về nội dung."
    draw(master, sheet, List("ThayDoi", _COLUMNS, shown, lines, empty, frozen_columns=3, header_height=48))
    colour_words(master, sheet, 3, shown, {_word(kind): tone for kind, tone in _TONES.items()})
    return count


def _word(kind: Change) -> str:
    return text("screen", f"change_{kind.value}").capitalize()


def _lines(changes: tuple[ReportChanges, ...], directory: Directory, shown: int) -> Iterator[list[Value]]:
    number = 0
    for one in changes:
        for change in one.rows:
            if number == shown:
                return
            number += 1
            row, report, earlier = change.row, one.report, one.earlier
            fields = (_OTHERS.get(name) or ROW_FIELD[name].header for name in change.fields)
            here = f"A{row.number}"
            gone = change.after is None
            yield [
                number,
                report.unit_code,
                directory.name(report.unit_code),
                _word(change.kind),
                row.registration_code,
                row.lead_author,
                row.title,
                "; ".join(fields),
                change.upper_support,
                change.base_support,
                Linked(report.path, file_link(report.path, *(() if gone else (report.sheet, here)))),
                Linked(earlier.path, file_link(earlier.path, *((earlier.sheet, here) if gone else ()))),
            ]
