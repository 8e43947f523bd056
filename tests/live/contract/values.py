"""What xlwings documents about values: cells, lists, dates, formulas, errors, text that looks like a number."""

import datetime as dt
from pathlib import Path

import pytest
import xlwings as xw

from addin.hosts.libreoffice.failures import FormulaError


def single_cells(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    sheet["A1"].value = 1
    assert sheet["A1"].value == 1.0
    sheet["A2"].value = "Hello"
    assert sheet["A2"].value == "Hello"
    assert sheet["A3"].value is None
    sheet["A4"].value = dt.datetime(2000, 1, 1)
    assert sheet["A4"].value == dt.datetime(2000, 1, 1)
    sheet["A5"].value = dt.datetime(2022, 6, 1, 13, 45, 30)
    assert sheet["A5"].value == dt.datetime(2022, 6, 1, 13, 45, 30)
    sheet["A6"].value = dt.date(2021, 9, 1)
    assert sheet["A6"].value == dt.datetime(2021, 9, 1)
    sheet["A7"].value = True
    assert sheet["A7"].value is True


def vietnamese_and_other_planes(app: xw.App, _: Path) -> None:
    cell = app.books.active.sheets[0]["A1"]
    for text in ("Sổ sáng kiến của CĐCS Nhà máy 1/5", "Hoà Thuỷ quý Đ Ð", "hoà", "😀", "hai\ndòng", " cách  "):
        cell.value = text
        assert cell.value == text


def lists(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    sheet["A1"].value = [[1], [2], [3], [4], [5]]
    assert sheet["A1:A5"].value == [1.0, 2.0, 3.0, 4.0, 5.0]
    sheet["A1"].value = [1, 2, 3, 4, 5]
    assert sheet["A1:E1"].value == [1.0, 2.0, 3.0, 4.0, 5.0]
    assert sheet["A1:A1"].options(ndim=1).value == [1.0]
    assert sheet["A1:B1"].options(ndim=2).value == [[1.0, 2.0]]
    sheet["A10"].value = [["Foo 1", "Foo 2", "Foo 3"], [10, 20, 30]]
    assert sheet.range((10, 1), (11, 3)).value == [["Foo 1", "Foo 2", "Foo 3"], [10.0, 20.0, 30.0]]
    assert sheet["A10"].expand().options(numbers=int).value == [["Foo 1", "Foo 2", "Foo 3"], [10, 20, 30]]
    assert sheet["A10"].raw_value == "Foo 1"
    assert sheet["A10:B10"].raw_value == [["Foo 1", "Foo 2"]]
    sheet["F1:G2"].raw_value = [[1, 2], [3, 4]]
    assert sheet["F1:G2"].value == [[1.0, 2.0], [3.0, 4.0]]


def one_value_fills_a_range(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    sheet["A1:C2"].value = 7
    assert sheet["A1:C2"].value == [[7.0] * 3] * 2
    sheet["A1:C2"].value = dt.date(2022, 1, 2)
    assert sheet["C2"].value == dt.datetime(2022, 1, 2)
    sheet["A1:C2"].value = False
    assert sheet["B1:B2"].value == [False, False]
    sheet["A1:C2"].value = None
    assert sheet["A1:C2"].value == [[None] * 3] * 2


def formulas(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    sheet["A1"].value = [[1, 2], [3, 4]]
    sheet["C1"].formula = "=SUM(A1,B1)"
    assert sheet["C1"].value == 3.0
    assert sheet["C1"].formula == "=SUM(A1,B1)"
    sheet["C1:C2"].formula = "=SUM(A1,B1)"
    assert sheet["C1:C2"].formula == (("=SUM(A1,B1)",), ("=SUM(A2,B2)",))
    assert sheet["C1:C2"].value == [3.0, 7.0]
    sheet["D1"].value = '=IF(A1>0,"có; không","x")'
    assert sheet["D1"].value == "có; không"
    assert sheet["D1"].formula == '=IF(A1>0,"có; không","x")'
    sheet["D2"].formula2 = '=COUNTIFS(A1:A2,">0",B1:B2,2)'
    assert sheet["D2"].formula2 == '=COUNTIFS(A1:A2,">0",B1:B2,2)'
    assert sheet["A1:A2"].formula == (("1",), ("3",))
    sheet["E1:E2"].formula_array = "=A1:A2*2"
    assert sheet["E1:E2"].formula_array == "=A1:A2*2"
    assert sheet["E1:E2"].has_array
    assert sheet["E1:E2"].value == [2.0, 6.0]
    assert sheet["A1"].formula_array is None


def formulas_between_sheets(app: xw.App, _: Path) -> None:
    book = app.books.active
    first = book.sheets[0]
    other = book.sheets.add("Danh sách 2", after=first)
    other["A1"].value = 41
    first["A1"].value = "='Danh sách 2'!A1+1"
    assert first["A1"].value == 42.0
    assert first["A1"].formula == "='Danh sách 2'!A1+1"
    first["A2"].value = "=SUM('Danh sách 2'!$A$1:$A$9)"
    assert first["A2"].formula == "=SUM('Danh sách 2'!$A$1:$A$9)"


def values_of_formulas_have_their_kind(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    sheet["A1"].value = ["=1>0", "=DATE(2022,1,31)", "=1+1", '=""', "=TRUE"]
    assert sheet["A1:D1"].value == [True, dt.datetime(2022, 1, 31), 2.0, None]
    sheet["A1"].value = "=2+2"
    assert sheet["A1"].value == 4.0, "the look of an earlier TRUE must not make a number a boolean"
    sheet["A1"].value = True
    sheet["A1"].value = 1
    assert sheet["A1"].value == 1.0


def broken_formulas_are_refused(app: xw.App, _: Path) -> None:
    cell = app.books.active.sheets[0]["A1"]
    with pytest.raises(FormulaError):
        cell.formula = "=SUM(1,,*2)"
    with pytest.raises(FormulaError):
        cell.formula = "=1+*2"
    assert cell.value is None


def errors(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    sheet["A1"].value = ["=1/0", "=NA()", '=VALUE("x")', "=KHONG_CO()", "#N/A"]
    assert sheet["A1:E1"].value == [None] * 5
    assert sheet["A1:E1"].options(err_to_str=True).value == ["#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#N/A"]


def text_that_excel_takes_for_numbers(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    sheet["A1"].value = ["001", "1,234", "-2.5", "1e3", "TRUE", "12a", "1/5", "'001", "Đ1"]
    assert sheet["A1:I1"].value == [1.0, 1234.0, -2.5, 1000.0, True, "12a", "1/5", "001", "Đ1"]
    sheet["A2:B2"].number_format = "@"
    sheet["A2"].value = ["001", "=A1"]
    assert sheet["A2:B2"].value == ["001", "=A1"]
    assert sheet["A2:B2"].formula == (("001", "=A1"),)


def options_of_reading(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    sheet["A1"].value = [[1, None], [dt.date(2022, 3, 4), "x"]]
    assert sheet["A1"].options(numbers=int).value == 1
    assert sheet["A1"].options(numbers=lambda x: x + 1).value == 2
    assert sheet["A2"].options(dates=dt.date).value == dt.date(2022, 3, 4)
    assert sheet["A2"].options(dates=lambda year, month, day, **_: f"{day}/{month}/{year}").value == "4/3/2022"
    assert sheet["A1:B1"].options(empty="NA").value == [1.0, "NA"]
    assert sheet["A1:B1"].options(transpose=True).value == [1.0, None]


SCRIPTS = (
    single_cells,
    vietnamese_and_other_planes,
    lists,
    one_value_fills_a_range,
    formulas,
    formulas_between_sheets,
    values_of_formulas_have_their_kind,
    broken_formulas_are_refused,
    errors,
    text_that_excel_takes_for_numbers,
    options_of_reading,
)
