import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.returns.fills import NO_FILL, fill_from_words, fill_in_words, solid, solid_colour
from addin.returns.package import EditablePackage
from addin.returns.stylesheet import Change, StyleSheet
from tests.addin.returns.package_oracle import assert_only_added_styles
from tests.addin.returns.raw_workbooks import MAIN, STYLES, raw_workbook, sheet_xml
from validation.submission import LegacyFont

COLOURS = st.one_of(
    st.just(""),
    st.from_regex(r"rgb=[0-9A-F]{8}", fullmatch=True),
    st.builds("theme={},tint={}".format, st.integers(0, 11), st.floats(-1, 1, allow_nan=False)),
    st.builds("indexed={}".format, st.integers(0, 64)),
)


@pytest.fixture
def package() -> EditablePackage:
    return EditablePackage(raw_workbook(sheet_xml("")))


@given(st.sampled_from(["solid", "lightUp", "gray125"]), COLOURS, COLOURS)
def test_a_fill_comes_back_from_its_words(kind: str, front: str, back: str) -> None:
    words = f"{kind}|{front}|{back}"
    assert fill_in_words(fill_from_words(words).encode()) == words


@pytest.mark.parametrize(
    ("fill", "words"),
    [
        (None, NO_FILL),
        (b"<fill/>", NO_FILL),
        (b'<x:fill><x:patternFill patternType="none"/></x:fill>', NO_FILL),
        (
            b'<fill><patternFill patternType="solid"><fgColor rgb="FFDDE6F3"/></patternFill></fill>',
            "solid|rgb=FFDDE6F3|",
        ),
        (b'<fill><gradientFill degree="90"><stop position="0"/></gradientFill></fill>', None),
    ],
)
def test_fills_have_words_but_for_gradients(fill: bytes | None, words: str | None) -> None:
    assert fill_in_words(fill) == words


def test_words_that_are_no_fill_are_no_fill() -> None:
    for words in ("", 'solid"/><evil', 'solid|rgb=1" onclick=|x'):
        assert "evil" not in fill_from_words(words)
        assert "onclick" not in fill_from_words(words)


def test_one_colour_is_known_again() -> None:
    assert solid_colour(solid("FCD3CB").encode()) == "FCD3CB"
    assert solid_colour(b'<fill><patternFill patternType="solid"><fgColor theme="1"/></patternFill></fill>') is None


def test_a_derived_format_is_its_original_with_one_change(package: EditablePackage) -> None:
    styles = StyleSheet(package, "xl/styles.xml")
    fill = styles.add("fills", solid("FCD3CB"))
    derived = styles.derive(1, Change(fill=fill))
    assert derived == styles.derive(1, Change(fill=fill)) == 4
    assert styles.derive(1, Change()) == 1, "no change, no new format"
    styles.save()
    new = package.read("xl/styles.xml")
    assert_only_added_styles(STYLES.format(main=MAIN).encode(), new[new.index(b"<styleSheet") :])
    assert (
        b'<xf numFmtId="164" fontId="0" fillId="3" borderId="0" xfId="0" applyFill="1"><alignment wrapText="1"/>' in new
    )


def test_equal_additions_are_made_once(package: EditablePackage) -> None:
    styles = StyleSheet(package, "xl/styles.xml")
    first = (styles.add("fills", solid("FCD3CB")), styles.add_number_format("0.0 _x"))
    assert first == (styles.add("fills", solid("FCD3CB")), styles.add_number_format("0.0 _x")) == (3, 165)
    assert styles.add_number_format("dd/mm/yyyy") == 164
    styles.save()
    styles = StyleSheet(package, "xl/styles.xml")
    assert styles.add_number_format("0.0 _x") == 165


def test_nothing_added_nothing_written(package: EditablePackage) -> None:
    styles = StyleSheet(package, "xl/styles.xml")
    styles.derive(0, Change())
    styles.save()
    assert package.changed() == []


def test_a_font_of_before_unicode_is_renamed_and_nothing_else(package: EditablePackage) -> None:
    styles = StyleSheet(package, "xl/styles.xml")
    assert styles.legacy_font(2) is LegacyFont.TCVN3
    renamed = styles.derive(2, Change(font=styles.renamed_font(2, "Times New Roman"), plain_value=True))
    assert styles.legacy_font(renamed) is None
    styles.save()
    new = package.read("xl/styles.xml")
    assert b'<font><b/><sz val="13"/><name val="Times New Roman"/><family val="1"/></font>' in new
    assert b' numFmtId="49" fontId="2" fillId="0"' in new
    assert b"quotePrefix" not in new[new.index(b'fontId="2"') :]


@pytest.mark.parametrize(
    ("code", "is_date", "is_amount"),
    [
        ("dd/mm/yyyy", True, False), ("#,##0", False, True), ('"ngày" 0', False, True),
        ("[$-42A]d mmmm yyyy", True, False), ("@", False, False), ("0.0%", False, True),
    ],
)  # fmt: skip
def test_number_formats_are_told_apart(package: EditablePackage, code: str, is_date: bool, is_amount: bool) -> None:
    styles = StyleSheet(package, "xl/styles.xml")
    number = styles.add_number_format(code)
    assert (styles.is_date_format(number), styles.is_amount_format(number)) == (is_date, is_amount)


def test_built_in_number_formats_are_told_apart(package: EditablePackage) -> None:
    styles = StyleSheet(package, "xl/styles.xml")
    assert [n for n in (0, 3, 14, 49) if styles.is_date_format(n)] == [14]
    assert [n for n in (0, 3, 14, 49) if styles.is_amount_format(n)] == [3]
