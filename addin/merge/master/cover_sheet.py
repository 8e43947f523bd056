"""“Bìa”: the paper's head, the cover fields of the form under ``cover_<field>``, totals, and who signs."""

from __future__ import annotations

from typing import Any

from addin.merge.master.body import BodySheet, write_value
from addin.merge.master.book import MasterBook
from addin.merge.master.cell_text import cell_text
from addin.merge.master.grid import TOTAL
from addin.merge.master.values import Formula, Shape, Value
from validation.fields import COVER_FIELDS, FORM_TITLES, Kind
from validation.money import Tally
from validation.text.words import amount_in_words
from validation.units import Level, Unit
from workbook_templates.book import cell_address
from workbook_templates.header_block import (
    HEADER_BLOCK_ROWS,
    SIGNATURE_ROWS,
    SIGNATURES,
    write_header_block,
    write_signatures,
)
from workbook_templates.layout import COVER_SHEET
from workbook_templates.names import absolute, define
from workbook_templates.styles import SECTION

SHEET = COVER_SHEET
_NATIONAL = "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM"
_LABELS = (0, 1)
_VALUE = 2
_WIDTHS = (20, 20, 20, 20, 20)
_SHAPES = {Kind.CODE: Shape.CODE, Kind.DATE: Shape.DAY, Kind.COUNT: Shape.COUNT}


def write_cover(master: MasterBook) -> None:
    """Add the sheet and its names."""
    sheet = master.sheet(SHEET)
    overview = master.overview
    last = max(len(_WIDTHS) - 1, _VALUE + len(overview.programme.phases))
    for column in range(last + 1):
        sheet.set_column(column, column, _WIDTHS[0])
    _write_head(master, sheet, last)
    row = HEADER_BLOCK_ROWS + 4
    row = _write_fields(master, sheet, row, last)
    row = _write_totals(master, sheet, row + 2, last)
    _write_signatures(master, sheet, row + 2, last)
    master.set_up_page(sheet, portrait=True)
    sheet.print_area(0, 0, row + 2 + SIGNATURE_ROWS, last)


def _write_head(master: MasterBook, sheet: BodySheet, last: int) -> None:
    overview = master.overview
    superior = overview.superior_of(overview.unit.code)
    made = overview.made_at
    write_header_block(
        sheet,
        master.styles,
        0,
        left=(0, 1),
        right=(2, last),
        superior=_plain(superior.name.upper() if superior else _above(overview.unit)),
        own=_plain(overview.unit.name.upper()),
        place_and_date=_plain(f"{overview.programme.place}, ngày {made:%d} tháng {made:%m} năm {made.year}"),
    )
    title = master.styles.format(bold=True, font_size=15, align="center", valign="vcenter", text_wrap=True)
    below = master.styles.format(italic=True, align="center", valign="vcenter", text_wrap=True)
    sheet.set_row(HEADER_BLOCK_ROWS + 1, 42)
    top = HEADER_BLOCK_ROWS + 1
    sheet.merge_range(top, 0, top, last, FORM_TITLES[overview.form].upper(), title)
    sheet.merge_range(top + 1, 0, top + 1, last, cell_text(overview.programme.name), below)


def _above(unit: Unit) -> str:
    """Who stands above a unit whose superior is in no list: known of the city only (DOMAIN: Levels)."""
    return _NATIONAL if unit.level is Level.CITY else ""


def _plain(text: str) -> str:
    """A name that begins like a formula is kept a name: the header block also takes formulas."""
    text = cell_text(text)
    return f"’{text}" if text.startswith("=") else text


def _cover_values(master: MasterBook) -> dict[str, Value]:
    overview = master.overview
    superior = overview.superior_of(overview.unit.code)
    return {
        "unit_code": overview.unit.code,
        "unit_name": overview.unit.name,
        "superior_code": superior.code if superior else overview.unit.parent,
        "report_date": overview.made_at.date(),
        "report_number": overview.report_number,
        "members": overview.members(),
        "workers": overview.workers(),
        "reporter_name": overview.made_by,
    }


