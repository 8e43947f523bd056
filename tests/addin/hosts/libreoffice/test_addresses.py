"""Addresses: spelt and understood alike, and nothing else understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.hosts.libreoffice.addresses import COLUMNS, ROWS, Block, column_letters, column_number, parse, quoted, spell

rows = st.integers(0, ROWS - 1)
columns = st.integers(0, COLUMNS - 1)


@given(rows, columns, rows, columns, st.booleans(), st.booleans())
def test_what_is_spelt_is_understood(top: int, left: int, bottom: int, right: int, row: bool, column: bool) -> None:
    block = Block(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
    assert parse(spell(block, row, column)) == block


@given(columns)
def test_columns_are_counted_as_excel_counts(number: int) -> None:
    assert column_number(column_letters(number)) == number


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("A1", Block(0, 0, 0, 0)),
        ("$B$2:a1", Block(0, 0, 1, 1)),
        ("C:D", Block(0, 2, ROWS - 1, 3)),
        ("2:5", Block(1, 0, 4, COLUMNS - 1)),
        ("XFD1048576", Block(ROWS - 1, COLUMNS - 1, ROWS - 1, COLUMNS - 1)),
    ],
)
def test_addresses_are_understood(text: str, block: Block) -> None:
    assert parse(text) == block


@pytest.mark.parametrize("text", ["", "A", "1", "A0", "XFE1", "A1048577", "tên_vùng", "A1,B2", "Sheet1!A1"])
def test_other_texts_are_no_addresses(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("name", "spelt"), [("Sheet1", "Sheet1"), ("Danh sách", "'Danh sách'"), ("A1", "'A1'"), ("Bà Tư's", "'Bà Tư''s'")]
)
def test_sheet_names_are_quoted_where_they_must_be(name: str, spelt: str) -> None:
    assert quoted(name) == spelt
