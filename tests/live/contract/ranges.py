"""What xlwings documents about Range: addressing, walking, moving, searching."""

from pathlib import Path

import pytest
import xlwings as xw


def addressing(app: xw.App, _: Path) -> None:
    book = app.books.active
    sheet = book.sheets[0]
    for rng in (
        sheet["A1:B2"],
        sheet.range("A1:B2"),
        sheet.range((1, 1), (2, 2)),
        sheet[:2, :2],
        sheet.range("A1", "B2"),
    ):
        assert rng.address == "$A$1:$B$2"
    assert sheet[0, 0].address == "$A$1"
    assert sheet[:10, 1].address == "$B$1:$B$10"
    assert sheet.range(sheet["A1"], sheet["C3"]).shape == (3, 3)
    assert xw.Range("A1") == sheet["A1"]
    assert xw.Range((2, 3)).address == "$C$2"
    assert sheet["A:C"].address == "$A:$C"
    assert sheet["2:5"].address == "$2:$5"
    assert sheet.cells[0, 1].address == "$B$1"
    rng = sheet["C3:D6"]
    assert (rng.row, rng.column, rng.count, len(rng), rng.shape) == (3, 3, 8, 8, (4, 2))
    assert rng.last_cell.address == "$D$6"
    assert rng(2, 1).address == "$C$4"
    assert rng[-1, -1].address == "$D$6"
    assert rng.offset(1, 1).address == "$D$4:$E$7"
    assert rng.resize(1, 2).address == "$C$3:$D$3"
    assert [cell.address for cell in sheet["A1:B1"]] == ["$A$1", "$B$1"]
    assert rng.rows[0].address == "$C$3:$D$3"
    assert rng.columns[1].address == "$D$3:$D$6"
    assert (len(rng.rows), len(rng.columns)) == (4, 2)
    assert rng.sheet == sheet
    assert rng.impl.coords == (sheet.name, 3, 3, 4, 2)
    assert rng.get_address(False, False) == "C3:D6"
    assert rng.get_address(include_sheetname=True).replace("'", "") == "Sheet1!$C$3:$D$6"
    assert rng.get_address(external=True).endswith("]Sheet1'!$C$3:$D$6")
    with pytest.raises(IndexError):
        sheet.range((0, 1))


