"""Consolidations of upper unions as submissions: really made, sent, merged, proved."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.merge.overview import Report
from addin.merge.run import MergeResult
from tests.end_to_end.small_campaign import DAY, Small, consolidation, figures, read_here, report, row
from validation.fields import Form
from validation.submission import Outcome
from validation.units import Level, Unit

LATER = date(2022, 7, 15)
TREE = (
    Unit("TP", "LĐLĐ thành phố", Level.CITY, "TLD"),
    Unit("Q", "LĐLĐ quận", Level.UPPER, "TP"),
    Unit("K", "Công đoàn khu", Level.UPPER, "Q"),
    Unit("A", "CĐCS Công ty A", Level.GRASSROOTS, "Q"),
    Unit("B", "CĐCS Công ty B", Level.GRASSROOTS, "Q"),
    Unit("E", "CĐCS Công ty E", Level.GRASSROOTS, "K"),
    Unit("D", "CĐCS Bệnh viện D", Level.GRASSROOTS, "TP"),
)


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    read_here(monkeypatch)


@pytest.fixture
def city(tmp_path: Path) -> Small:
    return Small(tmp_path / "city", TREE)


@pytest.fixture
def sent_by(tmp_path: Path) -> Callable[..., bytes]:
    """What a union sends upward when it has merged these reports."""
    numbers = iter(range(100))

    def send(own: str, *contents: bytes, units: tuple[Unit, ...] = TREE) -> bytes:
        return consolidation(tmp_path / f"{own} {next(numbers)}", own, *contents, units=units)

    return send


def changed(content: bytes, change: Callable[[openpyxl.Workbook], None]) -> bytes:
    """A consolidation after somebody has worked on it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def file_named(result: MergeResult, name: str) -> Any:
    return next(one for one in result.files if one.path.name == name)


def listed(small: Small, sheet: str) -> Iterator[dict[str, Any]]:
    lines = openpyxl.load_workbook(small.campaign.master)[sheet].iter_rows(min_row=4, values_only=True)
    header = next(lines)
    return (dict(zip(header, line, strict=True)) for line in lines)


def codes_of(reports: Iterable[Report]) -> set[str]:
    """What is said of reports beside each other."""
    return {f.code for one in reports for f in one.findings} & {"rows_gone", "same_report_number", "units_gone"}


A, B, E = report("A", "SK-1", "SK-2", members=20), report("B", "SK-3", members=30), report("E", members=5)
D = report("D", "SK-9", members=40)


def test_a_consolidation_comes_to_the_same_as_the_files_in_it(
    city: Small, sent_by: Callable[..., bytes], tmp_path: Path
) -> None:
    city.put("quận.xlsx", sent_by("Q", A, B, E))
    city.put("D.xlsx", D)
    result = city.merge()
    other = Small(tmp_path / "other", TREE)
    for name, content in {"A": A, "B": B, "E": E, "D": D}.items():
        other.put(f"{name}.xlsx", content)
    assert figures(result) == figures(other.merge())
    assert result.overview.missing() == (), "a unit that reports nothing has reported"
    one = file_named(result, "quận.xlsx")
    assert (one.outcome, one.unit, one.counts.accepted, one.counts.seen) == ("accepted", "Q", 3, 3)
    assert city.problems() == []
    assert city.outcomes() == {"quận.xlsx": "unchanged", "D.xlsx": "unchanged"}


