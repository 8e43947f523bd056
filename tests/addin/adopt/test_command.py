"""The command: it shows, it waits for a yes, it writes what it showed."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from addin.adopt.run import REMAINDER
from addin.cli import main

from .layouts import LAYOUTS, Pen

UNITS = """code,name,level,parent,members
Q1,LĐLĐ quận Ví Dụ,upper,,
A/1,CĐCS Công ty May Số 1,grassroots,Q1,120
A-2,CĐCS Trường Hoa Sen,grassroots,Q1,45
"""


@pytest.fixture
def own_list(tmp_path: Path) -> Path:
    path = tmp_path / "danh sách.xlsx"
    path.write_bytes(LAYOUTS[1].data())
    return path


@pytest.fixture
def units(tmp_path: Path) -> Path:
    path = tmp_path / "units.csv"
    path.write_text(UNITS, encoding="utf-8")
    return path


@pytest.fixture
def long_list(tmp_path: Path) -> Path:
    path = tmp_path / "ca-quan.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet, pen = book.add_worksheet(), Pen(book)
    pen.row(sheet, 0, ["DANH SÁCH TOÀN QUẬN"])
    pen.row(sheet, 1, ["TT", "Đơn vị", "Họ tên", "Tên sáng kiến", "Năm sinh"])
    pen.row(sheet, 2, [1, "Công ty May số 1", "Nguyễn Văn An", "Cữ may", 1980])
    pen.row(sheet, 3, [2, "CĐCS Trường Hoa Sen", "Lê Thị Ba", "Góc đọc", 1981])
    pen.row(sheet, 4, [3, "Công ty May số 1", "Trần Văn Tư", "Bàn cắt", 1982])
    pen.row(sheet, 5, [4, "Công ty Lạ", "Hồ Thị Năm", "Tủ sách", 1983])
    book.close()
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main(["adopt", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out, err


def test_without_a_yes_nothing_is_written(own_list: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "bieu.xlsx"
    code, shown, _ = run(capsys, own_list, "--unit", "CĐ-01", "--out", out)
    assert code == 1
    assert not out.exists()
    assert "Chưa ghi gì" in shown
    assert "QĐ công nhận" in shown


def test_the_json_without_a_yes_is_the_proposal(
    own_list: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, shown, _ = run(capsys, own_list, "--unit", "CĐ-01", "--out", tmp_path / "b.xlsx", "--json")
    document = json.loads(shown)
    assert code == 1
    assert document["written"] == []
    columns = {column["header"]: column for column in document["lists"][0]["columns"]}
    assert columns["Tên SK"]["fields"] == ["title"]
    assert columns["Ký nhận"]["way"] == "unused"
    assert columns["QĐ công nhận"]["sure"] is False
    assert columns["TT"]["samples"] == ["1", "2"]
    assert all({"score", "reason", "message"} <= column.keys() for column in columns.values())


def test_with_a_yes_the_form_is_written_and_can_be_checked(
    own_list: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "moi" / "bieu.xlsx"
    code, shown, _ = run(capsys, own_list, "--unit", "CĐ-01", "--out", out, "--yes")
    assert code == 0
    assert str(out) in shown
    before = own_list.read_bytes()
    book = openpyxl.load_workbook(out)
    assert book["Danh sách"]["C6"].value == "Lê Thị Cúc"
    # The cover still lacks its date and members: the check refuses by saying so, it does not stumble.
    assert main(["check", str(out), "--json"]) == 1
    (checked,) = json.loads(capsys.readouterr().out)
    assert checked["error"]["code"] == "cover_incomplete"
    assert own_list.read_bytes() == before


def test_a_completed_form_is_judged_row_by_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own_list, out = tmp_path / "ds.xlsx", tmp_path / "bieu.xlsx"
    own_list.write_bytes(LAYOUTS[0].data())
    units = tmp_path / "units.csv"
    units.write_text(UNITS, encoding="utf-8")
    assert run(capsys, own_list, "--unit", "A-2", "--units", units, "--out", out, "--yes", "--json")[0] == 0
    book = openpyxl.load_workbook(out)
    for name, value in {"cover_report_date": "30/06/2022", "cover_workers": 50}.items():
        sheet, _, address = book.defined_names[name].attr_text.rpartition("!")
        book[sheet.strip("'")][address.replace("$", "")] = value
    book.save(out)
    main(["check", str(out), "--json"])
    (checked,) = json.loads(capsys.readouterr().out)
    assert checked["unit"] == "A-2"
    assert checked["rows"] == {"seen": 2, "accepted": 0, "rejected": 2, "duplicate": 0, "blank": 0}
    codes = {finding["code"] for finding in checked["findings"]}
    assert {"missing_required", "date_as_text", "unknown_choice"} <= codes


def test_a_list_of_many_units_becomes_a_form_per_unit(
    long_list: Path, units: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "bieu"
    code, shown, _ = run(capsys, long_list, "--units", units, "--out", folder, "--yes", "--json")
    document = json.loads(shown)
    assert code == 1  # one row is nobody's
    assert document["rows_of_no_unit"] == 1
    assert [(Path(one["file"]).name, one["unit"], one["rows"]) for one in document["written"]] == [
        ("A-2.xlsx", "A-2", 1), ("A_1.xlsx", "A/1", 2), (REMAINDER, None, 1),
    ]  # fmt: skip
    assert _texts(folder / "A_1.xlsx", "Danh sách") >= {"Nguyễn Văn An", "Bàn cắt"}
    assert "Lê Thị Ba" not in _texts(folder / "A_1.xlsx", "Danh sách")
    assert {1980, 1982} <= _texts(folder / "A_1.xlsx", "Cột chưa dùng")
    assert not {1981, 1983, "DANH SÁCH TOÀN QUẬN"} & _texts(folder / "A_1.xlsx", "Cột chưa dùng")
    assert {1983, "DANH SÁCH TOÀN QUẬN"} <= _texts(folder / REMAINDER, "Cột chưa dùng")


def test_a_told_unit_leaves_nobody_over(
    long_list: Path, units: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ("--map-unit", "Công ty Lạ=A-2")
    code, _, _ = run(capsys, long_list, "--units", units, "--out", tmp_path / "b", "--yes", *told)
    assert code == 0
    assert "Hồ Thị Năm" in _texts(tmp_path / "b" / "A-2.xlsx", "Danh sách")


def test_rows_below_a_units_heading_are_that_units(
    units: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "theo-nhom.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet, pen = book.add_worksheet(), Pen(book)
    pen.row(sheet, 0, ["TT", "Họ tên", "Tên sáng kiến"])
    pen.row(sheet, 1, ["I", "CĐCS Trường Hoa Sen"])
    pen.row(sheet, 2, [1, "Lê Thị Ba", "Góc đọc"])
    pen.row(sheet, 3, ["II. Công ty May số 1"])
    pen.row(sheet, 4, [1, "Nguyễn Văn An", "Cữ may"])
    book.close()
    code, shown, _ = run(capsys, path, "--units", units, "--out", tmp_path / "b", "--json")
    assert code == 1
    assert {one["unit"]: one["rows"] for one in json.loads(shown)["units"]} == {"A-2": 1, "A/1": 1}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "old_xls"),
        ("a.csv", "Tên sáng kiến;Tác giả\n".encode(), "plain_text"),
        ("a.xlsx", b"", "empty_file"),
        ("a.xlsx", b"PK\x03\x04 broken", "damaged"),
    ],
)
def test_other_files_are_refused_by_name(
    name: str, content: bytes, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    exit_code, shown, err = run(capsys, path, "--unit", "U", "--out", tmp_path / "b.xlsx", "--yes", "--json")
    assert exit_code == 1
    assert json.loads(shown)["error"]["code"] == code
    assert "Xin" in err
    assert not (tmp_path / "b.xlsx").exists()


def _problem(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    code, shown, _ = run(capsys, *arguments, "--json")
    assert code == 2
    return json.loads(shown)["error"]["code"]


def test_what_cannot_be_done_is_said(
    own_list: Path, units: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "b.xlsx"
    blank = tmp_path / "trong.xlsx"
    xlsxwriter.Workbook(blank).close()
    assert main(["template", "grassroots", "--out", str(tmp_path / "form.xlsx")]) == 0
    capsys.readouterr()
    assert _problem(capsys, tmp_path / "khong-co.xlsx", "--unit", "U", "--out", out) == "no_source"
    assert _problem(capsys, own_list, "--out", out) == "adopt_unit_or_units"
    assert _problem(capsys, own_list, "--unit", "U", "--units", units, "--out", out) == "own_unit_unknown"
    assert _problem(capsys, own_list, "--unit", "U", "--out", own_list, "--yes") == "adopt_out_is_source"
    assert _problem(capsys, own_list, "--unit", "U", "--out", tmp_path, "--yes") == "out_is_folder"
    assert _problem(capsys, own_list, "--units", units, "--out", units, "--yes") == "adopt_out_is_file"
    assert _problem(capsys, blank, "--unit", "U", "--out", out) == "adopt_nothing"
    assert _problem(capsys, tmp_path / "form.xlsx", "--unit", "U", "--out", out) == "adopt_our_form"
    assert _problem(capsys, own_list, "--unit", "U", "--out", out, "--sheet", "Sheet9") == "adopt_no_sheet"
    assert _problem(capsys, own_list, "--unit", "U", "--out", out, "--map", "Không có=title") == "adopt_map_column"
    assert _problem(capsys, own_list, "--unit", "U", "--out", out, "--programme", "x") == "unknown_programme"
    assert not out.exists()


def _texts(path: Path, sheet: str) -> set[Any]:
    return {cell.value for row in openpyxl.load_workbook(path)[sheet].iter_rows() for cell in row}
