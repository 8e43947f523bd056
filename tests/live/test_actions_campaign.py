"""The buttons of a campaign, in a live LibreOffice."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlwings as xw

from addin.campaign.folder import create_campaign
from addin.errors import UsageProblem
from addin.hosts import progress as progress_of
from addin.live.campaigns import last_folder
from tests.end_to_end.small_campaign import UNITS, report, row
from tests.live.pressing import Clerk

Screenshot = Callable[[str], Path]


@pytest.fixture
def clerk(app: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    return Clerk(app, tmp_path, monkeypatch)


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """A campaign folder with accents in its path, and two reports in its inbox; one has an error."""
    folder = tmp_path / "Chiến dịch quận Hồng Bàng"
    create_campaign(folder, "TP", UNITS)
    (folder / "nhan" / "báo cáo A.xlsx").write_bytes(report("A", "A-1", "A-2"))
    (folder / "nhan" / "báo cáo B.xlsx").write_bytes(report("B", "B-1", row("B-2", title=None)))
    return folder


def test_merging_opens_the_master_and_merging_again_replaces_it(
    clerk: Clerk, campaign: Path, screenshot: Screenshot
) -> None:
    clerk.answers(folder=str(campaign))
    clerk.press("merge_campaign")
    screenshot("1-master")
    assert clerk.told() == "Đã tổng hợp 2 tệp: 2 đã nhận."
    master = clerk.app.books.active
    assert master.name == "tong-hop.xlsx"
    assert last_folder() == campaign
    (campaign / "nhan" / "báo cáo D.xlsx").write_bytes(report("D", "D-1"))
    clerk.press("merge_campaign")
    assert [one["kind"] for one in clerk.asked()] == ["tell"], "the workbook in front says which campaign is meant"
    assert [book.name for book in clerk.app.books].count("tong-hop.xlsx") == 1
    detail = clerk.app.books.active.names["row_unit_code"].refers_to_range.value
    assert detail == ["A", "A", "B", "D"]


def test_a_changed_master_is_saved_only_when_the_clerk_says_so(clerk: Clerk, campaign: Path) -> None:
    clerk.answers(folder=str(campaign))
    clerk.press("merge_campaign")
    master = clerk.app.books.active
    master.sheets[0].range("Z1").value = "ghi thêm"
    with pytest.raises(UsageProblem) as problem:
        clerk.press("merge_campaign")
    assert problem.value.error_code == "master_not_saved"
    assert clerk.app.books.active.sheets[0].range("Z1").value == "ghi thêm"
    clerk.answers(confirm=True)
    clerk.press("merge_campaign")
    assert clerk.app.books.active.sheets[0].range("Z1").value is None


def test_the_standing_is_shown_as_a_text(clerk: Clerk, campaign: Path) -> None:
    clerk.answers(folder=str(campaign))
    with pytest.raises(UsageProblem) as problem:
        clerk.press("status")
    assert problem.value.error_code == "nothing_merged"
    clerk.answers(choose="last")
    clerk.press("merge_campaign")
    clerk.asked()
    clerk.press("status")
    (shown,) = [one for one in clerk.asked() if one["kind"] == "show"]
    assert "Đơn vị phải báo cáo: 4; đã nộp: 2" in shown["text"]
    assert "CĐCS Trường C" in shown["text"]


def test_reports_with_errors_go_back_as_marked_copies(clerk: Clerk, campaign: Path) -> None:
    clerk.answers(folder=str(campaign))
    clerk.press("merge_campaign")
    clerk.press("return_to_units")
    assert clerk.told().startswith("1 báo cáo cần trả lại, 1 bản mới")
    (copy,) = (campaign / "tra-lai").glob("*.xlsx")
    back = clerk.app.books.open(str(copy))
    back.activate()
    assert back.sheets[0].name == "Kết quả kiểm tra"
    clerk.press("next_finding")
    assert clerk.app.selection.sheet.name == "Danh sách"
    clerk.press("clear_marks")
    assert "Kết quả kiểm tra" not in back.sheet_names


def test_cancelling_leaves_the_old_master_open(clerk: Clerk, campaign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk.answers(folder=str(campaign))
    clerk.press("merge_campaign")
    (campaign / "nhan" / "báo cáo D.xlsx").write_bytes(report("D", "D-1"))
    monkeypatch.setattr(progress_of._Window, "cancelled", lambda _: True)
    with pytest.raises(UsageProblem) as problem:
        clerk.press("merge_campaign")
    assert problem.value.error_code == "interrupted"
    assert clerk.app.books.active.name == "tong-hop.xlsx"
    assert clerk.app.status_bar is False


def test_the_campaign_of_last_time_is_one_click_away_and_another_can_be_chosen(
    clerk: Clerk, campaign: Path, tmp_path: Path
) -> None:
    other = tmp_path / "khác"
    create_campaign(other, "Q", UNITS)
    clerk.answers(folder=str(other))
    with pytest.raises(UsageProblem):
        clerk.press("status")
    clerk.asked()
    clerk.answers(choose="other", folder=str(campaign))
    clerk.press("merge_campaign")
    asked = clerk.asked()
    assert [one["kind"] for one in asked] == ["choose", "folder", "tell"]
    assert asked[0]["options"][0] == ["last", "khác", str(other)]
    assert last_folder() == campaign


def test_decisions_entered_in_the_master_are_told_as_taken_or_not(clerk: Clerk, campaign: Path) -> None:
    (campaign / "nhan" / "báo cáo B.xlsx").write_bytes(report("B", row("B-2", applied_on=date(2021, 8, 31))))
    clerk.answers(folder=str(campaign))
    clerk.press("merge_campaign")
    clerk.asked()
    _enter(clerk, accept="Có", reason="Có bản giấy kèm theo")
    clerk.answers(confirm=True)
    clerk.press("merge_campaign")
    assert "Chưa nhận quyết định ghi ở trang" in clerk.told(), "nobody has signed for it"
    _enter(clerk, accept="Có", reason="Có bản giấy kèm theo", name="Trần Thị Bình")
    clerk.answers(confirm=True)
    clerk.press("merge_campaign")
    assert "Đã nhận 1 quyết định ghi trong bản tổng hợp." in clerk.told()


def _enter(clerk: Clerk, **decision: str) -> None:
    """Type a decision beside the rejected row."""
    master = clerk.app.books.active
    for column, text in decision.items():
        master.names[f"decide_rejected_{column}"].refers_to_range[0, 0].value = text


def test_choosing_no_campaign_does_nothing(clerk: Clerk) -> None:
    clerk.press("merge_campaign")
    assert [one["kind"] for one in clerk.asked()] == ["folder"]


def test_a_folder_that_is_no_campaign_is_said(clerk: Clerk, tmp_path: Path) -> None:
    clerk.answers(folder=str(tmp_path))
    with pytest.raises(UsageProblem) as problem:
        clerk.press("merge_campaign")
    assert problem.value.error_code == "no_campaign"


def test_a_report_in_a_campaign_is_judged_by_its_units(clerk: Clerk, campaign: Path) -> None:
    stranger = campaign / "nhan" / "của ai.xlsx"
    stranger.write_bytes(report("KHONG-CO", "X-1"))
    clerk.app.books.open(str(stranger)).activate()
    clerk.press("check_sheet")
    assert "KHONG-CO" in clerk.told()
