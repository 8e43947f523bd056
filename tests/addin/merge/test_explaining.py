"""Any figure explained: the rows behind it add up to it, and each cell named is the cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.errors import UsageProblem
from addin.merge.changes import Change, changes_of, differences, money
from addin.merge.commands import as_json
from addin.merge.explaining import explain
from addin.merge.overview import Overview
from tests.end_to_end.small_campaign import Small, consolidation, read_here, report, row
from validation.submission import Outcome, Row

LATER = date(2022, 7, 15)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    read_here(monkeypatch)
    small = Small(tmp_path)
    late = row("SK-5", registered_on=date(2022, 7, 1), approved_on=date(2022, 8, 1))
    small.put("A.xlsx", report("A", "SK-1", row("SK-2", base_support=0), "SK-9"))
    newer = report("A", "SK-1", row("SK-2", base_support=200_000), late, row(None, registered_on=None), day=LATER)
    small.put("A mới.xlsx", newer)
    small.put("B.xlsx", report("B", "SK-1", row("SK-4", base_support=900_000)))
    small.put("D.xlsx", report("D", "SK-6"))
    return small


@pytest.fixture
def overview(small: Small) -> Overview:
    return small.merge().overview


@pytest.mark.parametrize("unit", [None, "A", "B", "Q", "D", "TP"])
@pytest.mark.parametrize("phase", [None, 1, 2])
def test_rows_add_up_to_the_figure(overview: Overview, unit: str | None, phase: int | None) -> None:
    one = explain(overview, unit, phase)
    codes = {"TP": "ABD", None: "ABD", "Q": "AB"}.get(unit, unit)
    stated = [f for (code, n), f in overview.units.items() if code in str(codes) and phase in {None, n}]
    assert one.tally.registered == len(one.rows) == sum(f.tally.registered for f in stated)
    assert one.tally.upper_support == sum(r.row.upper_support for r in one.rows)
    assert one.tally.upper_support == sum(f.tally.upper_support for f in stated)
    assert one.tally.base_support == sum(f.tally.base_support for f in stated)


def test_every_cell_named_holds_what_is_said(small: Small, overview: Overview) -> None:
    shown = as_json(explain(overview, "A"), small.folder, "vi")
    assert [one["registration_code"] for one in shown["rows"]] == ["SK-1", "SK-2", "SK-5"]
    for one in shown["rows"]:
        sheet = openpyxl.load_workbook(one["file"])[one["sheet"]]
        for name in ("registration_code", "title", "status", "lead_author"):
            assert sheet[one["cells"][name]].value == one[name]
        assert sheet[one["cells"]["registered_on"]].row == one["row"]


def test_rows_that_do_not_count_come_with_the_reason(small: Small, overview: Overview) -> None:
    (b, left), (a, _) = (
        (one, {r["outcome"]: r["reasons"] for r in as_json(one, small.folder, "vi")["left_out"]})
        for one in (explain(overview, "B"), explain(overview, "A", 1))
    )
    assert {r.row.outcome for r in b.left_out} == {Outcome.REJECTED, Outcome.DUPLICATE}
    assert all(reasons for reasons in left.values())
    assert [r.row.phase for r in a.left_out] == [None], "accepted, in no phase yet"
    assert a.left_out[0].findings


def test_through_a_consolidation_both_places_are_named(small: Small, tmp_path: Path) -> None:
    content = consolidation(tmp_path / "Q", "Q", report("A", "SK-1", "SK-8", day=date(2022, 8, 1)))
    small.put("quận.xlsx", content)
    shown: dict[str, Any] = as_json(explain(small.merge().overview, "A"), small.folder, "vi")
    assert shown["reports"][0]["carried"]
    for one in shown["rows"]:
        assert Path(one["file"]).name == "quận.xlsx"
        assert openpyxl.load_workbook(one["file"])[one["sheet"]][one["cells"]["title"]].value == one["title"]
        assert (one["origin"]["file"], one["origin"]["sheet"]) == ("nhan/0.xlsx", "Danh sách")


def test_unknown_units_and_phases_are_said(overview: Overview) -> None:
    for unit, phase, code in (("X", None, "unit_not_here"), ("A", 7, "phase_not_here")):
        with pytest.raises(UsageProblem) as problem:
            explain(overview, unit, phase)
        assert problem.value.error_code == code


def test_changes_between_two_reports_are_listed_with_their_money(overview: Overview, small: Small) -> None:
    (one,) = changes_of(overview)
    found = {(change.kind, change.row.registration_code): change for change in one.rows}
    assert set(found) == {
        (Change.CHANGED, "SK-2"), (Change.ADDED, "SK-5"), (Change.ADDED, None), (Change.GONE, "SK-9"),
    }  # fmt: skip
    assert found[Change.CHANGED, "SK-2"].fields == ("base_support",)
    assert money(one.rows) == (0, 200_000)
    sheet = openpyxl.load_workbook(small.campaign.master)["Thay đổi"]
    lines = [line[3:5] for line in sheet.iter_rows(min_row=5, values_only=True)]
    assert lines == [("Sửa", "SK-2"), ("Thêm", "SK-5"), ("Thêm", None), ("Không còn", "SK-9")]


def test_a_row_that_got_its_code_is_the_same_row() -> None:
    def made(number: int, code: str | None, title: str) -> Row:
        return Row(number, "A", Outcome.ACCEPTED, registration_code=code, title=title, lead_author="Nguyễn Thị Hòa")

    before = [made(6, None, "Đồ gá"), made(7, None, "Đồ gá"), made(8, "SK-1", "Cũ")]
    after = [made(6, "SK-1", "Mới"), made(7, "SK-2", "ĐỒ GÁ"), made(8, None, "Đồ gá")]
    assert [(c.kind, c.fields) for c in differences(before, after)] == [
        (Change.CHANGED, ("title",)), (Change.CHANGED, ("registration_code", "title")),
    ]  # fmt: skip
