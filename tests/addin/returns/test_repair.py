"""Repaired copies: what was read is written down, nothing else changes, and doing it twice changes nothing."""

import io
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addin.intake.reader import read_workbook
from addin.merge.reading import judge_alone
from addin.returns.annotate import annotate
from addin.returns.repair import Repaired, meaning_changed, repair, repair_cells, unrepaired
from tests.addin.intake.workbooks import FIRST_ROW, LIST_PART, column_of, edited, form, initiative, package, parts
from tests.addin.returns.package_oracle import assert_same_sheet, cells_of
from tests.addin.returns.raw_workbooks import OFFICE, raw_workbook, sheet_xml
from validation.fixes.proposal import Proposal
from validation.fixes.registry import repairable
from validation.submission import Submission

GOOD = sorted((Path(__file__).parents[2] / "workbooks" / "should_pass").glob("*.xls[xm]"))


def judged(data: bytes) -> Submission:
    return judge_alone(read_workbook(data))


def repaired(data: bytes) -> tuple[Submission, Repaired, Submission]:
    """Before, the repaired copy, after; with all that must hold of every repair."""
    before = judged(data)
    result = repair(data, before)
    after = judged(result.data)
    assert meaning_changed(before, after) == []
    assert unrepaired(result.repairs, after.findings) == []
    assert after.counts() == before.counts()
    again = repair(result.data, after)
    assert (again.repairs, parts(again.data)) == ((), parts(result.data))
    return before, result, after


def cell(data: bytes, field: str, row: int = FIRST_ROW) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))["Danh sách"][f"{column_of(field)}{row}"]


@pytest.mark.parametrize("file", GOOD, ids=lambda file: file.name)
def test_a_saved_report_is_repaired_and_keeps_its_meaning(file: Path) -> None:
    data = file.read_bytes()
    before, result, after = repaired(data)
    assert {f.code for f in after.findings if repairable(f.code)} <= {"formula_in_typed_cell"} | {
        code for left in result.left for code in left.codes
    }
    old, new = parts(data), parts(result.data)
    changed = {one.cell for one in result.repairs}
    for name, content in old.items():
        if new.get(name) != content and "/worksheets/sheet" in name:
            untouched = {a: c for a, c in cells_of(content).items() if a not in changed}
            assert untouched.items() <= cells_of(new[name]).items()
        elif new.get(name) != content:
            assert name.rpartition("/")[2] in {"styles.xml", "calcChain.xml"} or "calcChain" in old.keys() - new.keys()
    assert before.cover == after.cover


@pytest.mark.parametrize(
    ("field", "typed", "content", "number_format"),
    [
        ("applied_on", "5.3.2022", datetime(2022, 3, 5), "dd/mm/yyyy"),
        ("applied_on", "ngày 5 tháng 3 năm 2022", datetime(2022, 3, 5), "dd/mm/yyyy"),
        ("applied_on", 44_625, datetime(2022, 3, 5), "dd/mm/yyyy"),
        ("base_support", "150.000đ", 150_000, "#,##0"),
        ("base_support", "=100000+50000", 150_000, "#,##0"),
        ("status", "hợp  lệ", "Hợp lệ", None),
        ("co_authors", "1. Trần Văn Nam, 2. Lê Thị Mai", "Trần Văn Nam; Lê Thị Mai", None),
        ("title", "  Cải\u00a0tiến\u200b  máy ép ", "Cải tiến máy ép", None),
        ("title", "Ca\u0309i tiê\u0301n máy khâu", "Cải tiến máy khâu", None),
    ],
)
def test_what_was_read_is_written_down(field: str, typed: Any, content: Any, number_format: str | None) -> None:
    data = form([initiative(**{field: typed})])
    if typed == "=100000+50000":
        data = edited(data, LIST_PART, "<v>7</v>", "<v>150000</v>")
    _, result, after = repaired(data)
    assert result.repairs
    assert [f for f in after.findings if f.cell] == []
    now = cell(result.data, field)
    assert now.value == content
    assert number_format is None or now.number_format == number_format


