"""What was typed into each workbook of this folder, and what must come of it, worked out by hand from what was typed.

Standard library only: ``make_workbooks.py`` hands these to LibreOffice's own Python as JSON. A cell is a text,
a number,
``day(…)``, ``formula(…)`` or ``in_font(…)``; a step is a verb of ``clerk.py`` with its arguments. Rows are numbered as
the sheet numbers them: the first of the list is row 6.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

FIRST = 6

Cell = Any
Typed = dict[str, Cell]
Step = list[Any]


def day(iso: str) -> Cell:
    """A date typed as a date."""
    return {"day": iso}


def formula(text: str) -> Cell:
    """A formula in a cell."""
    return {"formula": text}


def in_font(text: str, font: str) -> Cell:
    """A text typed in a font of before Unicode."""
    return {"text": text, "font": font}


LIBRE_OFFICE, OPENPYXL, XLSXWRITER = "LibreOffice", "openpyxl", "XlsxWriter"


@dataclass(frozen=True)
class Expected:
    """Of a file that passes: rows by outcome; per phase what was registered, approved and is paid; the codes of all
    findings, some of them with their place (``"K8 error_value"``); some cells as they must be read
    (``"6 title Cải tiến …"``). Of one that does not pass: ``refusal``."""

    accepted: int = 0
    rejected: int = 0
    duplicate: int = 0
    blank: int = 0
    registered: tuple[int, int] = (0, 0)
    approved: tuple[int, int] = (0, 0)
    upper: tuple[int, int] = (0, 0)
    base: tuple[int, int] = (0, 0)
    findings: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    refusal: str | None = None


@dataclass(frozen=True)
class Case:
    """One workbook. ``form`` is ``built`` (the committed form of 300 rows) or ``short`` (one of 20 rows, 6 to 25);
    ``format`` is how it is saved, whatever its ``suffix`` says; ``by`` is the program that saves it. ``rows`` are typed
    from row 6 down, then the ``steps`` are done."""

    name: str
    expected: Expected
    rows: tuple[Typed, ...] = ()
    cover: Typed = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    form: str = "short"
    suffix: str = ".xlsx"
    format: str = "xlsx"
    password: str | None = None
    by: str = LIBRE_OFFICE

    @property
    def folder(self) -> str:
        """Where it lies."""
        return "should_fail" if self.expected.refusal else "should_pass"

    @property
    def path(self) -> str:
        """Its path from this folder."""
        return f"{self.folder}/{self.name}{self.suffix}"


COVER: Typed = {
    "unit_code": "HP-Q-HB-010",
    "unit_name": "CĐCS Công ty CP Cơ khí Sông Cấm",
    "superior_code": "HP-Q-HB",
    "report_date": day("2023-09-08"),
    "report_number": 1,
    "members": 168,
    "workers": 180,
    "reporter_name": "Trần Thị Mến",
    "reporter_position": "Kế toán CĐCS",
    "reporter_phone": "0900000123",
}


def row(**changes: Cell) -> Typed:
    """A faultless row of phase 1, approved, with 200,000 đ of base support; ``changes`` replace cells, None empties."""
    typed: Typed = {
        "registration_code": "SK-2022-000101",
        "lead_author": "Nguyễn Văn Hùng",
        "member_number": "0031200457",
        "is_member": "Có",
        "position": "Tổ trưởng tổ tiện",
        "co_authors": "Lê Đức Anh; Vũ Thị Lan",
        "title": "Cải tiến đồ gá kẹp phôi cho máy tiện T616",
        "solution_kind": "Giải pháp kỹ thuật",
        "activity_field": "Sản xuất, kinh doanh",
        "effect": "Thời gian gá đặt giảm từ 12 phút xuống 5 phút, làm lợi 24 triệu đồng mỗi năm.",
        "benefit_value": 24_000_000,
        "recognised_on": day("2022-02-18"),
        "applied_on": day("2021-12-06"),
        "ip_protected": "Không",
        "registered_on": day("2022-03-15"),
        "status": "Hợp lệ",
        "approved_on": day("2022-04-20"),
        "base_support": 200_000,
    }
    typed.update(changes)
    return {name: cell for name, cell in typed.items() if cell is not None}


ONE = row()
TWO = row(
    registration_code="SK-2022-000102",
    lead_author="Phạm Thị Hoa",
    member_number="0031200458",
    co_authors=None,
    title="Bảng màu theo dõi dụng cụ cắt tại tổ phay",
    solution_kind="Giải pháp quản lý",
    effect="Không còn thất lạc dao phay, mỗi tháng tiết kiệm khoảng 2 triệu đồng.",
    benefit_value=None,
    recognised_on=day("2022-04-12"),
    applied_on=day("2022-01-17"),
    registered_on=day("2022-05-31"),
    status="Không hợp lệ",
    approved_on=None,
    base_support=None,
)
THREE = row(
    registration_code="SK-2022-000203",
    lead_author="Đỗ Quang Huy",
    member_number="0031200460",
    co_authors=None,
    title="Máng trượt gom phoi nhôm về một thùng",
    activity_field="An toàn vệ sinh lao động, bảo vệ môi trường",
    effect="Giảm 40 phút dọn phoi mỗi ca, sàn xưởng không còn trơn.",
    benefit_value=0,
    recognised_on=day("2022-08-15"),
    applied_on=day("2022-07-04"),
    registered_on=day("2022-09-20"),
    approved_on=day("2022-10-25"),
    base_support=None,
)
FOUR = row(
    registration_code="SK-2023-000304",
    lead_author="Bùi Thị Thanh Hương",
    member_number=None,
    is_member="Không",
    co_authors=None,
    title="Ứng dụng mã QR tra cứu bản vẽ tại máy",
    solution_kind="Giải pháp ứng dụng tiến bộ kỹ thuật, công nghệ",
    effect="Thợ không phải đi lấy bản vẽ, mỗi lần đỡ 15 phút.",
    benefit_value=15_500_000,
    recognised_on=day("2023-06-14"),
    applied_on=day("2023-03-27"),
    registered_on=day("2023-07-18"),
    status="Đang xem xét",
    approved_on=None,
    base_support=None,
)
FIVE = row(
    registration_code="SK-2023-000305",
    lead_author="Hoàng Mạnh Cường",
    member_number="0031200471",
    title="Phục hồi trục vít me bằng phương pháp hàn đắp",
    effect="Không phải mua trục mới, tiết kiệm 36 triệu đồng.",
    benefit_value=36_000_000,
    recognised_on=day("2023-05-19"),
    applied_on=day("2023-04-13"),
    registered_on=day("2023-06-22"),
    approved_on=day("2023-07-28"),
    base_support=150_000,
)

SIX = row(
    registration_code="SK-2022-000106",
    lead_author="Vũ Đình Khoa",
    member_number="0031200480",
    co_authors=None,
    title="Giá để mũi khoan theo cỡ",
    base_support=100_000,
)

PLAIN = (ONE, TWO, THREE, FOUR, FIVE)
"""Phase 1: two registered, one approved, 100,000 + 200,000 đ. Phase 2: three, two, 200,000 + 150,000 đ."""


def plain(**changes: Any) -> Expected:
    """What comes of ``PLAIN``, unless something was done to it."""
    values: dict[str, Any] = {
        "accepted": 5,
        "registered": (2, 3),
        "approved": (1, 2),
        "upper": (100_000, 200_000),
        "base": (200_000, 150_000),
    }
    return Expected(**(values | changes))


def changed(base: Typed, **changes: Cell) -> Typed:
    """A row with other cells; None empties one."""
    return {name: cell for name, cell in (base | changes).items() if cell is not None}
