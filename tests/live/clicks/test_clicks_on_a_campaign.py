"""The clerk of a city's or a district's union at her campaign: every button of merging, paying and sending, clicked."""

from __future__ import annotations

import email.policy
from email import message_from_bytes
from pathlib import Path

import pytest
from openpyxl import load_workbook

from addin.campaign.folder import create_campaign
from addin.ribbon import button_of
from tests.end_to_end.small_campaign import report, row
from tests.live.screen_clerk import ScreenClerk
from tests.mail.campaigns import CITY, with_addresses

MASTER = "tong-hop.xlsx"


@pytest.fixture
def campaign(clerk: ScreenClerk) -> Path:
    """A district's campaign with two reports in its inbox; one has an error."""
    return begin(clerk, "Q")


@pytest.fixture
def merged(clerk: ScreenClerk, campaign: Path) -> Path:
    """The same, merged by a click, its master in front."""
    return merge(clerk, campaign)


def begin(clerk: ScreenClerk, own: str) -> Path:
    folder = clerk.folder / "Chiến dịch quý II"
    create_campaign(folder, own, with_addresses())
    (folder / "nhan" / "báo cáo A.xlsx").write_bytes(report("A", "A-1", "A-2"))
    (folder / "nhan" / "báo cáo B.xlsx").write_bytes(report("B", "B-1", row("B-2", title=None)))
    clerk.open()
    return folder


def merge(clerk: ScreenClerk, folder: Path) -> Path:
    clerk.answers(folder=str(folder))
    clerk.press("merge_campaign")
    clerk.asked()
    return folder


def kinds(clerk: ScreenClerk) -> list[str]:
    return [one["kind"] for one in clerk.asked()]


def test_merging_opens_the_master(clerk: ScreenClerk, campaign: Path) -> None:
    clerk.answers(folder=str(campaign))
    clerk.press("merge_campaign")
    clerk.picture("master")
    assert clerk.told() == "Đã tổng hợp 2 tệp: 2 đã nhận."
    assert Path(clerk.book.fullname) == campaign / MASTER
    assert clerk.book.names["row_unit_code"].refers_to_range.value == ["A", "A", "B"]
    for title in clerk.book.sheet_names:
        if clerk.book.sheets[title].visible:
            clerk.book.sheets[title].activate()
            clerk.picture(f"sheet-{clerk.book.sheets[title].index}")


def test_a_report_that_came_later_is_merged_into_the_open_master(clerk: ScreenClerk) -> None:
    (merge(clerk, begin(clerk, "TP")) / "nhan" / "báo cáo D.xlsx").write_bytes(report("D", "D-1"))
    clerk.press("merge_campaign")
    clerk.picture("master")
    assert kinds(clerk) == ["tell"], "the workbook in front says which campaign is meant"
    assert [book.name for book in clerk.app.books].count(MASTER) == 1
    assert "D" in clerk.book.names["row_unit_code"].refers_to_range.value


def test_a_master_that_was_changed_is_kept_unless_the_clerk_says_so(clerk: ScreenClerk, merged: Path) -> None:
    assert merged.is_dir()
    clerk.book.sheets[0].range("Z1").value = "ghi thêm"
    with clerk.pressing("merge_campaign"):
        said = clerk.box("OK")
    assert said.startswith("Sổ tổng hợp đang mở có chỗ chưa lưu")
    assert clerk.book.sheets[0].range("Z1").value == "ghi thêm"


def test_what_is_no_campaign_is_said(clerk: ScreenClerk) -> None:
    clerk.open()
    clerk.folder.mkdir()
    clerk.answers(folder=str(clerk.folder))
    with clerk.pressing("merge_campaign"):
        said = clerk.box("OK")
    assert clerk.folder.name in said


def test_the_standing_is_shown(clerk: ScreenClerk, merged: Path) -> None:
    assert merged.is_dir()
    clerk.press("status")
    (shown,) = clerk.asked()
    assert "Đơn vị phải báo cáo: 2; đã nộp: 2" in shown["text"]


