"""The declaration of the workbook's own checks."""

from __future__ import annotations

import string

import pytest

from validation.fields import Form, Requirement, typed_row_fields
from validation.programme import load_programme, programme_ids
from workbook_templates.checks import ERROR_WORD, row_checks, row_verdicts
from workbook_templates.layout import sheet_columns, table_columns
from workbook_templates.list_sheet import TONES


@pytest.mark.parametrize("form", Form)
def test_every_required_field_has_a_check(form: Form) -> None:
    checked = {check.field for check in row_checks(form, load_programme())}
    required = {f.name for f in typed_row_fields(form) if f.required in (Requirement.ALWAYS, Requirement.IF_APPROVED)}
    assert required <= checked


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("programme", programme_ids())
def test_checks_name_only_columns_of_the_form_in_cells_and_in_colours(form: Form, programme: str) -> None:
    for check in row_checks(form, load_programme(programme)):
        assert "DanhSach[[#This Row]" in check.condition.format_map(table_columns(form))
        assert "DanhSach" not in check.condition.format_map(sheet_columns(form))
        named = {name for _, name, _, _ in string.Formatter().parse(check.condition) if name}
        assert check.field in named


def test_a_check_is_told_in_one_short_line_that_names_its_column() -> None:
    headers = {field.name: field.header for field in typed_row_fields(Form.CITY)}
    for check in row_checks(Form.CITY, load_programme()):
        assert check.message.startswith(f"{ERROR_WORD}: ")
        assert f"“{headers[check.field]}”" in check.message
        assert len(check.message) <= 80


@pytest.mark.parametrize("programme", programme_ids())
def test_every_verdict_begins_with_a_word_that_has_a_colour(programme: str) -> None:
    verdicts = row_verdicts(Form.GRASSROOTS, load_programme(programme))
    assert all(verdict.message.startswith(tuple(TONES)) for verdict in verdicts)
    assert verdicts[-1].condition == "TRUE"
