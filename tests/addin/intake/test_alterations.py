"""What has become of the form: formulas, headers, sheets and dropdowns, noticed and no hindrance."""

from __future__ import annotations

from typing import Any

import pytest

from addin.intake.reader import read_workbook
from tests.addin.intake.workbooks import FIRST_ROW, HEADER_ROW, column_of, form, initiative, package, parts
from validation.fields import Form, row_fields
from validation.submission import RawSubmission


def notices(submission: RawSubmission) -> dict[str, dict[str, object]]:
    return {notice.code: dict(notice.facts) for notice in submission.notices}


def test_a_form_as_it_was_sent_out_has_none() -> None:
    assert notices(read_workbook(form([initiative()]))) == {}


def test_values_over_formulas_are_counted_with_their_columns_and_rows() -> None:
    rows = [initiative(), initiative(ordinal=2, phase=1), initiative(phase=1)]
    assert notices(read_workbook(form(rows))) == {
        "formulas_overwritten": {"count": 3, "rows": f"{FIRST_ROW + 1}–{FIRST_ROW + 2}", "columns": "STT, Giai đoạn"}
    }


def test_values_over_formulas_of_blank_rows_are_nobodys_business() -> None:
    assert notices(read_workbook(form([initiative(), {"phase": 1}]))) == {}


def test_rows_typed_below_the_formulas_are_read_and_no_matter() -> None:
    read = read_workbook(form([initiative() for _ in range(3)], capacity=2))
    assert len(read.rows) == 3
    assert notices(read) == {}


def test_a_row_amid_formulas_that_has_none_is_noticed() -> None:
    calculated = [field.name for field in row_fields(Form.GRASSROOTS) if not field.typed]
    read = read_workbook(form([initiative(), initiative(**dict.fromkeys(calculated)), initiative()]))
    assert notices(read) == {"formulas_missing": {"count": 1, "rows": str(FIRST_ROW + 1)}}


def test_a_totals_row_may_say_so_where_a_formula_was() -> None:
    rows = [initiative(), {"ordinal": "Cộng", "base_support": 150_000}, initiative()]
    assert notices(read_workbook(form(rows))) == {}


@pytest.mark.parametrize("written", ["Ngày áp dụng", "Tên"])
def test_a_header_of_another_column_is_noticed(written: str) -> None:
    cell = f"{column_of('recognised_on')}{HEADER_ROW}"

    def extend(_: Any, listing: Any) -> None:
        listing.write_string(cell, written)

    said = f"{cell}: “{written}” thay cho “Ngày công nhận”"
    assert notices(read_workbook(form([initiative()], extend=extend))) == {
        "headers_changed": {"count": 1, "headers": said}
    }


@pytest.mark.parametrize("written", ["NGÀY CÔNG NHẬN", " Ngày  công nhận "])
def test_a_header_in_other_letters_is_the_same_header(written: str) -> None:
    def extend(_: Any, listing: Any) -> None:
        listing.write_string(f"{column_of('recognised_on')}{HEADER_ROW}", written)

    assert notices(read_workbook(form([initiative()], extend=extend))) == {}


def test_a_renamed_sheet_is_noticed() -> None:
    read = read_workbook(form([initiative()], sheet="DS 2022"))
    assert read.sheet == "DS 2022"
    assert notices(read) == {"sheets_changed": {"count": 1, "sheets": "“Danh sách”"}}


def test_lost_dropdowns_are_noticed() -> None:
    content = parts(form([initiative()]))
    sheet = content["xl/worksheets/sheet1.xml"]
    begin, end = sheet.index(b"<dataValidations"), sheet.index(b"</dataValidations>") + len(b"</dataValidations>")
    content["xl/worksheets/sheet1.xml"] = sheet[:begin] + sheet[end:]
    assert notices(read_workbook(package(content))) == {"dropdowns_missing": {}}


def test_a_consolidation_is_written_by_the_program_as_values() -> None:
    rows = [initiative(unit_code="CĐ-01", phase=1)]
    assert notices(read_workbook(form(rows, which=Form.UPPER, sheet="Chi tiết"))) == {}
