"""The buttons that make papers and give help, in a live LibreOffice: payment lists, report, guide, doctor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
import xlwings as xw
from openpyxl import load_workbook

from addin import actions
from addin.campaign.folder import create_campaign
from addin.errors import UsageProblem
from addin.hosts import installing
from addin.hosts import progress as progress_of
from addin.hosts.dialogs import Dialogs
from addin.hosts.excel.host import ExcelHost
from addin.hosts.excel.payload import packaged
from addin.hosts.libreoffice.launch import Office
from addin.live import helping, reporting
from addin.live.problems import sentence
from tests.addin.hosts.excel.fake_machines import windows
from tests.end_to_end.small_campaign import report, row
from tests.live.pressing import Clerk
from tests.live.test_actions import _calls
from tests.mail.campaigns import with_addresses


@pytest.fixture
def clerk(app: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    return Clerk(app, tmp_path, monkeypatch)


def begin(clerk: Clerk, folder: Path, *rows: Any) -> Path:
    """A city's campaign with its master in front; A and B report."""
    create_campaign(folder, "TP", with_addresses())
    (folder / "nhan" / "A.xlsx").write_bytes(report("A", *(rows or ("A-1", "A-2"))))
    later = row("B-2", registered_on=date(2022, 7, 1), approved_on=date(2022, 8, 1))
    (folder / "nhan" / "B.xlsx").write_bytes(report("B", "B-1", later, day=date(2022, 9, 1)))
    clerk.answers(choose="other", folder=str(folder))
    clerk.press("merge_campaign")
    clerk.asked()
    return folder


@pytest.fixture
def campaign(clerk: Clerk, tmp_path: Path) -> Path:
    return begin(clerk, tmp_path / "Chiến dịch thành phố")


# -- payment lists -----------------------------------------------------------------------------------------------------


def test_payment_lists_are_shown_before_they_are_made_and_paid_once(clerk: Clerk, campaign: Path) -> None:
    clerk.answers(choose="1", review="sign", confirm=True)
    clerk.press("payment_lists")
    asked = clerk.asked()
    assert [one["kind"] for one in asked] == ["choose", "review", "confirm", "open"]
    assert asked[0]["options"][0][:2] == ["1", "Giai đoạn 1"]
    assert asked[0]["options"][0][2] == "cấp trên còn phải chi 300.000 đồng; CĐCS tự chi 450.000 đồng"
    assert asked[0]["options"][1][2].startswith("cấp trên còn phải chi 100.000 đồng")
    assert asked[1]["rows"] == [["LĐLĐ quận (Q)", "3", "300.000", "0"]]
    assert "Cấp trên chi: 300.000 đồng (Ba trăm nghìn đồng)" in asked[2]["text"]
    assert str(campaign / "chi") in asked[2]["text"]
    assert asked[3]["path"] == str(campaign / "chi")
    made = sorted((campaign / "chi").glob("*.xlsx"))
    assert made
    assert all(load_workbook(file).sheetnames for file in made)
    clerk.answers(choose="1", review="sign")
    clerk.press("payment_lists")
    assert "không có khoản nào phải chi thêm" in clerk.told()
    assert sorted((campaign / "chi").glob("*.xlsx")) == made


def test_payment_lists_that_are_not_agreed_to_are_not_made(clerk: Clerk, campaign: Path) -> None:
    clerk.answers(choose="1")
    clerk.press("payment_lists")
    assert [one["kind"] for one in clerk.asked()] == ["choose", "review"]
    assert not list((campaign / "chi").iterdir())
    clerk.press("payment_lists")
    assert [one["kind"] for one in clerk.asked()] == ["choose"]
    assert clerk.app.status_bar is False


def test_lists_that_changed_while_the_clerk_looked_are_not_made(
    clerk: Clerk, campaign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = Dialogs.review

    def made_meanwhile(self: Dialogs, *given: Any, **more: Any) -> str | None:
        actions.pay_campaign(campaign, 1)
        return review(self, *given, **more)

    monkeypatch.setattr(Dialogs, "review", made_meanwhile)
    clerk.answers(choose="1", review="sign")
    with pytest.raises(UsageProblem) as problem:
        clerk.press("payment_lists")
    assert problem.value.error_code == "payments_changed"
    assert "Lúc bạn xem: cấp trên chi 300.000 đồng" in sentence(problem.value)
    assert "nay: 0 đồng" in sentence(problem.value)
    assert len(actions.pay_campaign(campaign, 1, dry=True).closed) == 3, "those of the other clerk, once"


def test_cancelling_while_lists_are_made_closes_none(
    clerk: Clerk, campaign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stages: list[str] = []
    monkeypatch.setattr(progress_of._Window, "show", lambda _, stage, *__: stages.append(stage))
    monkeypatch.setattr(progress_of._Window, "cancelled", lambda _: "Đang lập danh sách chi" in stages)
    clerk.answers(choose="1", review="sign")
    with pytest.raises(progress_of.Cancelled):
        clerk.press("payment_lists")
    assert stages == ["Đang tính các khoản phải chi"] * 2 + ["Đang lập danh sách chi"]
    assert not list((campaign / "chi").iterdir())
    assert not actions.pay_campaign(campaign, 1, dry=True).closed


def test_lists_for_the_bank_have_room_for_accounts(clerk: Clerk, campaign: Path) -> None:
    clerk.answers(choose="1", review="bank")
    clerk.press("payment_lists")
    (upper,) = (campaign / "chi").glob("danh-sach-chi*.xlsx")
    cells = [str(cell.value) for sheet in load_workbook(upper) for line in sheet.iter_rows() for cell in line]
    assert "Số tài khoản" in cells


# -- the report --------------------------------------------------------------------------------------------------------


def test_the_report_is_made_opened_and_never_written_over(clerk: Clerk, campaign: Path) -> None:
    made = []
    for phase in ("all", "all", "2"):
        clerk.answers(choose=phase)
        clerk.press("report")
        asked = clerk.asked()
        assert [one["kind"] for one in asked] == ["choose", "open", "tell"]
        made.append(Path(asked[1]["path"]))
        assert str(made[-1]) in asked[2]["text"]
    assert len(set(made)) == 3
    assert made[1].name.endswith("(2).docx")
    assert "Giai đoạn 2" in made[2].name
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(made[0])).paragraphs)
    assert "BÁO CÁO" in text
    clerk.press("report")
    assert [one["kind"] for one in clerk.asked()] == ["choose"], "the clerk changed her mind"


