"""A text that is called plain is one of which nobody has anything to say; the search for words forgets nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validation.text import plain
from validation.text.forms import CleanText, clean_text
from validation.text.look_alikes import with_own_letters
from validation.text.plain import is_plain
from validation.text.suspicion import guess_encoding, legacy_words_amid_unicode

WORDS = (
    "Cải", "tiến", "máy", "khoá", "toàn", "hoàn", "thuỷ", "Quý", "QUÝ", "uỷ", "LÂM", "Lê", "Hà", "Đức", "đồng", "may",
    "Ðức", "Ο", "α", "Сải", "ＡＢ", "C¶i", "tiÕn", "m¸y", "Caûi", "tieán", "maùy", "ngêi", "viÖc", "toaøn", "naêm",
    "m²", "50µm", "½", "_x000D_", "_x41_", "x0041_", "naïve", "über", "São", "a\u0301", "e\u0302\u0301", "\u0301",
    "\u200b", "\u2800", "\ufe0f", "–", "…", "“a”", "’", "(a)", "a_b", "A/B", "SK-2022-0417", "0012345", "😀", "ŉ", "İ",
    "D©y", "chuyÒn", "s¶n", "a\nb", "\n", "a\u00a0b", "\u3000", "",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=6).map(" ".join) | st.text(max_size=20)


@given(TEXTS)
def test_of_a_plain_text_there_is_nothing_to_be_said(text: str) -> None:
    for _ in range(2):  # the second time its words are known
        if is_plain(text):
            assert clean_text(text) == CleanText(text)
            assert with_own_letters(text) is None
            assert guess_encoding(text) is None
            assert legacy_words_amid_unicode(text) == []


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_texts_are_plain_together_where_each_of_them_is(texts: list[str]) -> None:
    assert is_plain(" ".join(texts)) == all(map(is_plain, texts))


@pytest.mark.parametrize(
    "text",
    [
        "Cải tiến máy ép nhựa",
        "Số hoá toàn bộ sổ theo dõi, tiết kiệm 20% (khoảng 1.500.000 đồng)",
        "LÊ THANH HÀ",
        "SK-2022-0417",
        "0012345",
    ],
)
def test_what_clerks_write_is_plain(text: str) -> None:
    assert is_plain(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        " a",
        "a ",
        "a  b",
        "a\u00a0b",
        "a\tb",
        "a\n",
        "ma\u0301y",
        "Ð",
        "C¶i tiÕn",
        "ngêi lao động",
        "_x000D_",
        "m\u200b",
    ],
)
def test_what_takes_a_closer_look_is_not(text: str) -> None:
    assert not is_plain(text)
    assert not is_plain(text)


def test_only_so_many_words_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "_MOST_WORDS", 3)
    plain._known.clear()
    for text in ("máy ép", "nhựa và gỗ", "máy ép nhựa", "SK-1 SK-2 SK-3 SK-4"):
        assert is_plain(text)
        assert len(plain._known) <= 3
    assert "SK-1" not in plain._known, "codes hardly ever come again"
    assert is_plain("y" * 20_000)
    assert all(len(word) < 100 for word in plain._known), "a cell holds 32,767 characters"
