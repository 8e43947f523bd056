"""Rows that are no initiative, and rows that only look so."""

from collections.abc import Mapping
from datetime import date

import pytest

from validation.blank_rows import BlankRows
from validation.fields import Form, row_fields
from validation.submission import CellValue, Oddity, RawRow

HEADERS = {field.name: field.header for field in row_fields(Form.GRASSROOTS)}


def blank(
    values: Mapping[str, CellValue], odd: Mapping[str, Oddity] | None = None, form: Form = Form.GRASSROOTS
) -> bool:
    return BlankRows(form).holds(RawRow(12, values, odd or {}))


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"title": None},
        {"title": ""},
        {"title": "  ", "note": "\n\t"},
        {"title": "\u00a0", "note": "\u200b\ufeff"},
        {"ordinal": 7, "phase": 1, "upper_support": 0, "total_support": 0, "row_state": "Thiếu tên"},
        {"position": "", "ordinal": 12.0},
    ],
)
def test_a_row_in_which_nothing_is_typed_is_blank(values: dict[str, CellValue]) -> None:
    assert blank(values)


@pytest.mark.parametrize("values", [{"title": "a"}, {"note": "?"}, {"base_support": 0}, {"is_member": False}])
def test_anything_typed_makes_a_row(values: dict[str, CellValue]) -> None:
    assert not blank(values)


def test_an_error_or_a_formula_without_a_value_is_something() -> None:
    assert not blank({}, {"title": Oddity(error="#REF!")})
    assert not blank({}, {"title": Oddity(formula="A1", uncached=True)})


def test_a_formula_that_shows_nothing_leaves_the_row_blank() -> None:
    assert blank({"title": ""}, {"title": Oddity(formula='IF(A1="","",A1)')})


@pytest.mark.parametrize("text", ["Cộng", "TỔNG CỘNG", "Tổng cộng:", "Tổng số", "cộng trang 1", "Tong cong"])
@pytest.mark.parametrize("column", ["ordinal", "lead_author", "position", "title", "registration_code", "note"])
def test_a_totals_row_is_blank_in_whatever_column_it_says_so(column: str, text: str) -> None:
    assert blank({column: text, "base_support": 1_200_000, "benefit_value": 5})


def test_a_row_with_a_code_or_a_title_is_no_totals_row() -> None:
    assert not blank({"note": "Cộng", "title": "Cải tiến máy"})
    assert not blank({"lead_author": "Cộng", "registration_code": "SK-1"})
    assert not blank({"title": "Tổng cộng", "registration_code": "SK-1"})
    assert not blank({"title": "Cộng đồng học tập suốt đời"})
    assert not blank({"lead_author": "Nguyễn Công"})


def test_a_number_as_code_or_title_makes_a_row_too() -> None:
    assert not blank({"ordinal": "Cộng", "registration_code": 417})


def test_the_header_repeated_is_blank() -> None:
    assert blank(HEADERS)
    assert blank({name: f" {text.upper()}  " for name, text in HEADERS.items()})
    assert blank({name: HEADERS[name] for name in ("ordinal", "lead_author", "title")})
    assert blank({name: HEADERS[name] for name in ("effect", "lead_author", "title")})


def test_two_headers_are_not_yet_a_header_row() -> None:
    assert not blank({name: HEADERS[name] for name in ("ordinal", "title")})


def test_a_row_with_a_real_day_or_amount_is_no_header_row() -> None:
    assert not blank(HEADERS | {"recognised_on": date(2022, 1, 10)})
    assert not blank(HEADERS | {"base_support": 100_000})


def test_headers_of_a_form_are_its_own() -> None:
    upper = {field.name: field.header for field in row_fields(Form.UPPER)}
    only_there = {name: upper[name] for name in ("unit_code", "source_row", "source_sha256")}
    assert blank(only_there, form=Form.UPPER)
