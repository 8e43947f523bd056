"""The cover: header block, what the unit says of itself, totals by phase, the state of the list, signatures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from validation.fields import COVER_FIELDS, FORM_TITLES, Field, Form, Kind, Requirement
from validation.programme import Programme
from validation.units import Unit
from workbook_templates.book import FONT, Workbook, Worksheet, cell_address
from workbook_templates.checks import DUPLICATE_WORD, ERROR_WORD, NOTICE_WORD, PASSED_WORD
from workbook_templates.cover_totals import Shown, TotalLine, total_lines
from workbook_templates.entry_rules import entry_rule
from workbook_templates.header_block import (
    HEADER_BLOCK_ROWS,
    SIGNATURE_ROWS,
    SIGNATURES,
    Columns,
    place_and_date_formula,
    put,
    write_header_block,
    write_signatures,
)
from workbook_templates.layout import COVER_SHEET, table_columns
from workbook_templates.list_sheet import TONES
from workbook_templates.names import absolute, define
from workbook_templates.styles import (
    AMOUNT_FORMAT,
    CALCULATED,
    DATE_FORMAT,
    ERROR,
    INPUT,
    LINE,
    NOTICE,
    NUMBER_FORMATS,
    PASSED,
    PERCENT_FORMAT,
    SECTION,
    Styles,
)

Cell = tuple[int, int]

_TITLE_ROW = HEADER_BLOCK_ROWS + 1
_FIELDS_ROW = _TITLE_ROW + 3
_LABEL_WIDTH, _VALUE_WIDTH = 38, 18
_OWN = '=IF(cover_unit_name="","TÊN CÔNG ĐOÀN LẬP BÁO CÁO",UPPER(cover_unit_name))'
_SUPERIORS = {
    Form.GRASSROOTS: "TÊN CÔNG ĐOÀN CẤP TRÊN TRỰC TIẾP",
    Form.UPPER: "TÊN LIÊN ĐOÀN LAO ĐỘNG CẤP TRÊN",
    Form.CITY: "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",
}
_ROW_STATES = (
    (ERROR_WORD, "bị loại khỏi mọi tổng: cần sửa"),
    (DUPLICATE_WORD, "trùng mã đăng ký, ngoài mọi tổng"),
    (NOTICE_WORD, "được nhận, cần xem lại"),
    (PASSED_WORD, "được nhận"),
)


@dataclass(frozen=True, slots=True)
class CoverLayout:
    """Where the typed cells of the cover stand, by field name, zero-based."""

    cells: Mapping[str, Cell]
    last_column: int


def write_cover_sheet(
    book: Workbook, styles: Styles, form: Form, programme: Programme, *, superior: Unit | None = None
) -> tuple[Worksheet, CoverLayout]:
    """Add the cover and its names ``cover_<field>``. ``superior`` only gives its name to the header block."""
    sheet = book.add_worksheet(COVER_SHEET)
    last = max(3, len(programme.phases) + 1)
    sheet.set_column(0, 0, _LABEL_WIDTH)
    sheet.set_column(1, last, _VALUE_WIDTH)
    write_header_block(
        sheet, styles, 0, left=(0, 0), right=(1, last), own=_OWN,
        superior=superior.name.upper() if superior else _SUPERIORS[form],
        place_and_date=place_and_date_formula("cover_report_date"),
    )  # fmt: skip
    centred: dict[str, Any] = {"align": "center", "valign": "vcenter", "text_wrap": True}
    sheet.set_row(_TITLE_ROW, 27)
    title = styles.format(bold=True, font_size=16, **centred)
    put(sheet, _TITLE_ROW, (0, last), FORM_TITLES[form].upper(), title)
    put(sheet, _TITLE_ROW + 1, (0, last), "=programme_name", styles.format(italic=True, font_size=12, **centred))
    layout = _write_fields(book, sheet, styles, last)
    row = _write_totals(book, sheet, styles, form, programme, _FIELDS_ROW + len(COVER_FIELDS) + 2)
    row = _write_row_states(sheet, styles, form, row + 1, last)
    write_signatures(sheet, styles, row + 1, SIGNATURES[form], _signature_places(form, last))
    _set_up_page(sheet, form, row + 1 + SIGNATURE_ROWS, last)
    return sheet, layout


def _section(sheet: Worksheet, styles: Styles, row: int, last: int, title: str) -> None:
    put(sheet, row, (0, last), title, styles.format(SECTION, bold=True, valign="vcenter"))
    sheet.set_row(row, 19)


def _write_fields(book: Workbook, sheet: Worksheet, styles: Styles, last: int) -> CoverLayout:
    title = "I. ĐƠN VỊ LẬP BÁO CÁO  (ô nền vàng nhạt: gõ vào; dấu * : bắt buộc)"
    _section(sheet, styles, _FIELDS_ROW, last, title)
    cells: dict[str, Cell] = {}
    for row, field in enumerate(COVER_FIELDS, _FIELDS_ROW + 1):
        required = field.required is Requirement.ALWAYS
        label = f"{field.header} *" if required else field.header
        sheet.write_string(
            row, 0, label, styles.format(bold=required, border=1, border_color=LINE, valign="vcenter", indent=1)
        )
        sheet.merge_range(row, 1, row, last, "", cover_cell_format(styles, field))
        sheet.data_validation(row, 1, row, 1, entry_rule(field))
        define(book, field.defined_name, absolute(COVER_SHEET, row, 1))
        if required:
            missing = {
                "type": "formula",
                "criteria": f'=TRIM({cell_address(row, 1, fixed=True)})=""',
                "format": styles.format(NOTICE),
            }
            sheet.conditional_format(row, 1, row, last, missing)
        sheet.set_row(row, 17)
        cells[field.name] = (row, 1)
    return CoverLayout(cells, last)


def cover_cell_format(styles: Styles, field: Field) -> Any:
    """What a typed cell of the cover looks like."""
    shown = NUMBER_FORMATS.get(field.kind, "General")
    size: dict[str, Any] = {
        "font_size": 12,
        "align": "left",
        "indent": 1,
        "valign": "vcenter",
        "border": 1,
        "border_color": LINE,
    }
    return styles.format(INPUT, num_format=shown, text_wrap=field.kind is Kind.TEXT, **size)


_SHOWN: Mapping[Shown, dict[str, Any]] = {
    Shown.DAY: {"num_format": DATE_FORMAT, "align": "center"},
    Shown.COUNT: {"num_format": AMOUNT_FORMAT, "align": "right", "indent": 1},
    Shown.AMOUNT: {"num_format": AMOUNT_FORMAT, "align": "right", "indent": 1},
    Shown.SHARE: {"num_format": PERCENT_FORMAT, "align": "right", "indent": 1},
    Shown.WORDS: {"bold": True, "align": "center", "text_wrap": True},
}


def _write_totals(book: Workbook, sheet: Worksheet, styles: Styles, form: Form, programme: Programme, row: int) -> int:
    """Write the table of totals at ``row``, each line named ``totals_<key>``; the row below it."""
    count = len(programme.phases)
    last = max(3, count + 1)
    title = "II. TỔNG HỢP THEO GIAI ĐOẠN  (tự tính từ trang “Danh sách”)"
    _section(sheet, styles, row, last, title)
    head = styles.format(SECTION, bold=True, align="center", valign="vcenter", border=1, border_color=LINE)
    sheet.write_string(row + 1, 0, "Nội dung", head)
    for number in range(1, count + 1):
        sheet.write_formula(row + 1, number, f"=INDEX(phase_name,{number})", head, programme.phases[number - 1].name)
    sheet.write_string(row + 1, count + 1, "Cộng", head)
    lines = total_lines(form, programme)
    places = {line.key: row + 2 + index for index, line in enumerate(lines)}
    for line in lines:
        _write_line(sheet, styles, line, places)
        define(book, f"totals_{line.key}", absolute(COVER_SHEET, places[line.key], 1, places[line.key], count))
    note = (
        "(*) Chỉ đếm tác giả đứng tên đầu, chưa kể đồng tác giả; số chính thức do phần mềm tính. "
        "Một người có mã số đoàn viên thì nhận ra theo mã số, không có thì theo họ tên."
    )
    end = row + 2 + len(lines)
    put(sheet, end, (0, last), note, styles.format(italic=True, font_size=10, text_wrap=True, valign="top"))
    sheet.set_row(end, 28)
    return end + 1


def _write_line(sheet: Worksheet, styles: Styles, line: TotalLine, places: Mapping[str, int]) -> None:
    row = places[line.key]
    border: dict[str, Any] = {"border": 1, "border_color": LINE, "valign": "vcenter"}
    sheet.write_string(row, 0, line.label, styles.format(text_wrap=True, indent=1, **border))
    shown = styles.format(CALCULATED, **{**_SHOWN[line.shown], **border})
    for column, formula in enumerate(line.formulas, 1):
        names = {key: cell_address(place, column) for key, place in places.items()}
        sheet.write_array_formula(
            row, column, row, column, f"{{={formula.format_map(names)}}}", shown, _blank_value(line)
        )
    last = len(line.formulas)
    if line.summed:
        total = f"=SUM({cell_address(row, 1)}:{cell_address(row, last)})"
        sheet.write_formula(
            row, last + 1, total, styles.format(CALCULATED, bold=True, **{**_SHOWN[line.shown], **border})
        )
    else:
        sheet.write_blank(row, last + 1, None, styles.format(**border))
    if line.shown is Shown.WORDS:
        for word, tone in (("ĐẠT", PASSED), ("GẦN ĐẠT", NOTICE), ("CHƯA ĐẠT", ERROR)):
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": styles.format(tone)}
            sheet.conditional_format(row, 1, row, last, rule)


def _blank_value(line: TotalLine) -> int | str:
    """What a formula gives on a blank form, stored for readers that do not calculate."""
    if line.shown is Shown.WORDS:
        return "Chưa có số đoàn viên"
    return 0 if line.summed or line.shown is Shown.COUNT else ""


def _write_row_states(sheet: Worksheet, styles: Styles, form: Form, row: int, last: int) -> int:
    """Write how many rows have which verdict at ``row``; the row below."""
    _section(sheet, styles, row, last, "III. KIỂM TRA DANH SÁCH")
    state = table_columns(form)["row_state"]
    border: dict[str, Any] = {"border": 1, "border_color": LINE}
    for offset, (word, meaning) in enumerate(_ROW_STATES, row + 1):
        sheet.write_string(offset, 0, f"Dòng {word}", styles.format(TONES[word], bold=True, indent=1, **border))
        formula = f'=COUNTIF({state:all},"{word}*")'
        sheet.write_formula(offset, 1, formula, styles.format(CALCULATED, **{**_SHOWN[Shown.COUNT], **border}))
        put(sheet, offset, (2, last), meaning, styles.format(font_size=10, indent=1, **border))
    return row + 1 + len(_ROW_STATES)


def _signature_places(form: Form, last: int) -> list[Columns]:
    if len(SIGNATURES[form]) == 2:
        return [(0, 0), (last - 1, last)]
    return [(0, 0), (1, last - 2), (last - 1, last)]


def _set_up_page(sheet: Worksheet, form: Form, last_row: int, last: int) -> None:
    font = f'&"{FONT},Regular"&9'
    sheet.set_portrait()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.7, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, last_row, last)
    sheet.center_horizontally()
    sheet.set_footer(f"&L{font}{FORM_TITLES[form]}&R{font}Trang &P/&N")
    sheet.hide_gridlines(2)
    sheet.set_selection(_FIELDS_ROW + 1, 1, _FIELDS_ROW + 1, 1)
