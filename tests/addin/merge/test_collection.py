"""Collection control: who owes a report, who sent it, when, how late, and what is new since the last merge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from addin.actions import campaign_status
from addin.merge.collection import CollectionState, collection_of, due_phase, tally_of
from addin.merge.overview import Trend
from addin.merge.withdrawing import withdraw
from addin.status import status_of
from addin.terminal import Screen, show_status
from tests.end_to_end.small_campaign import Small, read_here, report

BY = "thử@máy"


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    """A in time, B late for phase 1 by its own deadline, C refused, D never."""
    read_here(monkeypatch)
    small = Small(tmp_path)
    deadline(small, "1 = 2022-06-10")
    small.put("A.xlsx", report("A", "SK-1", day=date(2022, 6, 5)))
    small.put("B.xlsx", report("B", "SK-2", day=date(2022, 6, 15)))
    small.put("C_bao cao.xlsx", b"no workbook")
    small.merge()
    return small


def deadline(small: Small, line: str) -> None:
    file = small.folder / "chien-dich.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("[deadlines]\n", f"[deadlines]\n{line}\n"), "utf-8")


def test_each_unit_that_owes_a_report_stands_in_one_state(small: Small) -> None:
    units = collection_of(small.merge().overview)
    states = {one.unit.code: one.state for one in units}
    assert states == {
        "A": CollectionState.RECEIVED,
        "B": CollectionState.LATE,
        "C": CollectionState.REFUSED,
        "D": CollectionState.NEVER,
    }
    assert sum(tally_of(units).values()) == 4


def test_days_and_lateness_are_by_the_campaigns_own_deadline(small: Small) -> None:
    units = {one.unit.code: one for one in collection_of(small.merge().overview)}
    first = units["B"].phases[0]
    assert (first.deadline, first.first, first.days_late) == (date(2022, 6, 10), date(2022, 6, 15), 5)
    assert units["A"].phases[0].days_late == 0
    assert units["D"].phases[0].days_late == 21, "on the first of July"
    assert units["B"].received_at is not None
    assert [file.path for file in units["C"].refused] == ["nhan/C_bao cao.xlsx"]


def test_a_report_taken_out_is_said_to_be(small: Small) -> None:
    withdraw(small.campaign, "B", reason="nhầm", name="Hạnh", by=BY, now=small.now)
    units = {one.unit.code: one.state for one in collection_of(small.merge().overview)}
    assert units["B"] is CollectionState.WITHDRAWN


def test_the_master_has_a_line_for_each_of_them(small: Small) -> None:
    lines = list(openpyxl.load_workbook(small.campaign.master)["Tình hình nộp"].values)
    found = {line[1]: (line[5], line[9]) for line in lines[4:8]}
    assert found == {
        "A": ("Đã nộp", None), "B": ("Nộp muộn", 5), "C": ("Tệp chưa nhận được", 21), "D": ("Chưa nộp", 21),
    }  # fmt: skip
    assert "10/06/2022" in str(lines[1][0])


def test_another_deadline_draws_another_master(small: Small) -> None:
    before = small.master_sha()
    assert not small.merge().master_written
    deadline(small, "2 = 2023-09-09")
    assert small.merge().master_written
    assert small.master_sha() != before


def test_the_trend_is_against_the_master_before(small: Small) -> None:
    assert small.merge().overview.trend() is None, "the first one"
    small.put("D.xlsx", report("D", "SK-8", "SK-9"))
    small.put("A mới.xlsx", report("A", "SK-1", "SK-7", number=2))
    trend = small.merge().overview.trend()
    assert trend is not None
    assert trend == Trend(trend.since, files=2, units=1, rows=3, upper_support=300_000, base_support=450_000)


def test_status_says_the_same_after_the_merge_and_a_run_without_news_changes_nothing(small: Small) -> None:
    small.put("D.xlsx", report("D", "SK-8", "SK-9"))
    trend = small.merge().overview.trend()
    assert small.merge().overview.trend() == trend == campaign_status(small.folder).overview.trend()


def test_the_terminal_says_it(small: Small, capsys: pytest.CaptureFixture[str]) -> None:
    small.put("D.xlsx", report("D", "SK-8", day=date(2022, 6, 9)))
    show_status(status_of(small.campaign, small.merge().overview), Screen("vi"))
    said = capsys.readouterr().out
    assert "1 nộp muộn" in said
    assert "1 tệp chưa nhận được" in said
    assert "Giai đoạn 1 10/06/2022" in said
    assert "thêm 1 tệp, 1 đơn vị nộp lần đầu; +1 sáng kiến" in said


def test_lateness_is_judged_by_the_phase_that_is_due(small: Small) -> None:
    """Long after, whoever was late for the first phase and in time for the second is in time."""
    small.put("B mới.xlsx", report("B", "SK-2", day=date(2023, 9, 1)))
    overview = replace(small.merge().overview, made_at=datetime(2023, 12, 1, 8).astimezone())
    assert due_phase(overview) == 2
    units = {one.unit.code: one for one in collection_of(overview)}
    assert units["B"].state is CollectionState.RECEIVED
    assert [phase.days_late for phase in units["B"].phases] == [5, 0]