def test_rows_lead_through_all_heights_to_the_first_file(city: Small, sent_by: Callable[..., bytes]) -> None:
    middle = sent_by("K", report("E", "SK-5", row(None, title="Chưa đăng ký", registered_on=None)))
    city.put("quận.xlsx", sent_by("Q", A, middle))
    result = city.merge()
    first = {one.row.title: one.origin for one in result.overview.rows(Outcome.ACCEPTED)}
    rows = {line["Tên sáng kiến"]: line for line in listed(city, "Chi tiết")}
    assert set(rows) == set(first) == {"Cải tiến SK-1", "Cải tiến SK-2", "Cải tiến SK-5", "Chưa đăng ký"}
    for title, line in rows.items():
        shown = (line["Tệp gốc"], line["Trang tính gốc"], line["Dòng gốc"], line["Mã băm tệp gốc"])
        assert shown == (first[title].file, first[title].sheet, first[title].row, first[title].sha256)
    assert {line["Trang tính gốc"] for line in rows.values()} == {"Danh sách"}, "not the consolidation's own sheet"
    assert {line["Mã đơn vị"]: line["Nhận qua"] for line in listed(city, "Đơn vị báo cáo")} == {
        "A": "nhan/quận.xlsx", "E": "nhan/quận.xlsx",
    }  # fmt: skip
    assert city.problems() == []


def test_of_one_report_by_two_ways_the_file_itself_counts(city: Small, sent_by: Callable[..., bytes]) -> None:
    city.put("A.xlsx", A)
    city.put("quận.xlsx", sent_by("Q", A, B))
    for result in (city.merge(), city.merge()):
        counts = {one.path.name: one.counts for one in result.files}
        assert (counts["A.xlsx"].accepted, counts["quận.xlsx"].accepted, counts["quận.xlsx"].duplicate) == (2, 1, 2)
        assert result.overview.accepted_rows() == 3
        assert result.overview.pairs == (), "the same row twice is nothing to decide about"
        assert codes_of(result.overview.reports) == set(), "no number is doubled, nothing has gone"
    line = next(one for one in listed(city, "Tệp đã nhận") if one["Tệp"] == "nhan/quận.xlsx")
    assert str(line["Lý do"]).startswith("Trong tệp có 2 dòng của 1 đơn vị không tính ở đây")
    assert city.problems() == []


def test_a_newer_report_counts_by_whichever_way_it_comes(city: Small, sent_by: Callable[..., bytes]) -> None:
    newer = report("A", "SK-1", "SK-2", "SK-4", day=LATER, members=21)
    city.put("A.xlsx", A)
    city.put("quận.xlsx", sent_by("Q", newer, B))
    result = city.merge()
    assert {one.path.name: one.outcome.value for one in result.files} == {
        "A.xlsx": "superseded", "quận.xlsx": "accepted",
    }  # fmt: skip
    assert result.overview.accepted_rows() == 4
    city.put("A mới.xlsx", report("A", "SK-1", day=date(2022, 8, 1)))
    result = city.merge()
    assert file_named(result, "A mới.xlsx").outcome == "replaced"
    assert result.overview.accepted_rows() == 2
    (current,) = [one for one in result.overview.current if one.unit_code == "A"]
    assert [f.facts["count"] for f in current.findings if f.code == "rows_gone"] == [2]


def test_a_code_left_out_below_as_a_duplicate_has_not_gone(city: Small, sent_by: Callable[..., bytes]) -> None:
    city.put("B.xlsx", report("B", "SK-1", day=date(2022, 5, 1)))
    city.put("quận.xlsx", sent_by("Q", A, report("B", "SK-1", "SK-3")))
    result = city.merge()
    (current,) = [one for one in result.overview.current if one.unit_code == "B"]
    assert [one.registration_code for one in current.rows] == ["SK-3"]
    assert codes_of([current]) == set()


