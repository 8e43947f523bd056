"""Every figure leads to its rows, those that ``explain`` gives; a detail too long for a sheet goes on in the next."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openxml_audit import FileFormat, OpenXmlValidator

from addin.merge.explaining import Explanation, explain
from addin.merge.master import read_back, write_master
from addin.merge.master.book import FIRST_ROW, HEADER_ROW
from addin.merge.master.directory import Directory
from addin.merge.master.placing import Placing
from addin.merge.overview import Overview
from addin.merge.verify import Verification
from tests.addin.merge.master_campaign import SUPERIORS, campaign
from tests.end_to_end.small_campaign import Small, consolidation, read_here, report, row
from validation.fields import Form, row_fields
from validation.submission import Outcome

SHORT = FIRST_ROW + 40
"""Rows of a sheet in these tests: forty of the detail on each."""
AREA = re.compile(r"'([^']+)'!A(\d+):AD(\d+)")


@pytest.fixture(scope="module")
def overview() -> Overview:
    return campaign(units=9, rows_each=14)


@pytest.fixture(scope="module", params=[None, SHORT], ids=["one sheet", "split"])
def master(request: pytest.FixtureRequest, overview: Overview, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("master") / "tong-hop.xlsx"
    counts = write_master(overview, path, sheet_rows=request.param)
    assert read_back(path) == counts, "counted over all sheets"
    return path


def details(book: Any) -> list[Any]:
    return [sheet for sheet in book.worksheets if sheet.title.startswith("Chi tiết")]


def listed(book: Any, name: str) -> list[dict[str, Any]]:
    """The lines of a list sheet: cells by header."""
    headers, *rows = book[name].iter_rows(min_row=HEADER_ROW + 1)
    names = [cell.value for cell in headers]
    return [dict(zip(names, row, strict=True)) for row in rows if row[0].value is not None]


def linked_rows(book: Any, cell: Any) -> list[tuple[str, int]]:
    """Sha256 and row of the first file of each line that a cell's link selects (and of those it goes on to say)."""
    assert cell.hyperlink.target is None, "within the workbook"
    name, first, last = AREA.fullmatch(cell.hyperlink.location).groups()
    sources = sourced(book[name], int(first), int(last))
    if " – " in str(cell.value):
        further, last = re.search(r" – (Chi tiết \(\d+\)): (\d+)$", cell.value).groups()
        sources += sourced(book[further], FIRST_ROW + 1, int(last))
    return sources


def sourced(sheet: Any, first: int, last: int) -> list[tuple[str, int]]:
    names = [cell.value for cell in sheet[HEADER_ROW + 1]]
    sha, row = (
        names.index(field.header) for field in row_fields(Form.CITY) if field.name in ("source_sha256", "source_row")
    )
    lines = sheet.iter_rows(min_row=first, max_row=last, values_only=True)
    return [(line[max(sha, row)], line[min(sha, row)]) for line in lines]


def explained(one: Explanation) -> list[tuple[str, int]]:
    return [(line.origin.sha256, line.origin.row) for line in one.rows]


def phase_number(overview: Overview, name: str) -> int:
    return next(phase.number for phase in overview.programme.phases if phase.name == name)


def test_the_rows_behind_a_units_figures_are_those_that_explain_gives(master: Path, overview: Overview) -> None:
    book = openpyxl.load_workbook(master)
    lines = listed(book, "Theo đơn vị")
    assert len(lines) == len(overview.units)
    for line in lines:
        unit, phase = line["Mã đơn vị"].value, phase_number(overview, line["Giai đoạn"].value)
        expected = explained(explain(overview, unit, phase))
        cell = line["Dòng ở Chi tiết"]
        if not expected:
            assert cell.value is None
            continue
        assert sorted(linked_rows(book, cell)) == sorted(expected)
        assert len(expected) == line["Đăng ký"].value


def test_the_rows_behind_a_superiors_figures_are_those_that_explain_gives(master: Path, overview: Overview) -> None:
    book = openpyxl.load_workbook(master)
    lines = listed(book, "Theo cấp trên")
    assert {line["Mã cấp trên"].value for line in lines} >= {code for code, _ in SUPERIORS}
    for line in lines:
        superior, phase = line["Mã cấp trên"].value, phase_number(overview, line["Giai đoạn"].value)
        if (
            superior != overview.unit.code
        ):  # everything is below the city; the line is of those that nobody else adds up
            expected = explained(explain(overview, superior, phase))
            assert sorted(linked_rows(book, line["Dòng ở Chi tiết"])) == sorted(expected)
        if line["Dòng ở Chi tiết"].value:
            assert len(linked_rows(book, line["Dòng ở Chi tiết"])) == line["Đăng ký"].value


def test_the_rows_of_a_phase_are_found_from_both_sheets_of_totals(master: Path, overview: Overview) -> None:
    book = openpyxl.load_workbook(master)
    for name in ("Theo giai đoạn", "Tổng quan"):
        for phase in overview.programme.phases:
            lines = [line for line in book[name].iter_rows() if line[0].value == phase.name]
            cell = next(
                c for c in lines[0] if c.hyperlink and c.hyperlink.location and "Chi tiết" in c.hyperlink.location
            )
            expected = sorted(explained(explain(overview, None, phase.number)))
            found = sorted(linked_rows(book, cell))
            assert found == expected or set(found) < set(expected), (
                "a link without words leads to the first sheet's part"
            )