def test_text_of_before_unicode_gets_a_font_of_today() -> None:
    data = form([initiative(title="S¸ng kiÕn c¶i tiÕn")])
    old = parts(data)
    # The font of every text cell of the list: one that spells Vietnamese in TCVN3.
    styles = old["xl/styles.xml"].replace(b'name val="Times New Roman"', b'name val=".VnTime"')
    data = package(old | {"xl/styles.xml": styles})
    before, result, after = repaired(data)
    assert {f.code for f in before.findings} >= {"legacy_font"}
    assert "legacy_font" not in {f.code for f in after.findings}
    now = cell(result.data, "title")
    assert (now.value, now.font.name) == ("Sáng kiến cải tiến", "Times New Roman")


def test_a_question_is_left_to_the_clerk() -> None:
    data = form([initiative(status="Hop le"), initiative(registration_code="HP-2", solution_kind="Giai phap quan ly")])
    _, result, after = repaired(data)
    assert result.repairs == ()
    assert {f.code for f in after.findings if f.cell} == {"unknown_choice"}
    assert parts(result.data) == parts(data)


def test_a_formula_of_the_clerks_is_left_alone() -> None:
    data = form([initiative(title="=B8")])
    before, result, _ = repaired(data)
    assert "formula_in_typed_cell" in {f.code for f in before.findings}
    assert result.repairs == ()


def test_cells_that_are_not_repaired_are_not_touched() -> None:
    data = form([initiative(applied_on="05/03/2022"), initiative(registration_code="HP-2")])
    result = repair(data, judged(data))
    old, new = parts(data), parts(result.data)
    address = f"{column_of('applied_on')}{FIRST_ROW}"
    cells, now = cells_of(old[LIST_PART]), cells_of(new[LIST_PART])
    assert {a for a in now if cells.get(a) != now[a]} == {address}
    assert {name for name in old if old[name] != new[name]} == {LIST_PART, "xl/styles.xml"}
    assert result.repairs[0].before == "05/03/2022"


def test_a_marked_report_is_repaired_without_its_marks() -> None:
    data = form([initiative(applied_on="05/03/2022", title=None)])
    submission = judged(data)
    assert repair(annotate(data, submission), submission).data == repair(data, submission).data


def proposal(cell: str, content: str | int | date, *codes: str) -> Proposal:
    return Proposal(codes or ("stray_spaces",), "Trang 1", cell, "title", "cũ", "mới", content)


def test_a_shared_formula_is_left_and_named() -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">1+1</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c></row>'
    )
    result = repair_cells(raw_workbook(sheet_xml(rows)), [proposal("A1", 2, "formula_in_typed_cell")])
    assert [left.cell for left in result.left] == ["A1"]
    assert result.repairs == ()
    untold = repair_cells(raw_workbook(sheet_xml(rows)), [proposal("A2", 2, "amount_as_text")])
    assert [left.cell for left in untold.left] == ["A2"], "nobody said that a formula stands there"


@pytest.mark.parametrize(
    ("chain", "left"),
    [
        ('<c r="A1" i="11"/><c r="B1"/><c r="C1" i="12"/>', '<c i="11" r="B1"/><c r="C1" i="12"/>'),
        ('<c r="A1" i="11"/><c r="A1" i="12"/><c r="B1"/>', '<c r="A1" i="12"/><c r="B1"/>'),
        ('<c r="B1" i="11"/><c r="A1"/><c r="C1"/>', '<c r="B1" i="11"/><c r="C1"/>'),
        ('<c r="A1" i="11"/>', None),
    ],
)
def test_a_cell_without_its_formula_leaves_the_calculation_chain(chain: str, left: str | None) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    data = raw_workbook(
        sheet_xml('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'),
        more={"xl/calcChain.xml": f'<calcChain xmlns="{main}">{chain}</calcChain>'},
        of_workbook=f'<Relationship Id="cc" Type="{OFFICE}/calcChain" Target="calcChain.xml"/>',
        types='<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.calcChain+xml"/>',
    )
    new = parts(repair_cells(data, [proposal("A1", 2, "formula_in_typed_cell")]).data)
    if left is None:
        assert "xl/calcChain.xml" not in new
        assert b"calcChain" not in new["[Content_Types].xml"] + new["xl/_rels/workbook.xml.rels"]
    else:
        assert f">{left}</calcChain>".encode() in new["xl/calcChain.xml"]