def test_a_newer_consolidation_replaces_the_earlier_one_as_a_whole(city: Small, tmp_path: Path) -> None:
    lower = Small(tmp_path / "Q", TREE, "Q")
    lower.put("A.xlsx", A)
    lower.put("B.xlsx", B)
    lower.merge()
    city.put("lần 1.xlsx", lower.campaign.master.read_bytes())
    city.merge()
    lower.put("A.xlsx", report("A", "SK-1", "SK-2", "SK-4", day=LATER))
    lower.merge()
    second = lower.campaign.master.read_bytes()
    city.put("lần 2.xlsx", changed(second, lambda book: book["Đơn vị báo cáo"].delete_rows(6)))
    result = city.merge()
    assert {one.path.name: one.outcome.value for one in result.files} == {
        "lần 1.xlsx": "superseded", "lần 2.xlsx": "replaced",
    }  # fmt: skip
    assert {one.cover.report_number: one.current for one in result.overview.consolidations} == {1: False, 2: True}
    (newest,) = [one for one in result.overview.consolidations if one.current]
    gone = next(f for f in newest.findings if f.code == "units_gone")
    assert (gone.facts["count"], gone.facts["units"]) == (1, "CĐCS Công ty B")
    assert result.overview.accepted_rows() == 3
    assert newest.counts.rejected == 1, "the row of the unit that was struck from the table"
    assert city.problems() == []


def test_rows_of_a_unit_that_is_not_the_unions_are_rejected_with_the_reason(
    city: Small, sent_by: Callable[..., bytes]
) -> None:
    mistaken = tuple(Unit("D", one.name, one.level, "Q") if one.code == "D" else one for one in TREE)
    city.put("quận.xlsx", sent_by("Q", A, D, units=mistaken))
    result = city.merge()
    one = file_named(result, "quận.xlsx")
    assert (one.counts.accepted, one.counts.rejected, one.counts.seen) == (2, 1, 3)
    assert {unit.code for unit in result.overview.missing()} == {"B", "E", "D"}
    (line,) = listed(city, "Bị loại")
    assert (line["Mã đăng ký"], line["Ô cần sửa"]) == ("SK-9", "B7")
    assert "D – CĐCS Bệnh viện D không thuộc LĐLĐ quận" in line["Lý do"]
    assert city.problems() == []


def test_a_hole_in_the_table_of_units_refuses_the_file(city: Small, sent_by: Callable[..., bytes]) -> None:
    def spoil(book: openpyxl.Workbook) -> None:
        sheet = book["Đơn vị báo cáo"]
        sheet["F5"], sheet["B6"], sheet["D6"] = None, sheet["B5"].value, "hôm qua"

    city.put("quận.xlsx", changed(sent_by("Q", A, B), spoil))
    (one,) = city.merge().files
    assert (one.outcome, one.code) == ("quarantined", "units_incomplete")
    assert "Đơn vị báo cáo" in str(one.reason())
    assert "F5, D6" in str(one.reason())


def test_one_unit_twice_in_the_table_refuses_the_file(city: Small, sent_by: Callable[..., bytes]) -> None:
    def spoil(book: openpyxl.Workbook) -> None:
        book["Đơn vị báo cáo"]["B6"] = " a "

    city.put("quận.xlsx", changed(sent_by("Q", A, B), spoil))
    (one,) = city.merge().files
    assert one.code == "units_incomplete"
    assert "B6" in str(one.reason())


def test_a_form_filled_in_by_hand_tells_its_units_by_its_rows(city: Small) -> None:
    rows = [row("SK-1", unit_code="A"), row("SK-2", unit_code="b"), row("SK-3", unit_code="D")]
    city.put("tay.xlsx", report("Q", *rows, form=Form.UPPER))
    result = city.merge()
    one = file_named(result, "tay.xlsx")
    assert (one.counts.accepted, one.counts.rejected) == (2, 1)
    assert [(r.unit_code, r.cover.members) for r in result.overview.current] == [("A", 0), ("B", 0)]
    (bundle,) = result.overview.consolidations
    assert {f.code for f in bundle.findings} == {"units_derived", "unit_outside_union"}
    assert [f.code for r in result.overview.current for f in r.findings] == ["unit_code_untidy"]
    assert city.problems() == []


