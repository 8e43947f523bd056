"""“Biểu đồ” in a live LibreOffice: it follows its cells, and prints whole."""

from __future__ import annotations

import subprocess
from pathlib import Path

import openpyxl
import pytest

from addin.merge.master import write_master
from addin.merge.master.charts_sheet import SHEET
from tests.addin.merge.master_campaign import campaign
from tests.addin.merge.test_master_office import recalculated
from validation.programme import load_programme, programme_ids

PICTURES = Path(__file__).parents[3] / "artifacts" / "master"
_PAGES = 8
_HEADINGS = (
    "Nhịp độ và dự báo", "Tỷ lệ tham gia so với mức", "Xếp hạng đơn vị theo tỷ lệ tham gia",
    "Cấp trên hỗ trợ theo đơn vị chi và giai đoạn", "Tình hình nộp báo cáo theo công đoàn cấp trên",
    "Chất lượng báo cáo theo loại lỗi", "Chất lượng báo cáo theo đơn vị", "Số liệu luỹ kế theo tháng",
)  # fmt: skip


def test_the_cells_of_pace_and_participation_follow_the_units(soffice: str, tmp_path: Path) -> None:
    """A figure changed on “Theo đơn vị” is in what the charts are drawn from."""
    path = tmp_path / "tong-hop.xlsx"
    write_master(campaign(load_programme(), units=4, rows_each=12), path)
    before = openpyxl.load_workbook(path, data_only=True)[SHEET]
    book = openpyxl.load_workbook(path)
    units = book["Theo đơn vị"]
    column = {cell.value: cell.column for cell in units[4]}
    counted = units.cell(5, column["Được tính"])
    assert isinstance(counted.value, int)
    counted.value += 1_000
    verdict = units.cell(5, column["Đánh giá"])
    was = str(verdict.value)
    verdict.value = "Đạt" if was != "Đạt" else "Chưa đạt"
    book.save(path)
    after = openpyxl.load_workbook(recalculated(soffice, path, tmp_path), data_only=True)[SHEET]
    row = next(cell.row for cell in before["A"] if cell.value == "Giai đoạn 1")
    assert after.cell(row, 3).value == before.cell(row, 3).value + 1_000
    assert after.cell(row, 4).value == before.cell(row, 4).value - 1_000
    quota = next(cell.row for cell in before["A"] if str(cell.value).startswith("Tỷ lệ tham gia so với mức")) + 3
    words = {before.cell(quota - 1, number).value: number for number in range(3, 7)}
    assert after.cell(quota, words[was]).value == before.cell(quota, words[was]).value - 1


@pytest.mark.parametrize("programme_id", programme_ids())
def test_no_chart_is_cut_by_the_end_of_a_page(soffice: str, programme_id: str, tmp_path: Path) -> None:
    """Pictures of the first pages are kept in artifacts/master."""
    path = tmp_path / f"{programme_id}.xlsx"
    write_master(campaign(load_programme(programme_id)), path)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    printed = path.with_suffix(".pdf")
    read = ["pdftotext", "-layout", "-l", str(_PAGES), printed, "-"]
    pages = subprocess.run(read, check=True, capture_output=True, timeout=60).stdout.decode().split("\f")
    starts = [next(number for number, page in enumerate(pages) if heading in page) for heading in _HEADINGS]
    # The summary takes two pages: one more would mean that a chart was cut. Then two blocks to a page.
    assert starts == [2, 3, 3, 4, 4, 5, 5, 6]
    PICTURES.mkdir(parents=True, exist_ok=True)
    draw = ["pdftoppm", "-r", "60", "-l", str(_PAGES), "-png", printed, PICTURES / programme_id]
    subprocess.run(draw, check=True, capture_output=True, timeout=60)