def test_a_payers_money_leads_to_its_rows(overview: Overview, tmp_path: Path) -> None:
    path = tmp_path / "tong-hop.xlsx"
    write_master(overview, path)
    book = openpyxl.load_workbook(path)
    sheet = book["Theo giai đoạn"]
    codes = {code for code, _ in SUPERIORS}
    lines = [line for line in sheet.iter_rows() if line[1].value in codes]
    assert len(lines) == 3
    for line in lines:
        for phase, cell in zip(overview.programme.phases, line[2:], strict=False):
            if cell.value:
                rows = explain(overview, line[1].value, phase.number)
                assert sorted(linked_rows(book, cell)) == sorted(explained(rows))
                assert cell.value == rows.tally.upper_support


def test_a_long_detail_goes_on_in_the_next_sheet(overview: Overview, tmp_path: Path) -> None:
    path = tmp_path / "tong-hop.xlsx"
    write_master(overview, path, sheet_rows=SHORT)
    book = openpyxl.load_workbook(path)
    sheets = details(book)
    rows = len(list(overview.rows(Outcome.ACCEPTED)))
    assert [sheet.title for sheet in sheets] == ["Chi tiết", *(f"Chi tiết ({n})" for n in range(2, len(sheets) + 1))]
    assert [sheet.max_row for sheet in sheets[:-1]] == [SHORT] * (len(sheets) - 1)
    assert sum(sheet.max_row - FIRST_ROW for sheet in sheets) == rows
    assert [cell.value for sheet in sheets for cell in sheet["A"][FIRST_ROW:]] == list(range(1, rows + 1))
    for number, sheet in enumerate(sheets, 1):
        (table,) = sheet.tables.values()
        assert table.name == ("ChiTiet" if number == 1 else f"ChiTiet{number}")
        assert [cell.value for cell in sheet[HEADER_ROW + 1]] == [field.header for field in row_fields(Form.CITY)]
        prefix = "row_" if number == 1 else f"row{number}_"
        for field in row_fields(Form.CITY):
            (place,) = book.defined_names[f"{prefix}{field.name}"].destinations
            assert place[0] == sheet.title
    proof = [cell.value for line in book["Theo giai đoạn"].iter_rows() for cell in line if "row2_" in str(cell.value)]
    names = ",".join(["row_upper_support", *(f"row{n}_upper_support" for n in range(2, len(sheets) + 1))])
    assert f"=SUM({names})" in proof
    assert [
        str(e) for e in OpenXmlValidator(file_format=FileFormat.OFFICE_2010, max_errors=0).validate(path).errors
    ] == []


def test_a_consolidation_is_never_split(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_here(monkeypatch)
    monkeypatch.setattr("addin.merge.master.write.SHEET_ROWS", FIRST_ROW + 2)
    with pytest.raises(ValueError, match="3 rows are more"):
        consolidation(tmp_path, "Q", report("A", "SK-1", "SK-2", "SK-3"))


@pytest.fixture
def split(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    """A merged campaign whose detail stands on three sheets."""
    read_here(monkeypatch)
    monkeypatch.setattr("addin.merge.master.write.SHEET_ROWS", FIRST_ROW + 3)
    small = Small(tmp_path)
    small.put("A.xlsx", report("A", "SK-1", "SK-2", row("SK-3", base_support=0)))
    small.put("D.xlsx", report("D", *(f"SK-D{number}" for number in range(4))))
    small.merge()
    return small


def test_a_split_master_is_verified_over_all_its_sheets(split: Small) -> None:
    assert len(details(openpyxl.load_workbook(split.campaign.master))) == 3
    assert split.problems() == []


@pytest.mark.parametrize("name", ["Chi tiết", "Chi tiết (2)", "Chi tiết (3)"])
def test_a_value_altered_on_any_sheet_is_found(split: Small, name: str) -> None:
    book = openpyxl.load_workbook(split.campaign.master)
    sheet = book[name]
    title = next(cell for cell in sheet[HEADER_ROW + 1] if cell.value == "Tên sáng kiến")
    place = f"{title.column_letter}{FIRST_ROW + 1}"
    sheet[place] = "Khác hẳn"
    book.save(split.campaign.master)
    assert altered(split.verify()) == f"{name}!{place}"


def test_a_row_taken_from_a_further_sheet_is_missed(split: Small) -> None:
    book = openpyxl.load_workbook(split.campaign.master)
    book["Chi tiết (3)"].delete_rows(FIRST_ROW + 1)
    book.save(split.campaign.master)
    assert "SK-D" in altered(split.verify())


def altered(found: Verification) -> str:
    return next(str(one.facts["places"]) for one in found.problems if one.code == "master_altered")


def test_a_master_larger_than_a_report_may_be_is_verified_all_the_same(
    split: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("addin.intake.guard.MAX_PART", 20_000)
    monkeypatch.setattr("addin.intake.guard.MAX_TOTAL", 20_000)
    from addin.merge.master_proof import differences

    assert list(differences(split.campaign, {}))[:1] == ["Chi tiết!5"], "read, and nothing was expected there"


@given(st.integers(1, 60), st.integers(1, 8))
def test_every_accepted_row_stands_once_and_in_one_run_for_each_figure(in_a_sheet: int, units: int) -> None:
    overview = campaign(units=units, rows_each=7)
    placing = Placing(overview, Directory(overview), 30, FIRST_ROW + in_a_sheet)
    sheets = [rows for _, rows in placing.sheets()]
    assert [one for rows in sheets for one in rows] == placing.rows
    assert all(len(rows) == in_a_sheet for rows in sheets[:-1])
    found = Counter((one.report.id, one.row.number) for one in placing.rows)
    assert found == Counter((one.report.id, one.row.number) for one in overview.rows(Outcome.ACCEPTED))
    for (unit, phase), figures in overview.units.items():
        assert (placing.behind("unit", unit, phase) is not None) == (figures.tally.registered > 0)
