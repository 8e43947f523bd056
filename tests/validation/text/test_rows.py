"""Totals rows are told from titles and names."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validation.text.rows import is_total_marker


@pytest.mark.parametrize(
    "text",
    [
        "Cộng", "Tổng cộng", "TỔNG CỘNG:", "Tổng", "Tổng số", "Cộng trang 1", "Tổng cộng (12 sáng kiến)",
        "cong", "Tong cong", " Tổng  cộng ", "Tổng cộng: 12", "Tổng cộng 12 sáng kiến",
        "Tổng số: 12 sáng kiến", "Tổng số tiền", "Tổng số sáng kiến", "CỘNG", "Cộng:", "Cộng giai đoạn 1",
        "Tổng cộng giai đoạn II", "Cộng trang", "Cộng mang sang", "Cộng chuyển sang trang sau", "Tổng công",
        "TỔNG\nCỘNG", "** Tổng cộng **", "Tổng\u00a0cộng", "Tổng cộng: 1.200.000 đồng", "Tong so: 5",
        "Cộng dồn", "Total", "\u200bTổng cộng",
    ],
)  # fmt: skip
def test_these_mark_a_totals_row(text: str) -> None:
    assert is_total_marker(text)
    assert is_total_marker(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "Tổng hợp dữ liệu báo cáo", "Cộng đồng học tập suốt đời", "Tổng quan hệ thống", "Nguyễn Công",
        "Công", "Tống", "Tông", "Tổng công ty Xăng dầu", "Cộng hưởng từ", "Tổng số hóa hồ sơ", "Công nghệ",
        "Cộng tác viên", "Tổ trưởng", "Nguyễn Văn Cộng", "Tổng đài chăm sóc khách hàng", "Tổng cộng đồng",
        "12", "Cải tiến máy cộng", "Trần Cộng", "Tổng giám đốc", "Cộng " * 40,
    ],
)  # fmt: skip
def test_these_do_not(text: str) -> None:
    assert not is_total_marker(text)


@given(st.text(st.characters(exclude_categories=())) | st.text(st.sampled_from("Tổngcộg 1:()."), max_size=90))
def test_any_text_gets_an_answer(text: str) -> None:
    assert is_total_marker(text) in (True, False)
