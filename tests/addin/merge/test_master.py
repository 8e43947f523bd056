import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from addin.campaign.ledger import Withdrawal
from addin.intake.reader import read_workbook
from addin.merge.master import MasterCounts, read_back, write_master
from addin.merge.master.cell_text import LONGEST
from addin.merge.master.directory import Directory
from addin.merge.master.placing import Placing
from addin.merge.overview import Overview, SourcedRow
from tests.addin.merge.master_campaign import (
    campaign,
    made_report,
    made_row,
    overview_of,
    refused_files,
    settled,
    unit_tree,
)
from validation.fields import COVER_FIELDS, META_KEYS, Form, row_fields
from validation.money import Tally
from validation.programme import load_programme
from validation.submission import Outcome

SHEETS = [
    "Tổng quan", "Biểu đồ", "Bìa", "Chi tiết", "Bị loại", "Trùng lặp", "Gần trùng", "Đơn vị báo cáo", "Theo đơn vị",
    "Theo cấp trên", "Theo giai đoạn", "Chưa nộp", "Tình hình nộp", "Tệp đã nhận", "Thay đổi", "Cảnh báo",
    "Quyết định", "Dữ kiện",
]  # fmt: skip
HEADER_ROW = 4  # as a clerk counts
PROGRAMME = load_programme()


@pytest.fixture(scope="module")
def overview() -> Overview:
    return campaign()