def _write_fields(master: MasterBook, sheet: BodySheet, row: int, last: int) -> int:
    """The cover fields, one under the other. Returns the last row."""
    values = _cover_values(master)
    label = master.cell(Shape.TEXT, bold=True, font_size=11, **SECTION.properties())
    for field in COVER_FIELDS:
        sheet.set_row(row, 20)
        sheet.merge_range(row, *_LABELS[:1], row, _LABELS[1], field.header, label)
        shape = _SHAPES.get(field.kind, Shape.TEXT)
        look = master.cell(shape, font_size=11, align="left", indent=1)
        sheet.merge_range(row, _VALUE, row, last, "", look)
        write_value(sheet, row, _VALUE, values.get(field.name), look)
        define(master.book, f"cover_{field.name}", absolute(SHEET, row, _VALUE))
        row += 1
    return row - 1


def _write_totals(master: MasterBook, sheet: BodySheet, row: int, last: int) -> int:
    """Totals by phase and over all. Returns the last row."""
    phases = master.overview.programme.phases
    heading = master.styles.format(bold=True, font_size=12, font_color=SECTION.ink)
    sheet.write_string(row, 0, "Kết quả tổng hợp", heading)
    row += 1
    sheet.merge_range(row, *_LABELS[:1], row, _LABELS[1], "Nội dung", master.head(font_size=11))
    for column, name in enumerate([*(phase.name for phase in phases), "Cộng"], _VALUE):
        sheet.write_string(row, column, cell_text(name), master.head(font_size=11))
    tallies = [master.overview.phases.get(phase.number, Tally()) for phase in phases]
    approved = master.overview.programme.status.approved
    lines: list[tuple[str, Shape, list[int]]] = [
        ("Chỉ tiêu sáng kiến", Shape.COUNT, [phase.target for phase in phases]),
        ("Sáng kiến đã đăng ký", Shape.COUNT, [t.registered for t in tallies]),
        (f"Trong đó “{approved}”", Shape.COUNT, [t.approved for t in tallies]),
        ("Sáng kiến được tính vào chỉ tiêu", Shape.COUNT, [t.counted for t in tallies]),
        ("Cấp trên hỗ trợ (đồng)", Shape.AMOUNT, [t.upper_support for t in tallies]),
        ("CĐCS hỗ trợ (đồng)", Shape.AMOUNT, [t.base_support for t in tallies]),
        ("Tổng hỗ trợ (đồng)", Shape.AMOUNT, [t.total_support for t in tallies]),
    ]
    for line, shape, values in lines:
        row += 1
        look: dict[str, Any] = {"font_size": 11}
        sheet.merge_range(row, *_LABELS[:1], row, _LABELS[1], cell_text(line), master.cell(Shape.TEXT, **look))
        for column, value in enumerate(values, _VALUE):
            master.write(sheet, row, column, value, shape, **look)
        span = f"{cell_address(row, _VALUE)}:{cell_address(row, _VALUE + len(values) - 1)}"
        total = Formula(f"=SUM({span})", sum(values))
        master.write(sheet, row, _VALUE + len(values), total, shape, **look, **TOTAL)
    words = amount_in_words(sum(t.upper_support for t in tallies))
    row += 1
    sheet.set_row(row, 34)
    look = {"italic": True, "valign": "vcenter", "text_wrap": True}
    sheet.merge_range(row, 0, row, last, f"Cấp trên hỗ trợ, bằng chữ: {words}.", master.styles.format(**look))
    return row


def _write_signatures(master: MasterBook, sheet: BodySheet, row: int, last: int) -> None:
    signers = SIGNATURES[master.overview.form]
    places = ((0, 1), (2, 2), (3, last)) if len(signers) == 3 else ((0, 1), (2, last))
    write_signatures(sheet, master.styles, row, signers, places)
