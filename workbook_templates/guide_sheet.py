"""The guide inside the form: how to fill it, derived from the fields, the programme and the checks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from validation import messages
from validation.fields import COVER_FIELDS, Field, Form, Kind, Requirement, row_fields
from validation.programme import Programme
from workbook_templates.book import FONT, Workbook, Worksheet
from workbook_templates.checks import DUPLICATE_WORD, ERROR_WORD, NOTICE_WORD, PASSED_WORD, shown_day
from workbook_templates.layout import GUIDE_SHEET
from workbook_templates.list_sheet import TONES
from workbook_templates.styles import LINE, SECTION, Styles
from workbook_templates.text_fit import row_height

_WIDTHS = (27, 52, 17, 44)
_HEADERS = ("Ô hoặc cột", "Cách điền", "Bắt buộc", "Giá trị cho phép")

_STEPS = (
    "Điền trang “Bìa” trước: các ô nền vàng nhạt; ô có dấu * là bắt buộc.",
    "Ghi mỗi sáng kiến một dòng ở trang “Danh sách”. Báo cáo là luỹ kế: ghi đủ mọi sáng kiến từ đầu chương trình.",
    "Không gõ vào các cột nền xám: chúng tự tính. Lỡ xoá công thức cũng không sao: phần mềm tính lại tất cả.",
    "Thiếu dòng thì gõ tiếp ngay dưới dòng cuối của bảng. Được sắp xếp, lọc, dán; khi dán nên chọn “Dán giá trị”.",
    "Xem cột “Kiểm tra”: sửa hết các dòng LỖI rồi gửi tệp .xlsx này cho công đoàn cấp trên. Không đổi tên tiêu đề cột.",
    "Khi in danh sách: lọc cột “Kiểm tra”, bỏ chọn ô trống, để không in các dòng chưa dùng.",
)
_VERDICTS = {
    ERROR_WORD: "Dòng có lỗi, không tính vào tổng nào. Lời ghi nói rõ cột nào và phải làm gì.",
    DUPLICATE_WORD: "Mã đăng ký đã có ở dòng khác đăng ký trước. Dòng này không tính vào tổng nào.",
    NOTICE_WORD: "Dòng được nhận nhưng có điều cần xem lại, ví dụ chưa đăng ký trên cổng.",
    PASSED_WORD: "Dòng được nhận.",
}
COMMON_FAULTS = (
    "missing_required",
    "unknown_choice",
    "unreadable_date",
    "unreadable_amount",
    "applied_outside_window",
    "registered_outside_phases",
    "approved_before_registered",
    "missing_approval_date",
    "duplicate_code",
    "number_in_text",
    "people_separator",
)
"""Rules whose faults are the usual ones; all of them stand in docs/quy-tac. Their advice names nothing of a cell."""
_REQUIREMENTS = {
    Requirement.ALWAYS: "Bắt buộc",
    Requirement.TO_BE_PAID: "Cần có để được hỗ trợ",
    Requirement.IF_APPROVED: "Khi đã được duyệt",
    Requirement.NO: "Không",
}


def write_guide_sheet(book: Workbook, styles: Styles, form: Form, programme: Programme) -> Worksheet:
    """Add the guide."""
    sheet = book.add_worksheet(GUIDE_SHEET)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    wrapped = styles.format(text_wrap=True, valign="top")
    sheet.write_string(0, 0, "HƯỚNG DẪN ĐIỀN BIỂU", styles.format(bold=True, font_size=16))
    sheet.write_string(1, 0, programme.name, styles.format(italic=True))
    row = 3
    for number, step in enumerate(_STEPS, 1):
        sheet.merge_range(row, 0, row, 3, f"{number}. {step}", wrapped)
        sheet.set_row(row, row_height([(f"{number}. {step}", sum(_WIDTHS))]))
        row += 1
    row = _write_verdicts(sheet, styles, row + 1)
    row = _write_faults(sheet, styles, row + 1)
    row = _write_fields(sheet, styles, row + 1, "Trang “Bìa”", COVER_FIELDS, programme)
    typed = [field for field in row_fields(form) if field.typed]
    row = _write_fields(sheet, styles, row + 1, "Trang “Danh sách”", typed, programme)
    _write_phases(sheet, styles, row + 1, programme)
    _set_up_page(sheet)
    return sheet


def _write_verdicts(sheet: Worksheet, styles: Styles, row: int) -> int:
    _title(sheet, styles, row, "Cột “Kiểm tra” nói gì")
    for offset, (word, meaning) in enumerate(_VERDICTS.items(), row + 1):
        sheet.write_string(offset, 0, word, styles.format(TONES[word], bold=True, border=1, border_color=LINE))
        sheet.merge_range(offset, 1, offset, 3, meaning, styles.format(border=1, border_color=LINE, text_wrap=True))
    return row + 1 + len(_VERDICTS)


def _write_faults(sheet: Worksheet, styles: Styles, row: int) -> int:
    _title(sheet, styles, row, "Các lỗi thường gặp")
    border: dict[str, Any] = {"border": 1, "border_color": LINE, "text_wrap": True, "valign": "top"}
    rules = messages.catalogue("vi")["rule"]
    for offset, code in enumerate(COMMON_FAULTS, row + 1):
        sheet.write_string(offset, 0, rules[code]["title"], styles.format(**border, bold=True))
        sheet.merge_range(offset, 1, offset, 3, rules[code]["do"], styles.format(**border))
        widths = ((rules[code]["title"], _WIDTHS[0]), (rules[code]["do"], sum(_WIDTHS[1:])))
        sheet.set_row(offset, row_height(widths))
    return row + 1 + len(COMMON_FAULTS)


def _write_fields(
    sheet: Worksheet, styles: Styles, row: int, title: str, fields: Sequence[Field], programme: Programme
) -> int:
    _title(sheet, styles, row, title)
    head = styles.format(bold=True, align="center", border=1, border_color=LINE)
    sheet.write_row(row + 1, 0, _HEADERS, head)
    cell = styles.format(text_wrap=True, valign="top", border=1, border_color=LINE)
    bold = styles.format(text_wrap=True, valign="top", border=1, border_color=LINE, bold=True)
    for offset, field in enumerate(fields, row + 2):
        texts = (field.header, field.hint, _REQUIREMENTS[field.required], allowed_values(field, programme))
        for column, text in enumerate(texts):
            sheet.write_string(offset, column, text, cell if column else bold)
        sheet.set_row(offset, row_height(zip(texts, _WIDTHS, strict=True)))
    return row + 2 + len(fields)


def _write_phases(sheet: Worksheet, styles: Styles, row: int, programme: Programme) -> None:
    _title(sheet, styles, row, "Các giai đoạn của chương trình")
    cell = styles.format(border=1, border_color=LINE)
    for offset, phase in enumerate(programme.phases, row + 1):
        sheet.write_string(offset, 0, phase.name, styles.format(border=1, border_color=LINE, bold=True))
        days = f"Đăng ký trên cổng từ {shown_day(phase.first)} đến hết {shown_day(phase.last)}"
        sheet.write_string(offset, 1, days, cell)
        sheet.merge_range(offset, 2, offset, 3, f"Hạn gửi báo cáo: {shown_day(phase.report_deadline)}", cell)


def allowed_values(field: Field, programme: Programme) -> str:
    """What may stand in a cell, in a clerk's words."""
    if field.choices:
        return "; ".join(programme.choices(field.choices))
    window, cap = programme.application_window, f"{programme.support.base_cap:,}".replace(",", ".")
    special = {
        "applied_on": f"Ngày từ {shown_day(window.first)} đến {shown_day(window.last)}",
        "registered_on": "Ngày thuộc một giai đoạn của chương trình",
        "approved_on": "Ngày, không trước ngày đăng ký",
        "base_support": f"Số nguyên từ 0 đến {cap}",
    }
    by_kind = {
        Kind.DATE: "Ngày, dạng ngày/tháng/năm",
        Kind.AMOUNT: "Số nguyên không âm, tính bằng đồng",
        Kind.COUNT: "Số nguyên không âm",
        Kind.CODE: "Chữ và số, giữ số 0 ở đầu",
        Kind.PEOPLE: "Các họ tên, cách nhau bằng dấu ;",
    }
    return special.get(field.name) or by_kind.get(field.kind, f"Chữ, nhiều nhất {field.maximum} ký tự")


def _title(sheet: Worksheet, styles: Styles, row: int, title: str) -> None:
    sheet.merge_range(row, 0, row, 3, title, styles.format(SECTION, bold=True, font_size=12))
    sheet.set_row(row, 18)


def _set_up_page(sheet: Worksheet) -> None:
    font = f'&"{FONT},Regular"&9'
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{font}Hướng dẫn điền biểu&R{font}Trang &P/&N")
    sheet.hide_gridlines(2)
