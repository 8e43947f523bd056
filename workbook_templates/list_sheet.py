"""The list of initiatives: an unprotected Excel table, so that sorting, filtering, pasting and adding rows work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from validation.fields import FORM_TITLES, Form, Kind
from validation.programme import Programme
from workbook_templates.book import FONT, Workbook, Worksheet, column_letters
from workbook_templates.checks import (
    DUPLICATE_WORD,
    ERROR_WORD,
    NOTICE_WORD,
    PASSED_WORD,
    row_checks,
)
from workbook_templates.entry_rules import entry_rule
from workbook_templates.layout import (
    CHECK,
    CHECK_HEADER,
    FIRST_ROW,
    HEADER_ROW,
    LIST_SHEET,
    TABLE,
    ListLayout,
    sheet_columns,
    table_columns,
)
from workbook_templates.names import absolute, define
from workbook_templates.row_formulas import must_be_filled, row_formulas
from workbook_templates.styles import CALCULATED, DUPLICATE, ERROR, LINE, NOTICE, PASSED, Styles, Tone

TONES: Mapping[str, Tone] = {
    ERROR_WORD: ERROR,
    DUPLICATE_WORD: DUPLICATE,
    NOTICE_WORD: NOTICE,
    PASSED_WORD: PASSED,
}
"""The colour of a verdict, by the word that it begins with."""

_PAGES_WIDE = {Form.GRASSROOTS: 2, Form.UPPER: 3, Form.CITY: 3}
"""Pages of A4 side by side: on one, two dozen columns would print in letters of under 4 points."""
_LAST_FROZEN = {Form.GRASSROOTS: "lead_author", Form.UPPER: "registration_code", Form.CITY: "registration_code"}


def write_list_sheet(
    book: Workbook, styles: Styles, programme: Programme, layout: ListLayout, *, with_formulas: bool = True
) -> Worksheet:
    """Add the list and its names ``row_<field>`` and ``meta_header``.

    ``with_formulas=False`` leaves the calculated columns blank, for workbooks whose program writes the values.
    """
    sheet = book.add_worksheet(LIST_SHEET)
    _write_columns(sheet, styles, layout)
    _write_head(sheet, styles, layout)
    _write_table(sheet, styles, programme, layout, with_formulas=with_formulas)
    for field in layout.fields:
        define(book, f"row_{field.name}", layout.body(field.name))
        if field.typed:
            column = layout.column(field.name)
            sheet.data_validation(FIRST_ROW, column, layout.last_guarded_row, column, entry_rule(field))
    header = absolute(LIST_SHEET, HEADER_ROW, 0, HEADER_ROW, len(layout.fields) - 1)
    define(book, "meta_header", header)
    _colour(sheet, styles, programme, layout)
    _set_up_page(sheet, layout)
    return sheet


def _write_columns(sheet: Worksheet, styles: Styles, layout: ListLayout) -> None:
    """Formats belong to whole columns: blank rows need no cells, and rows typed below the table have them too."""
    for column, field in enumerate(layout.fields):
        sheet.set_column(column, column, field.width, styles.column(field))
    sheet.set_column(layout.check_column, layout.check_column, 9, None, {"hidden": True})


def _write_head(sheet: Worksheet, styles: Styles, layout: ListLayout) -> None:
    plain: dict[str, Any] = {"valign": "vcenter", "num_format": "General"}
    sheet.set_row(1, 24)
    sheet.write_formula(0, 0, '=IF(cover_unit_name="","",cover_unit_name)', styles.format(bold=True, **plain), "")
    sheet.write_formula(
        1, 0, '="DANH SÁCH SÁNG KIẾN — "&programme_name', styles.format(bold=True, font_size=14, **plain), ""
    )
    state = table_columns(layout.form)["row_state"]
    counts = "".join(
        f'&" · {label} "&COUNTIF({state:all},"{word}*")'
        for word, label in ((ERROR_WORD, ERROR_WORD), (DUPLICATE_WORD, DUPLICATE_WORD), (NOTICE_WORD, NOTICE_WORD))
    )
    passed = f'&" · {PASSED_WORD} "&COUNTIF({state:all},"{PASSED_WORD}*")'
    check = table_columns(layout.form)[CHECK]
    sheet.write_formula(2, 0, f'=COUNT({check:all})&" dòng"{counts}{passed}', styles.format(**plain), "0 dòng")
    legend = (
        "Tiêu đề xanh đậm: cần điền · xanh nhạt: có thể để trống · xám: tự tính, không gõ vào. "
        "Được sắp xếp, lọc, dán, thêm dòng ở cuối bảng."
    )
    sheet.write_string(3, 0, legend, styles.format(italic=True, font_color="#595959", **plain))
    sheet.set_row(HEADER_ROW, 52)


def _write_table(
    sheet: Worksheet, styles: Styles, programme: Programme, layout: ListLayout, *, with_formulas: bool
) -> None:
    names = table_columns(layout.form)
    formulas = {name: formula.format_map(names) for name, formula in row_formulas(layout.form, programme).items()}
    if not with_formulas:
        formulas = {}
    columns: list[dict[str, Any]] = []
    for field in layout.fields:
        column: dict[str, Any] = {"header": field.header, "header_format": styles.header(field)}
        if field.name in formulas:
            column |= {"formula": formulas[field.name], "format": styles.calculated(field)}
        columns.append(column)
    helper: dict[str, Any] = {"header": CHECK_HEADER, "header_format": styles.format(CALCULATED)}
    helper_format = styles.format(font_color="#7F7F7F")
    if CHECK in formulas:
        helper |= {"formula": formulas[CHECK], "format": helper_format}
    columns.append(helper)
    options = {"name": TABLE, "style": "Table Style Light 15", "banded_rows": False, "columns": columns}
    if sheet.add_table(HEADER_ROW, 0, layout.last_row, layout.check_column, options) != 0:
        raise ValueError("the table of the list could not be made")
    formats = {field.name: styles.calculated(field) for field in layout.fields if not field.typed}
    formats[CHECK] = helper_format
    for name, formula in formulas.items():
        column_number = layout.column(name)
        for row in range(FIRST_ROW, layout.last_row + 1):
            sheet.write_formula(row, column_number, f"={formula}", formats[name], "")


def _colour(sheet: Worksheet, styles: Styles, programme: Programme, layout: ListLayout) -> None:
    """Colours repeat in sight what the verdict says in words; cells at fault are marked one by one."""
    names = sheet_columns(layout.form)

    def paint(field: str, condition: str, **properties: Any) -> None:
        column, formula = layout.column(field), condition.format_map(names)
        rule = {
            "type": "formula",
            "criteria": f"={formula}",
            "format": styles.format(border=1, border_color=LINE, **properties),
        }
        sheet.conditional_format(FIRST_ROW, column, layout.last_guarded_row, column, rule)

    for word, tone in TONES.items():
        paint("row_state", f'LEFT({{row_state}},{len(word)})="{word}"', bold=word == ERROR_WORD, **tone.properties())
    for check in row_checks(layout.form, programme):
        paint(check.field, f'AND({{check}}<>"",{check.condition})', **ERROR.properties())
    duplicate = f'LEFT({{row_state}},{len(DUPLICATE_WORD)})="{DUPLICATE_WORD}"'
    paint("registration_code", duplicate, **DUPLICATE.properties())
    for field in must_be_filled(layout.form):
        paint(field, f'AND({{check}}<>"",TRIM({{{field}}})="")', **NOTICE.properties())
    grid = {
        "type": "formula",
        "criteria": '={check}<>""'.format_map(names),
        "format": styles.format(border=1, border_color=LINE),
    }
    sheet.conditional_format(FIRST_ROW, 0, layout.last_guarded_row, layout.check_column - 1, grid)


def _set_up_page(sheet: Worksheet, layout: ListLayout) -> None:
    frozen = layout.column(_LAST_FROZEN[layout.form]) + 1
    sheet.freeze_panes(FIRST_ROW, frozen)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(_PAGES_WIDE[layout.form], 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.repeat_columns(0, frozen - 1)
    font = f'&"{FONT},Regular"&9'
    sheet.set_footer(f"&L{font}{FORM_TITLES[layout.form]}&R{font}Trang &P/&N")
    sheet.set_selection(FIRST_ROW, 1, FIRST_ROW, 1)
    sheet.ignore_errors({"number_stored_as_text": _code_columns(layout)})


def _code_columns(layout: ListLayout) -> str:
    letters = [column_letters(layout.column(f.name)) for f in layout.fields if f.kind is Kind.CODE]
    return " ".join(f"{c}{FIRST_ROW + 1}:{c}{layout.last_guarded_row + 1}" for c in letters)
