"""Marked copies of reports as LibreOffice, openpyxl and XlsxWriter saved them."""

import re
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from addin.intake.reader import read_workbook
from addin.merge.reading import judge_alone
from addin.returns.annotate import annotate, annotate_with, clear_marks
from addin.returns.fills import solid_colour
from addin.returns.package import EditablePackage
from addin.returns.receipts import receipt_of_refusal
from addin.returns.remarks import remarks_on, remarks_on_refusal
from addin.returns.result_sheet import MOST_LISTED, SHEET_TITLE
from addin.returns.stylesheet import StyleSheet
from tests.addin.intake.workbooks import form, initiative, parts
from tests.addin.returns.package_oracle import assert_only_marked, children
from validation.errors import Refusal
from validation.findings import Finding, Severity
from validation.programme import DEFAULT_PROGRAMME, load_programme
from validation.submission import Submission

WORKBOOKS = Path(__file__).parents[2] / "workbooks"
GOOD = sorted(file for file in (WORKBOOKS / "should_pass").glob("*.xls[xm]"))
FORMS = sorted((Path(__file__).parents[3] / "workbook_templates" / "built").glob("*.xlsx"))
AUDITED = {"calc_rows_that_break_rules.xlsx", "openpyxl_plain.xlsx", "calc_saved_with_macros_allowed.xlsm"}
PROGRAMME = load_programme(DEFAULT_PROGRAMME)


def judged(data: bytes) -> Submission:
    return judge_alone(read_workbook(data))


def faulty_report() -> bytes:
    return form([
        initiative(),
        initiative(registration_code="HP-0002", title=None, base_support="150.000đ"),
        initiative(registration_code="HP-0001", effect=" Nhanh  hơn "),
    ])  # fmt: skip


def marked_cells(data: bytes, submission: Submission) -> dict[str, set[str]]:
    """Sheet part → cells that may show otherwise: those of the findings, and the heads of merged ranges."""
    first = min(submission.columns.values(), key=lambda letters: (len(letters), letters))
    cells = {f.cell or f"{first}{f.row}" for f in submission.findings if f.cell or f.row}
    sheets = {name: content for name, content in parts(data).items() if "/worksheets/" in name}
    merged = {name: re.findall(rb'<mergeCell ref="([A-Z]+[0-9]+):', content) for name, content in sheets.items()}
    return {name: cells | {head.decode() for head in heads} for name, heads in merged.items()}


@pytest.mark.parametrize("file", GOOD, ids=lambda file: file.name)
def test_a_marked_copy_is_the_report_and_judged_the_same(file: Path, tmp_path: Path) -> None:
    data = file.read_bytes()
    submission = judged(data)
    out = annotate(data, submission)
    assert_only_marked(data, out, marked_cells(data, submission))
    assert judged(out) == submission
    assert parts(annotate(out, submission)) == parts(out)
    assert parts(clear_marks(out)) == parts(data)
    if file.name in AUDITED:
        assert not audited(out, tmp_path) - audited(data, tmp_path)


@pytest.mark.parametrize("file", FORMS, ids=lambda file: file.name)
def test_an_empty_form_takes_the_result_sheet_and_gives_it_back(file: Path) -> None:
    data = file.read_bytes()
    out = annotate_with(data, receipt_of_refusal("Chưa điền."), [])
    assert_only_marked(data, out, {})
    assert parts(clear_marks(out)) == parts(data)


def audited(data: bytes, folder: Path) -> Counter[str]:
    file = folder / "audited.xlsx"
    file.write_bytes(data)
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2019, max_errors=5_000).validate(str(file))
    # Only said of packages without shared strings: Excel will move inline texts there when it saves. It may.
    return Counter(e.description for e in result.errors if "inline-string cell(s)" not in e.description)


def result_sheet(data: bytes) -> ElementTree.Element:
    before = {name for name in parts(clear_marks(data)) if "/worksheets/" in name}
    name = next(name for name in parts(data) if "/worksheets/sheet" in name and name not in before)
    return ElementTree.fromstring(parts(data)[name])


def test_the_result_sheet_says_everything_and_leads_to_the_cells() -> None:
    data = faulty_report()
    submission = judged(data)
    sheet = result_sheet(annotate(data, submission))
    text = "\n".join("".join(cell.itertext()) for row in children(sheet, "sheetData") for cell in row)
    for words in ("CĐCS Trường Mầm non Hoa Sen (mã CĐCS-001)", "✗ Lỗi", "! Lưu ý", "Thiếu nội dung bắt buộc", "150000"):
        assert words in text
    targets = {link.get("location") for link in children(sheet, "hyperlinks")}
    assert targets == {f"'{f.sheet}'!{f.cell}" for f in submission.findings if f.cell}
    assert not any("id" in name for link in children(sheet, "hyperlinks") for name in link.attrib), "real inner links"


