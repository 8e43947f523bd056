import io
import tempfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.merge.master import write_master
from addin.merge.master.body import Body, in_blocks, stream_body, write_body
from addin.merge.master.book import MasterBook
from addin.merge.master.cell_text import LONGEST, cell_text
from addin.merge.master.cell_xml import CellXml
from addin.merge.master.links import file_link
from addin.merge.master.table import Column, RowHeight
from addin.merge.master.values import Linked, Shape, Value, serial
from tests.addin.merge.master_campaign import campaign, overview_of, unit_tree
from validation.programme import load_programme

Cells = list[list[tuple[object, str, str, str | None]]]
EMPTY = overview_of(load_programme(), unit_tree(0), [])


def cells_of(stream: io.BytesIO, sheet: str) -> Cells:
    """Value, kind, look and link of every cell."""
    return [
        [
            (_value(cell), cell.data_type, f"{cell.number_format}{cell.font.u}{cell.alignment.wrap_text}", _link(cell))
            for cell in row
        ]
        for row in openpyxl.load_workbook(stream)[sheet].iter_rows()
    ]


def _value(cell: object) -> object:
    """Of the two kinds of text openpyxl undoes Excel's escapes in one only (Excel does in both)."""
    value = getattr(cell, "value", None)
    return value.replace("x005F_", "") if isinstance(value, str) else value


def _link(cell: object) -> str | None:
    link = getattr(cell, "hyperlink", None)
    return f"{link.target}#{link.location}" if link is not None else None


def test_the_fast_way_writes_the_same_cells_as_xlsxwriter() -> None:
    overview = campaign(units=5)
    fast, plain = io.BytesIO(), io.BytesIO()
    assert write_master(overview, fast) == write_master(overview, plain, body_writer=write_body)
    names = openpyxl.load_workbook(fast).sheetnames
    assert names == openpyxl.load_workbook(plain).sheetnames
    for name in names:
        assert cells_of(fast, name) == cells_of(plain, name), name


TEXTS = st.text(max_size=40) | st.sampled_from(
    ["=1", "_x0009_", "<a&b>", "\x00", "dòng\nhai ", " trước", "sau\u00a0", "😀" * 9, "ă" * 17_000, ""]
)
NUMBERS = st.integers(-(2**53) - 9, 2**53 + 9) | st.integers(0, 3)
VALUES = st.one_of(
    st.none(),
    TEXTS,
    NUMBERS,
    st.floats(-1e9, 1e9),
    st.dates(date(1900, 3, 1)),
    st.datetimes(datetime(1900, 3, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),
    st.text(max_size=9).map(lambda text: Linked(text, file_link("nhan/a b.xlsx", "Danh sách", "A7"))),
)
# Columns of one kind are written in other ways than mixed ones.
ROW = st.tuples(VALUES, st.none() | TEXTS, st.none() | NUMBERS, st.sampled_from(["Hợp lệ", "Đang xem xét", None]))


@settings(max_examples=100, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=12), st.integers(1, 12))
def test_any_cells_are_the_same_both_ways(rows: list[tuple[Value, ...]], in_a_block: int) -> None:
    written = []
    for writer in (stream_body, write_body):
        stream = io.BytesIO()
        master = MasterBook(stream, EMPTY)
        sheet = master.sheet("A")
        sheet.write_string(0, 0, "trước")
        sheet.write_string(len(rows) + 1, 0, "sau")
        formats = [master.cell(shape) for shape in (Shape.TEXT, Shape.TEXT, Shape.AMOUNT, Shape.WORD)]
        writer(sheet, Body(1, len(rows), in_blocks(rows, in_a_block), formats, master.link()))
        master.close()
        written.append(cells_of(stream, "A"))
    assert written[0] == written[1]


def test_texts_that_need_no_closer_look_are_written_as_they_are() -> None:
    texts = [f"Cải tiến máy ép số {number}" for number in range(50)]
    master = MasterBook(io.BytesIO(), EMPTY)
    plain = CellXml(master.cell(Shape.TEXT), b"|").of([*texts, None])
    master.close()
    assert [cell.decode().partition("<t>")[2].partition("</t>")[0] for cell in plain] == [*texts, ""]
    assert all(cell.endswith(b"|") for cell in plain)