def test_days_are_counted_from_1904_where_the_workbook_does() -> None:
    for first, serial in (('<workbookPr date1904="1"/>', 43_163), ("", 44_625)):
        data = raw_workbook(sheet_xml(""))
        if first:
            data = edited(data, "xl/workbook.xml", "<bookViews>", f"{first}<bookViews>")
        out = repair_cells(data, [proposal("B2", date(2022, 3, 5), "date_as_text")]).data
        assert f"<v>{serial}</v>".encode() in parts(out)["xl/worksheets/sheet1.xml"]
    out = repair_cells(
        edited(raw_workbook(sheet_xml("")), "xl/workbook.xml", "<bookViews>", '<workbookPr date1904="1"/><bookViews>'),
        [proposal("B2", date(1903, 1, 1), "date_as_text")],
    )
    assert len(out.left) == 1


def test_only_cells_of_sheets_that_are_there_are_written() -> None:
    result = repair_cells(raw_workbook(sheet_xml("")), [Proposal(("a",), "Không có", "A1", "title", "", "x", "x")])
    assert (result.repairs, len(result.left)) == ((), 1)


def test_an_apostrophe_before_a_number_goes_with_the_text() -> None:
    data = raw_workbook(sheet_xml('<row r="1"><c r="A1" s="2" t="inlineStr"><is><t>5</t></is></c></row>'))
    new = parts(repair_cells(data, [proposal("A1", 5, "amount_as_text")]).data)
    assert_same_sheet(
        sheet_xml('<row r="1"><c r="A1" s="4"><v>5</v></c></row>').encode(), new["xl/worksheets/sheet1.xml"], ()
    )
    last = re.findall(rb"<xf [^>]*>", new["xl/styles.xml"])[-1]
    assert b"quotePrefix" not in last
    assert b'numFmtId="3"' in last


MESSY: dict[str, st.SearchStrategy[Any]] = {
    "applied_on": st.sampled_from(["15/02/2022", "15.2.22", "15-02-2022 ", 44_607, date(2022, 2, 15), "31/02/2022"]),
    "registered_on": st.sampled_from(["1/3/2022", date(2022, 3, 1), 44_621, "01/03/2030", None]),
    "base_support": st.sampled_from(["150.000", "150 000 đồng", 150_000, "300.000", "hai trăm", "=100000+50000", None]),
    "benefit_value": st.sampled_from(["1.000.000đ", 5_000_000, "200", None, "=S7*2"]),
    "status": st.sampled_from(["hợp lệ", "Hợp lệ", " Đang  xem xét", "Hop le", None]),
    "is_member": st.sampled_from(["có", "Có", "KHÔNG", True, "x"]),
    "co_authors": st.sampled_from(["An Bình, Lê Mai", "An Bình; Lê Mai", "1/ An Bình", None, "An Bình và Lê Mai"]),
    "title": st.sampled_from(["  Máy  ép ", "Ma\u0301y ép", "Máy\u200bép", None, "_x000D_ a", "=B7", "Máy <ép> & \n"]),
    "registration_code": st.sampled_from(["HP-1", " HP-1", "hp\u200b-2", 12345, None, "HP-3"]),
    "member_number": st.sampled_from(["001", 1, "0 0 1", None]),
}


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.fixed_dictionaries(MESSY), max_size=4))
def test_any_mess_is_repaired_without_changing_what_it_means(rows: list[dict[str, Any]]) -> None:
    before, result, after = repaired(form([initiative(**row) for row in rows]))
    assert sum(row.upper_support + row.base_counted for row in before.rows) == sum(
        row.upper_support + row.base_counted for row in after.rows
    )
    assert {row.number for row in before.rows if row.accepted} == {row.number for row in after.rows if row.accepted}
    left = {(one.sheet, one.cell) for one in result.left}
    blocked = {f.cell for f in after.findings if f.code in ("formula_in_typed_cell", "formula_for_money")}
    still = [f for f in after.findings if repairable(f.code) and f.fix is not None]
    assert all(f.cell in blocked or (f.sheet, f.cell) in left for f in still)
