"""“Biểu đồ”: every chart stands beside the cells that it is drawn from, and says what it shows."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.merge.master import write_master
from addin.merge.master.charts_sheet import SHEET
from addin.merge.master.directory import Directory
from addin.merge.master.figures import Faults, collected, faults_by_rule, faults_by_unit, top_rates
from addin.merge.overview import Overview
from tests.addin.merge.master_campaign import campaign, overview_of, unit_tree
from validation.findings import Severity
from validation.programme import load_programme

PROGRAMME = load_programme()


@pytest.fixture(scope="module")
def overview() -> Overview:
    return campaign()


@pytest.fixture(scope="module")
def master(overview: Overview, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bieu-do") / "tong-hop.xlsx"
    write_master(overview, path)
    return path


def sheet(master: Path) -> Any:
    return openpyxl.load_workbook(master, data_only=True)[SHEET]


def table(master: Path, heading: str) -> list[list[object]]:
    """Lines below a heading's header, without the blank cells of merged names."""
    rows = list(sheet(master).iter_rows(max_col=6, values_only=True))
    start = next(number for number, row in enumerate(rows) if row[0] == heading)
    lines = []
    for row in rows[start + 3 :]:
        if row[0] is None:
            break
        lines.append([value for value in row if value is not None])
    return lines


def test_charts_refer_to_cells_that_hold_figures(master: Path) -> None:
    book = openpyxl.load_workbook(master, data_only=True)
    with zipfile.ZipFile(master) as package:
        charts = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/charts/chart")]
    ours = [chart for chart in charts if f"'{SHEET}'!" in chart]
    assert len(ours) == 8
    for chart in ours:
        for area in re.findall(rf"<c:val>.*?<c:f>'{SHEET}'!([^<]+)</c:f>", chart):
            values = [cell.value for (cell,) in book[SHEET][area.replace("$", "")]]
            assert any(isinstance(value, int | float) for value in values), area
    assert not [chart for chart in ours if "dPt" in chart], "no bar is coloured by hand"


def test_money_by_payer_adds_up_to_the_whole(master: Path, overview: Overview) -> None:
    lines = table(master, "Cấp trên hỗ trợ theo đơn vị chi và giai đoạn (đồng)")
    paid = sum(value for line in lines for value in line if isinstance(value, int))
    assert paid == sum(tally.upper_support for tally in overview.phases.values())


def test_participation_counts_every_reporting_unit(master: Path, overview: Overview) -> None:
    for line in table(master, "Tỷ lệ tham gia so với mức 15 %"):
        assert sum(value for value in line if isinstance(value, int)) == len(overview.current)


def test_collection_counts_every_unit_once(overview: Overview) -> None:
    lines = collected(overview, Directory(overview))
    assert sum(reported for _, reported, _ in lines) == len(overview.current)
    assert sum(missing for _, _, missing in lines) == len(overview.missing())


def test_faults_are_all_findings_two_ways(overview: Overview) -> None:
    findings = [finding for report in overview.current for finding in report.findings]
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    for faults in (faults_by_rule(overview), faults_by_unit(overview)):
        assert (sum(f.errors for f in faults.values()), sum(f.warnings for f in faults.values())) == (
            errors, len(findings) - errors,
        )  # fmt: skip
        counts = [one.errors for one in faults.values()]
        assert counts == sorted(counts, reverse=True)
    assert faults_by_rule(overview)["base_over_cap"] == Faults(errors=len(overview.current))


def test_the_highest_rates_come_first(overview: Overview) -> None:
    rates = [figures.participation or 0 for figures in top_rates(overview, 1, 5)]
    assert rates == sorted(rates, reverse=True)
    assert len(rates) == 5


def test_a_campaign_of_nothing_says_so_and_draws_what_it_can(tmp_path: Path) -> None:
    path = tmp_path / "tong-hop.xlsx"
    write_master(overview_of(PROGRAMME, unit_tree(), []), path)
    said = [cell.value for row in sheet(path).iter_rows(max_col=1) for cell in row]
    assert "Chưa có số liệu." in said
    assert "Không có lỗi hay cảnh báo nào." in said


def test_the_first_sheet_says_the_pace_beside_its_table(master: Path) -> None:
    first = openpyxl.load_workbook(master, data_only=True)["Tổng quan"]
    said = [cell.value for row in first.iter_rows(max_col=3) for cell in row if isinstance(cell.value, str)]
    assert any(text.startswith("Giai đoạn 2 còn 49 tuần: mỗi tuần cần") for text in said)
