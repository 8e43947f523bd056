"""The versions of the forms: what was delivered stays as it was, what changed is declared."""

import hashlib
from pathlib import Path

import pytest
from pydantic import ValidationError

import workbook_templates.versions
from addin.intake.form import fields_of
from addin.intake.guard import open_package
from addin.intake.names import read_names
from validation.fields import COVER_FIELDS, ROW_FIELDS, TEMPLATE_VERSION, Field, Form, row_fields
from validation.programme import load_programme
from workbook_templates.versions.declarations import (
    Added,
    Renamed,
    Step,
    declared_columns,
    declared_cover,
    declared_versions,
    step_to,
)

FOLDER = Path(workbook_templates.versions.__path__[0])
DELIVERED = {
    Form.GRASSROOTS: "a267bda22fd362213945e935d01ff04aed1343489504975436e5c8fe1eec0a65",
    Form.UPPER: "e3c18895ee1eae4702e2f52ea6f80e81b0c7d5d3fc387b7f27036f1fbb034761",
    Form.CITY: "46d3ab058b4c63a79eb084a152929499773cefcd598ca696a832ea78b41ddc26",
}
"""SHA-256 of the blank forms of version 1, of the default programme."""


def shape(field: Field) -> tuple[object, ...]:
    """What a reader of a field depends on."""
    return field.name, field.header, field.kind, field.entry, field.required, field.choices, field.forms


def test_the_current_version_is_declared_as_it_is_built() -> None:
    """Fails when a column changes: then the forms need a new version, and a declaration of what changed."""
    assert [shape(one) for one in declared_columns(TEMPLATE_VERSION)] == [shape(one) for one in ROW_FIELDS]
    assert [shape(one) for one in declared_cover()] == [shape(one) for one in COVER_FIELDS]


@pytest.mark.parametrize("form", Form)
def test_the_forms_of_version_1_are_kept_as_they_were_delivered(form: Form) -> None:
    data = (FOLDER / "1" / f"{form.value}.xlsx").read_bytes()
    assert hashlib.sha256(data).hexdigest() == DELIVERED[form]
    names = read_names(open_package(data))
    declared = {f"row_{one.name}" for one in declared_columns(1) if form in one.forms}
    assert {name for name in names.areas if name.startswith("row_")} == declared
    assert {name for name in names.areas if name.startswith("cover_")} == {f"cover_{one.name}" for one in COVER_FIELDS}


def test_every_version_but_the_first_says_what_changed() -> None:
    versions = declared_versions()
    assert versions == tuple(range(1, len(versions) + 1))
    assert versions[-1] >= TEMPLATE_VERSION
    for version in versions[1:]:
        assert step_to(version).version == version
        assert declared_columns(version)


def test_version_2_renames_adds_divides_and_rewords() -> None:
    step = step_to(2)
    assert (len(step.added), len(step.split), len(step.value)) == (1, 1, 1)
    assert any(one.name for one in step.renamed)
    names = [one.name for one in declared_columns(2)]
    assert len(names) == len(set(names))
    assert names[names.index("position") + 1] == "workplace"
    assert names[names.index("recognised_on") + 1] == "decision_number"
    headers = {one.name: one.header for one in declared_columns(2)}
    assert headers["activity_field"] == "Lĩnh vực áp dụng"
    (value,) = step.value
    assert value.old in load_programme(value.programme).choices(value.list)


def test_no_version_takes_away_a_name_by_which_reports_are_filled() -> None:
    filled_by = {one.name for one in row_fields(Form.GRASSROOTS)}
    for version in declared_versions():
        assert filled_by <= {one.name for one in declared_columns(version) if Form.GRASSROOTS in one.forms}


def test_the_current_forms_fields_are_those_of_the_program() -> None:
    assert fields_of(Form.UPPER) == row_fields(Form.UPPER)


@pytest.mark.parametrize("version", [0, 1, 99])
def test_only_declared_steps_can_be_taken(version: int) -> None:
    with pytest.raises(KeyError):
        step_to(version)


def test_a_step_over_a_version_is_a_mistake() -> None:
    with pytest.raises(ValidationError, match="must say what changed since version 2"):
        Step(version=3, previous=1)


@pytest.mark.parametrize(
    "step",
    [
        Step(version=2, previous=1, renamed=(Renamed(column="nobody", header="x"),)),
        Step(
            version=2,
            previous=1,
            added=(Added.model_validate({"name": "n", "header": "h", "kind": "text", "after": "nobody"}),),
        ),
    ],
    ids=["renamed", "added"],
)
def test_a_change_of_a_column_that_is_not_there_is_a_mistake(step: Step) -> None:
    with pytest.raises(ValueError, match="has no column nobody"):
        step.fields(declared_columns(1))
