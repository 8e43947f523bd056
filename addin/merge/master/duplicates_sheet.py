"""“Trùng lặp”: what counts beside what does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.decisions.entries import Listed
from addin.merge.master.book import MasterBook
from addin.merge.master.directory import Directory
from addin.merge.master.entry_columns import EntryCells, entry_columns, open_for_entry
from addin.merge.master.links import file_link
from addin.merge.master.table import Column, List, draw
from addin.merge.master.values import Linked, Shape, Value
from addin.merge.overview import DuplicatePair, Overview, SourcedRow
from validation.decisions import Choice, content_of
from workbook_templates.styles import DUPLICATE, PASSED, Tone

SHEET = "Trùng lặp"


def _side(suffix: str, tone: Tone) -> tuple[Column, ...]:
    return (
        Column(f"Tên sáng kiến ({suffix})", Shape.TEXT, 34, tone),
        Column(f"Tác giả ({suffix})", Shape.TEXT, 20, tone),
        Column(f"Đơn vị ({suffix})", Shape.TEXT, 28, tone),
        Column(f"Ngày đăng ký ({suffix})", Shape.DAY, 12, tone),
        Column(f"Tệp ({suffix})", Shape.TEXT, 26, tone),
        Column(f"Dòng ({suffix})", Shape.ORDINAL, 9, tone),
    )


_COLUMNS = (
    Column("STT", Shape.ORDINAL, 6),
    Column("Mã đăng ký", Shape.CODE, 16),
    *_side("được tính", PASSED),
    *_side("không tính", DUPLICATE),
    *entry_columns(Listed.DUPLICATE),
)


def write_duplicates(master: MasterBook, directory: Directory, entries: EntryCells) -> int:
    """Add the sheet. Returns the number of pairs."""
    pairs = master.overview.pairs
    note = (
        "Hai dòng cùng mã đăng ký: dòng đăng ký sớm hơn được tính (trừ khi đã có quyết định khác), dòng kia không nằm "
        "trong tổng số nào.\nMuốn tính dòng kia: chọn Có ở cột “Giữ dòng này”, ghi lý do và người quyết định, lưu lại; "
        "lần tổng hợp sau áp dụng."
    )
    sheet = master.list_sheet(SHEET, "TRÙNG LẶP: CÁC DÒNG CÙNG MÃ ĐĂNG KÝ", note)
    cells = entries.lines(Listed.DUPLICATE, [_subject(pair, master.overview) for pair in pairs])
    listed = List(
        "TrungLap", _COLUMNS, len(pairs), _lines(pairs, cells, directory), "Không có dòng nào trùng mã đăng ký.",
        frozen_columns=2, header_height=36,
    )  # fmt: skip
    draw(master, sheet, listed)
    open_for_entry(master, sheet, SHEET, Listed.DUPLICATE, _COLUMNS, len(pairs))
    return len(pairs)


def _subject(pair: DuplicatePair, overview: Overview) -> Choice:
    row = overview.as_reported(pair.duplicate)
    return Choice(row.registration_code or "", row.unit_code, content_of(row))


def _lines(
    pairs: Sequence[DuplicatePair], entered: Sequence[Sequence[Value]], directory: Directory
) -> Iterator[list[Value]]:
    for number, (pair, entry) in enumerate(zip(pairs, entered, strict=True), 1):
        code = pair.duplicate.row.registration_code or pair.kept.row.registration_code
        yield [number, code, *_shown(pair.kept, directory), *_shown(pair.duplicate, directory), *entry]


def _shown(sourced: SourcedRow, directory: Directory) -> list[Value]:
    row, report = sourced.row, sourced.report
    name = directory.name(row.unit_code)
    return [
        row.title,
        row.lead_author,
        f"{row.unit_code} – {name}" if name != row.unit_code else name,
        row.registered_on,
        Linked(report.path, file_link(report.path, report.sheet, f"A{row.number}")),
        row.number,
    ]