def test_a_report_of_a_unit_with_a_long_name_and_a_slash_has_a_name_of_its_own(tmp_path: Path) -> None:
    name = "Công đoàn cơ sở A/B " + "Công ty trách nhiệm hữu hạn một thành viên " * 5
    units = (replace(one, name=name) if one.code == "Q" else one for one in with_addresses())
    made = create_campaign(tmp_path / "c", "Q", units)
    for number in range(3):
        file = reporting._free_name(made, 1)
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"")
        assert file.name.startswith("Báo cáo sáng kiến - Công đoàn cơ sở A-B")
        assert len(list(file.parent.iterdir())) == number + 1


@pytest.mark.parametrize("button", ["report", "payment_lists", "return_to_units"])
def test_a_campaign_that_was_never_merged_is_said(clerk: Clerk, campaign: Path, button: str, tmp_path: Path) -> None:
    create_campaign(tmp_path / "mới", "TP", with_addresses())
    consolidation = tmp_path / "mới" / "tong-hop.xlsx"
    consolidation.write_bytes((campaign / "tong-hop.xlsx").read_bytes())
    for book in list(clerk.app.books):
        if book.name == "tong-hop.xlsx":
            book.close()
    clerk.app.books.open(str(consolidation)).activate()
    with pytest.raises(UsageProblem) as problem:
        clerk.press(button)
    assert problem.value.error_code == "nothing_merged"


# -- help --------------------------------------------------------------------------------------------------------------


def test_the_guide_opens_and_knows_every_rule_column_and_button(clerk: Clerk) -> None:
    clerk.press("guide")
    (asked,) = clerk.asked()
    assert asked == {"kind": "open", "path": str(helping.GUIDE)}


def test_a_guide_that_is_gone_is_said(clerk: Clerk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(helping, "GUIDE", tmp_path / "huong-dan.html")
    with pytest.raises(UsageProblem) as problem:
        clerk.press("guide")
    assert problem.value.error_code == "guide_missing"


def test_about_says_versions_and_offers_what_the_doctor_has_found(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = windows()  # Excel is open, and nothing was installed into it yet
    machine.programs.add("excel.exe")
    unwell = ExcelHost(machine, packaged(), name="libreoffice")  # a doctor we have patients for, in this program
    monkeypatch.setattr(installing, "hosts", lambda: (unwell, ExcelHost(machine, packaged())))
    clerk.answers(confirm=True)
    clerk.press("about")
    question, shown = clerk.asked()
    assert "LibreOffice" in question["text"]
    assert "điều cần sửa" in question["text"]
    assert shown["text"].count("Chưa có Sổ sáng kiến trong Excel") == 1, "of the program in front alone"
    assert "→ Xin chạy: sangkien install" in shown["text"]
    assert "Excel đang mở" not in shown["text"], "whoever has pressed a button knows"
    monkeypatch.setattr(installing, "hosts", lambda: ())
    clerk.press("about")
    assert "không thấy điều gì cản trở" in clerk.told()


# -- what each press costs ---------------------------------------------------------------------------------------------


def test_calls_of_the_campaigns_buttons_do_not_grow_with_the_rows(
    clerk: Clerk, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_of, "_BETWEEN_WORDS", 3600.0)
    monkeypatch.setattr(installing, "hosts", lambda: ())
    few, many = (_calls_of_each(clerk, office, tmp_path / str(rows), rows) for rows in (2, 60))
    assert few == many


def _calls_of_each(clerk: Clerk, office: Office, folder: Path, rows: int) -> dict[str, int]:
    begin(clerk, folder, *(f"A-{number}" for number in range(rows)))
    answers: dict[str, dict[str, Any]] = {
        "payment_lists": {"choose": "1", "review": "sign"}, "report": {"choose": "all"}, "send_upward": {},
        "remind": {"review": "go"}, "return_to_units": {}, "guide": {}, "about": {}, "settings": {}, "status": {},
    }  # fmt: skip
    counted = {}
    for button, given in answers.items():
        clerk.answers(**({"form": {"to": "tld@example.vn"}} if button == "send_upward" else {}), **given)
        press: Callable[[], None] = lambda button=button: clerk.press(button)  # noqa: E731
        counted[button] = _calls(office, press)
    clerk.asked()
    for book in list(clerk.app.books):
        if book.name == "tong-hop.xlsx":
            book.close()
    return counted
