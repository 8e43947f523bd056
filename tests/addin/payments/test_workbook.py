"""What stands on the paper, cell by cell."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from addin.payments.drafting import BANK, SIGN
from addin.payments.store import ClosedList
from addin.payments.workbook import document_bytes
from benchmarks.payment_list import PAGES, pages, two_hundred_pages
from tests.addin.payments.payment_campaign import Book, overview_of_rows, paid_row
from tests.end_to_end.small_campaign import UNITS
from validation.units import Level, Unit


def book_of(lists: list[ClosedList], file: str) -> openpyxl.Workbook:
    document = [one for one in lists if file in one.record.file]
    return openpyxl.load_workbook(io.BytesIO(document_bytes(document)))


def texts(sheet: Worksheet) -> list[Any]:
    return [cell.value for line in sheet.iter_rows() for cell in line if cell.value is not None]


def table(sheet: Worksheet) -> list[list[Any]]:
    """The rows from the header to the amount in words."""
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    first = next(number for number, line in enumerate(lines) if line[0] == "STT")
    last = next(number for number, line in enumerate(lines) if str(line[0]).startswith("Số tiền bằng chữ"))
    return lines[first : last + 1]


CITY = overview_of_rows({
    "A": [paid_row("SK-1", co_authors=("Lê B", "Vũ C"), position="Tổ may 3"), paid_row("SK-2", position=None)],
    "B": [paid_row("SK-3", title="=1+1", lead_author="=HYPERLINK(1)")],
})  # fmt: skip


@pytest.fixture(scope="module")
def paid() -> Book:
    book = Book()
    book.pay(CITY)
    book.pay(overview_of_rows({"A": [paid_row("SK-2"), paid_row("SK-4")]}))
    return book


def test_the_summary_leads_to_a_sheet_for_each_union(paid: Book) -> None:
    book = book_of(paid.lists, "danh-sach-chi_Q_GD1_2022-01")
    assert book.sheetnames == ["Tổng hợp", "A", "B"]
    summary = book["Tổng hợp"]
    header, a, b, total, words = table(summary)
    assert header == ["STT", "Mã đơn vị", "Đơn vị", "Số sáng kiến", "Chi kỳ này (đồng)", "Điều chỉnh (đồng)",
                      "Cộng (đồng)", "Ký nhận"]  # fmt: skip
    assert a == [1, "A", "CĐCS Công ty A", 2, 200_000, 0, 200_000, None]
    assert b[1:7] == ["B", "CĐCS Công ty B", 1, 100_000, 0, 100_000]
    assert total[0] == "Cộng"
    assert str(total[6]).startswith("=SUM(G")
    assert words[0] == "Số tiền bằng chữ: Ba trăm nghìn đồng."
    assert [cell.hyperlink.location for cell in summary["B"] if cell.hyperlink] == ["'A'!A1", "'B'!A1"]


def test_a_unions_sheet_has_head_list_sum_words_and_signatures(paid: Book) -> None:
    sheet = book_of(paid.lists, "danh-sach-chi_Q_GD1_2022-01")["A"]
    said = texts(sheet)
    for text in (
        "LĐLĐ THÀNH PHỐ", "LĐLĐ QUẬN", "Số: 01/2022/DSC-GĐ1", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "Hải Phòng, ngày 01 tháng 7 năm 2022", "DANH SÁCH CHI HỖ TRỢ SÁNG KIẾN",
        "Đơn vị: CĐCS Công ty A (mã A)", "Người lập biểu", "Trưởng Ban Tài chính", "TM. BAN THƯỜNG VỤ",
    ):  # fmt: skip
        assert text in said
    header, first, second, total, words = table(sheet)
    assert header == ["STT", "Họ và tên tác giả", "Chức vụ, đơn vị", "Mã đăng ký", "Tên sáng kiến", "Số tiền (đồng)",
                      "Ký nhận"]  # fmt: skip
    assert first == [1, "Nguyễn Thị SK-1\n(cùng Lê B; Vũ C)", "Tổ may 3", "SK-1", "Cải tiến SK-1", 100_000, None]
    assert second[1:3] == ["Nguyễn Thị SK-2", "CĐCS Công ty A"]
    assert total[0] == "Cộng"
    assert words[0] == "Số tiền bằng chữ: Hai trăm nghìn đồng."


def test_a_unions_own_list_is_signed_by_its_own(paid: Book) -> None:
    book = book_of(paid.lists, "cdcs-tu-chi_Q_GD1_2022-01")
    said = texts(book["A"])
    for text in ("LĐLĐ QUẬN", "CĐCS CÔNG TY A", "Số: 01/2022/DSC-CS-GĐ1", "Kế toán CĐCS", "TM. BAN CHẤP HÀNH"):
        assert text in said
    assert table(book["A"])[-1][0] == "Số tiền bằng chữ: Ba trăm nghìn đồng."
    assert [line[-1] for line in table(book["Tổng hợp"])[:2]] == ["Số danh sách", "01/2022/DSC-CS-GĐ1"]


def test_adjustments_are_a_section_of_their_own_with_the_first_list(paid: Book) -> None:
    book = book_of(paid.lists, "danh-sach-chi_Q_GD1_2022-02")
    lines = table(book["A"])
    assert [line[0] for line in lines] == [
        "STT", "I. Chi kỳ này", 1, "Cộng I", "II. Điều chỉnh các danh sách trước", "STT", 1, "Cộng II", "Cộng",
        "Số tiền bằng chữ: Không đồng.",
    ]  # fmt: skip
    adjusted = lines[6]
    assert lines[5][2:5] == ["Theo danh sách", "Mã đăng ký", "Tên sáng kiến, lý do"]
    assert adjusted[1:6] == [
        "Nguyễn Thị SK-1\n(cùng Lê B; Vũ C)", "Số 01/2022/DSC-GĐ1 ngày 01/07/2022", "SK-1",
        "Cải tiến SK-1 – Lý do: không còn trong báo cáo ngày 01/09/2022 của đơn vị", -100_000,
    ]  # fmt: skip
    only_back = table(book["B"])
    assert [line[0] for line in only_back][:3] == ["STT", "I. Chi kỳ này", "Không có khoản chi mới."]
    assert only_back[-1][0] == "Số tiền bằng chữ: Âm một trăm nghìn đồng."


def test_what_begins_like_a_formula_is_a_text(paid: Book) -> None:
    sheet = book_of(paid.lists, "danh-sach-chi_Q_GD1_2022-01")["B"]
    cells = [cell for line in sheet.iter_rows() for cell in line if str(cell.value).startswith("=")]
    assert [cell.data_type for cell in cells] == ["s", "s", "f"]
    units = [Unit(u.code, "=2+2", u.level, u.parent) if u.level is not Level.CITY else u for u in UNITS]
    book = Book()
    book.pay(overview_of_rows({"A": [paid_row("SK-1")]}, units=units))
    for one in book.lists:
        for sheet in book_of(book.lists, one.record.file):
            formulas = [cell.value for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]
            assert all(formula.startswith("=SUM(") for formula in formulas)


def test_money_goes_to_a_bank_where_that_is_chosen() -> None:
    book = Book()
    book.pay(CITY, layout=BANK)
    header, first, *_ = table(book_of(book.lists, "danh-sach-chi_Q")["A"])
    assert header[-3:] == ["Ngân hàng", "Số tài khoản", "Người nhận"]
    assert first[-3:] == [None, None, "Nguyễn Thị SK-1"]


@pytest.mark.parametrize("layout", [SIGN, BANK])
def test_pages_are_a4_with_header_and_numbers_and_nothing_is_shrunk(layout: str) -> None:
    book = Book()
    book.pay(CITY, layout=layout)
    for sheet in book_of(book.lists, "danh-sach-chi_Q"):
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert not sheet.sheet_properties.pageSetUpPr.fitToPage
        header = next(cell.row for cell in sheet["A"] if cell.value == "STT")
        assert sheet.print_title_rows == f"${header}:${header}"
        assert "&P/&N" in (sheet.oddFooter.right.text or "")
        assert "Q-GD1-2022-01" in (sheet.oddFooter.left.text or "")


def test_a_void_list_says_so_on_every_sheet() -> None:
    book = Book()
    book.pay(CITY)
    book.void("Q-GD1-2022-01")
    book.void("B-GD1-2022-01-CS")
    for sheet in book_of(book.lists, "danh-sach-chi_Q"):
        assert "DANH SÁCH ĐÃ HỦY ngày 01/07/2022 – nhầm (Hạnh)" in texts(sheet)
    own = book_of(book.lists, "cdcs-tu-chi_Q")
    assert not any("ĐÃ HỦY" in str(text) for text in texts(own["A"]))
    assert any("ĐÃ HỦY" in str(text) for text in texts(own["B"]))
    _, a, b, _, words = table(own["Tổng hợp"])
    assert (a[6], b[6], b[7]) == (300_000, 0, "01/2022/DSC-CS-GĐ1 (đã hủy)")
    assert words[0] == "Số tiền bằng chữ: Ba trăm nghìn đồng."


def test_the_same_lists_give_the_same_bytes(paid: Book) -> None:
    document = [one for one in paid.lists if "danh-sach-chi_Q_GD1_2022-02" in one.record.file]
    assert document_bytes(document) == document_bytes(document)


def test_the_benchmarks_list_has_as_many_pages_as_it_says() -> None:
    assert pages(document_bytes([two_hundred_pages()])) >= PAGES


def test_texts_of_any_length_and_kind_are_written() -> None:
    title = "Ứng dụng " * 200
    book = Book()
    book.pay(
        overview_of_rows({"A": [paid_row("SK\x01-1", title=title, lead_author="Trần\x00 Văn", position="x" * 900)]})
    )
    _, first, *_ = table(book_of(book.lists, "danh-sach-chi_Q")["A"])
    assert first[1] == "Trần Văn"
    assert first[3] == "SK-1"
    assert len(first[4]) == 300
    assert first[4].endswith("…")
