"""The fast and the exact reading of a sheet must tell the same facts, or the fast one must decline."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.intake import quick_scan as quick
from addin.intake.exact_scan import exact_scan
from addin.intake.quick_scan import canonical_sheet, quick_scan
from addin.intake.scan import scan_sheet
from addin.intake.sheet_facts import Formula, Merge, SheetFacts
from validation.errors import Refusal
from validation.submission import LegacyFont

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
FONTS = {3: LegacyFont.TCVN3}
COLUMNS = "ABCDEFGH"


def sheet(rows: str, before: str = "", after: str = "", namespace: str = MAIN) -> bytes:
    return f'<worksheet xmlns="{namespace}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'.encode()


def told(facts: SheetFacts) -> object:
    return (facts.filled, facts.hidden_rows, facts.errors, facts.fonts, facts.merges, facts.formulas_in(COLUMNS))


cells = st.sampled_from(
    [
        '<c r="{at}"/>',
        '<c r="{at}" s="3"/>',
        '<c r="{at}" s="3" t="s"><v>0</v></c>',
        '<c r="{at}"><v>12.5</v></c>',
        '<c r="{at}" t="str"><f>A1&amp;"x"</f><v></v></c>',
        '<c r="{at}" t="str"><f aca="false">A1</f><v>a &lt; b</v></c>',
        '<c r="{at}"><f>SUM(A1:A3)</f></c>',
        '<c r="{at}"><f>A1</f><v/></c>',
        '<c r="{at}"><f>A1</f><v></v></c>',
        '<c r="{at}" s="3" t="e"><f t="shared" ref="A1:A9" si="0">A1/0</f><v>#DIV/0!</v></c>',
        '<c r="{at}" t="e"><v>#N/A</v></c>',
        '<c r="{at}"><f t="shared" si="0"/><v>#1</v></c>',
        '<c r="{at}" s="3" t="inlineStr"><is><t xml:space="preserve"> Đỗ &gt; Văn </t></is></c>',
        '<c r="{at}" t="b"><v>0</v></c>',
        '<c r="{at}" t="d" s="1"><v>2026-02-28T00:00:00</v></c>',
    ]
)
attributes = st.sampled_from(
    ["", ' hidden="1"', ' hidden="true"', ' hidden="false"', ' ht="0"', ' ht="0.75"', ' spans="1:9" s="3"']
)


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    rows = []
    for number in draw(st.lists(st.integers(1, 60), unique=True, max_size=6)):
        columns = draw(st.lists(st.sampled_from(COLUMNS), unique=True, max_size=4))
        inside = "".join(draw(cells).format(at=f"{column}{number}") for column in columns)
        rest = draw(attributes)
        rows.append(f'<row r="{number}"{rest}>{inside}</row>' if inside else f'<row r="{number}"{rest}/>')
    merges = draw(st.sampled_from(["", '<mergeCells count="1"><mergeCell ref="A5:B7"/></mergeCells>']))
    return sheet("".join(rows), after=merges, namespace=draw(st.sampled_from([MAIN, STRICT])))


@settings(max_examples=300, deadline=None)
@given(sheets())
def test_both_readings_of_a_canonical_sheet_agree(part: bytes) -> None:
    fast = quick_scan("S", canonical_sheet(part), FONTS, {0: LegacyFont.VNI})
    exact = exact_scan("S", part, FONTS, {0: LegacyFont.VNI})
    assert fast is not None
    assert told(fast) == told(exact)


ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


@pytest.mark.parametrize(
    "odd",
    [
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>',  # noqa: E501
        sheet(ONE).decode().replace('"', "'"),
        sheet("<row><c><v>1</v></c></row>").decode(),
        sheet(f"\n{ONE}\n").decode(),
        sheet(f'<!-- <c r="B1"><v>1</v></c> -->{ONE}').decode(),
        sheet(ONE.replace("<v>1", "<v><![CDATA[1]]>")).decode(),
        sheet(ONE, before="<!-- <sheetData> -->").decode(),
        sheet(ONE, after="<!-- </sheetData> -->").decode(),
        sheet('<row r="1"><c r="A1" t="inlineStr"><is><r><t>1</t></r><r><t>2</t></r></is></c></row>').decode(),
        sheet(ONE.replace("A1", "AAA1")).decode(),
    ],
)
def test_what_is_not_canonical_is_read_exactly(odd: str) -> None:
    assert quick_scan("S", canonical_sheet(odd.encode()), {}, {}) is None
    assert scan_sheet("S", odd.encode(), {}, {}).filled == 1


def test_missing_addresses_count_on_from_the_last() -> None:
    part = sheet('<row><c><v>1</v></c></row><row r="4"><c r="D4"><v>1</v></c><c><v>2</v></c></row>')
    assert exact_scan("S", part, {}, {}).places == {(1, 1), (4, 4), (4, 5)}


def test_the_phonetic_reading_of_a_text_is_no_content() -> None:
    part = sheet('<row r="1"><c r="A1" t="inlineStr"><is><rPh><t>x</t></rPh></is></c></row>')
    assert exact_scan("S", part, {}, {}).filled == 0


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ('<row r="1048577"><c r="A1048577"><v>1</v></c></row>', "damaged"),
        ('<row r="4294967290"><c r="A4294967290"><v>1</v></c></row>', "damaged"),
        ('<row r="1"><c r="A9999999"><v>1</v></c></row>', "damaged"),
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', "damaged"),
        ('<row r="0"><c r="A0"><v>1</v></c></row>', "damaged"),
        ('<row r="1"><c r="A1"><v>a\0b</v></c></row>', "damaged"),
        ('<row r="1"><c r="A1"><v>1</v></c>', "damaged"),
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "too_many_cells"),
        ('<row r="1048576"><c r="BB1048576"><v>1</v></c></row>', "too_many_cells"),
        ("<x>" * 70 + "</x>" * 70, "unsafe_content"),
        ("<x " + " ".join(f'a{i}="1"' for i in range(600)) + "/>", "unsafe_content"),
    ],
)
def test_sheets_that_break_readers_are_refused(rows: str, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        scan_sheet("S", sheet(rows), {}, {})
    assert caught.value.code == code


def test_depth_and_attributes_are_bounded_around_the_rows_too() -> None:
    for trick in ("<x>" * 70 + "</x>" * 70, "<x " + " ".join(f'a{i}="1"' for i in range(600)) + "/>"):
        with pytest.raises(Refusal) as caught:
            scan_sheet("S", sheet("", before=trick), {}, {})
        assert caught.value.code == "unsafe_content"


def test_a_document_type_is_refused_wherever_it_stands() -> None:
    with pytest.raises(Refusal) as caught:
        scan_sheet("S", b'<!DOCTYPE x [<!ENTITY a "b">]>' + sheet(""), {}, {})
    assert caught.value.code == "unsafe_content"


def test_long_sheets_are_measured_by_what_is_filled() -> None:
    styled = "".join(f'<row r="{n}"><c r="ZZ{n}" s="1"/></row>' for n in range(1, 50_000))
    facts = scan_sheet("S", sheet(styled + '<row r="60000"><c r="Z60000"><v>1</v></c></row>'), {}, {})
    assert facts.filled == 1


def test_an_empty_sheet_has_no_facts() -> None:
    for part in (sheet(""), sheet("").replace(b"<sheetData></sheetData>", b"<sheetData/>")):
        facts = quick_scan("S", canonical_sheet(part), {}, {})
        assert facts is not None
        assert told(facts) == (0, frozenset(), {}, {}, (), {})


def test_formulas_and_merges_are_told_in_plain_words() -> None:
    part = sheet(
        '<row r="2"><c r="B2"><f>IF(A1&lt;&gt;"",1,0)</f><v>1</v></c></row>',
        after='<mergeCells><mergeCell ref="A5:B7"/><mergeCell ref="!"/></mergeCells>',
    )
    facts = quick_scan("S", canonical_sheet(part), {}, {})
    assert facts is not None
    assert facts.formulas_in("B") == {(2, 2): Formula('IF(A1<>"",1,0)', uncached=False)}
    assert facts.formulas_in("A") == {}
    assert facts.merges == (Merge(5, 1, 7, 2),)


def test_the_grammar_takes_time_in_proportion_to_the_bytes() -> None:
    unclosed = b'<row r="1">' + b'<c r="A1"><v>1</v></c>' * 200_000  # quadratic or deeper backtracking would hang here
    assert quick._GRAMMAR.fullmatch(unclosed) is None