@pytest.fixture(scope="module")
def master(overview: Overview, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(overview, tmp_path_factory.mktemp("master"))


def written(overview: Overview, folder: Path) -> Path:
    path = folder / "tong-hop.xlsx"
    write_master(overview, path)
    return path


def book(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def lines(path: Path, sheet: str) -> list[dict[str, Any]]:
    """The rows of a list sheet by header, without its totals."""
    headers, *rows = book(path)[sheet].iter_rows(min_row=HEADER_ROW, values_only=True)
    return [dict(zip(headers, row, strict=True)) for row in rows if row[0] is not None]


def as_placed(overview: Overview) -> list[SourcedRow]:
    """The accepted rows in the order of the detail."""
    return Placing(overview, Directory(overview), 30).rows


def complaints(path: Path) -> list[str]:
    """What a validator of the file format finds wrong."""
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2010, max_errors=0).validate(path)
    return [str(error) for error in result.errors]


def totals(overview: Overview) -> MasterCounts:
    rows = [sourced.row for sourced in overview.rows(Outcome.ACCEPTED)]
    return MasterCounts(len(rows), sum(r.upper_support for r in rows), sum(r.base_counted for r in rows))


def three_phases() -> Overview:
    return campaign(load_programme("vi-du-ba-giai-doan"), units=5)


def nothing_yet() -> Overview:
    return overview_of(PROGRAMME, unit_tree(), [])


def nobody_known() -> Overview:
    """Reports of units that the list of units does not know, without members."""
    rows = [made_row(PROGRAMME, "LA1", 7), made_row(PROGRAMME, "LA2", 8, unit_name="Đơn vị lạ")]
    return overview_of(PROGRAMME, unit_tree(0), [made_report(1, "LA1", rows, members=0)], refused_files())


@pytest.mark.parametrize("make", [campaign, three_phases, nothing_yet, nobody_known])
def test_every_master_is_sound_and_proves_its_totals(make: Callable[[], Overview], tmp_path: Path) -> None:
    overview = make()
    path = tmp_path / "tong-hop.xlsx"
    assert write_master(overview, path) == totals(overview) == read_back(path)
    assert complaints(path) == []
    assert book(path).sheetnames == SHEETS


def test_a_master_can_be_written_to_a_stream_and_tells_its_progress(overview: Overview) -> None:
    told: list[tuple[int, int]] = []
    stream = io.BytesIO()
    counts = write_master(overview, stream, lambda done, total: told.append((done, total)))
    assert told == [(counts.accepted_rows, counts.accepted_rows)]
    assert openpyxl.load_workbook(stream).sheetnames == SHEETS


def test_two_masters_of_one_overview_hold_the_same_bytes(overview: Overview) -> None:
    parts = []
    for _ in range(2):
        stream = io.BytesIO()
        write_master(overview, stream)
        with zipfile.ZipFile(stream) as package:
            parts.append({name: package.read(name) for name in package.namelist()})
    assert parts[0] == parts[1]


def test_the_names_are_plain_references_to_the_bodies_of_the_columns(master: Path, overview: Overview) -> None:
    workbook = book(master)
    names, detail = workbook.defined_names, workbook["Chi tiết"]
    first, last = HEADER_ROW + 1, HEADER_ROW + overview.accepted_rows()
    for number, field in enumerate(row_fields(Form.CITY), 1):
        letters = openpyxl.utils.get_column_letter(number)
        assert names[f"row_{field.name}"].attr_text == f"'Chi tiết'!${letters}${first}:${letters}${last}"
        assert detail[f"{letters}{HEADER_ROW}"].value == field.header
    assert names["meta_header"].attr_text == f"'Chi tiết'!$A${HEADER_ROW}:${letters}${HEADER_ROW}"
    assert {f"meta_{key}" for key in META_KEYS} <= set(names)
    assert {f"cover_{field.name}" for field in COVER_FIELDS} <= set(names)
    assert detail.max_row == last


def test_the_master_is_a_submission_of_its_level(master: Path, overview: Overview) -> None:
    read = read_workbook(master.read_bytes())
    assert (read.form, read.programme_id, read.notices) == (Form.CITY, PROGRAMME.id, ())
    assert len(read.rows) == overview.accepted_rows()
    assert read.cover.values["unit_code"] == "HP"
    assert read.cover.values["report_date"] == date(2022, 9, 20)
    assert read.cover.values["members"] == overview.members()
    for raw, sourced in zip(read.rows, as_placed(overview), strict=True):
        for name in ("registration_code", "lead_author", "member_number", "title", "registered_on", "base_support"):
            assert raw.values.get(name) == getattr(sourced.row, name), name
        assert raw.values["unit_code"] == sourced.row.unit_code
        assert raw.values["source_row"] == sourced.row.number
        assert raw.values["source_sha256"] == sourced.report.sha256


def test_an_upper_union_makes_its_own_form(tmp_path: Path) -> None:
    overview = replace(campaign(units=4), unit=unit_tree()["HP-KKT"])
    read = read_workbook(written(overview, tmp_path).read_bytes())
    assert (read.form, read.cover.values["superior_code"]) == (Form.UPPER, "HP")


def test_an_empty_master_has_a_blank_row_for_a_body_and_says_so(tmp_path: Path) -> None:
    path = written(nothing_yet(), tmp_path)
    assert read_workbook(path.read_bytes()).rows == ()
    workbook = book(path)
    assert workbook["Chi tiết"]["A2"].value == "Chưa có dòng nào được nhận."
    for sheet, sentence in (
        ("Bị loại", "Không có dòng nào bị loại."),
        ("Trùng lặp", "Không có dòng nào trùng mã đăng ký."),
        ("Cảnh báo", "Không có cảnh báo nào."),
        ("Tệp đã nhận", "Chưa có tệp nào."),
    ):
        assert workbook[sheet][f"A{HEADER_ROW + 1}"].value == sentence


def test_days_and_times_are_values_of_their_own(master: Path) -> None:
    workbook = book(master)
    assert workbook["Tổng quan"]["B3"].value == datetime(2022, 9, 20, 16, 45)
    assert workbook["Tổng quan"]["E3"].value == "Nguyễn Thị Hạnh"
    assert isinstance(lines(master, "Chi tiết")[0]["Ngày công nhận"], datetime)
    assert lines(master, "Tệp đã nhận")[-1]["Nhận lúc"] == datetime(2022, 9, 2, 8, 42)
    assert isinstance(lines(master, "Theo đơn vị")[0]["Tỷ lệ tham gia"], float)


def test_text_of_strangers_stays_text(tmp_path: Path) -> None:
    hostile = ["=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "https://vd.vn/x", "{=1}", "00123", " a ", "a\tb"]
    rows = [
        made_row(PROGRAMME, "CS001", 6 + n, title=text, position=text, registration_code=f"{text} {n}")
        for n, text in enumerate(hostile)
    ]
    unit = replace(unit_tree()["CS001"], name="=1+1")
    tree = [other for other in unit_tree() if other.code != "CS001"]
    overview = overview_of(PROGRAMME, type(unit_tree())([*tree, unit]), [made_report(1, "CS001", rows)])
    path = written(replace(overview, made_by="=2+2"), tmp_path)
    shown = sorted(lines(path, "Chi tiết"), key=lambda line: int(line["Dòng gốc"]))
    assert [line["Tên sáng kiến"] for line in shown] == hostile
    detail = book(path)["Chi tiết"]
    assert {cell.data_type for row in detail.iter_rows(min_row=HEADER_ROW + 1) for cell in row} <= {"s", "n", "d"}
    assert {line["Tên CĐCS"] for line in lines(path, "Chi tiết")} == {"=1+1"}
    assert book(path)["Tổng quan"]["E3"].data_type == "s"
    assert complaints(path) == []


def test_what_no_cell_can_hold_is_cut_or_left_out(tmp_path: Path) -> None:
    long = "ă" * 40_000
    rows = [
        made_row(PROGRAMME, "CS001", 6, effect=long),
        made_row(PROGRAMME, "CS001", 7, effect="😀" * 20_000),
        made_row(PROGRAMME, "CS001", 8, effect="a\x00b\x0bc\ud800d\uffffe\r\nf\x1b"),
        made_row(PROGRAMME, "CS001", 9, effect="\x00", recognised_on=date(202, 3, 1), benefit_value=10**18),
    ]
    path = written(
        overview_of(PROGRAMME, unit_tree(), [made_report(1, "CS001", rows, path="nhan/\udce1.xlsx")]), tmp_path
    )
    first, second, third, fourth = sorted(lines(path, "Chi tiết"), key=lambda line: int(line["Dòng gốc"]))
    assert first["Tóm tắt hiệu quả"] == "ă" * (LONGEST - 1) + "…"
    assert len(second["Tóm tắt hiệu quả"].encode("utf-16-le")) // 2 <= LONGEST
    assert third["Tóm tắt hiệu quả"] == "abcde\nf"
    assert third["Tệp gốc"] == "nhan/.xlsx"
    assert fourth["Tóm tắt hiệu quả"] is None
    assert fourth["Ngày công nhận"] == "01/03/0202"
    assert fourth["Giá trị làm lợi (đồng)"] == "1.000.000.000.000.000.000"
    assert complaints(path) == []
    assert read_back(path).accepted_rows == 4


def test_each_row_links_to_the_place_that_it_came_from(master: Path, overview: Overview) -> None:
    detail = book(master)["Chi tiết"]
    sourced = as_placed(overview)[0]
    link = detail[f"AA{HEADER_ROW + 1}"].hyperlink
    sha = sourced.report.sha256
    assert link.target == f"luu-tru/{sha[:2]}/{sha}.xlsx", "what was read, whatever lies in the inbox now"
    assert link.location == f"'Danh sách'!A{sourced.row.number}"
    assert detail[f"AA{HEADER_ROW + 1}"].value == sourced.report.path


def test_a_long_list_links_the_first_row_of_each_file_only(
    overview: Overview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("addin.merge.master.detail_sheet.LINKED_ROWS", 100)
    detail = book(written(overview, tmp_path))["Chi tiết"]
    linked = [cell for (cell,) in detail[f"AA{HEADER_ROW + 1}:AA{detail.max_row}"] if cell.hyperlink]
    blocks = {(sourced.report.id, sourced.row.phase) for sourced in overview.rows(Outcome.ACCEPTED)}
    assert len(linked) == len(blocks)
    assert "chỉ dòng đầu của mỗi tệp trong giai đoạn có liên kết" in detail["A2"].value


def test_rejected_rows_say_why_and_where(master: Path, overview: Overview) -> None:
    rejected = lines(master, "Bị loại")
    assert len(rejected) == len(list(overview.rows(Outcome.REJECTED))) == 12
    assert rejected[0]["Lý do"].startswith("1. Tên sáng kiến: còn để trống.\n2. CĐCS hỗ trợ (đồng): số tiền ")
    assert rejected[0]["Ô cần sửa"] == "H7, S7"
    assert rejected[0]["Dòng gốc"] == 7


def test_duplicates_stand_beside_what_counts(master: Path, overview: Overview) -> None:
    shown = lines(master, "Trùng lặp")
    assert len(shown) == len(overview.pairs)
    for line, pair in zip(shown, overview.pairs, strict=True):
        assert line["Mã đăng ký"] == pair.kept.row.registration_code
        assert line["Tệp (được tính)"] == pair.kept.report.path
        assert line["Tệp (không tính)"] == pair.duplicate.report.path
        assert (line["Dòng (được tính)"], line["Dòng (không tính)"]) == (
            pair.kept.row.number,
            pair.duplicate.row.number,
        )


def test_units_and_superiors_show_the_overview_and_a_word(master: Path, overview: Overview) -> None:
    shown = {(line["Mã đơn vị"], line["Giai đoạn"]): line for line in lines(master, "Theo đơn vị")}
    assert len(shown) == len(overview.units)
    for (unit, phase), figures in overview.units.items():
        line = shown[unit, PROGRAMME.phase(phase).name]
        tally = figures.tally
        assert (line["Đăng ký"], line["Hợp lệ"], line["Được tính"]) == (tally.registered, tally.approved, tally.counted)
        assert line["Cấp trên hỗ trợ (đồng)"] == tally.upper_support
        assert line["Tổng hỗ trợ (đồng)"] == tally.total_support
        assert line["Tỷ lệ tham gia"] == pytest.approx(figures.participation)
        assert line["Tỷ lệ trên CNVCLĐ"] == pytest.approx(figures.worker_participation)
    assert {line["Đánh giá"] for line in shown.values()} == {"Đạt", "Gần đạt", "Chưa đạt"}
    superiors = lines(master, "Theo cấp trên")
    assert sum(line["Được tính"] for line in superiors) == sum(t.counted for t in overview.phases.values())
    assert {line["Mã cấp trên"] for line in superiors} == {"HP", "HP-Q-HB", "HP-H-TN", "HP-KKT"}


def test_every_file_is_named_with_what_became_of_it(master: Path, overview: Overview) -> None:
    shown = {line["Tệp"]: line for line in lines(master, "Tệp đã nhận")}
    assert len(shown) == len(overview.reports) + len(overview.refused)
    assert shown["nhan/bao cao quy 3.xls"]["Kết quả"] == "Chưa nhận được"
    assert "Lưu thành" in shown["nhan/bao cao quy 3.xls"]["Lý do"]
    assert shown["nhan/~$tam.xlsx"]["Kết quả"] == "Bỏ qua"
    assert shown["nhan/Báo cáo CS001 lần 1.xlsx"]["Kết quả"] == "Thay báo cáo trước"
    assert shown["nhan/Báo cáo CS001 lần 0.xlsx"]["Kết quả"] == "Đã có bản mới hơn"
    one = shown["nhan/Báo cáo CS002 lần 2.xlsx"]
    assert one["Kết quả"] == "Đã nhận"
    assert one["Số dòng"] == one["Nhận"] + one["Loại"] + one["Trùng"] + one["Trống"] == 27
    money = [line["Cấp trên hỗ trợ (đồng)"] or 0 for line in shown.values()]
    assert sum(money) == totals(overview).upper_support


OUT = Withdrawal("gửi nhầm", "Hạnh", datetime(2022, 7, 1))


def test_a_report_taken_out_is_shown_as_withdrawn(tmp_path: Path) -> None:
    gone = replace(made_report(1, "CS001", [made_row(PROGRAMME, "CS001", 6)], current=False), withdrawn=OUT)
    path = written(overview_of(PROGRAMME, unit_tree(), [gone]), tmp_path)
    assert [line["Kết quả"] for line in lines(path, "Tệp đã nhận")] == ["Đã rút"]


def test_missing_units_are_listed_with_whom_to_write_to(master: Path) -> None:
    missing = lines(master, "Chưa nộp")
    assert [line["Mã đơn vị"] for line in missing] == ["VANG0", "VANG1", "VANG2"]
    assert missing[0]["Thư điện tử"] == "th0@vd.vn"
    assert missing[0]["Công đoàn cấp trên trực tiếp"] == "LĐLĐ quận Hồng Bàng"


def test_warnings_are_listed_and_what_is_left_out_is_said(
    overview: Overview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("addin.merge.master.warnings_sheet.AT_MOST", 10)
    path = written(overview, tmp_path)
    assert len(lines(path, "Cảnh báo")) == 10
    note = book(path)["Cảnh báo"]["A3"].value
    assert "10 cảnh báo đầu" in note
    assert "còn 14" in note


def test_every_chart_refers_to_cells_and_says_what_it_shows(master: Path) -> None:
    with zipfile.ZipFile(master) as package:
        charts = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/charts/chart")]
        drawings = "".join(
            package.read(name).decode() for name in package.namelist() if name.startswith("xl/drawings/drawing")
        )
    assert len(charts) == 11
    assert all(re.findall(r"<c:f>'[TB][^<]+!\$[A-Z]+\$\d+:\$[A-Z]+\$\d+</c:f>", chart) for chart in charts)
    assert len(re.findall(r'descr="Biểu đồ [^"]{40,}"', drawings)) == 11


def test_a_row_without_a_phase_is_in_the_list_and_in_no_total(tmp_path: Path) -> None:
    row = made_row(PROGRAMME, "CS001", 6, registration_code=None, registered_on=None, base_support=150_000)
    path = written(overview_of(PROGRAMME, unit_tree(), [made_report(1, "CS001", [settled(row, PROGRAMME)])]), tmp_path)
    (line,) = lines(path, "Chi tiết")
    assert (line["CĐCS hỗ trợ (đồng)"], line["Tổng hỗ trợ (đồng)"], line["Giai đoạn"]) == (150_000, 0, None)
    assert line["Kiểm tra"].startswith("LƯU Ý")
    assert read_back(path) == MasterCounts(1, 0, 0)


def test_a_total_that_the_list_does_not_bear_out_is_said_at_once(overview: Overview, tmp_path: Path) -> None:
    wrong = replace(overview, phases={1: Tally(1, 1, 1, 100_000, 0), 2: Tally()})
    workbook = openpyxl.load_workbook(written(wrong, tmp_path), data_only=True)
    assert workbook["Tổng quan"]["K3"].value == "KHÔNG KHỚP"
    right = openpyxl.load_workbook(written(overview, tmp_path), data_only=True)
    assert right["Tổng quan"]["K3"].value == "Khớp"
