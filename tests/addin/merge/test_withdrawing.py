"""Taking a report out: for a reason, undoable, proved; the unit's earlier report counts again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.errors import UsageProblem
from addin.merge.run import MergeResult
from addin.merge.withdrawing import Withdrawn, withdraw
from tests.end_to_end.small_campaign import Small, consolidation, figures, read_here, report

LATER = date(2022, 7, 15)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    read_here(monkeypatch)
    small = Small(tmp_path)
    small.put("A.xlsx", report("A", "SK-1"))
    small.put("A mới.xlsx", report("A", "SK-1", "SK-2", day=LATER))
    small.put("B.xlsx", report("B", "SK-1", "SK-3"))
    return small


def take_out(small: Small, which: str, **more: Any) -> Withdrawn:
    options = {"reason": "gửi nhầm tệp", "name": "Nguyễn Thị Hạnh"} | more
    return withdraw(small.campaign, which, by="thử@máy", now=small.now, **options)


def test_the_earlier_report_counts_again_and_the_file_stays_visible(small: Small) -> None:
    small.merge()
    done = take_out(small, "nhan/A mới.xlsx")
    assert done.overview.accepted_rows() == 2
    assert {r.path for r in done.overview.current} == {"nhan/A.xlsx", "nhan/B.xlsx"}
    assert done.file.withdrawn is not None
    assert done.file.withdrawn.name == "Nguyễn Thị Hạnh"
    assert small.problems() == []
    sheet = openpyxl.load_workbook(small.campaign.master)["Tệp đã nhận"]
    shown = {line[1]: (line[2], line[3]) for line in sheet.iter_rows(min_row=5, values_only=True)}
    assert shown["nhan/A mới.xlsx"][0] == "Đã rút"
    assert "gửi nhầm tệp" in shown["nhan/A mới.xlsx"][1]


def test_a_withdrawn_report_stays_out_when_it_is_merged_again(small: Small) -> None:
    small.merge()
    take_out(small, "nhan/A mới.xlsx")
    master = small.master_sha()
    result = small.merge()
    (one,) = [one for one in result.files if one.path.name == "A mới.xlsx"]
    assert one.outcome == "withdrawn"
    assert "Nguyễn Thị Hạnh quyết định: gửi nhầm tệp" in str(one.reason())
    assert small.master_sha() == master


def test_undone_everything_is_as_before(small: Small) -> None:
    before: MergeResult = small.merge()
    take_out(small, "nhan/A mới.xlsx")
    undone = take_out(small, "nhan/A mới.xlsx", undo=True, reason="đúng là tệp này")
    assert undone.file.current
    assert figures(before) == figures(MergeResult((), undone.overview, master_written=True))
    assert small.problems() == []


def test_a_report_is_named_by_path_content_or_unit(small: Small) -> None:
    result = small.merge()
    sha = next(r.sha256 for r in result.overview.reports if r.unit_code == "B")
    assert take_out(small, sha[:12].upper()).file.unit_code == "B"
    assert take_out(small, sha, undo=True).file.current
    assert take_out(small, str(small.folder / "nhan" / "B.xlsx")).file.unit_code == "B"
    assert take_out(small, "A").file.path == "nhan/A mới.xlsx", "the one that counts"
    assert take_out(small, "A").file.path == "nhan/A.xlsx", "then the one that counts now"
    with pytest.raises(UsageProblem) as problem:
        take_out(small, "A", undo=True)
    assert problem.value.error_code == "report_ambiguous"


@pytest.mark.parametrize(
    ("which", "more", "code"),
    [
        ("KHONG-CO", {}, "no_such_report"),
        ("nhan/A.xlsx", {"reason": " \n"}, "reason_needed"),
        ("nhan/A.xlsx", {"undo": True}, "not_withdrawn"),
    ],
)
def test_what_cannot_be_done_is_said(small: Small, which: str, more: dict[str, Any], code: str) -> None:
    small.merge()
    with pytest.raises(UsageProblem) as problem:
        take_out(small, which, **more)
    assert problem.value.error_code == code
    assert small.problems() == []


def test_twice_is_said_with_the_first_reason(small: Small) -> None:
    small.merge()
    take_out(small, "nhan/A.xlsx")
    with pytest.raises(UsageProblem) as problem:
        take_out(small, "nhan/A.xlsx", reason="lại")
    assert (problem.value.error_code, problem.value.facts["reason"]) == ("already_withdrawn", "gửi nhầm tệp")


def test_before_anything_was_merged_there_is_nothing_to_withdraw(small: Small) -> None:
    with pytest.raises(UsageProblem) as problem:
        take_out(small, "A")
    assert problem.value.error_code == "nothing_merged"


def test_a_consolidation_is_withdrawn_as_a_whole(small: Small, tmp_path: Path) -> None:
    small.put("quận.xlsx", consolidation(tmp_path / "Q", "Q", report("A", "SK-7", day=date(2022, 8, 1))))
    small.merge()
    with pytest.raises(UsageProblem) as problem:
        take_out(small, "A")
    assert problem.value.error_code == "carried_by_consolidation"
    done = take_out(small, "Q")
    assert done.file.path == "nhan/quận.xlsx"
    assert done.overview.accepted_rows() == 3
    assert small.problems() == []
    assert take_out(small, "Q", undo=True).overview.accepted_rows() == 3
    assert small.problems() == []
