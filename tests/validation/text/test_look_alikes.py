"""Letters that only look Latin: given back letter for letter; Vietnamese and signs of other alphabets stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validation.text.look_alikes import with_own_letters

VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("\u00d0oàn", "Đoàn"),
        ("S\u041a-2022", "SK-2022"),
        ("\u0421\u041a-2022", "CK-2022"),
        ("m\u0430y", "may"),
        ("\uff33\uff2b-0417", "SK-0417"),
    ],
)
def test_letters_that_look_alike_are_given_back(text: str, mended: str) -> None:
    assert with_own_letters(text) == mended


@pytest.mark.parametrize("text", ["", "Đoàn", "góc α = 30°", "hệ số Ο", "Петров", "toàn, khoán, quý, Quỳnh, hoàn"])
def test_signs_and_words_of_other_alphabets_stay(text: str) -> None:
    assert with_own_letters(text) is None


@given(st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + " 0123456789.,;:-/()%“”’"))
def test_vietnamese_is_never_touched(text: str) -> None:
    assert with_own_letters(text) is None


@given(st.text())
def test_mending_keeps_the_length_and_is_done_once(text: str) -> None:
    mended = with_own_letters(text)
    if mended is not None:
        assert len(mended) == len(text)
        assert with_own_letters(mended) is None
