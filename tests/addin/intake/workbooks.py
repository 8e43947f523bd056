"""Small workbooks for the intake's tests: forms written by XlsxWriter, and changes to their parts."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from validation.fields import COVER_FIELDS, GUIDE_SHEET, META_KEYS, Form, row_fields

LIST, COVER, META = "Danh sách", "Bìa", "Dữ kiện"
HEADER_ROW = 6
FIRST_ROW = HEADER_ROW + 1
LIST_PART = "xl/worksheets/sheet1.xml"
WORKBOOK_PART = "xl/workbook.xml"

Row = Mapping[str, Any]
COVER_VALUES: dict[str, Any] = {
    "unit_code": "CĐCS-001",
    "unit_name": "CĐCS Trường Mầm non Hoa Sen",
    "report_date": date(2022, 5, 20),
    "report_number": 2,
    "members": 120,
    "workers": 131,
    "reporter_phone": "0912345678",
}


def initiative(**changes: Any) -> dict[str, Any]:
    """One plausible row, by field."""
    row: dict[str, Any] = {
        "registration_code": "HP-0001",
        "lead_author": "Nguyễn Thị Ánh",
        "is_member": "Có",
        "title": "Cải tiến quy trình giao nhận trẻ",
        "solution_kind": "Giải pháp quản lý",
        "effect": "Giảm 15 phút mỗi buổi",
        "recognised_on": date(2022, 2, 10),
        "applied_on": date(2022, 2, 15),
        "ip_protected": "Không",
        "registered_on": date(2022, 3, 1),
        "status": "Hợp lệ",
        "approved_on": date(2022, 3, 20),
        "base_support": 150_000,
    }
    return row | changes


def form(
    rows: Sequence[Row] = (),
    *,
    meta: Mapping[str, Any] | None = None,
    cover: Mapping[str, Any] | None = None,
    without: Sequence[str] = (),
    sheet: str = LIST,
    capacity: int = 20,
    extend: Callable[[xlsxwriter.Workbook, Any], None] | None = None,
    options: Mapping[str, Any] | None = None,
    which: Form = Form.GRASSROOTS,
) -> bytes:
    """A form of ours as bytes. ``without`` leaves out defined names; ``extend`` may write more."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **(options or {})})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    text = book.add_format({"font_name": "Times New Roman"})
    listing, front, hidden = book.add_worksheet(sheet), book.add_worksheet(COVER), book.add_worksheet(META)
    book.add_worksheet(GUIDE_SHEET)
    hidden.hide()
    listing.data_validation(HEADER_ROW, 0, HEADER_ROW + capacity, 0, {"validate": "any", "input_title": "STT"})
    quoted = sheet.replace("'", "''")

    def name(title: str, target: str) -> None:
        if title not in without:
            book.define_name(title, f"={target}")

    for index, field in enumerate(COVER_FIELDS):
        front.write(index, 0, field.header)
        _write(front, index, 1, {**COVER_VALUES, **(cover or {})}.get(field.name), day, text)
        name(f"cover_{field.name}", f"'{COVER}'!$B${index + 1}")
    facts = {"form": which.value, "template_version": 1, "programme": "hai-phong-2021-2023"} | dict(meta or {})
    for index, key in enumerate(META_KEYS):
        hidden.write(index, 0, key)
        hidden.write(index, 1, facts[key])
        name(f"meta_{key}", f"'{META}'!$B${index + 1}")
    name("meta_header", f"'{quoted}'!$A${HEADER_ROW}:$Z${HEADER_ROW}")
    for column, field in enumerate(row_fields(which)):
        listing.write(HEADER_ROW - 1, column, field.header, text)
        letters = xl_col_to_name(column)
        name(f"row_{field.name}", f"'{quoted}'!${letters}${FIRST_ROW}:${letters}${HEADER_ROW + capacity}")
        for index, row in enumerate(rows):
            at = HEADER_ROW + index
            if field.typed or field.name in row:
                _write(listing, at, column, row.get(field.name), day, text)
        if not field.typed:
            for index in range(capacity):
                if index >= len(rows) or field.name not in rows[index]:
                    listing.write_formula(HEADER_ROW + index, column, '=IF(B7="","",1)', text, "")
    if extend is not None:
        extend(book, listing)
    book.close()
    return buffer.getvalue()


def _write(sheet: Any, row: int, column: int, value: Any, day: Any, text: Any) -> None:
    match value:
        case None:
            sheet.write_blank(row, column, None, text)
        case bool():
            sheet.write_boolean(row, column, value, text)
        case int() | float():
            sheet.write_number(row, column, value, text)
        case datetime() | date():
            sheet.write_datetime(row, column, value, day)
        case _ if str(value).startswith("="):
            sheet.write_formula(row, column, value, text, 7)
        case _:
            sheet.write_string(row, column, value, text)


def column_of(field: str, which: Form = Form.GRASSROOTS) -> str:
    """The letters under which ``form`` writes a field."""
    return xl_col_to_name([f.name for f in row_fields(which)].index(field))


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def package(content: Mapping[str, bytes]) -> bytes:
    """A package of parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def edited(data: bytes, part: str, old: str, new: str) -> bytes:
    """The package with one text of one part exchanged; the text must be there."""
    content = parts(data)
    assert old.encode() in content[part], f"{old!r} is not in {part}"
    content[part] = content[part].replace(old.encode(), new.encode(), 1)
    return package(content)


def with_rows(data: bytes, rows: str, after: str = "") -> bytes:
    """The package with raw XML rows added at the end of the list, and elements after its rows."""
    return edited(data, LIST_PART, "</sheetData>", f"{rows}</sheetData>{after}")


def with_list(data: bytes, sheet: bytes) -> bytes:
    """The package with another list sheet."""
    return package(parts(data) | {LIST_PART: sheet})


def cell_xml(data: bytes, address: str) -> str:
    """The XML of a cell of the list."""
    found = re.search(rf'<c r="{address}"(?:[^>]*/>|.*?</c>)'.encode(), parts(data)[LIST_PART])
    assert found is not None, f"no cell {address}"
    return found.group().decode()


def text_cell(address: str, value: str) -> str:
    """An inline text cell."""
    return f'<c r="{address}" t="inlineStr"><is><t>{value}</t></is></c>'
