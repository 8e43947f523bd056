"""The head and the foot that every Vietnamese official paper carries (DOMAIN: Paper)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from validation.fields import Form
from workbook_templates.book import Format, Worksheet
from workbook_templates.styles import Styles

Columns = tuple[int, int]
"""First and last zero-based column of a block."""

STATE = "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
NUMBER = "Số: ……/……"

SIGNATURES: dict[Form, tuple[str, ...]] = {
    Form.GRASSROOTS: ("Kế toán CĐCS", "TM. BAN CHẤP HÀNH"),
    Form.UPPER: ("Người lập biểu", "Trưởng Ban Tài chính", "TM. BAN THƯỜNG VỤ"),
    Form.CITY: ("Người lập biểu", "Trưởng Ban Tài chính", "TM. BAN THƯỜNG VỤ"),
}

HEADER_BLOCK_ROWS = 3
SIGNATURE_ROWS = 7


def write_header_block(
    sheet: Worksheet,
    styles: Styles,
    row: int,
    *,
    left: Columns,
    right: Columns,
    superior: str,
    own: str,
    place_and_date: str,
    number: str = NUMBER,
) -> None:
    """Write three rows from ``row`` on: the unions at the left, the state, its motto and the date at the right.

    ``superior``, ``own`` and ``place_and_date`` may be formulas (they then begin with ``=``).
    """
    centred: dict[str, Any] = {"align": "center", "valign": "vcenter", "text_wrap": True, "font_size": 12}
    for offset, height in enumerate((33, 33, 22)):
        sheet.set_row(row + offset, height)
    put(sheet, row, left, superior, styles.format(**centred))
    put(sheet, row + 1, left, own, styles.format(bold=True, **centred))
    put(sheet, row + 2, left, number, styles.format(**centred))
    put(sheet, row, right, STATE, styles.format(bold=True, **centred))
    put(sheet, row + 1, right, MOTTO, styles.format(bold=True, underline=1, **{**centred, "valign": "top"}))
    put(sheet, row + 2, right, place_and_date, styles.format(italic=True, **centred))


def place_and_date_formula(date_name: str, place_name: str = "programme_place") -> str:
    """A formula for “Hải Phòng, ngày … tháng … năm …” from two defined names; dotted while there is no date.

    Days below 10 and the months January and February carry a zero, as official papers write them.
    """
    day = f'TEXT(DAY({date_name}),"00")'
    month = f'IF(MONTH({date_name})<3,"0","")&MONTH({date_name})'
    written = f'"ngày "&{day}&" tháng "&{month}&" năm "&YEAR({date_name})'
    return f'={place_name}&", "&IF(ISNUMBER({date_name}),{written},"ngày …… tháng …… năm ……")'


def write_signatures(
    sheet: Worksheet, styles: Styles, row: int, signers: Sequence[str], places: Sequence[Columns]
) -> None:
    """Write the signers' titles at ``row``, and under each where to sign; ``SIGNATURE_ROWS`` rows in all."""
    title = styles.format(bold=True, align="center", valign="bottom", text_wrap=True)
    hint = styles.format(italic=True, align="center", font_size=10)
    sheet.set_row(row, 31)
    for signer, columns in zip(signers, places, strict=True):
        put(sheet, row, columns, signer, title)
        put(sheet, row + 1, columns, "(Ký, ghi rõ họ tên)", hint)
        put(sheet, row + SIGNATURE_ROWS - 1, columns, "…………………………", hint)


def put(sheet: Worksheet, row: int, columns: Columns, content: str, cell_format: Format) -> None:
    """Write a text or a formula over one cell or over neighbours joined into one."""
    first, last = columns
    if last > first:
        sheet.merge_range(row, first, row, last, "", cell_format)
    if content.startswith("="):
        sheet.write_formula(row, first, content, cell_format, "")
    else:
        sheet.write_string(row, first, content, cell_format)
