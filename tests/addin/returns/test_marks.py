"""Marks on workbooks of every make; see also test_marks_over_shared.py and test_annotate.py."""

import io
import warnings
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.returns.marks import Mark, clear_marks, mark
from addin.returns.receipts import Receipt
from addin.returns.result_sheet import SHEET_TITLE, build_result_sheet
from tests.addin.intake.workbooks import edited, package, parts
from tests.addin.returns.marking import assert_nothing_lost, marked_everywhere
from tests.addin.returns.raw_workbooks import (
    OFFICE,
    STRICT_MAIN,
    STRICT_OFFICE,
    prefixed_sheet,
    raw_workbook,
    sheet_xml,
)
from validation.errors import Refusal
from validation.findings import Severity

ROW = '<row r="1"><c r="A1" s="1"><v>5</v></c><c r="B1" t="inlineStr"><is><t>Đ</t></is></c></row>'
NAMES = (
    '<definedNames><definedName name="_xlnm.Print_Area" localSheetId="1">\'Trang 2\'!$A$1</definedName>'
    '<definedName name="a">\'Trang 1\'!$A$1</definedName></definedNames><calcPr calcId="1"/>'
)


@pytest.mark.parametrize(
    "data",
    [
        raw_workbook(sheet_xml(ROW)),
        raw_workbook(sheet_xml(""), sheet_xml(ROW), in_workbook=NAMES),
        raw_workbook(prefixed_sheet("<x:row><x:c s='1'/><x:c><x:v>1</x:v></x:c></x:row>")),
        raw_workbook(sheet_xml(ROW, main=STRICT_MAIN), main=STRICT_MAIN, office=STRICT_OFFICE),
        raw_workbook(sheet_xml('<row r="1"><c r="A1"><v>5</v></c></row>'), styles=None),
        raw_workbook(sheet_xml(ROW, after='<mergeCells count="1"><mergeCell ref="A1:D12"/></mergeCells>')),
        raw_workbook(
            sheet_xml(ROW, before='<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>'),
            sheet_xml(ROW, before="<sheetViews><sheetView workbookViewId='0' tabSelected='true'/></sheetViews>"),
            in_workbook=NAMES,
        ),
    ],
    ids=["plain", "names", "prefixes", "strict", "no styles", "merged", "selected"],
)
def test_nothing_is_lost_whatever_the_xml_looks_like(data: bytes) -> None:
    assert_nothing_lost(data)


def drawn_workbook() -> bytes:
    """A workbook with what libraries lose: a picture, a chart, a table, validations, x14 formats, notes, links."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet, other = book.add_worksheet("Danh sách"), book.add_worksheet("Biểu đồ's")
    sheet.write_row("A1", ["STT", "Tên", "Ngày"], book.add_format({"bold": True, "bg_color": "#1F3864"}))
    sheet.write_column("A2", range(1, 12), book.add_format({"bg_color": "#FFF2CC"}))
    sheet.add_table("E1:F4", {"columns": [{"header": "a"}, {"header": "b"}]})
    sheet.conditional_format("A2:A12", {"type": "data_bar", "data_bar_2010": True})
    sheet.data_validation("B2:B12", {"validate": "list", "source": ["Có", "Không"]})
    sheet.write_comment("B7", "Ghi chú của đơn vị", {"author": "Chị Lan"})
    sheet.write_url("G1", "internal:'Biểu đồ''s'!A1")
    sheet.write_formula("H1", "=SUM(A2:A12)")
    sheet.merge_range("C9:D12", "trộn")
    sheet.set_row(3, None, None, {"hidden": True})
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "='Danh sách'!$A$2:$A$12"})
    other.insert_chart("A1", chart)
    other.repeat_rows(0)
    other.print_area("A1:D4")
    book.define_name("vung", "='Danh sách'!$A$1")
    book.add_chartsheet("Đồ thị").set_chart(_second_chart(book))
    other.activate()
    book.close()
    return buffer.getvalue()


def opened(data: bytes) -> Any:
    """As openpyxl reads it, which warns of what it would lose."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*extension is not supported", category=UserWarning)
        return openpyxl.load_workbook(io.BytesIO(data))


def _second_chart(book: xlsxwriter.Workbook) -> Any:
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "='Danh sách'!$A$2:$A$12"})
    return chart


def test_what_libraries_lose_is_kept() -> None:
    out = assert_nothing_lost(drawn_workbook())
    book = opened(out)
    assert book.sheetnames == [SHEET_TITLE, "Danh sách", "Biểu đồ's", "Đồ thị"]
    assert book.active is not None
    assert book.active.title == SHEET_TITLE
    assert book["Biểu đồ's"].print_title_rows == "$1:$1", "names stay with their sheets"
    comment = book["Danh sách"]["B7"].comment
    assert comment is not None
    assert comment.text.startswith("Ghi chú của đơn vị")
    assert [s.title for s in book.worksheets if s.sheet_view.tabSelected] == [SHEET_TITLE]


