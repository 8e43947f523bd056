"""Suspicions of a legacy encoding: raised on text that lost its font, never on Vietnamese in Unicode."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validation.submission import LegacyFont
from validation.text.suspicion import guess_encoding, legacy_words_amid_unicode

VIETNAMESE = (
    "toàn khoán Đoàn sáng quý Quỳnh hoàn giải pháp kỹ thuật cải tiến máy ép nhựa công nghệ số hoá hoà thuỷ tuyến "
    "nghiệm đúng đình đàn được ngoài người xuất bưởi khuỷu nguyễn huỳnh thị ánh ý ủy ữ đã và là của cho"
)
sentences = st.lists(st.sampled_from(VIETNAMESE.split()), min_size=1, max_size=12).map(" ".join)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("NguyÔn ThÞ Hoa", LegacyFont.TCVN3),
        ("C¶i tiÕn m¸y Ðp nhùa", LegacyFont.TCVN3),
        ("Caûi tieán maùy eùp", LegacyFont.VNI),
        ("Nguyễn Thị Hoa", None),
        ("Hoàn toàn", None),
        ("Café Müller", None),
        ("", None),
    ],
)
def test_the_encoding_in_which_the_text_is_vietnamese_is_suspected(text: str, encoding: LegacyFont | None) -> None:
    assert guess_encoding(text) is encoding


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Cải tiến m¸y Ðp nhựa", ["m¸y", "Ðp"]),
        ("Cải tiến maùy eùp nhựa", ["maùy", "eùp"]),
        ("Giảm từ 50 µm xuống 45 µm (±5%), 3 m²", []),
        ("Quán café “Hải Âu” của Müller", []),
        ("Nguyễn Thị Hoa", []),
        ("m¸y", []),
    ],
)
def test_words_in_a_legacy_encoding_are_told_amid_unicode(text: str, words: list[str]) -> None:
    assert legacy_words_amid_unicode(text) == words


@given(sentences, st.sampled_from([str, str.upper, str.title, str.capitalize]))
def test_vietnamese_in_unicode_is_never_suspected(text: str, written: type[str]) -> None:
    assert guess_encoding(written(text)) is None
    assert legacy_words_amid_unicode(written(text)) == []


@given(st.text())
def test_no_text_makes_it_fall(text: str) -> None:
    guess_encoding(text)
    legacy_words_amid_unicode(text)
