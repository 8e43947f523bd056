"""Cleaning keeps the words and drops only what nobody sees."""

import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from validation.text.forms import clean_text

ANY_TEXT = st.text(st.characters(exclude_categories=()))
VISIBLE_FORMAT_CHARACTERS = {*"\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"}


def test_a_clean_text_comes_back_as_the_very_same_object_without_notes() -> None:
    for text in ("", "Hàn", "Cải tiến máy dập, tiết kiệm 5 giờ", "dòng một\ndòng hai", "hoà và hòa", "Müller µm №"):
        cleaned = clean_text(text)
        assert cleaned.text is text
        assert cleaned.notes == ()


@pytest.mark.parametrize(
    ("typed", "text", "notes"),
    [
        (" Đỗ  Văn\u00a0A ", "Đỗ Văn A", ("stray_spaces",)),
        ("Đỗ\tVăn A", "Đỗ Văn A", ("stray_spaces",)),
        ("\u3000Đỗ\u2003A", "Đỗ A", ("stray_spaces",)),
        ("một \n\n hai\n", "một\nhai", ("stray_spaces",)),
        ("một\r\nhai", "một\nhai", ("invisible_characters",)),
        ("một\u2028hai", "một\nhai", ("invisible_characters",)),
        ("một_x000D_\nhai", "một\nhai", ("invisible_characters",)),
        ("một_x000D__x000A_hai", "một\nhai", ("invisible_characters",)),
        ("một_x0007_hai", "một hai", ("invisible_characters",)),
        ("Ho\u200bà", "Hoà", ("invisible_characters",)),
        ("\ufeffHoà\u202c", "Hoà", ("invisible_characters",)),
        ("Ho\u00adà", "Hoà", ("invisible_characters",)),
        ("Ho\x00à\x7f", "Hoà", ("invisible_characters",)),
        ("Ho\ud800à", "Hoà", ("invisible_characters",)),
        ("\u3164", "", ("invisible_characters",)),
        ("\u2800", "", ("stray_spaces",)),
        (unicodedata.normalize("NFD", "Nguyễn Thuỷ"), "Nguyễn Thuỷ", ("not_nfc",)),
        ("a\u0323\u0302", "ậ", ("not_nfc",)),
        ("Ho\u200ba\u0300  x ", "Hoà x", ("invisible_characters", "not_nfc", "stray_spaces")),
    ],
)
def test_what_is_untidy_is_repaired_and_named(typed: str, text: str, notes: tuple[str, ...]) -> None:
    cleaned = clean_text(typed)
    assert (cleaned.text, cleaned.notes) == (text, notes)


@pytest.mark.parametrize("word", ["hoà", "hòa", "Thuỷ", "Thủy", "quý", "Quỳnh", "hoàn", "Ðoàn", "kĩ", "kỹ"])
def test_spelling_stays_as_the_clerk_typed_it(word: str) -> None:
    assert clean_text(word).text == word
    assert clean_text(unicodedata.normalize("NFD", word)).text == word


def test_every_invisible_character_of_unicode_is_dropped() -> None:
    left = [
        f"U+{code:04X}"
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(character := chr(code)) in ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp")
        and character not in VISIBLE_FORMAT_CHARACTERS
        # Egyptian and other hieroglyph controls arrange visible signs.
        and not 0x13430 <= code <= 0x1345F
        and clean_text(f"a{character}b").text not in ("ab", "a b", "a\nb")
    ]
    assert left == []


@given(ANY_TEXT)
@example("_x00_x000D_0D_")
@example("_x0\u200b00D_")
@example("a \u200b b")
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    cleaned = clean_text(text)
    again = clean_text(cleaned.text)
    assert again.text == cleaned.text
    assert again.notes == ()


@given(ANY_TEXT)
def test_a_change_is_always_noted_and_a_note_always_means_a_change(text: str) -> None:
    cleaned = clean_text(text)
    assert (cleaned.text != text) == bool(cleaned.notes)
    assert unicodedata.is_normalized("NFC", cleaned.text)
    cleaned.text.encode("utf-8")
