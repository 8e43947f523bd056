"""What is derived from the declaration of fields agrees with it."""

from dataclasses import fields

import pytest

from validation.draft import Draft
from validation.fields import COVER_FIELDS, ROW_FIELDS, Field, Form, Kind, row_fields, typed_row_fields
from validation.programme import Programme
from validation.submission import Cover, RawRow, Row


def test_a_row_and_its_draft_have_every_typed_field() -> None:
    typed = {field.name for field in typed_row_fields(Form.CITY)}
    assert typed <= {*Row._fields}
    draft = Draft(RawRow(12, {}), {})
    assert typed == set(Draft.__annotations__)
    assert all(draft.value(name) is None and draft.is_blank(name) for name in typed)


def test_an_unreadable_cell_of_a_draft_is_not_blank() -> None:
    draft = Draft(RawRow(12, {}), {"title": "x"}, {"effect"})
    assert (draft.title, draft.is_blank("title")) == ("x", False)
    assert (draft.effect, draft.is_blank("effect")) == (None, False)


def test_a_cover_has_every_field_of_the_cover() -> None:
    assert {field.name for field in COVER_FIELDS} == {field.name for field in fields(Cover)}


@pytest.mark.parametrize("field", [*ROW_FIELDS, *COVER_FIELDS], ids=lambda field: field.defined_name)
def test_a_field_can_be_built_into_a_workbook(field: Field, programme: Programme) -> None:
    assert len(field.hint) <= 255, "the most that Excel shows as an input message"
    assert bool(field.hint) is field.typed
    assert (field.kind is Kind.CHOICE) is (field.choices is not None)
    if field.choices:
        assert programme.choices(field.choices)


def test_names_and_headers_are_told_apart() -> None:
    for form in Form:
        headers = [field.header for field in row_fields(form)]
        assert len(set(headers)) == len(headers)
    names = [field.defined_name for field in (*ROW_FIELDS, *COVER_FIELDS)]
    assert len(set(names)) == len(names)
