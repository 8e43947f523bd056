"""The hidden sheet: what the formulas read by name, and what the reader finds under ``meta_<key>``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from validation.fields import FORM_TITLES, ROW_FIELDS, TEMPLATE_VERSION, Form
from validation.programme import Programme
from workbook_templates.book import Workbook
from workbook_templates.checks import ERROR_WORD, row_checks, row_verdicts
from workbook_templates.layout import FACTS_SHEET
from workbook_templates.names import absolute, define
from workbook_templates.styles import AMOUNT_FORMAT, DATE_FORMAT, PERCENT_FORMAT, Styles

Fact = str | int | float | date


def write_facts_sheet(book: Workbook, styles: Styles, form: Form, programme: Programme) -> None:
    """Add the hidden sheet and every name on it. It stays visible to nobody, and unprotected."""
    page = _Page(book, styles)
    page.fact("meta_form", "Loại biểu", form.value)
    page.fact("meta_template_version", "Phiên bản biểu", TEMPLATE_VERSION)
    page.fact("meta_programme", "Chương trình", programme.id)
    page.fact("programme_name", "Tên chương trình", programme.name)
    page.fact("programme_place", "Địa danh", programme.place)
    page.fact("form_title", "Tên biểu", FORM_TITLES[form])
    _amounts_and_dates(page, programme)
    _phases(page, programme)
    _lists(page, programme)
    checks = [check.message for check in row_checks(form, programme)]
    checks.append(f"{ERROR_WORD}: có ô chứa giá trị lỗi (#N/A, #REF! …); gõ lại ô đó.")
    page.facts("check_messages", "Lời báo lỗi của dòng", checks)
    page.facts("verdict_messages", "Kết luận về dòng", [v.message for v in row_verdicts(form, programme)])
    page.close()


def _amounts_and_dates(page: _Page, programme: Programme) -> None:
    page.fact("upper_amount", "Cấp trên hỗ trợ mỗi sáng kiến (đồng)", programme.support.upper_amount)
    page.fact("base_cap", "CĐCS hỗ trợ nhiều nhất (đồng)", programme.support.base_cap)
    page.fact("application_first", "Áp dụng từ ngày", programme.application_window.first)
    page.fact("application_last", "Áp dụng đến ngày", programme.application_window.last)
    page.fact("participation_minimum", "Tỷ lệ tham gia tối thiểu", programme.participation.minimum)


def _phases(page: _Page, programme: Programme) -> None:
    phases = programme.phases
    page.facts("phase_number", "Giai đoạn", [phase.number for phase in phases])
    page.facts("phase_name", "Tên giai đoạn", [phase.name for phase in phases])
    page.facts("phase_first", "Từ ngày", [phase.first for phase in phases])
    page.facts("phase_last", "Đến hết ngày", [phase.last for phase in phases])
    page.facts("phase_target", "Chỉ tiêu sáng kiến", [phase.target for phase in phases])


def _lists(page: _Page, programme: Programme) -> None:
    for name in dict.fromkeys(field.choices for field in ROW_FIELDS if field.choices):
        page.facts(f"list_{name}", f"Danh sách {name}", programme.choices(name))
    page.fact("answer_yes", "Trả lời có", programme.answers.yes)
    page.fact("answer_no", "Trả lời không", programme.answers.no)
    page.fact("status_under_review", "Trạng thái đang xem xét", programme.status.under_review)
    page.fact("status_approved", "Trạng thái được duyệt", programme.status.approved)
    page.fact("status_refused", "Trạng thái không được duyệt", programme.status.refused)


class _Page:
    """Facts one under the other: a label, the value, its name."""

    def __init__(self, book: Workbook, styles: Styles) -> None:
        self._book, self._styles = book, styles
        self._sheet = book.add_worksheet(FACTS_SHEET)
        self._row = 0
        self._sheet.set_column(0, 0, 36)
        self._sheet.set_column(1, 1, 80)
        self._sheet.set_column(2, 2, 26)
        warning = "Trang do phần mềm dùng. Xin đừng sửa, đừng xoá."
        self._sheet.write_string(0, 0, warning, styles.format(bold=True))
        self._row = 2

    def fact(self, name: str, label: str, value: Fact) -> None:
        self.facts(name, label, [value])

    def facts(self, name: str, label: str, values: Sequence[Fact]) -> None:
        first = self._row
        for value in values:
            self._sheet.write_string(self._row, 0, label)
            self._write(value)
            self._sheet.write_string(self._row, 2, name)
            self._row += 1
        last = self._row - 1
        reference = absolute(FACTS_SHEET, first, 1, *((last, 1) if last > first else ()))
        define(self._book, name, reference)

    def _write(self, value: Fact) -> None:
        left: dict[str, Any] = {"align": "left"}
        if isinstance(value, date):
            self._sheet.write_datetime(self._row, 1, value, self._styles.format(num_format=DATE_FORMAT, **left))
        elif isinstance(value, str):
            self._sheet.write_string(self._row, 1, value)
        else:
            shown = PERCENT_FORMAT if isinstance(value, float) else AMOUNT_FORMAT
            self._sheet.write_number(self._row, 1, value, self._styles.format(num_format=shown, **left))

    def close(self) -> None:
        self._sheet.hide()
