"""Matching keys: what is one word to a reader has one key, and no two words share it."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from validation.text.keys import fold, fold_without_marks, person_key

ANY_TEXT = st.text(st.characters(exclude_categories=()))
VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
VIETNAMESE_TEXT = st.text(st.sampled_from(VIETNAMESE + VIETNAMESE.upper() + "bcghklmnpqrstvx "))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("HOÀ BÌNH", "Hòa Bình"),
        ("Thuỷ", "Thủy"),
        ("khoẻ", "khỏe"),
        ("xoè", "xòe"),
        ("hoàn", "hòan"),
        ("ngoài", "ngòai"),
        ("quý", "qúy"),
        ("quả", "qủa"),
        ("già", "gìa"),
        ("thuyền", "thùyên"),
        ("khuỷu", "khủyu"),
        ("Đoàn", "Ðoàn"),
        ("đoàn", "ðoàn"),
        ("Giải  pháp\u00a0kỹ thuật ", "giải pháp kỹ thuật"),
        ("giải pháp\nkỹ thuật", "Giải pháp kỹ thuật"),
        ("Ho\u200bà", "hòa"),
    ],
)
def test_spellings_of_one_word_meet(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert fold(unicodedata.normalize("NFD", one)) == fold(other)


@pytest.mark.parametrize(
    "word",
    "quý quỳnh hoàn khoán toàn giữa quả quốc giá gì gìn của mùa mía lúa đoá khuỷu thuỷ nghĩa nghìn chìa "  # noqa: SIM905 - a word list
    "người được huỳnh nguyễn quạ giường giếng mười đùa tía khuya quyền thuở quẹt ngoằn".split(),
)
def test_a_tone_in_its_place_stays_there(word: str) -> None:
    assert fold(word) == word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kĩ thuật", "kỹ thuật"),
        ("hoa", "hoà"),
        ("quý", "quỳ"),
        ("đa", "da"),
        ("Công", "Cộng"),
        ("qui", "quy"),
        ("thủy", "thùy"),
        ("cua", "của"),
    ],
)
def test_words_that_differ_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Đồng Tháp", "dong thap"),
        ("Giải pháp kỹ thuật", "giai phap ky thuat"),
        ("Nguyễn Thị Thuỷ", "nguyen thi thuy"),
        ("THƯỜNG VỤ", "thuong vu"),
        ("Ðà", "da"),
    ],
)
def test_marks_are_off_for_searching(typed: str, plain: str) -> None:
    assert fold_without_marks(typed) == plain
    assert fold_without_marks(unicodedata.normalize("NFD", typed)) == plain


def test_one_person_has_one_key() -> None:
    assert person_key(" Nguyễn Thị  THUỶ.") == person_key("Nguyễn Thị Thủy")
    assert person_key("Nguyễn Thị Thủy") != person_key("Nguyễn Thị Thúy")


@given(ANY_TEXT | VIETNAMESE_TEXT)
@example("\u0345")
@example("İ")
@example("ᾳ\u0301")
@example("hòạ")
@example("hòa\u0331")
def test_a_key_is_its_own_key(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold_without_marks(fold_without_marks(text)) == fold_without_marks(text)


@given(VIETNAMESE_TEXT)
def test_case_form_and_stray_spaces_never_change_a_key(text: str) -> None:
    key = fold(text)
    assert fold(text.upper()) == key
    assert fold(unicodedata.normalize("NFD", text)) == key
    assert fold(f" {text}\u00a0") == key
    assert fold_without_marks(key) == fold_without_marks(text)


@given(VIETNAMESE_TEXT)
def test_folding_only_moves_tones(text: str) -> None:
    def letters(value: str) -> list[str]:
        return sorted(c for c in unicodedata.normalize("NFD", value) if not c.isspace())

    assert letters(fold(text)) == letters(text.lower())
