"""What xlwings documents about names, notes, tables, data validation and conditional formats."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
import xlwings as xw


def names(app: xw.App, _: Path) -> None:
    book = app.books.active
    sheet = book.sheets[0]
    sheet["A1:B2"].name = "vùng_nhập"
    assert book.names["vùng_nhập"].refers_to == "=Sheet1!$A$1:$B$2"
    assert book.names["vùng_nhập"].refers_to_range == sheet["A1:B2"]
    assert sheet["A1:B2"].name.name == "vùng_nhập"
    assert sheet["A1"].name is None
    assert sheet["vùng_nhập"].address == "$A$1:$B$2"
    assert "VÙNG_NHẬP" in book.names
    book.names.add("tỷ_lệ", "=0.15")
    assert book.names["tỷ_lệ"].refers_to == "=0.15"
    sheet["C1"].value = "=tỷ_lệ*100"
    assert sheet["C1"].value == 15.0
    assert sheet["C1"].formula == "=tỷ_lệ*100"
    assert len(book.names) == book.names.count == 2
    assert [name.name for name in book.names] == ["tỷ_lệ", "vùng_nhập"]
    assert book.names(1).name == book.names[0].name == "tỷ_lệ"
    book.names["tỷ_lệ"].refers_to = "=0.2"
    assert book.names["tỷ_lệ"].refers_to == "=0.2"
    assert sheet["C1"].value == 20.0
    book.names["tỷ_lệ"].name = "mức"
    assert book.names["mức"].refers_to == "=0.2"
    book.names["mức"].delete()
    assert "mức" not in book.names
    book.names["vùng_nhập"] = "=Sheet1!$D$4"
    assert book.names["vùng_nhập"].refers_to_range.address == "$D$4"
    del book.names["vùng_nhập"]
    with pytest.raises(KeyError):
        assert book.names["vùng_nhập"]


def names_of_a_sheet(app: xw.App, _: Path) -> None:
    book = app.books.active
    first = book.sheets[0]
    second = book.sheets.add("Khác 2", after=first)
    second.names.add("riêng", "='Khác 2'!$B$2")
    assert [name.name for name in second.names] == ["'Khác 2'!riêng"]
    assert len(first.names) == 0
    assert [name.name for name in book.names] == ["'Khác 2'!riêng"]
    assert second["riêng"].address == "$B$2"
    assert second.names["riêng"].refers_to_range.sheet == second
    book.names.add("'Khác 2'!kia", "=1")
    assert "kia" in second.names


def notes(app: xw.App, _: Path) -> None:
    book = app.books.active
    sheet = book.sheets[0]
    assert sheet["A1"].note is None
    note = sheet["A1"].add_note("Thiếu ngày công nhận")
    assert sheet["A1"].note.text == note.text == "Thiếu ngày công nhận"
    assert note.location == sheet["A1"]
    assert note.author == ""
    note.text = "Đã sửa"
    assert sheet["A1"].note.text == "Đã sửa"
    sheet["B9"].add_note("hai")
    assert [n.location.address for n in sheet.notes] == ["$A$1", "$B$9"]
    assert len(book.notes) == 2
    assert sheet.notes["B9"].text == "hai"
    note.delete()
    assert sheet["A1"].note is None
    with pytest.raises(ValueError, match="already has a note"):
        sheet["B9"].add_note("ba")


def tables(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    sheet["A1"].value = [["a", "b"], [1, 2], [3, 4]]
    table = sheet.tables.add(source=sheet["A1"].expand(), name="Bảng1")
    assert table.name == table.display_name == "Bảng1"
    assert table.parent == sheet
    assert table.range.address == "$A$1:$B$3"
    assert table.header_row_range.value == ["a", "b"]
    assert table.data_body_range.value == [[1.0, 2.0], [3.0, 4.0]]
    assert table.totals_row_range is None
    assert (table.show_autofilter, table.show_headers, table.show_totals) == (True, True, False)
    table.show_autofilter = False
    assert table.show_autofilter is False
    assert [t.name for t in sheet.tables] == ["Bảng1"]
    assert "Bảng1" in sheet.tables
    assert sheet.tables["Bảng1"] == sheet.tables[0] == sheet["B2"].table
    assert sheet["D9"].table is None
    table.update(pd.DataFrame({"x": [7.0, 8.0, 9.0]}), index=False)
    assert sheet["A1:A4"].value == ["x", 7.0, 8.0, 9.0]
    assert table.range.address == "$A$1:$A$4"
    table.resize(sheet["A1:B4"])
    sheet["B1"].value = "y"
    assert [column.name for column in table.columns] == ["x", "y"]
    assert table.columns["y"].data_body_range.address == "$B$2:$B$4"
    assert table.columns[0].range.address == "$A$1:$A$4"
    assert table.columns[0].index == 1
    table.sort(1, ascending=False)
    assert table.data_body_range.columns[0].value == [9.0, 8.0, 7.0]
    row = table.rows.add([1, 2])
    assert (row.index, row.range.value, len(table.rows)) == (4, [1.0, 2.0], 4)
    table.rows.add([0, 0], 1)
    assert table.rows[0].range.value == [0.0, 0.0]
    table.rows[0].delete()
    assert [r.range.value[0] for r in table.rows] == [9.0, 8.0, 7.0, 1.0]
    table.name = "Bảng2"
    assert sheet.tables[0].name == "Bảng2"
    table.show_headers = False
    assert table.header_row_range is None
    made = sheet.tables.add(sheet["H1:I2"])
    assert made.display_name == "Table1"
    made.display_name = "Khác"
    assert "Khác" in sheet.tables


def data_validation(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    rule = sheet["A1:A5"].data_validation
    assert rule.type == "none"
    assert rule.input_title is None
    rule.set_list(["Có", "Không"])
    assert (rule.type, rule.source, rule.in_cell_dropdown, rule.alert_style) == ("list", "Có,Không", True, "stop")
    assert (rule.show_error, rule.ignore_blank, rule.operator) == (True, True, None)
    sheet["C1"].value = [["x"], ["y"]]
    sheet["B1"].data_validation.set_list(sheet["C1:C2"], in_cell_dropdown=False)
    assert sheet["B1"].data_validation.source == "=Sheet1!$C$1:$C$2"
    assert sheet["B1"].data_validation.in_cell_dropdown is False
    sheet["C1:C2"].name = "ds"
    sheet["B2"].data_validation.set_list(sheet.book.names["ds"])
    assert sheet["B2"].data_validation.source == "=ds"
    money = sheet["D1"].data_validation
    money.set_whole_number("between", 0, 200000)
    assert (money.type, money.operator, money.formula1, money.formula2) == ("whole_number", "between", "=0", "=200000")
    sheet["D2"].data_validation.set_date("greater_than_or_equal", dt.date(2021, 9, 1))
    assert sheet["D2"].data_validation.formula1 == "=DATE(2021,9,1)"
    sheet["D3"].data_validation.set_custom("=LEN(D3)>2")
    assert sheet["D3"].data_validation.formula == "=LEN(D3)>2"
    sheet["D4"].data_validation.set_text_length("less_than", 10)
    assert sheet["D4"].data_validation.type == "text_length"
    assert sheet["D1:D4"].data_validation.type == "inconsistent"
    money.impl.set_messages(InputTitle="Số tiền", InputMessage="đồng", ErrorTitle="Sai", ErrorMessage="0 đến 200000")
    assert (money.input_title, money.input_message, money.show_input) == ("Số tiền", "đồng", True)
    assert (money.error_title, money.error_message) == ("Sai", "0 đến 200000")
    money.delete()
    assert money.type == "none"


def conditional_formats(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    formats = sheet["A1:A9"].conditional_formats
    assert len(formats) == 0
    rule = formats.add_cell_value("greater_than", 5, fill_color=(255, 199, 206), font_bold=True)
    assert (rule.type, rule.operator, rule.formula1, rule.formula2) == ("cell_value", "greater_than", "=5", None)
    assert (rule.fill_color, rule.font_bold, rule.font_color, rule.font_italic) == ((255, 199, 206), True, None, None)
    between = formats.add_cell_value("between", 1, 2, font_italic=True)
    assert (between.formula2, between.font_italic) == ("=2", True)
    custom = formats.add_custom('=AND($B1="",A1<>"")', font_color="#9c0006")
    assert (custom.type, custom.formula, custom.font_color) == ("custom", '=AND($B1="",A1<>"")', (156, 0, 6))
    assert custom.stop_if_true is True
    assert [f.type for f in formats] == ["cell_value", "cell_value", "custom"]
    assert len(sheet["C1"].conditional_formats) == 0
    formats[1].delete()
    assert len(formats) == 2
    formats.clear()
    assert len(formats) == 0


SCRIPTS = (names, names_of_a_sheet, notes, tables, data_validation, conditional_formats)
