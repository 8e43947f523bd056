"""Lists as people export or type them: which line is the header, what each column is, what each line says."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from addin.adopt.corrections import read_correction
from addin.errors import UsageProblem
from addin.portal.reading import CSV, XLSX, described, list_file, read_list
from tests.end_to_end.small_campaign import Here
from validation.errors import Refusal
from validation.programme import load_programme

PLAN = load_programme()
TABLE = [
    ("Danh sách sáng kiến trên cổng 01 triệu sáng kiến", None, None, None, None, None, None),
    (None, None, None, None, None, None, None),
    ("STT", "Mã đăng ký", "Tên sáng kiến", "Họ và tên", "Ngày đăng ký", "Trạng thái", "Ngày phê duyệt"),
    (1, "SK-1", "Cải tiến máy cắt", "Nguyễn Thị Hoa", datetime(2022, 3, 1), "Hợp lệ", datetime(2022, 5, 1)),
    (2, " SK-2 ", "Lớp học yêu thương", "Trần Văn Bình", "02/03/2022", "đang  xem xét", None),
    (None, "Tổng cộng", None, None, None, None, None),
]


def workbook(rows: list[tuple[object, ...]]) -> bytes:
    book = openpyxl.Workbook()
    for one in rows:
        book.active.append(one)  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def _read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("addin.portal.reading.ReadingPool", Here)


def test_a_workbook_is_read_by_its_headers() -> None:
    read = read_list(workbook(TABLE), XLSX, PLAN, [])
    first, second = read.entries
    assert (first.registration_code, first.title, first.lead_author) == ("SK-1", "Cải tiến máy cắt", "Nguyễn Thị Hoa")
    assert (first.registered_on, first.status, first.approved_on) == (date(2022, 3, 1), "Hợp lệ", date(2022, 5, 1))
    assert (second.registration_code, second.status, second.approved_on) == ("SK-2", "Đang xem xét", None)
    assert (second.sheet, second.row, second.position) == ("Sheet", 5, 2)
    assert [described(column) for column in read.regions[0].columns] == [
        None, "registration_code", "title", "lead_author", "registered_on", "status", "approved_on",
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_text_file_is_read_in_every_encoding_that_spreadsheets_save(encoding: str, separator: str) -> None:
    lines = [("Mã đăng ký", "Trạng thái", "Ngày phê duyệt"), ("SK-1", "Hợp lệ", "01/05/2022"), ("0012", "Hợp lệ", "")]
    if encoding == "cp1258":
        lines = [("Ma dang ky", "Trang thai", "Ngay phe duyet"), ("SK-1", "", "01/05/2022"), ("0012", "", "")]
    text = "\n".join(separator.join(line) for line in lines)
    first, second = read_list(text.encode(encoding), CSV, PLAN, []).entries
    assert (first.registration_code, first.approved_on) == ("SK-1", date(2022, 5, 1))
    assert second.registration_code == "0012"


def test_a_list_of_codes_and_states_alone_is_a_list() -> None:
    read = read_list("Mã đăng ký;Kết quả duyệt\nSK-1;Không hợp lệ\n".encode(), CSV, PLAN, [])
    assert [(e.registration_code, e.status) for e in read.entries] == [("SK-1", "Không hợp lệ")]


def test_a_status_that_is_none_of_ours_is_kept_as_text() -> None:
    (one,) = read_list("Mã đăng ký;Trạng thái\nSK-1;Đã chốt\n".encode(), CSV, PLAN, []).entries
    assert (one.status, one.status_text) == (None, "Đã chốt")


def test_an_unreadable_day_is_counted() -> None:
    read = read_list("Mã đăng ký;Ngày đăng ký\nSK-1;hôm qua\nSK-2;01/03/2022\n".encode(), CSV, PLAN, [])
    assert read.unreadable == 1
    assert read.entries[0].registered_on is None


def test_the_clerk_corrects_a_column_and_leaves_one_out() -> None:
    text = "Khóa;Tình trạng cũ;Trạng thái\nSK-1;Không hợp lệ;Hợp lệ\n"
    told = [read_correction("Khóa=registration_code"), read_correction("Tình trạng cũ=-")]
    (one,) = read_list(text.encode(), CSV, PLAN, told).entries
    assert (one.registration_code, one.status) == ("SK-1", "Hợp lệ")


@pytest.mark.parametrize("text", ["", "Xin chào\n", "Ngày;Tháng\n1;2\n"])
def test_a_file_without_a_list_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(UsageProblem) as problem:
        read_list(text.encode(), CSV, PLAN, [])
    assert problem.value.error_code == "portal_no_list"


def test_a_correction_of_no_column_and_an_unknown_sheet_are_refused() -> None:
    with pytest.raises(UsageProblem) as problem:
        read_list(workbook(TABLE), XLSX, PLAN, [read_correction("Không có=status")])
    assert problem.value.error_code == "adopt_map_column"
    with pytest.raises(UsageProblem) as problem:
        read_list(workbook(TABLE), XLSX, PLAN, [], ["Tháng 5"])
    assert problem.value.error_code == "adopt_no_sheet"


@pytest.mark.parametrize(("data", "ending"), [(b"\x00\x01\x02", CSV), (b"no workbook", XLSX), (b"PK\x03\x04", XLSX)])
def test_what_is_neither_workbook_nor_text_is_refused(data: bytes, ending: str) -> None:
    with pytest.raises(Refusal):
        read_list(data, ending, PLAN, [])


def test_a_file_that_is_not_there_or_empty_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem):
        list_file(tmp_path / "không có.csv")
    (tmp_path / "rỗng.csv").write_bytes(b"")
    with pytest.raises(Refusal):
        list_file(tmp_path / "rỗng.csv")
