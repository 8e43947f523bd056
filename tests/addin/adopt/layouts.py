"""Lists as offices make them for themselves, and what must become of each. The names and titles are invented."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter

Fill = Callable[[Any, "Pen"], None]
Row = Mapping[str, Any]


class Pen:
    """Writes cells by address-free coordinates (from 0), dates as dates."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self._day = book.add_format({"num_format": "dd/mm/yyyy"})
        self._fonts: dict[str, Any] = {}

    def font(self, name: str) -> Any:
        """A format in that font."""
        return self._fonts.setdefault(name, self.book.add_format({"font_name": name}))

    def row(self, sheet: Any, number: int, values: list[Any], font: str | None = None) -> None:
        """Write a row; None leaves a cell alone."""
        for column, value in enumerate(values):
            if isinstance(value, date):
                sheet.write_datetime(number, column, value, self._day)
            elif isinstance(value, str) and value.startswith("="):
                sheet.write_formula(number, column, value.split("→")[0], None, _stored(value))
            elif isinstance(value, str):
                sheet.write_string(number, column, value, self.font(font) if font else None)
            elif value is not None:
                sheet.write(number, column, value)


def _stored(formula: str) -> Any:
    _, arrow, stored = formula.partition("→")
    return (float(stored) if stored.replace(".", "").isdigit() else stored) if arrow else ""


@dataclass(frozen=True, slots=True)
class Layout:
    """One workbook: its sheets, the rows that must stand in the form (only the fields named are compared), the
    columns that must stay unused (by header), and corrections given."""

    name: str
    sheets: Mapping[str, Fill]
    rows: list[Row]
    unused: list[str] = field(default_factory=list)
    corrections: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    def data(self) -> bytes:
        """The workbook."""
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True})
        pen = Pen(book)
        for title, fill in self.sheets.items():
            fill(book.add_worksheet(title), pen)
        book.close()
        return buffer.getvalue()


D = date


def _plain(sheet: Any, pen: Pen) -> None:
    pen.row(sheet, 0, ["STT", "Họ và tên", "Đoàn viên", "Tên sáng kiến", "Loại giải pháp", "Hiệu quả", "Ngày công nhận",
                       "Ngày áp dụng", "Ghi chú"])  # fmt: skip
    pen.row(sheet, 1, [1, "Nguyễn Văn An", "Có", "Cải tiến gá kẹp phôi", "Giải pháp kỹ thuật", "Giảm 10 phút mỗi ca",
                       D(2022, 2, 10), D(2022, 2, 15), None])  # fmt: skip
    pen.row(sheet, 2, [2, "Trần Thị Bình", "x", "Sắp xếp lại kho vật tư", "Giải pháp quản lý", "Dễ tìm", "12/3/2022",
                       "15.3.2022", "làm chung tổ 2"])  # fmt: skip


