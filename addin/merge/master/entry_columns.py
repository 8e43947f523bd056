"""The columns in which a clerk decides: on “Trùng lặp”, “Bị loại” and “Cảnh báo”. The next merge reads them by name.

What stood there and could not be taken stands there again, so that it can be mended.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from addin.decisions.entries import COLUMNS, MUST_MEND, YES, Entry, Listed, Subject, column_name, key_text
from addin.merge.master.body import BodySheet
from addin.merge.master.book import FIRST_ROW, MasterBook
from addin.merge.master.table import Column
from addin.merge.master.values import Shape, Value
from addin.merge.overview import Overview
from workbook_templates.names import absolute, define
from workbook_templates.styles import INPUT, OPTIONAL_HEADER, SECTION

_LONGEST_TEXT = 500

ACCEPT_HEADER: Mapping[Listed, str] = {
    Listed.DUPLICATE: "Giữ dòng này",
    Listed.REJECTED: "Chấp nhận",
    Listed.WARNING: "Chấp nhận",
    Listed.LEFT: "Đã ghi",
}
REASON_HEADER, NAME_HEADER, KEY_HEADER = "Lý do quyết định", "Người quyết định", "Khoá"
_HINTS: Mapping[Listed, str] = {
    Listed.DUPLICATE: (
        "Chọn Có để tính dòng “không tính” ở bên trái thay cho dòng đang được tính. Ghi thêm lý do và người quyết "
        "định; lần tổng hợp sau áp dụng."
    ),
    Listed.REJECTED: (
        "Chọn Có để nhận dòng này dù có lỗi đã nêu. Chỉ người có thẩm quyền quyết định; ghi thêm lý do và tên. "
        "Ô ghi “Phải sửa”: đơn vị phải sửa."
    ),
    Listed.WARNING: "Chọn Có khi đã xem và chấp nhận. Ghi thêm lý do và người quyết định; lần tổng hợp sau áp dụng.",
    Listed.LEFT: "Nội dung đã ghi ở dòng không còn nữa. Xoá nội dung các ô này nếu không cần giữ.",
}


def entry_columns(listed: Listed) -> tuple[Column, ...]:
    """The four columns, to stand last in the list."""
    header, cells = (SECTION, None) if listed is Listed.LEFT else (OPTIONAL_HEADER, INPUT)
    return (
        Column(ACCEPT_HEADER[listed], Shape.WORD, 11, header, cells),
        Column(REASON_HEADER, Shape.TEXT, 30, header, cells),
        Column(NAME_HEADER, Shape.TEXT, 20, header, cells),
        Column(KEY_HEADER, Shape.HASH, 10, hidden=True),
    )


class EntryCells:
    """What stands in these columns, line by line; ``left`` are the entries for which no list has a line any more."""

    def __init__(self, overview: Overview) -> None:
        self._entered = {
            (_home(one.entry), one.entry.key): one.entry for one in overview.entries if one.entry and one.entry.key
        }
        self._placed: set[Entry] = set()

    def lines(self, listed: Listed, subjects: Sequence[Subject | None]) -> list[tuple[Value, ...]]:
        """The cells of each line; None where nothing can be decided."""
        return [self._line(listed, subject) for subject in subjects]

    def _line(self, listed: Listed, subject: Subject | None) -> tuple[Value, ...]:
        key = key_text(subject) if subject is not None else None
        entry = self._entered.get((listed, key)) if key is not None else None
        if entry is None:
            return (None if subject is not None else MUST_MEND, None, None, key)
        self._placed.add(entry)
        return (entry.accept or None, entry.reason or None, entry.name or None, key)

    def is_placed(self, entry: Entry) -> bool:
        """Whether it stands in its list again."""
        return entry in self._placed


def _home(entry: Entry) -> Listed:
    """The list that an entry belongs to: for one that was left over, that of its key."""
    if entry.listed is not Listed.LEFT:
        return entry.listed
    kind = entry.key.partition('"')[2].partition('"')[0]
    return {"choice": Listed.DUPLICATE, "row": Listed.REJECTED}.get(kind, Listed.WARNING)


def open_for_entry(
    master: MasterBook, sheet: BodySheet, title: str, listed: Listed, columns: Sequence[Column], count: int
) -> None:
    """Name the columns of a list of ``count`` lines, and give them a dropdown and hints. ``columns`` are all of the
    list's, these four last."""
    if not count:
        return
    first, last = len(columns) - len(COLUMNS), FIRST_ROW + count - 1
    for number, column in enumerate(COLUMNS, first):
        define(master.book, column_name(listed, column), absolute(title, FIRST_ROW, number, last, number))
    hint: dict[str, Any] = {"ignore_blank": True, "input_message": _HINTS[listed][:255]}
    choice = {
        "validate": "list", "source": [YES], "input_title": ACCEPT_HEADER[listed], "error_title": "Nội dung chưa đúng",
        "error_message": f"Xin chọn {YES}, hoặc để trống.", "error_type": "warning",
    }  # fmt: skip
    sheet.data_validation(FIRST_ROW, first, last, first, hint | choice)
    for number, header, ask in (
        (first + 1, REASON_HEADER, "Vì sao quyết định như vậy. Cần có khi đã chọn Có."),
        (first + 2, NAME_HEADER, "Họ tên và chức vụ người quyết định. Cần có khi đã chọn Có."),
    ):
        text = {
            "validate": "length", "criteria": "<=", "value": _LONGEST_TEXT, "input_title": header,
            "input_message": ask, "error_title": "Nội dung quá dài",
            "error_message": f"Xin ghi không quá {_LONGEST_TEXT} chữ.",
        }  # fmt: skip
        sheet.data_validation(FIRST_ROW, number, last, number, text)
