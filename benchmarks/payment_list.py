"""Writes a payment list of two hundred printed pages, for one union with very many authors.

Run as ``python -m benchmarks.payment_list OUT``, in a process of its own.
"""

from __future__ import annotations

import io
import sys
from datetime import date
from pathlib import Path

from addin.payments.store import ClosedList, PaymentItem, PaymentList
from addin.payments.workbook import document_bytes
from validation.payments import Fund

PAGES, LINES = 200, 1_800
_TITLE = "Cải tiến đồ gá hàn thân vỏ tàu để giảm thời gian căn chỉnh"


def two_hundred_pages() -> ClosedList:
    """A list of so many lines; a page holds nine."""
    items = tuple(
        PaymentItem(
            number, "CS", "CĐCS Công ty CP Đóng tàu", f"SK-{number}", f"SK-{number:06}", "Nguyễn Thị Quỳnh Hương", "",
            "Tổ trưởng, Phân xưởng Vỏ 2", f"{_TITLE} số {number}", 100_000,
        )
        for number in range(1, LINES + 1)
    )  # fmt: skip
    record = PaymentList(
        key="Q-GD1-2022-01", seq=1, fund=Fund.UPPER, payer="Q", payer_name="LĐLĐ quận", superior_name="LĐLĐ thành phố",
        level="upper", issuer="Q", phase=1, phase_name="Giai đoạn 1", programme="Chương trình", place="Hải Phòng",
        year=2022, number=1, day=date(2022, 7, 1), layout="sign", amount=100_000 * LINES, lines=LINES,
        file="chi/danh-sach-chi_Q_GD1_2022-01.xlsx", made_at="2022-07-01T08:00:00+07:00", made_by="?",
    )  # fmt: skip
    return ClosedList(record, items)


def main(out: Path) -> None:
    """Write the list."""
    out.write_bytes(document_bytes([two_hundred_pages()]))


def pages(content: bytes) -> int:
    """The pages of all sheets, by the breaks that are set in them."""
    import openpyxl

    return sum(1 + len(sheet.row_breaks) for sheet in openpyxl.load_workbook(io.BytesIO(content)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
