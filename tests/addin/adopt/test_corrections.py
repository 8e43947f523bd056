"""What the clerk may say of a column."""

import pytest

from addin.adopt.corrections import UNUSED, Correction, read_correction
from addin.adopt.vocabulary import vocabulary
from addin.errors import UsageProblem


@pytest.mark.parametrize(
    ("text", "column", "field"),
    [
        ("Nội dung=title", "Nội dung", "title"),
        ("Nội dung = Tên sáng kiến", "Nội dung", "title"),
        ("nội dung=tên sáng kiến", "nội dung", "title"),
        ("a=b=effect", "a=b", "effect"),
        ("C=-", "C", UNUSED),
        ("C=", "C", UNUSED),
        ("C=không", "C", UNUSED),
        ("Sheet1!C=unit_name", "Sheet1!C", "unit_name"),
    ],
)
def test_a_correction_names_a_column_and_a_field(text: str, column: str, field: str) -> None:
    assert read_correction(text) == Correction(column, field)


@pytest.mark.parametrize(
    ("text", "code"), [("title", "adopt_map_shape"), ("=title", "adopt_map_shape"), ("C=abc", "adopt_map_field"),
                       ("C=phase", "adopt_map_field"), ("C=source_file", "adopt_map_field")],
)  # fmt: skip
def test_a_correction_that_says_nothing_is_refused(text: str, code: str) -> None:
    with pytest.raises(UsageProblem) as problem:
        read_correction(text)
    assert problem.value.error_code == code


@pytest.mark.parametrize("told", ["C", "c", "sheet1!C", "Tên SK", "TÊN SK", "ten sk", "Tên sáng kiến"])
def test_a_column_is_found_by_its_letters_and_by_its_header(told: str) -> None:
    assert Correction(told, "title").names("Sheet1", "C", "Tên SK", vocabulary())


@pytest.mark.parametrize("told", ["D", "Sheet2!C", "Tên", ""])
def test_another_column_is_not_meant(told: str) -> None:
    assert not Correction(told, "title").names("Sheet1", "C", "Tên SK", vocabulary())
