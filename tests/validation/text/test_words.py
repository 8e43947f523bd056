"""Amounts in words against checked vectors, and by reading the words back."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validation.text.amounts import format_amount
from validation.text.words import (
    DEFAULT_STYLE,
    LIMIT,
    SOUTHERN_STYLE,
    WordStyle,
    amount_in_words,
    number_in_words,
)

EMPTY_CLASSES_READ = WordStyle(empty_classes=True)
VECTORS = [
    line.split("\t")
    for line in (Path(__file__).parent / "number_words.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
DIGITS = {
    word: value
    for value, words in enumerate(["không", "một mốt", "hai", "ba", "bốn tư", "năm lăm", "sáu", "bảy", "tám", "chín"])
    for word in words.split()
}


def read_back(words: str) -> int:
    """The number that Vietnamese words say: an independent, simple-minded reader."""
    total = group = part = 0
    tokens = words.replace("tỷ tỷ", "tỷ-tỷ").split()
    for token in tokens:
        if token in DIGITS:
            group += DIGITS[token]
        elif token == "mười":
            group += 10
        elif token == "mươi":
            group += group % 10 * 9
        elif token == "trăm":
            group *= 100
        elif token in ("nghìn", "ngàn", "triệu"):
            part += group * (1_000_000 if token == "triệu" else 1_000)
            group = 0
        elif token in ("tỷ", "tỷ-tỷ"):
            total += (part + group) * (10**9 if token == "tỷ" else 10**18)
            part = group = 0
        else:
            assert token in ("linh", "lẻ"), token
    return total + part + group


@pytest.mark.parametrize(("n", "default", "full", "southern"), VECTORS)
def test_every_checked_vector_is_read_in_three_conventions(n: str, default: str, full: str, southern: str) -> None:
    assert number_in_words(int(n)) == default
    assert number_in_words(int(n), EMPTY_CLASSES_READ) == full
    assert number_in_words(int(n), SOUTHERN_STYLE) == southern


def test_there_are_91_vectors() -> None:
    assert len(VECTORS) == 91


def test_vectors_of_the_shared_folder_are_met_too(shared: Path) -> None:
    with (shared / "data" / "number_words_vectors.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            n = int(row["n"])
            assert format_amount(n) == row["so_dau_cham"]
            assert number_in_words(n) == row["chuan_bac_linh_nghin_tu"]
            assert number_in_words(n, EMPTY_CLASSES_READ) == row["doc_day_du_lop_rong(SGK)"]
            assert number_in_words(n, SOUTHERN_STYLE) == row["bien_the_le_ngan_bon"]
            assert amount_in_words(n, WordStyle(even=True)) == row["bang_chu"]


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "Không đồng"),
        (200_000, "Hai trăm nghìn đồng"),
        (-5, "Âm năm đồng"),
        (-1_000_015, "Âm một triệu không trăm mười lăm đồng"),
        (10**18, "Một tỷ tỷ đồng"),
        (10**18 + 10**9 + 1, "Một tỷ tỷ không trăm linh một tỷ không trăm linh một đồng"),
        (999 * 10**18, "Chín trăm chín mươi chín tỷ tỷ đồng"),
        (10**12 + 5, "Một nghìn tỷ không trăm linh năm đồng"),
    ],
)
def test_amounts_are_capitalised_and_end_in_dong(n: int, words: str) -> None:
    assert amount_in_words(n) == words


def test_whole_thousands_are_even_on_request_only() -> None:
    even = WordStyle(even=True)
    assert amount_in_words(300_000, even) == "Ba trăm nghìn đồng chẵn"
    assert amount_in_words(300_500, even) == "Ba trăm nghìn năm trăm đồng"
    assert amount_in_words(0, even) == "Không đồng"
    assert amount_in_words(300_000) == "Ba trăm nghìn đồng"


@pytest.mark.parametrize("n", [LIMIT, -LIMIT])
def test_what_cannot_be_read_is_refused(n: int) -> None:
    with pytest.raises(ValueError, match="beyond"):
        amount_in_words(n)


@given(st.integers(-LIMIT + 1, LIMIT - 1), st.sampled_from([DEFAULT_STYLE, SOUTHERN_STYLE, EMPTY_CLASSES_READ]))
def test_words_say_the_number_and_no_other(n: int, style: WordStyle) -> None:
    words = number_in_words(n, style)
    assert read_back(words.removeprefix("âm ")) == abs(n)
    assert words.startswith("âm ") == (n < 0)


@given(st.integers(0, 6), st.integers(1, 999))
def test_one_class_alone_names_only_itself(power: int, group: int) -> None:
    assert read_back(number_in_words(group * 1000**power)) == group * 1000**power
