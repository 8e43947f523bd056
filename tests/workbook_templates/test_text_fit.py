"""Estimated heights of rows that a program fills."""

import pytest

from workbook_templates.text_fit import LINE_HEIGHT, lines_needed, row_height


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("", 10, 1), ("ngắn", 10, 1), ("một hai ba bốn năm sáu", 10, 3), ("a" * 50, 10, 1), ("một\nhai", 10, 2)],
)
def test_words_wrap_at_the_column_and_long_words_do_not_break(text: str, width: float, lines: int) -> None:
    assert lines_needed(text, width) == lines


def test_a_row_is_as_high_as_its_highest_cell() -> None:
    assert row_height([("ngắn", 10), ("một hai ba bốn năm sáu", 10)]) == 3 * LINE_HEIGHT
    assert row_height([], at_least=2) == 2 * LINE_HEIGHT
