import pytest

from addin.returns.sheet_part import CannotEdit, SheetPart, escaped_text
from tests.addin.returns.package_oracle import cells_of
from tests.addin.returns.raw_workbooks import MAIN, prefixed_sheet, sheet_xml

EVERY_ROW = range(1, 50)


def edit(xml: str, changes: dict[tuple[int, int], str | int | None], style: int = 7) -> bytes:
    """Set contents (None: only the format) and give the new part."""
    sheet = SheetPart("sheet", xml.encode(), EVERY_ROW)
    for place, content in changes.items():
        if content is None:
            sheet.set_style(place, style)
        else:
            sheet.set_content(place, content, style)
    return sheet.apply().apply()


def addresses(part: bytes) -> list[str]:
    return list(cells_of(part))


def test_a_cell_takes_a_text_a_number_and_a_format() -> None:
    xml = sheet_xml('<row r="2"><c r="A2" s="3" t="s"><v>0</v></c><c r="B2" s="1"><v>5</v></c><c r="C2"/></row>')
    cells = cells_of(edit(xml, {(2, 1): " a & <b>\n", (2, 2): 200_000, (2, 3): None}))
    assert cells["A2"][0] == {"t": "inlineStr"}
    assert " a &amp; &lt;b&gt;\n" in cells["A2"][1]
    assert ">200000</" in cells["B2"][1]
    assert (cells["B2"][0], cells["B2"][2]) == ({}, "7")
    assert cells["C2"] == ({}, "", "7")


def test_rows_and_cells_that_are_not_there_are_put_in_their_order() -> None:
    xml = sheet_xml('<row r="2" spans="2:2"><c r="B2"/></row><row r="6"/>', before='<dimension ref="B2:B6"/>')
    part = edit(xml, {(2, 1): "a", (2, 3): "c", (1, 1): "first", (4, 2): 1, (6, 5): 2, (9, 1): "last"})
    assert addresses(part) == ["A1", "A2", "B2", "C2", "B4", "E6", "A9"]
    assert b'<dimension ref="A1:E9"' in part
    assert b'spans="1:3"' in part


def test_a_sheet_without_rows_takes_some() -> None:
    for xml in (sheet_xml(""), f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'):
        assert addresses(edit(xml, {(3, 2): "x", (1, 1): None, (3, 1): 4})) == ["A1", "A3", "B3"]


def test_cells_and_rows_without_references_keep_their_places() -> None:
    xml = sheet_xml(
        "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row><row r='5'><c r='B5'/><c/></row>"
    )
    before = cells_of(xml.encode())
    assert list(before) == ["A1", "B1", "A2", "B5", "C5"]
    after = cells_of(edit(xml, {(1, 2): 9, (2, 2): 8, (3, 1): 7, (5, 1): None, (1, 1): None}))
    assert list(after) == ["A1", "B1", "A2", "B2", "A3", "A5", "B5", "C5"]
    assert after["A2"][:2] == before["A2"][:2]


def test_prefixes_comments_and_single_quotes_are_kept() -> None:
    xml = prefixed_sheet("<x:row r='1'><x:c r='A1' s='0'><x:v>1</x:v></x:c></x:row>")
    part = edit(xml, {(1, 1): "Đ", (2, 1): 2, (1, 2): None})
    assert addresses(part) == ["A1", "B1", "A2"]
    assert b"<!-- <x:row r='9'> -->" in part
    assert b"<x:is><x:t" in part


def test_the_style_of_an_empty_place_is_its_rows_or_columns() -> None:
    xml = sheet_xml(
        '<row r="2" s="4" customFormat="1"/><row r="3" s="4"/>', before='<cols><col min="2" max="3" style="6"/></cols>'
    )
    sheet = SheetPart("sheet", xml.encode(), EVERY_ROW)
    assert [sheet.style(place) for place in ((2, 2), (3, 2), (3, 4), (9, 3))] == [4, 6, 0, 6]


def test_the_first_of_a_shared_formula_and_array_formulas_are_not_overwritten() -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1</f><v>1</v></c><c r="C1"><f t="array" ref="C1:C2">D1'
        '</f><v>1</v></c></row><row r="2"><c r="A2"><f t="shared" si="0"/><v>1</v></c><c r="C2"><v>1</v></c></row>'
    )
    sheet = SheetPart("sheet", sheet_xml(rows).encode(), EVERY_ROW)
    for place in ((1, 1), (1, 3), (2, 3)):
        with pytest.raises(CannotEdit):
            sheet.set_content(place, 1, 0)
    assert sheet.set_content((2, 1), 1, 0), "a follower may go"
    sheet.set_style((1, 1), 5)
    assert cells_of(sheet.apply().apply())["A1"][2] == "5"


def test_a_shared_formula_used_once_may_be_overwritten() -> None:
    rows = '<row r="1"><c r="A1"><f t="shared" ref="A1" si="0">1+1</f><v>2</v></c></row>'
    assert b"<f" not in edit(sheet_xml(rows), {(1, 1): 2})


def test_the_head_of_a_merged_range_is_known() -> None:
    xml = sheet_xml("", after='<mergeCells count="1"><mergeCell ref="B2:C9"/></mergeCells>')
    sheet = SheetPart("sheet", xml.encode(), ())
    assert sheet.anchor((5, 3)) == (2, 2)
    assert sheet.anchor((1, 1)) == (1, 1)


def test_the_drawing_of_notes_is_named_before_what_follows_it() -> None:
    after = '<pageMargins left="1"/><drawing r:id="rId1" xmlns:r="urn:r"/><tableParts count="0"/><extLst/>'
    sheet = SheetPart("sheet", sheet_xml("", after=after).encode(), ())
    sheet.refer_to_drawing("rId7", "urn:r")
    names = [t.name for t in SheetPart("sheet", sheet.apply().apply(), ()).top]
    assert names == ["sheetData", "pageMargins", "drawing", "legacyDrawing", "tableParts", "extLst"]


def test_what_looks_like_an_escape_is_kept_from_being_read_as_one() -> None:
    assert escaped_text("a_x000D_b _x12_") == "a_x005F_x000D_b _x12_"