def test_what_two_units_report_twice_in_one_consolidation_is_settled_at_the_city(city: Small) -> None:
    rows = [row("SK-1", unit_code="A"), row("SK-1", unit_code="B")]
    city.put("tay.xlsx", report("Q", *rows, form=Form.UPPER))
    result = city.merge()
    (pair,) = result.overview.pairs
    assert (pair.kept.row.unit_code, pair.duplicate.row.unit_code) == ("A", "B")
    city.put("A.xlsx", report("A", "SK-7", day=LATER))
    result = city.merge()
    assert {one.row.registration_code: one.row.unit_code for one in result.overview.rows(Outcome.ACCEPTED)} == {
        "SK-7": "A", "SK-1": "B",
    }  # fmt: skip
    assert [one.row.upper_support for one in result.overview.rows(Outcome.ACCEPTED)] == [100_000, 100_000]
    assert city.problems() == []


def test_a_line_copied_over_is_the_consolidations_own(city: Small, sent_by: Callable[..., bytes]) -> None:
    def copy_a_line(book: openpyxl.Workbook) -> None:
        sheet = book["Chi tiết"]
        for cell in sheet[5]:
            sheet.cell(7, cell.column, cell.value)
        title = next(c.column for c in sheet[4] if c.value == "Mã đăng ký")
        sheet.cell(7, title, "SK-8")

    city.put("quận.xlsx", changed(sent_by("Q", A), copy_a_line))
    result = city.merge()
    (one,) = [one for one in result.overview.rows(Outcome.ACCEPTED) if one.row.registration_code == "SK-8"]
    assert (one.origin.file, one.origin.row) == ("nhan/quận.xlsx", 7)
    assert "source_repeated" in {f.code for f in one.report.findings}
    assert city.problems() == []


@pytest.mark.parametrize(
    ("own", "content", "code"),
    [
        ("TP", report("TP", form=Form.CITY), "wrong_form"),
        ("TP", report("A", form=Form.UPPER), "wrong_form"),
        ("Q", report("Q", form=Form.UPPER), "own_unit"),
        ("K", report("Q", form=Form.UPPER), "unit_not_below"),
    ],
)
def test_what_has_no_place_in_a_campaign_is_refused(own: str, content: bytes, code: str, tmp_path: Path) -> None:
    small = Small(tmp_path, TREE, own)
    small.put("tệp.xlsx", content)
    assert [one.code for one in small.merge().files] == [code]


def test_masters_are_numbered_so_that_newer_ones_are_told_on_one_day(tmp_path: Path) -> None:
    lower = Small(tmp_path, TREE, "Q")
    numbers = []
    for content in (A, B, E):
        lower.put(f"{len(numbers)}.xlsx", content)
        lower.merge()
        lower.merge()
        book = openpyxl.load_workbook(lower.campaign.master)
        area = book.defined_names["cover_report_number"].attr_text.replace("$", "").rsplit("!", 1)[1]
        numbers.append(book["Bìa"][area].value)
    assert numbers == [1, 2, 3]


def test_a_unit_that_moved_counts_by_its_newest_report_from_either_union(tmp_path: Path) -> None:
    moved = (
        *TREE[:3], Unit("Q2", "LĐLĐ quận 2", Level.UPPER, "TP"),
        Unit("A", "CĐCS A", Level.GRASSROOTS, "Q", valid_to=DAY),
        Unit("A", "CĐCS A", Level.GRASSROOTS, "Q2", valid_from=date(2022, 7, 1)),
    )  # fmt: skip
    city = Small(tmp_path / "city", moved)
    newer = report("A", "SK-1", "SK-2", "SK-3", day=LATER)
    city.put("quận.xlsx", consolidation(tmp_path / "1", "Q", A, units=moved))
    city.put("quận 2.xlsx", consolidation(tmp_path / "2", "Q2", newer, units=moved))
    result = city.merge()
    counts = {one.path.name: (one.counts.accepted, one.counts.duplicate, one.counts.rejected) for one in result.files}
    assert counts == {"quận.xlsx": (0, 2, 0), "quận 2.xlsx": (3, 0, 0)}
    assert city.problems() == []
    late = Small(tmp_path / "3", moved, "Q")
    late.put("A.xlsx", newer)
    assert [one.code for one in late.merge().files] == ["unit_not_below"], "no longer this union's"
