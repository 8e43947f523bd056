"""Reports written by programs: a script fills the form with openpyxl, or writes it with XlsxWriter."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

import openpyxl
import xlsxwriter  # type: ignore[import-untyped]
from openpyxl.styles import Font
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.workbooks.cases import (
    COVER,
    FIRST,
    FIVE,
    FOUR,
    ONE,
    OPENPYXL,
    PLAIN,
    THREE,
    TWO,
    XLSXWRITER,
    Case,
    Cell,
    Expected,
    Typed,
    changed,
    formula,
    in_font,
    plain,
)
from validation.fields import Form
from validation.programme import load_programme
from workbook_templates.book import new_book
from workbook_templates.forms import add_form_sheets

OPENPYXL_CASES = (
    Case("openpyxl_plain", plain(), PLAIN, form="built", by=OPENPYXL),
    Case(
        "openpyxl_formula_without_stored_value",
        plain(
            accepted=4,
            rejected=1,
            registered=(1, 3),
            findings=("formula_without_value",),
            places=("H7 formula_without_value",),
        ),
        (ONE, changed(TWO, title=formula('=UPPER("bảng màu theo dõi dụng cụ cắt")')), THREE, FOUR, FIVE),
        by=OPENPYXL,
    ),
    Case(
        "openpyxl_hidden_rows_text_dates_and_font",
        plain(
            findings=("date_as_text", "hidden_rows", "legacy_font"),
            places=("P6 date_as_text", "C10 legacy_font"),
            reads=("10 lead_author Hoàng Mạnh Cường",),
        ),
        (
            changed(ONE, registered_on="15/03/2022"),
            TWO,
            THREE,
            FOUR,
            changed(FIVE, lead_author=in_font("Hoµng M¹nh C\u00adêng", ".VnTime")),
        ),
        steps=(["hide_rows", 8, 1],),
        by=OPENPYXL,
    ),
    Case(
        "openpyxl_rows_below_the_table",
        plain(blank=17),
        (ONE, TWO),
        steps=(["type", 25, THREE], ["type", 26, FOUR], ["type", 27, FIVE]),
        by=OPENPYXL,
    ),
    Case(
        "openpyxl_name_deleted",
        Expected(refusal="missing_names"),
        PLAIN,
        steps=(["delete_name", "row_registered_on"],),
        by=OPENPYXL,
    ),
)

XLSXWRITER_CASES = (
    Case("xlsxwriter_plain", plain(), PLAIN, by=XLSXWRITER),
    Case("xlsxwriter_rows_below_and_blank_between", plain(blank=18), (*PLAIN[:4], *[{}] * 18, FIVE), by=XLSXWRITER),
    Case(
        "xlsxwriter_amounts_as_text_and_over_the_cap",
        plain(
            accepted=4,
            rejected=1,
            registered=(2, 2),
            approved=(1, 1),
            upper=(100_000, 100_000),
            base=(0, 150_000),
            findings=("amount_as_text", "base_over_cap", "missing_required"),
            places=(
                "S6 amount_as_text",
                "S8 base_over_cap",
            ),
        ),
        (changed(ONE, base_support="0 đồng"), TWO, changed(THREE, base_support=300_000, effect=" "), FOUR, FIVE),
        by=XLSXWRITER,
    ),
    Case(
        "xlsxwriter_without_members",
        Expected(refusal="cover_incomplete"),
        PLAIN,
        cover={"members": None},
        by=XLSXWRITER,
    ),
    Case("xlsxwriter_list_of_ones_own", Expected(refusal="not_our_form"), PLAIN, form="none", by=XLSXWRITER),
)

LIBRARY_CASES = (*OPENPYXL_CASES, *XLSXWRITER_CASES)


def written(case: Case, form: bytes) -> bytes:
    """The workbook of a case, made from the blank ``form`` or, by XlsxWriter, from nothing."""
    if case.by == OPENPYXL:
        return _by_openpyxl(case, form)
    return _by_xlsxwriter(case) if case.form != "none" else _own_list(case)


def _by_openpyxl(case: Case, form: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(form))
    for name, cell in (COVER | case.cover).items():
        sheet, place = _named(book, f"cover_{name}")
        _put(sheet, place, cell)
    for number, typed in _rows(case):
        for name, cell in typed.items():
            sheet, place = _named(book, f"row_{name}")
            _put(sheet, f"{place.rstrip('0123456789')}{number}", cell)
    for verb, *arguments in case.steps:
        if verb == "hide_rows":
            _named(book, "row_title")[0].row_dimensions[arguments[0]].hidden = True
        elif verb == "delete_name":
            del book.defined_names[arguments[0]]
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def _named(book: Workbook, name: str) -> tuple[Worksheet, str]:
    """The sheet and first cell of a defined name."""
    title, area = next(iter(book.defined_names[name].destinations))
    return book[title], area.replace("$", "").split(":")[0]


def _put(sheet: Worksheet, place: str, cell: Cell) -> None:
    target = sheet[place]
    if isinstance(cell, dict) and "font" in cell:
        target.font = Font(name=cell["font"])
    target.value = _value(cell)


def _value(cell: Cell) -> object:
    if not isinstance(cell, dict):
        return cell
    return date.fromisoformat(cell["day"]) if "day" in cell else cell.get("formula", cell.get("text"))


def _rows(case: Case) -> Iterator[tuple[int, Typed]]:
    yield from enumerate(case.rows, FIRST)
    yield from ((step[1], step[2]) for step in case.steps if step[0] == "type")


def _by_xlsxwriter(case: Case) -> bytes:
    raw = io.BytesIO()
    book = new_book(raw, title=case.name)
    sheets = add_form_sheets(book, Form.GRASSROOTS, load_programme(), rows=20)
    sheets.fill_cover({name: _value(cell) for name, cell in (COVER | case.cover).items()})  # type: ignore[misc]
    for number, typed in _rows(case):
        sheets.fill_row(number - FIRST, {name: _value(cell) for name, cell in typed.items()})  # type: ignore[misc]
    book.close()
    return raw.getvalue()


def _own_list(case: Case) -> bytes:
    """A list of a unit's own making, without our form."""
    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw, {"in_memory": True})
    sheet = book.add_worksheet("Danh sách")
    sheet.write_row(4, 0, list(ONE))
    for number, typed in _rows(case):
        sheet.write_row(number - 1, 0, [str(_value(cell)) for cell in typed.values()])
    book.close()
    return raw.getvalue()