def test_a_marked_cell_differs_in_its_fill_only() -> None:
    data = drawn_workbook()
    before = opened(data)["Danh sách"]["A1"]
    after = opened(marked_everywhere(data))["Danh sách"]["A1"]
    for aspect in ("font", "border", "number_format", "alignment", "protection"):
        assert repr(getattr(before, aspect)) == repr(getattr(after, aspect))
    assert after.fill.fgColor.rgb.startswith("FFFE")


def test_a_workbook_without_marks_is_given_back_as_it_is() -> None:
    data = drawn_workbook()
    assert clear_marks(data) is data


def test_marks_come_off_after_the_workbook_was_changed_by_another_program() -> None:
    data = drawn_workbook()
    changed = edited(marked_everywhere(data), "xl/worksheets/sheet1.xml", ">11<", ">1111<")
    cleared = clear_marks(changed)
    before, after = (opened(d) for d in (data, cleared))
    assert before.sheetnames == after.sheetnames
    assert set(before.defined_names) == set(after.defined_names)
    for sheet in before.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                other = after[sheet.title][cell.coordinate]
                assert _fill(cell) == _fill(other), cell.coordinate
                assert (cell.comment is None) == (other.comment is None)
    assert after["Danh sách"]["A12"].value == 1111
    assert set(parts(cleared)) == set(parts(data))


def _fill(cell: Any) -> tuple[Any, Any]:
    fill = cell.fill
    return fill.patternType, fill.fgColor.rgb if fill.patternType else None


def test_marks_come_off_after_the_result_sheet_was_deleted() -> None:
    book = opened(marked_everywhere(raw_workbook(sheet_xml(ROW), sheet_xml(ROW))))
    del book[SHEET_TITLE]
    buffer = io.BytesIO()
    book.save(buffer)
    cleared = opened(clear_marks(buffer.getvalue()))
    assert cleared.sheetnames == ["Trang 1", "Trang 2"]
    first = cleared["Trang 1"]["A1"]
    assert first.comment is None
    assert (first.fill.fgColor.theme, round(first.fill.fgColor.tint, 4)) == (4, 0.5999)
    assert not [name for name in cleared.defined_names if "sangkien" in name]


def test_a_sheet_of_the_same_name_is_not_taken_for_ours() -> None:
    data = edited(raw_workbook(sheet_xml(ROW)), "xl/workbook.xml", "Trang 1", SHEET_TITLE)
    out = assert_nothing_lost(data)
    assert opened(out).sheetnames == [f"{SHEET_TITLE} (2)", SHEET_TITLE]


def test_marks_on_sheets_and_cells_that_are_not_there_are_left_out() -> None:
    marks = [Mark("Không có", "A1", Severity.ERROR), Mark("Trang 1", "A0", Severity.ERROR)]
    data = raw_workbook(sheet_xml(ROW))
    out = mark(data, marks, lambda *place: build_result_sheet(Receipt(), [], *place))
    assert parts(out)["xl/worksheets/sheet1.xml"] == parts(data)["xl/worksheets/sheet1.xml"]


def test_the_heavier_of_two_marks_on_a_cell_shows() -> None:
    data = raw_workbook(sheet_xml(ROW))
    for severities in (Severity, reversed(Severity)):
        marks = [Mark("Trang 1", "A1", severity) for severity in severities]
        out = mark(data, marks, lambda *place: build_result_sheet(Receipt(), [], *place))
        fill = opened(out)["Trang 1"]["A1"].fill
        assert fill.fgColor.rgb == "FFFCD3CB"


def test_what_the_guard_refuses_is_not_opened() -> None:
    for function in (marked_everywhere, clear_marks):
        with pytest.raises(Refusal):
            function(b"PK\x03\x04 no workbook")


def test_a_memory_that_was_tampered_with_is_not_trusted() -> None:
    data = raw_workbook(sheet_xml(ROW))
    out = parts(marked_everywhere(data))
    memory = next(name for name in out if name.startswith("customXml"))
    broken = package(out | {memory: b'<marks xmlns="urn:sangkien:marks">AAAA</marks>'})
    assert set(parts(clear_marks(broken))) == set(parts(data))


CELL = st.builds("{}{}".format, st.sampled_from(["A", "B", "C", "AB"]), st.integers(1, 9))


@settings(max_examples=40)
@given(
    st.lists(st.tuples(CELL, st.sampled_from(Severity)), max_size=8),
    st.lists(st.tuples(st.integers(1, 9), st.lists(st.integers(0, 3), max_size=3)), max_size=5),
    st.booleans(),
)
def test_any_marks_on_any_rows_come_off_to_the_byte(
    marked: list[tuple[str, Severity]], rows: list[tuple[int, list[int]]], explicit: bool
) -> None:
    written = ""
    for number, styles in sorted(dict(rows).items()) if explicit else rows:
        reference = f' r="{number}"' if explicit else ""
        cells = "".join(f'<c s="{style}"/>' for style in styles)
        written += f"<row{reference}>{cells}</row>"
    data = raw_workbook(sheet_xml(written), of_workbook=f'<Relationship Id="x" Type="{OFFICE}/x" Target="/y.xml"/>')
    marks = [Mark("Trang 1", cell, severity) for cell, severity in marked]
    out = mark(data, marks, lambda *place: build_result_sheet(Receipt(), [], *place))
    assert parts(clear_marks(out)) == parts(data)