def test_payment_lists_are_made_and_open_as_workbooks(clerk: ScreenClerk) -> None:
    folder = merge(clerk, begin(clerk, "TP"))
    clerk.answers(choose="1", review="sign", confirm=True)
    clerk.press("payment_lists")
    assert kinds(clerk) == ["choose", "review", "confirm", "open"]
    made = sorted((folder / "chi").glob("*.xlsx"))
    assert made
    assert all(load_workbook(file).sheetnames for file in made)
    clerk.open(next(file for file in made if file.name.startswith("danh-sach-chi")))
    clerk.picture("list")


def test_payment_lists_that_are_not_agreed_to_are_not_made(clerk: ScreenClerk) -> None:
    folder = merge(clerk, begin(clerk, "TP"))
    clerk.answers(choose="1")
    clerk.press("payment_lists")
    assert kinds(clerk) == ["choose", "review"]
    assert not list((folder / "chi").iterdir())


def test_the_report_is_made_as_a_document(clerk: ScreenClerk, merged: Path) -> None:
    clerk.answers(choose="all")
    clerk.press("report")
    asked = clerk.asked()
    assert [one["kind"] for one in asked] == ["choose", "open", "tell"]
    assert Path(asked[1]["path"]).suffix == ".docx"
    assert Path(asked[1]["path"]).is_relative_to(merged)


def test_reports_with_errors_go_back_as_marked_copies_in_which_links_work(clerk: ScreenClerk, merged: Path) -> None:
    clerk.press("return_to_units")
    assert clerk.told().startswith("1 báo cáo cần trả lại, 1 bản mới")
    (copy,) = (merged / "tra-lai").glob("*.xlsx")
    clerk.open(copy)
    clerk.picture("copy")
    link = next(cell for cell in clerk.book.sheets[0].range("D1:D40") if str(cell.value).startswith("H"))
    address = f"${link.value[0]}${link.value[1:]}"
    clerk.click_cell(link, on_its_text=True)
    clerk.until_at("Danh sách", address)
    clerk.picture("landed")


def test_the_consolidation_becomes_a_draft_to_the_superior_union(clerk: ScreenClerk, merged: Path) -> None:
    clerk.answers(review="go")
    clerk.press("send_upward")
    asked = clerk.asked()
    assert [one["kind"] for one in asked] == ["review", "open", "tell"]
    draft = message_from_bytes(Path(asked[1]["path"]).read_bytes(), policy=email.policy.default)
    assert draft["To"] == CITY
    (attachment,) = draft.iter_attachments()  # type: ignore[attr-defined]
    assert attachment.get_content() == (merged / MASTER).read_bytes()
    assert clerk.book.name == MASTER, "it is in front again"


def test_without_a_mailbox_collecting_offers_to_add_one(clerk: ScreenClerk, merged: Path) -> None:
    assert merged.is_dir()
    clerk.press("collect")
    (question,) = clerk.asked()
    assert question["kind"] == "confirm"
    assert "hộp thư" in question["text"]


def test_units_that_have_not_sent_are_listed_before_they_are_reminded(clerk: ScreenClerk) -> None:
    merge(clerk, begin(clerk, "TP"))
    clerk.press("remind")
    listed, told = clerk.asked()
    assert len(listed["rows"]) == 2
    assert told["text"] == "Chưa gửi thư nào.", "nothing was agreed to"


def test_buttons_of_a_campaign_are_grey_before_a_form_and_live_before_the_master(
    clerk: ScreenClerk, merged: Path
) -> None:
    labels = {button_of(one).label for one in ("payment_lists", "send_upward", "report", "return_to_units", "remind")}
    assert not labels & clerk.greyed()
    clerk.picture("master")
    clerk.open(merged / "nhan" / "báo cáo A.xlsx")
    assert labels <= clerk.greyed()
    clerk.picture("form")


def test_a_master_beside_a_campaign_that_was_never_merged_is_said(clerk: ScreenClerk, merged: Path) -> None:
    other = clerk.folder / "mới"
    create_campaign(other, "Q", with_addresses())
    (other / MASTER).write_bytes((merged / MASTER).read_bytes())
    clerk.open(other / MASTER)
    with clerk.pressing("report"):
        said = clerk.box("OK")
    assert f"bấm {button_of('merge_campaign').label} trước" in said