def edges(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    sheet["A1"].value = [[1, 2, None, 4], [3, 4, None, None], [None, None, None, None], [5, None, None, None]]
    assert sheet["A1"].expand().address == "$A$1:$B$2"
    assert sheet["A1"].expand("down").address == "$A$1:$A$2"
    assert sheet["A1"].expand("right").address == "$A$1:$B$1"
    assert sheet["A1"].end("down").address == "$A$2"
    assert sheet["A2"].end("down").address == "$A$4"
    assert sheet["A4"].end("down").address == "$A$1048576"
    assert sheet["A1"].end("right").address == "$B$1"
    assert sheet["B1"].end("right").address == "$D$1"
    assert sheet["D1"].end("left").address == "$B$1"
    assert sheet["A4"].end("up").address == "$A$2"
    assert sheet.range("A1048576").end("up").row == 4
    assert sheet["A2"].current_region.address == "$A$1:$B$2"
    assert sheet.used_range.address == "$A$1:$D$4"


def inserting_and_deleting(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    sheet["A1"].value = [[1, 2], [3, 4]]
    sheet["A1"].insert(shift="down")
    assert sheet["A1:B3"].value == [[None, 2.0], [1.0, 4.0], [3.0, None]]
    sheet["A1"].delete(shift="up")
    assert sheet["A1:B2"].value == [[1.0, 2.0], [3.0, 4.0]]
    sheet["1:1"].insert("down")
    assert sheet["A2:B2"].value == [1.0, 2.0]
    sheet["1:1"].delete()
    sheet["A:A"].insert("right")
    assert sheet["B1:C1"].value == [1.0, 2.0]
    sheet["A:A"].delete("left")
    assert sheet["A1:B1"].value == [1.0, 2.0]


def copying_and_moving(app: xw.App, _: Path) -> None:
    book = app.books.active
    sheet = book.sheets[0]
    sheet["A1"].value = [[1, "=A1*2"]]
    sheet["A1"].color = (255, 0, 0)
    sheet["A1:B1"].copy(destination=sheet["A5"])
    assert sheet["B5"].formula == "=A5*2"
    assert sheet["A5"].color == (255, 0, 0)
    sheet["A8"].copy_from(sheet["A1:B1"], copy_type="values")
    assert sheet["B8"].formula == "2"
    sheet["C8"].copy_from(sheet["A1:A1"])
    assert sheet["C8"].color == (255, 0, 0)
    sheet["A1"].move(sheet["D1"])
    assert sheet["B1"].formula == "=D1*2"
    other = app.books.add()
    sheet["D1"].copy(destination=other.sheets[0]["B2"])
    assert other.sheets[0]["B2"].value == 1.0
    with pytest.raises(NotImplementedError, match=r"Range\.copy without"):
        sheet["A1"].copy()


def clearing(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    sheet["A1:B1"].value = [1, 2]
    sheet["A1:B1"].color = (1, 2, 3)
    sheet["A1"].clear_contents()
    assert (sheet["A1"].value, sheet["A1"].color) == (None, (1, 2, 3))
    sheet["B1"].clear_formats()
    assert (sheet["B1"].value, sheet["B1"].color) == (2.0, None)
    sheet["A1:B1"].clear()
    assert (sheet["A1:B1"].value, sheet["A1"].color) == ([None, None], None)


def sorting_and_searching(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    sheet["A1"].value = [["tên", "số"], ["b", 1], ["a", 2], ["c", 2]]
    sheet["A1:B4"].sort(1, has_headers=True)
    assert sheet["A2:A4"].value == ["a", "b", "c"]
    sheet["A1:B4"].sort([2, 1], ascending=[False, False], has_headers=True)
    assert sheet["A2:A4"].value == ["c", "a", "b"]
    found = sheet["A1:B4"].find("b", whole=True)
    assert found is not None
    assert found.address == "$A$4"
    assert sheet["A1:B4"].find("không có") is None
    assert sheet["A1:B4"].find("TÊN", match_case=True) is None
    sheet["A2:A4"].replace_all("a", "đã sửa")
    assert sheet["A3"].value == "đã sửa"
    sheet["D1"].value = [["x"], ["X"], ["y"], ["x"]]
    sheet["D1:D4"].remove_duplicates(1)
    assert sheet["D1:D4"].value == ["x", "y", None, None]
    assert [r.address for r in sheet["D1:D4"].get_special_cells("blanks")] == ["$D$3:$D$4"]
    assert [r.address for r in sheet["D1:D4"].get_special_cells("constants", "text")] == ["$D$1:$D$2"]
    sheet["E1"].value = [["=1+1"], [5]]
    assert [r.address for r in sheet["E1:E2"].get_special_cells("formulas")] == ["$E$1"]


def filling(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    sheet["A1"].value = [[1], [2]]
    sheet["A1:A2"].autofill(sheet["A1:A5"])
    assert sheet["A1:A5"].value == [1.0, 2.0, 3.0, 4.0, 5.0]


def hiding_and_grouping(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    sheet["A2:A3"].rows.hidden = True
    assert sheet["A2:A3"].rows.hidden is True
    assert sheet["A1:A3"].rows.hidden is None
    assert [r.address for r in sheet["A1:A4"].get_special_cells("visible")] == ["$A$1", "$A$4"]
    sheet["B1:C1"].columns.hidden = True
    assert sheet["B1"].columns.hidden is True
    sheet["B1:C1"].columns.hidden = False
    assert sheet["B1:C1"].columns.hidden is False
    sheet["2:3"].group()
    sheet["2:3"].ungroup()
    sheet["A:B"].group()
    sheet["A1:B1"].ungroup(by="columns")


def selecting(app: xw.App, _: Path) -> None:
    sheet = app.books.active.sheets[0]
    sheet["B2:C3"].select()
    assert app.selection == sheet["B2:C3"]
    assert app.books.active.selection == sheet["B2:C3"]


def links(app: xw.App, _: Path) -> None:
    cell = app.books.active.sheets[0]["A1"]
    cell.add_hyperlink("#Sheet1!B5", "Đến ô B5", "tip")
    assert cell.value == "Đến ô B5"
    assert cell.hyperlink == "#Sheet1!B5"
    with pytest.raises(ValueError, match="hyperlink"):
        assert app.books.active.sheets[0]["A2"].hyperlink


SCRIPTS = (
    addressing,
    edges,
    inserting_and_deleting,
    copying_and_moving,
    clearing,
    sorting_and_searching,
    filling,
    hiding_and_grouping,
    selecting,
    links,
)