def test_each_row_is_as_high_as_its_longest_text_needs() -> None:
    stream = io.BytesIO()
    master = MasterBook(stream, EMPTY)
    sheet = master.sheet("A")
    height = RowHeight([Column("", Shape.TEXT, 10), Column("", Shape.AMOUNT, 10)])
    rows: list[list[Value]] = [["ngắn", 1], [f"{'dài ' * 20}dòng", 2], [Linked("hai\ndòng", None), 3], [None, None]]
    stream_body(sheet, Body(0, 4, in_blocks(rows, 3), [master.cell(Shape.TEXT)] * 2, master.link(), height))
    master.close()
    one, many, two, blank = (
        openpyxl.load_workbook(stream)["A"].row_dimensions[number].height for number in range(1, 5)
    )
    assert one == blank == 16
    assert two == 29
    assert many > 100


def test_columns_of_unequal_length_are_refused() -> None:
    master = MasterBook(io.BytesIO(), EMPTY)
    sheet = master.sheet("A")
    look = master.cell(Shape.TEXT)
    stream_body(sheet, Body(1, 2, [[["a", "b"], ["c"]]], [look, look], master.link()))
    with pytest.raises(ValueError, match="one length"):
        master.close()


def test_a_body_of_another_length_than_said_is_refused() -> None:
    master = MasterBook(io.BytesIO(), EMPTY)
    sheet = master.sheet("A")
    sheet.write_string(0, 0, "trước")
    stream_body(sheet, Body(1, 2, in_blocks([["chỉ một dòng"]]), [master.cell(Shape.TEXT)], master.link()))
    with pytest.raises(ValueError, match="1 rows, not 2"):
        master.close()


def test_a_master_that_cannot_be_written_raises_what_the_system_says_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(FileNotFoundError):
        write_master(campaign(units=1), tmp_path / "khong-co" / "tong-hop.xlsx")
    assert list(tmp_path.iterdir()) == []


@given(st.text(st.characters(categories=["Cc", "Cs", "Co", "Cn", "L"]), max_size=200))
def test_any_text_becomes_one_that_can_be_encoded(text: str) -> None:
    clean = cell_text(text)
    clean.encode("utf-8")
    assert not any(ord(sign) < 32 and sign not in "\t\n" for sign in clean)


@pytest.mark.parametrize("text", ["ă" * LONGEST, "😀" * (LONGEST // 2), "ngắn"])
def test_a_text_at_the_limit_is_left_alone(text: str) -> None:
    assert cell_text(text) == text


def test_serials_agree_with_the_calendar_of_spreadsheets() -> None:
    assert serial(date(1900, 3, 1)) == 61
    assert serial(date(2022, 1, 8)) == 44_569
    assert serial(datetime(2022, 1, 8, 12)) == 44_569.5
    assert serial(date(1900, 2, 28)) is None


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("nhan/Báo cáo.xlsx", "nhan/Báo%20cáo.xlsx"),
        ("nhan/50%20 [a]#1.xlsx", "nhan/50%2520%20%5ba%5d%231.xlsx"),
        ("nhan\\con\\a.xlsx", "nhan/con/a.xlsx"),
        ("/mnt/chung/a.xlsx", "file:///mnt/chung/a.xlsx"),
        ("C:\\Tài liệu\\a.xlsx", "file:///C:/Tài%20liệu/a.xlsx"),
    ],
)
def test_links_are_written_as_excel_writes_them(path: str, target: str) -> None:
    link = file_link(path, "Trang 'A'", "B7")
    assert link is not None
    assert (link.target, link.anchor) == (target, "'Trang ''A'''!B7")


@pytest.mark.parametrize("path", ["nhan/\udce1.xlsx", "nhan/" + "a" * 2_100, "a\nb.xlsx", ""])
def test_a_path_that_no_link_can_hold_has_none(path: str) -> None:
    assert file_link(path) is None


def test_no_sheet_gets_more_links_than_excel_takes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("addin.merge.master.body.LINKS_AT_MOST", 5)
    path = tmp_path / "tong-hop.xlsx"
    write_master(campaign(units=3), path)
    detail = openpyxl.load_workbook(path)["Chi tiết"]
    assert sum(cell.hyperlink is not None for row in detail.iter_rows() for cell in row) == 5
