"""“Gần trùng”: nearly the same titles of different units, side by side, for people to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.merge.master.body import BodySheet
from addin.merge.master.book import MasterBook
from addin.merge.master.directory import Directory
from addin.merge.master.links import file_link
from addin.merge.master.table import Column, List, draw
from addin.merge.master.values import Linked, Shape, Value
from addin.merge.near_search import NearTitles
from addin.merge.overview import SourcedRow
from validation.text.amounts import format_amount
from workbook_templates.styles import NOTICE, SECTION, Tone

SHEET = "Gần trùng"
AT_MOST = 2_000
"""More than anyone reads; what is left out is said, never silently dropped."""


def _side(number: int, tone: Tone) -> tuple[Column, ...]:
    return (
        Column(f"Tên sáng kiến ({number})", Shape.TEXT, 42, tone),
        Column(f"Tác giả ({number})", Shape.TEXT, 20, tone),
        Column(f"Mã đăng ký ({number})", Shape.CODE, 16, tone),
        Column(f"Đơn vị ({number})", Shape.TEXT, 28, tone),
        Column(f"Tệp ({number})", Shape.TEXT, 26, tone),
        Column(f"Dòng ({number})", Shape.ORDINAL, 9, tone),
    )


_COLUMNS = (
    Column("STT", Shape.ORDINAL, 6),
    Column("Giống nhau (%)", Shape.ORDINAL, 9),
    *_side(1, SECTION),
    *_side(2, NOTICE),
)


def write_near_titles(master: MasterBook, sheet: BodySheet, directory: Directory, pairs: Sequence[NearTitles]) -> None:
    """Fill the sheet with the pairs, the most alike first."""
    shown = pairs[:AT_MOST]
    note = (
        "Tên sáng kiến gần giống nhau ở hai đơn vị, không kể dấu, chữ hoa và dấu câu. Máy không kết luận: cả hai dòng "
        "vẫn được tính; người phụ trách đọc và hỏi lại hai đơn vị."
    )
    if len(pairs) > len(shown):
        more = format_amount(len(pairs) - len(shown))
        note += f"\nTrang này ghi {format_amount(len(shown))} cặp giống nhau nhất; còn {more} cặp nữa ít giống hơn."
    master.write_title(sheet, "GẦN TRÙNG: TÊN SÁNG KIẾN GẦN GIỐNG NHAU Ở HAI ĐƠN VỊ", note)
    listed = List(
        "GanTrung", _COLUMNS, len(shown), _lines(shown, directory), "Không có tên sáng kiến nào gần giống nhau.",
        frozen_columns=2, header_height=36,
    )  # fmt: skip
    draw(master, sheet, listed)


def _lines(pairs: Sequence[NearTitles], directory: Directory) -> Iterator[list[Value]]:
    for number, pair in enumerate(pairs, 1):
        yield [number, pair.score, *_shown(pair.first, directory), *_shown(pair.second, directory)]


def _shown(sourced: SourcedRow, directory: Directory) -> list[Value]:
    row, report = sourced.row, sourced.report
    name = directory.name(row.unit_code)
    return [
        row.title,
        row.lead_author,
        row.registration_code,
        f"{row.unit_code} – {name}" if name != row.unit_code else name,
        Linked(report.path, file_link(report.path, report.sheet, f"A{row.number}")),
        row.number,
    ]
