"""What is said of reports beside others, by whole merges; and near titles side by side in the master."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from addin.merge.master import near_sheet
from addin.merge.overview import Report
from tests.end_to_end.small_campaign import Small, report, row

FOUND = {"members_changed", "report_from_the_future", "same_rows_in_two_units"}


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path)


def said(small: Small) -> dict[str, list[str]]:
    """Codes across reports, by unit."""
    current: tuple[Report, ...] = small.merge().overview.current
    found = {one.unit_code: [f.code for f in one.findings if f.code in FOUND] for one in current}
    return {unit: codes for unit, codes in found.items() if codes}


def test_members_that_double_are_doubted_beside_the_report_before(small: Small) -> None:
    small.put("1.xlsx", report("A", "SK-1", members=20))
    assert said(small) == {}
    small.put("2.xlsx", report("A", "SK-1", number=2, members=50))
    assert said(small) == {"A": ["members_changed"]}


def test_it_is_the_newest_of_the_earlier_reports_that_counts(small: Small) -> None:
    small.put("1.xlsx", report("A", "SK-1", members=20))
    small.put("2.xlsx", report("A", "SK-1", number=2, members=28))
    small.put("3.xlsx", report("A", "SK-1", number=3, members=40))
    assert said(small) == {}


def test_an_older_report_that_arrives_late_is_no_ground_for_doubt_but_the_one_before(small: Small) -> None:
    small.put("2.xlsx", report("A", "SK-1", number=2, members=50))
    assert said(small) == {}
    small.put("1.xlsx", report("A", "SK-1", members=20))
    assert said(small) == {"A": ["members_changed"]}


def test_a_report_of_tomorrow_is_doubted(small: Small) -> None:
    small.put("1.xlsx", report("A", "SK-1", day=date(2032, 7, 1)))
    assert said(small) == {"A": ["report_from_the_future"]}


def test_one_file_under_two_units_codes_is_said_of_both(small: Small) -> None:
    rows = [row("SK-1", title="Cải tiến lò sấy"), row("SK-2", title="Cải tiến băng tải")]
    small.put("1.xlsx", report("A", *rows))
    small.put("2.xlsx", report("B", *rows))
    small.put("3.xlsx", report("C", rows[0], row("SK-3", title="Số hoá sổ kho")))
    assert said(small) == {"A": ["same_rows_in_two_units"], "B": ["same_rows_in_two_units"]}


def test_near_titles_stand_side_by_side_in_the_master_and_both_count(small: Small) -> None:
    title = "Cải tiến đồ gá khoan nâng cao năng suất gia công mặt bích"
    small.put("1.xlsx", report("A", row("SK-1", title=title)))
    small.put(
        "2.xlsx", report("B", row("SK-2", title=title.upper().replace("CÁC ", "")), row("SK-3", title="Số hoá sổ kho"))
    )
    result = small.merge()
    assert result.overview.accepted_rows() == 3
    book = openpyxl.load_workbook(small.campaign.master)
    lines = list(book[near_sheet.SHEET].iter_rows(min_row=5, values_only=True))
    (line,) = [one for one in lines if one[0]]
    assert line[1] == 100
    assert (line[2], line[4], line[8], line[10]) == (title, "SK-1", title.upper(), "SK-2")
    assert book[near_sheet.SHEET].cell(5, 7).hyperlink.target.endswith("1.xlsx")


def test_without_near_titles_the_sheet_says_so(small: Small) -> None:
    small.put("1.xlsx", report("A", "SK-1"))
    small.merge()
    sheet = openpyxl.load_workbook(small.campaign.master)[near_sheet.SHEET]
    assert sheet.cell(5, 1).value == "Không có tên sáng kiến nào gần giống nhau."


def test_what_is_left_out_of_the_sheet_is_said(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    titles = ["Cải tiến lò sấy gỗ thông", "Số hoá sổ theo dõi kho vật tư"]
    small.put("1.xlsx", report("A", *(row(f"SK-1{i}", title=title) for i, title in enumerate(titles))))
    small.put("2.xlsx", report("B", *(row(f"SK-2{i}", title=title) for i, title in enumerate(titles))))
    monkeypatch.setattr(near_sheet, "AT_MOST", 1)
    small.merge()
    sheet = openpyxl.load_workbook(small.campaign.master)[near_sheet.SHEET]
    assert "còn 1 cặp" in sheet.cell(3, 1).value
