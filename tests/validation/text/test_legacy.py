"""TCVN3 and VNI against an inverse of our own, and no harm to Unicode."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validation.submission import LegacyFont
from validation.text.legacy import font_encoding, looks_like_legacy, to_unicode

VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
# What a typist's keyboard driver wrote for each of them, letter by letter.
VNI_VOWELS = (  # noqa: SIM905 - a table
    "a aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä e eø eù eû eõ eï eâ eà eá eå eã eä i ì í æ ó ò "
    "o oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï u uø uù uû uõ uï ö öø öù öû öõ öï y yø yù yû yõ î"
).split()
TO_VNI = dict(zip(VOWELS, VNI_VOWELS, strict=True)) | {"đ": "ñ"}
TO_VNI |= {letter.upper(): typed.upper() for letter, typed in TO_VNI.items()}
TCVN3_VOWELS = (  # noqa: SIM905 - a table
    "a µ ¸ ¶ · ¹ ¨ » ¾ ¼ ½ Æ © Ç Ê È É Ë e Ì Ð Î Ï Ñ ª Ò Õ Ó Ô Ö i × Ý Ø Ü Þ "
    "o ß ã á â ä « å è æ ç é ¬ ê í ë ì î u ï ó ñ ò ô \u00ad õ ø ö ÷ ù y ú ý û ü þ"
).split(" ")
TO_TCVN3 = dict(zip(VOWELS, TCVN3_VOWELS, strict=True)) | {"đ": "®"}
TO_TCVN3 |= dict(zip("ĂÂÊÔƠƯĐ", "¡¢£¤¥¦§", strict=True))

CONSONANTS = "bcdghklmnpqrstvxBCDGHKLMNPQRSTVX 0123456789.,;-/"
ALL_LETTERS = VOWELS + "đ" + VOWELS.upper() + "Đ"


def typed_as(table: dict[str, str], text: str) -> str:
    return "".join(table.get(letter, letter) for letter in text)


@given(st.text(st.sampled_from(ALL_LETTERS + CONSONANTS)))
def test_text_typed_in_vni_is_read_back(text: str) -> None:
    assert to_unicode(typed_as(TO_VNI, text), LegacyFont.VNI) == text


@given(st.text(st.sampled_from(VOWELS + "đĂÂÊÔƠƯĐ" + CONSONANTS)))
def test_text_typed_in_tcvn3_is_read_back(text: str) -> None:
    typed = typed_as(TO_TCVN3, text)
    assert to_unicode(typed, LegacyFont.TCVN3) == text
    assert to_unicode(typed, LegacyFont.TCVN3_UPPER) == text.upper()


def test_every_letter_is_covered() -> None:
    for letter in ALL_LETTERS:
        assert to_unicode(TO_VNI.get(letter, letter), LegacyFont.VNI) == letter
    for letter in VOWELS + "đ":
        assert to_unicode(TO_TCVN3[letter], LegacyFont.TCVN3) == letter


def test_vni_capitals_may_carry_a_mark_of_either_case() -> None:
    assert to_unicode("Nguyeãn Thò AÙnh", LegacyFont.VNI) == "Nguyễn Thị Ánh"
    assert to_unicode("Aùnh, ÑOAØN, Ñoaøn, Ôû, ÔÛ", LegacyFont.VNI) == "Ánh, ĐOÀN, Đoàn, Ở, Ở"


def test_tcvn3_u_with_horn_is_the_soft_hyphen() -> None:
    assert to_unicode("ch\u00ad¬ng tr×nh", LegacyFont.TCVN3) == "chương trình"
    assert to_unicode("NguyÔn ThÞ ¸nh", LegacyFont.TCVN3_UPPER) == "NGUYỄN THỊ ÁNH"


def test_both_tables_agree_with_the_shared_ones(shared: Path) -> None:
    maps = json.loads((shared / "data" / "legacy_maps_check.json").read_text(encoding="utf-8"))
    for code, letter in maps["tcvn3"].items():
        assert to_unicode(chr(int(code[2:], 16)), LegacyFont.TCVN3) == letter
    for typed, letter in maps["vni"].items():
        assert to_unicode(typed, LegacyFont.VNI) == letter


@pytest.mark.parametrize(
    "text",
    ["Nguyễn Thị Ánh", "Đoàn", "kỹ thuật: toàn, khoán, quý, hoàn", "Quỳnh sáng", unicodedata.normalize("NFD", "sáng")],
)
@pytest.mark.parametrize("encoding", LegacyFont)
def test_text_that_is_unicode_beyond_doubt_is_left_alone(text: str, encoding: LegacyFont) -> None:
    assert to_unicode(text, encoding) is text


@given(st.text(st.characters(exclude_categories=())), st.sampled_from(LegacyFont))
def test_any_text_is_converted_to_nfc_or_left_alone(text: str, encoding: LegacyFont) -> None:
    shown = to_unicode(text, encoding)
    if max(text, default="") > "\u00ff":
        assert shown is text
    else:
        assert unicodedata.is_normalized("NFC", shown)
        # Twice does no harm once a letter above Latin-1 has come of it.
        if max(shown, default="") > "\u00ff":
            assert to_unicode(shown, encoding) == shown


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", LegacyFont.TCVN3),
        (".VnTimeH", LegacyFont.TCVN3_UPPER),
        (".VnArial", LegacyFont.TCVN3),
        (".VnArial NarrowH", LegacyFont.TCVN3_UPPER),
        (".vntimeh", LegacyFont.TCVN3_UPPER),
        (".VNTIME", LegacyFont.TCVN3),
        (" .VnTime ", LegacyFont.TCVN3),
        ("VNI-Times", LegacyFont.VNI),
        ("vni-helve", LegacyFont.VNI),
        ("VNI-Couri", LegacyFont.VNI),
        ("Times New Roman", None),
        ("Arial", None),
        ("Vni", None),
        ("UTM VnTimes", None),
        ("", None),
        (None, None),
    ],
)
def test_the_font_alone_decides(font: str | None, encoding: LegacyFont | None) -> None:
    assert font_encoding(font) is encoding


@pytest.mark.parametrize(
    "text",
    ["NguyÔn ThÞ ¸nh", "s¸ng kiÕn", "Nguyeãn Thò AÙnh", "Coâng ñoaøn cô sôû", "TRAÀN ÑÌNH HAØ", "c¶i tiÕn m¸y dËp"],
)
def test_legacy_text_that_lost_its_font_is_suspected(text: str) -> None:
    assert looks_like_legacy(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "toàn", "khoán", "Đoàn", "sáng", "quý", "Quỳnh", "hoàn", "hoà bình, toàn quý", "Mùa xuân cà phê",
        "Zürich, Müller, Peña", "10 µm × 20 µm", "µm, ×", "café crème brûlée", "góc 45°, ½ vòng, m²",
        "Windows® và Excel©", "Sáng kiến “toàn”", "Nguyễn Thị Ánh", "«Toàn»", "LÊ VÂN HÀ", "tho¸t",
    ],
)  # fmt: skip
def test_unicode_text_is_not_suspected(text: str) -> None:
    assert not looks_like_legacy(text)


@given(st.lists(st.sampled_from(["toàn", "khoán", "sáng", "quý", "hoàn", "bàn", "phê", "máy", "dòng", "không", "hoá"])))
def test_vietnamese_within_latin_1_is_never_suspected(words: list[str]) -> None:
    assert not looks_like_legacy(" ".join(words))


@given(st.text(st.characters(exclude_categories=())))
def test_suspicion_never_raises(text: str) -> None:
    assert looks_like_legacy(text) in (True, False)