def _official(sheet: Any, pen: Pen) -> None:
    """National motto above, numbers of the columns below the header, totals and signatures below."""
    sheet.merge_range(0, 0, 0, 3, "LIÊN ĐOÀN LAO ĐỘNG QUẬN VÍ DỤ")
    sheet.merge_range(0, 4, 0, 7, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    sheet.merge_range(1, 0, 1, 3, "CĐCS CÔNG TY MAY SỐ 9")
    sheet.merge_range(1, 4, 1, 7, "Độc lập - Tự do - Hạnh phúc")
    sheet.merge_range(3, 0, 3, 7, "DANH SÁCH SÁNG KIẾN NĂM 2022")
    pen.row(
        sheet,
        5,
        ["TT", "Họ & tên", "Chức vụ", "Tên SK", "Lĩnh vực", "QĐ công nhận", "Số tiền làm lợi (đồng)", "Ký nhận"],
    )
    pen.row(sheet, 6, ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"])
    pen.row(sheet, 7, [1, "Lê Thị Cúc", "Tổ trưởng", "Dưỡng cắt cổ áo", "Sản xuất, kinh doanh",
                       "QĐ số 12/QĐ-CT ngày 05/03/2022", 12_000_000, None])  # fmt: skip
    pen.row(sheet, 8, [2, "Phạm Văn Dũng", "Thợ máy", "Bàn đạp hai nấc", None, "Số 15/QĐ-CT", "8.500.000", None])
    pen.row(sheet, 9, [None, "Tổng cộng", None, None, None, None, "=SUM(G8:G9)→12000000", None])
    sheet.merge_range(11, 4, 11, 7, "Hải Phòng, ngày 05 tháng 6 năm 2022")
    pen.row(sheet, 12, [None, "NGƯỜI LẬP BIỂU", None, None, "TM. BAN CHẤP HÀNH"])
    pen.row(sheet, 15, [None, "Hoàng Thị Lan", None, None, "Vũ Văn Minh"])


def _two_lines(sheet: Any, pen: Pen) -> None:
    """Merged header of two lines, UPPER CASE."""
    for column, text in enumerate(["STT", "HỌ VÀ TÊN TÁC GIẢ", "TÊN SÁNG KIẾN"]):
        sheet.merge_range(2, column, 3, column, text)
    sheet.merge_range(2, 3, 2, 4, "THỜI GIAN")
    sheet.merge_range(2, 5, 2, 6, "TRÊN CỔNG 01 TRIỆU SÁNG KIẾN")
    pen.row(sheet, 3, [None, None, None, "CÔNG NHẬN", "ÁP DỤNG", "MÃ ĐĂNG KÝ", "NGÀY ĐĂNG KÝ"])
    pen.row(sheet, 4, [1, "NGÔ VĂN HẢI", "MÁY RỬA CHAI", D(2022, 1, 5), D(2022, 1, 10), "00123", D(2022, 2, 1)])
    pen.row(sheet, 5, [2, "ĐỖ THỊ KIM", "QUẦY TIẾP DÂN", D(2022, 1, 6), D(2022, 1, 11), 456, D(2022, 2, 2)])


def _two_lines_unmerged(sheet: Any, pen: Pen) -> None:
    pen.row(sheet, 0, ["TT", "Tác giả", "Tên đề tài, sáng kiến", "Thời gian", None, "Hỗ trợ của CĐCS (nghìn đồng)"])
    pen.row(sheet, 1, [None, None, None, "Công nhận", "Áp dụng", None])
    pen.row(sheet, 2, [1, "Bùi Văn Long", "Hộp đựng dao", D(2022, 4, 1), D(2022, 4, 2), 150])
    pen.row(sheet, 3, [2, "Cao Thị Mai", "Phiếu giao ca", D(2022, 4, 3), D(2022, 4, 4), "200"])


def _no_marks(sheet: Any, pen: Pen) -> None:
    pen.row(
        sheet,
        1,
        ["stt", "ten sang kien", "ho ten tac gia", "don vi cong tac", "ngay cong nhan", "tinh trang", "nam sinh"],
    )
    pen.row(sheet, 2, [1, "Cai tien lo say", "Dinh Van Nam", "Phan xuong 2", D(2022, 3, 3), "Hop le", 1985])


def _legacy(sheet: Any, pen: Pen) -> None:
    """TCVN3: "Họ và tên", "Tên sáng kiến" … in .VnTime and .VnTimeH."""
    pen.row(sheet, 0, ["TT", "Hä vµ tªn", "Tªn s¸ng kiÕn", "Ngµy c«ng nhËn"], ".VnTime")
    pen.row(sheet, 1, [1, "NguyÔn ThÞ Hoa", "C¶i tiÕn m¸y Ðp", D(2022, 3, 3)], ".VnTime")
    pen.row(sheet, 2, [2, "trÇn v¨n b×nh", "Bµn kÑp", D(2022, 3, 4)], ".VnTimeH")


def _phase(rows: list[list[Any]]) -> Fill:
    def fill(sheet: Any, pen: Pen) -> None:
        pen.row(sheet, 0, ["Danh sách sáng kiến"])
        pen.row(sheet, 1, ["STT", "Mã SK", "Tên sáng kiến", "Họ tên tác giả", "Ngày đăng ký"])
        for number, row in enumerate(rows, 2):
            pen.row(sheet, number, row)

    return fill


def _summary(sheet: Any, pen: Pen) -> None:
    pen.row(sheet, 0, ["Nội dung", "Số lượng"])
    pen.row(sheet, 1, ["Tổng số sáng kiến", 3])


def _author_and_unit(sheet: Any, pen: Pen) -> None:
    pen.row(sheet, 0, ["TT", "Tên giải pháp", "Tác giả, đơn vị", "Số tiền làm lợi (triệu đồng)", "Xếp loại"])
    pen.row(sheet, 1, [1, "Kệ treo ống", "Lý Văn Phúc - Tổ cơ điện", 12.5, "A"])
    pen.row(sheet, 2, [2, "Sổ tay an toàn", "Mai Thị Quế\nPhòng Hành chính", "1,25", "B"])
    pen.row(sheet, 3, [3, "Vòi phun sương", "Tạ Văn Sơn", "khoảng 3 triệu", "B"])
    pen.row(sheet, 4, [4, "Xe nâng tay", "Hồ Thị Thu (Kho)", "1.500", "B"])


def _surname_apart(sheet: Any, pen: Pen) -> None:
    pen.row(sheet, 3, ["Số TT", "Họ và tên đệm", "Tên", "Chức danh", "Bộ phận", "Nội dung sáng kiến", "Công nhận"])
    pen.row(sheet, 4, [1, "Dương Thị", "Uyên", "Nhân viên", "Kế toán", "Mẫu đối chiếu công nợ", D(2022, 5, 5)])
    pen.row(sheet, 5, [2, "Lương Văn", "Việt", None, "Bảo vệ", "Sổ giao ca điện tử", D(2022, 5, 6)])


def _merged_rows(sheet: Any, pen: Pen) -> None:
    """One initiative over several rows of authors; one date over several initiatives; headings of groups."""
    pen.row(sheet, 0, ["TT", "Tên sáng kiến", "Họ và tên", "Ngày công nhận", "Đơn vị"])
    sheet.merge_range(1, 0, 1, 4, "I. KHỐI SẢN XUẤT")
    sheet.merge_range(2, 0, 3, 0, 1)
    sheet.merge_range(2, 1, 3, 1, "Máng trượt thành phẩm")
    pen.row(sheet, 2, [None, None, "Nguyễn Văn Xuân"])
    pen.row(sheet, 3, [None, None, "Trần Văn Yên"])
    sheet.merge_range(4, 0, 4, 4, "II. KHỐI VĂN PHÒNG")
    pen.row(sheet, 5, [2, "Lịch họp chung", "Đặng Thị Ánh"])
    pen.row(sheet, 6, [3, "Kho biểu mẫu", "Vũ Thị Bích"])
    sheet.merge_range(5, 3, 6, 3, "")
    pen.row(sheet, 5, [None, None, None, D(2022, 4, 20), "Văn phòng"])


def _pages(sheet: Any, pen: Pen) -> None:
    """Printed pages: the header again on each, subtotals, blank rows between, rows numbered beforehand."""
    head = ["STT", "Họ tên", "Tên sáng kiến", "Loại sáng kiến", "Thời gian áp dụng"]
    pen.row(sheet, 0, head)
    pen.row(sheet, 1, [1, "Kiều Văn Cường", "Giá để chi tiết", "Giải pháp kỹ thuật", D(2022, 1, 1)])
    pen.row(sheet, 2, [None, "Cộng trang 1", None, None, None])
    pen.row(sheet, 4, head)
    pen.row(sheet, 5, [2, "Tô Thị Diễm", "Bảng màu 5S", "giải pháp quản lý", D(2022, 1, 2)])
    for number in range(6, 9):
        pen.row(sheet, number, [number - 3])


def _unknown_headers(sheet: Any, pen: Pen) -> None:
    pen.row(sheet, 0, ["TT", "Nhân viên", "Tên sáng kiến", "Số hiệu trên cổng TLĐ", "Mã số sổ nội bộ"])
    pen.row(sheet, 1, [1, "Âu Văn Giang", "Nắp che bụi", "SK-77", "NB-1"])


def _second_table(sheet: Any, pen: Pen) -> None:
    """Two tables on a sheet, the second in another order, below the signatures of the first."""
    pen.row(sheet, 0, ["TT", "Họ và tên", "Tên sáng kiến", "Ngày công nhận"])
    pen.row(sheet, 1, [1, "Hà Văn Khoa", "Khay chia vít", D(2022, 3, 1)])
    pen.row(sheet, 3, [None, "Người lập biểu"])
    pen.row(sheet, 6, ["TT", "Tên sáng kiến", "Ngày công nhận", "Họ và tên"])
    pen.row(sheet, 7, [1, "Đèn báo cuộn", D(2022, 3, 2), "La Thị Liên"])


def _formulas(sheet: Any, pen: Pen) -> None:
    pen.row(sheet, 0, ["TT", "Họ và tên", "Tên sáng kiến", "Giá trị làm lợi (đồng)", "CĐCS hỗ trợ", "Tổng hỗ trợ"])
    pen.row(
        sheet,
        1,
        ["=ROW()-1→1", "Mạc Văn Nghĩa", "Tời kéo cáp", "=1000000+500000→1500000", 100_000, "=E2+100000→200000"],
    )
    pen.row(sheet, 2, ["=ROW()-1→2", "Ninh Thị Oanh", "Tủ thuốc", "=B9*2→5000000", "=NA()→#N/A", "=E3+100000→0"])


def _usd(sheet: Any, pen: Pen) -> None:
    pen.row(sheet, 0, ["TT", "Họ và tên", "Tên sáng kiến", "Giá trị làm lợi (USD)", "Số tiền CĐCS hỗ trợ (triệu đồng)"])
    pen.row(sheet, 1, [1, "Phùng Văn Quý", "Kẹp nhanh", 500, 200_000])


def _several_authors(sheet: Any, pen: Pen) -> None:
    pen.row(sheet, 0, ["TT", "Tên sáng kiến", "Nhóm tác giả", "Số, ngày QĐ công nhận"])
    pen.row(sheet, 1, [1, "Băng tải phụ", "1. Quách Văn Sang; 2. Thân Thị Tâm", D(2022, 2, 2)])
    pen.row(sheet, 2, [2, "Đồ gá khoan", "Ung Văn Vinh", "12/QĐ ngày 1/2/2022 và 13/QĐ ngày 2/2/2022"])


def _decision_in_two(sheet: Any, pen: Pen) -> None:
    """No ordinals; the decision's number and date below one heading, code and date of registration below another."""
    sheet.merge_range(0, 0, 1, 0, "Tên sáng kiến, giải pháp")
    sheet.merge_range(0, 1, 1, 1, "Tác giả")
    sheet.merge_range(0, 2, 0, 3, "Quyết định công nhận")
    sheet.merge_range(0, 4, 0, 5, "Đăng ký trên cổng")
    pen.row(sheet, 1, [None, None, "Số", "Ngày", "Mã", "Ngày"])
    pen.row(sheet, 2, ["Xe gom rác", "Lục Văn Đạt", "12/QĐ", D(2022, 2, 2), "HP-9", D(2022, 3, 3)])
    pen.row(sheet, 3, ["Cọc tiêu gấp"])


LAYOUTS: tuple[Layout, ...] = (
    Layout(
        "plain list",
        {"Sheet1": _plain},
        [
            {
                "lead_author": "Nguyễn Văn An",
                "is_member": "Có",
                "title": "Cải tiến gá kẹp phôi",
                "recognised_on": D(2022, 2, 10),
                "solution_kind": "Giải pháp kỹ thuật",
                "effect": "Giảm 10 phút mỗi ca",
                "applied_on": D(2022, 2, 15),
            },
            {"is_member": "x", "recognised_on": "12/3/2022", "applied_on": "15.3.2022", "note": "làm chung tổ 2"},
        ],
    ),
    Layout(
        "motto above, signatures below",
        {"DS": _official},
        [
            {
                "lead_author": "Lê Thị Cúc",
                "position": "Tổ trưởng",
                "title": "Dưỡng cắt cổ áo",
                "recognised_on": D(2022, 3, 5),
                "benefit_value": 12_000_000,
                "activity_field": "Sản xuất, kinh doanh",
            },
            {"lead_author": "Phạm Văn Dũng", "benefit_value": "8.500.000", "recognised_on": None},
        ],
        unused=["Ký nhận"],
        remarks=("cells_unclear_date",),
    ),
    Layout(
        "header of two merged lines in capitals",
        {"Sheet1": _two_lines},
        [
            {
                "lead_author": "NGÔ VĂN HẢI",
                "title": "MÁY RỬA CHAI",
                "recognised_on": D(2022, 1, 5),
                "applied_on": D(2022, 1, 10),
                "registration_code": "00123",
                "registered_on": D(2022, 2, 1),
            },
            {"registration_code": 456},
        ],
    ),
    Layout(
        "header of two lines that are not merged, amounts in thousands",
        {"Sheet1": _two_lines_unmerged},
        [
            {"recognised_on": D(2022, 4, 1), "applied_on": D(2022, 4, 2), "base_support": 150_000},
            {"recognised_on": D(2022, 4, 3), "base_support": 200_000},
        ],
        remarks=("column_scaled",),
    ),
    Layout(
        "no diacritics, other order",
        {"danh sach": _no_marks},
        [
            {"title": "Cai tien lo say", "lead_author": "Dinh Van Nam", "position": "Phan xuong 2", "status": "Hop le"},
        ],
        unused=["nam sinh"],
    ),
    Layout(
        "fonts of before Unicode",
        {"Sheet1": _legacy},
        [
            {"lead_author": "Nguyễn Thị Hoa", "title": "Cải tiến máy ép", "recognised_on": D(2022, 3, 3)},
            {"lead_author": "TRẦN VĂN BÌNH", "title": "BÀN KẸP"},
        ],
        remarks=("legacy_cells",),
    ),
    Layout(
        "one sheet per phase, and a summary",
        {
            "Giai đoạn 1": _phase([[1, "HP-1", "Thùng rác phân loại", "Trịnh Văn A", D(2022, 2, 2)]]),
            "Giai đoạn 2": _phase(
                [
                    [1, "HP-2", "Vách ngăn gió", "Trịnh Thị B", D(2022, 7, 2)],
                    [2, "HP-3", "Bồn rửa mắt", "Trịnh Thị C", None],
                ]
            ),
            "Tổng hợp": _summary,
        },
        [
            {"registration_code": "HP-1", "registered_on": D(2022, 2, 2)},
            {"registration_code": "HP-2", "title": "Vách ngăn gió"},
            {"registration_code": "HP-3", "registered_on": None},
        ],
        remarks=("sheets_without_list",),
    ),
    Layout(
        "author and place in one column, amounts in millions",
        {"Sheet1": _author_and_unit},
        [
            {"lead_author": "Lý Văn Phúc", "position": "Tổ cơ điện", "benefit_value": 12_500_000},
            {"lead_author": "Mai Thị Quế", "position": "Phòng Hành chính", "benefit_value": 1_250_000},
            {"lead_author": "Tạ Văn Sơn", "position": None, "benefit_value": None},
            {"lead_author": "Hồ Thị Thu", "position": "Kho", "benefit_value": None},
        ],
        unused=["Xếp loại"],
        remarks=("cells_unclear_amount", "column_scaled"),
    ),
    Layout(
        "family name and name apart, office and place apart",
        {"Sheet1": _surname_apart},
        [
            {
                "lead_author": "Dương Thị Uyên",
                "position": "Nhân viên, Kế toán",
                "title": "Mẫu đối chiếu công nợ",
                "recognised_on": D(2022, 5, 5),
            },
            {"lead_author": "Lương Văn Việt", "position": "Bảo vệ"},
        ],
    ),
    Layout(
        "cells merged over rows, headings of groups",
        {"Sheet1": _merged_rows},
        [
            {"lead_author": "Nguyễn Văn Xuân", "co_authors": "Trần Văn Yên", "title": "Máng trượt thành phẩm"},
            {"title": "Lịch họp chung", "recognised_on": D(2022, 4, 20)},
            {"title": "Kho biểu mẫu", "recognised_on": D(2022, 4, 20)},
        ],
        unused=["Đơn vị"],
        remarks=("cells_heading", "co_author_lines", "filled_down"),
    ),
    Layout(
        "printed pages: header again, subtotals, rows numbered beforehand",
        {"Sheet1": _pages},
        [
            {"title": "Giá để chi tiết", "applied_on": D(2022, 1, 1)},
            {"title": "Bảng màu 5S", "solution_kind": "giải pháp quản lý"},
        ],
    ),
    Layout(
        "headers that nobody knows, told by the clerk",
        {"Sheet1": _unknown_headers},
        [
            {"lead_author": "Âu Văn Giang", "title": "Nắp che bụi", "registration_code": "SK-77"},
        ],
        unused=["Mã số sổ nội bộ"],
        corrections=("Nhân viên=lead_author", "D=Mã đăng ký", "Mã số sổ nội bộ=-"),
    ),
    Layout(
        "a second table below, in another order",
        {"Sheet1": _second_table},
        [
            {"lead_author": "Hà Văn Khoa", "title": "Khay chia vít", "recognised_on": D(2022, 3, 1)},
            {"lead_author": "La Thị Liên", "title": "Đèn báo cuộn", "recognised_on": D(2022, 3, 2)},
        ],
    ),
    Layout(
        "formulas and errors",
        {"Sheet1": _formulas},
        [
            {"benefit_value": 1_500_000, "base_support": 100_000},
            {"benefit_value": None, "base_support": None},
        ],
        unused=["Tổng hỗ trợ"],
        remarks=("cells_formula", "cells_error"),
    ),
    Layout(
        "another currency, and a unit that cannot be meant",
        {"Sheet1": _usd},
        [
            {"lead_author": "Phùng Văn Quý", "benefit_value": None, "base_support": None},
        ],
        unused=["Giá trị làm lợi (USD)", "Số tiền CĐCS hỗ trợ (triệu đồng)"],
        remarks=("column_currency", "column_too_large"),
    ),
    Layout(
        "several authors in one cell",
        {"Sheet1": _several_authors},
        [
            {"lead_author": "Quách Văn Sang", "co_authors": "Thân Thị Tâm", "recognised_on": D(2022, 2, 2)},
            {"lead_author": "Ung Văn Vinh", "co_authors": None, "recognised_on": None},
        ],
        remarks=("cells_unclear_date",),
    ),
    Layout(
        "number and date of the decision below one heading, no ordinals",
        {"Sheet1": _decision_in_two},
        [
            {
                "title": "Xe gom rác",
                "lead_author": "Lục Văn Đạt",
                "recognised_on": D(2022, 2, 2),
                "registration_code": "HP-9",
                "registered_on": D(2022, 3, 3),
            },
            {"title": "Cọc tiêu gấp", "lead_author": None},
        ],
        unused=["Quyết định công nhận Số"],
    ),
)