def test_severity_is_told_by_sign_and_word() -> None:
    data = faulty_report()
    out = parts(annotate(data, judged(data)))
    comments = next(content for name, content in out.items() if "comments" in name).decode()
    assert "✗ Lỗi: Thiếu nội dung bắt buộc" in comments
    assert "! Lưu ý: " in comments


def test_english_is_spoken_where_it_is_asked_for() -> None:
    data = faulty_report()
    out = parts(annotate(data, judged(data), "en"))
    assert "✗ Error" in next(content for name, content in out.items() if "comments" in name).decode()


def test_a_faultless_report_gets_a_sheet_that_says_so() -> None:
    data = form([initiative()])
    # Of the form itself, which is a plain one here, nothing is to be said.
    submission = replace(judged(data), findings=())
    assert "Không có lỗi" in "".join(result_sheet(annotate(data, submission)).itertext())


def test_a_finding_about_a_row_is_marked_at_its_first_cell() -> None:
    finding = Finding("merged_cells", Severity.WARNING, "Danh sách", row=9, facts={"count": 1})
    remark = remarks_on([finding], {"title": "H", "lead_author": "AA"})[0]
    assert (remark.cell, remark.row) == ("H9", 9)


def test_the_list_stops_where_nobody_would_read_on() -> None:
    findings = [Finding("missing_required", Severity.ERROR, "Danh sách", n, f"B{n}", "title") for n in range(7, 5_100)]
    data = form([initiative()])
    remarks = remarks_on(findings, {"title": "B"})
    sheet = result_sheet(annotate_with(data, receipt_of_refusal("x"), remarks))
    assert len(children(sheet, "hyperlinks")) == MOST_LISTED
    assert "và 93 điều nữa" in "".join(sheet.itertext())


def test_a_refused_report_is_marked_where_its_cover_is_at_fault() -> None:
    data = form([initiative()], cover={"members": None, "unit_code": "CĐCS-404"})
    raw = read_workbook(data)
    with pytest.raises(Refusal) as refused:
        judge_alone(raw)
    remarks = remarks_on_refusal(refused.value, raw, PROGRAMME)
    assert [(r.sheet, r.cell) for r in remarks] == [raw.cover.places["members"]]
    unknown = remarks_on_refusal(Refusal("unknown_unit", unit="CĐCS-404", cell="Bìa!B1"), raw, PROGRAMME)
    assert [(r.cell, r.value) for r in unknown] == [(raw.cover.places["unit_code"][1], "CĐCS-404")]
    whole = remarks_on_refusal(Refusal("not_our_form"), None, PROGRAMME)
    assert [r.cell for r in whole] == [None]
    out = annotate_with(data, receipt_of_refusal("Trang bìa còn thiếu."), remarks)
    assert "Trang bìa còn thiếu." in "".join(result_sheet(out).itertext())


def test_marks_come_off_what_libreoffice_saved(soffice: str, tmp_path: Path) -> None:
    data = (WORKBOOKS / "should_pass" / "calc_rows_that_break_rules.xlsx").read_bytes()
    submission = judged(data)
    saved = saved_by_libreoffice(soffice, annotate(data, submission), tmp_path)
    assert judged(saved).findings == submission.findings
    cleared = clear_marks(saved)
    assert judged(cleared).findings == submission.findings
    whole = b"".join(parts(cleared).values()).decode("utf-8", "replace")
    for word in (SHEET_TITLE, "_sangkien_", "Sổ sáng kiến ―"):
        assert word not in whole
    styles = StyleSheet(EditablePackage(cleared), "xl/styles.xml")
    shown = {solid_colour(styles.fill_of(xf)) for xf in range(styles.formats)}
    assert not shown & {"FCD3CB", "FEE6A8"}
    assert SHEET_TITLE in b"".join(parts(saved).values()).decode("utf-8", "replace")


def saved_by_libreoffice(soffice: str, data: bytes, folder: Path) -> bytes:
    file = folder / "danh-dau.xlsx"
    file.write_bytes(data)
    out = folder / "luu-lai"
    command = [
        soffice, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to",
        "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(file),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (out / file.name).read_bytes()
