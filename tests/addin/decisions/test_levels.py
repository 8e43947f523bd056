"""Decisions across levels and programs: a consolidation carries rows, not decisions; LibreOffice keeps entries."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from addin.decisions.deciding import By, choose, waive
from tests.end_to_end.small_campaign import UNITS, Small, read_here, report, row
from validation.decisions import State

BY = By("đã xem", "Hạnh", "thử@máy")
EARLY = row("SK-2", applied_on=date(2020, 1, 1))


@pytest.fixture
def district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    """A district that accepted a row and chose a duplicate."""
    read_here(monkeypatch)
    small = Small(tmp_path / "quan", UNITS, "Q")
    small.put("A.xlsx", report("A", "SK-1", EARLY))
    small.put("B.xlsx", report("B", "SK-1", "SK-3"))
    small.merge()
    waive(small.campaign, "A", 7, code=None, field=None, by=BY, now=small.now)
    choose(small.campaign, "SK-1", "B", None, by=BY, now=small.now)
    small.merge()
    assert small.problems() == []
    return small


def test_the_level_above_judges_for_itself_and_decides_for_itself(district: Small, tmp_path: Path) -> None:
    city = Small(tmp_path / "thanh-pho")
    city.put("quận.xlsx", district.campaign.master.read_bytes())
    result = city.merge()
    (file,) = result.files
    assert (file.counts.accepted, file.counts.rejected) == (2, 1), "the waived row is rejected here; SK-1 is B's alone"
    assert city.problems() == []
    (of_a,) = (one for one in result.overview.current if one.unit_code == "A")
    (rejected,) = of_a.rows
    waive(city.campaign, "A", rejected.number, code=None, field=None, by=BY, now=city.now)
    result = city.merge()
    assert (result.files[0].counts.accepted, result.files[0].counts.rejected) == (3, 0)
    assert result.overview.accepted_rows() == 3
    assert city.problems() == []
    city.put("A.xlsx", report("A", EARLY, "SK-9", day=date(2022, 7, 31)))
    result = city.merge()
    assert [one.state for one in result.overview.decisions] == [State.IN_FORCE], "the same row by its unit's own file"
    assert {one.unit_code: one.counts.accepted for one in result.overview.current} == {"A": 2, "B": 2}
    assert city.problems() == []


def test_a_choice_between_a_file_and_a_consolidation_holds(district: Small, tmp_path: Path) -> None:
    city = Small(tmp_path / "thanh-pho")
    city.put("D.xlsx", report("D", row("SK-3", registered_on=date(2022, 2, 1))))
    city.put("quận.xlsx", district.campaign.master.read_bytes())
    city.merge()
    choose(city.campaign, "SK-3", "B", None, by=BY, now=city.now)
    result = city.merge()
    counts = {one.unit_code: (one.counts.accepted, one.counts.duplicate) for one in result.overview.current}
    assert (counts["B"], counts["D"]) == ((2, 0), (0, 1))
    assert city.problems() == []


def test_what_was_entered_and_saved_by_libreoffice_is_taken(
    soffice: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_here(monkeypatch)
    small = Small(tmp_path)
    small.put("A.xlsx", report("A", "SK-1", EARLY))
    small.put("B.xlsx", report("B", "SK-1"))
    small.merge()
    master = small.campaign.master
    book = openpyxl.load_workbook(master)
    for sheet, header in (("Bị loại", "Chấp nhận"), ("Trùng lặp", "Giữ dòng này")):
        columns = {cell.value: cell.column for cell in book[sheet][4]}
        for name, value in ((header, "Có"), ("Lý do quyết định", "đã xem"), ("Người quyết định", "Hạnh")):
            book[sheet].cell(5, columns[name]).value = value
    book.save(master)
    profile = (tmp_path / "profile").as_uri()
    command = [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx", "--outdir"]
    subprocess.run([*command, tmp_path / "luu", master], check=True, capture_output=True, timeout=120)
    master.write_bytes((tmp_path / "luu" / master.name).read_bytes())
    assert small.problems() == []
    result = small.merge()
    assert sorted(one.kind for one in result.decided) == ["choice", "waiver"]
    assert result.overview.entries == ()
    assert small.problems() == []
