"""The buttons that send and fetch mail, in a live LibreOffice, with real servers and a real store of passwords."""

from __future__ import annotations

import email.policy
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from pydantic import SecretStr

from addin import actions
from addin.actions import local_now
from addin.campaign.folder import create_campaign, open_campaign
from addin.campaign.ledger import open_ledger
from addin.errors import UsageProblem
from addin.hosts import progress as progress_of
from addin.intake.reader import read_workbook
from addin.live import mail_accounts, sending, ways
from addin.live.problems import sentence
from addin.live.session import begin as begin_session
from addin.mail import accounts, oauth, store
from addin.mail.accounts import Account
from addin.mail.actions import add_account
from addin.mail.outbox import Pace
from addin.mail.problems import LoginRefused, MailProblem, NotReached
from addin.mail.report import By
from tests.end_to_end.small_campaign import report, row
from tests.live.pressing import Clerk
from tests.mail.campaigns import CITY, address_of, mail_from, with_addresses
from tests.mail.certificates import Authority
from tests.mail.conftest import (  # noqa: F401 - fixtures
    ADDRESS,
    PASSWORD,
    account,
    account_at,
    at_home,
    authority,
    by,
    clock,
    post_office,
    session_with_secrets,
)
from tests.mail.mailboxes import Mailboxes
from tests.mail.post_office import PostOffice


@pytest.fixture
def clerk(app: xw.App, at_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clerk:  # noqa: F811
    monkeypatch.setattr(ways, "Pace", lambda wait: Pace(waits=(0.1,), pause=0.0, wait=wait))
    return Clerk(app, tmp_path, monkeypatch)


@pytest.fixture
def campaign(clerk: Clerk, tmp_path: Path) -> Path:
    """A district's campaign with its master in front: one report is sound, one has an error; none is missing."""
    return begin(clerk, tmp_path / "Chiến dịch quận")


def begin(clerk: Clerk, folder: Path, *, but: tuple[str, ...] = (), reports: str = "AB") -> Path:
    create_campaign(folder, "Q", with_addresses(but=but))
    contents = {"A": report("A", "A-1", "A-2"), "B": report("B", "B-1", row("B-2", title=None))}
    for unit in reports:
        (folder / "nhan" / f"báo cáo {unit}.xlsx").write_bytes(contents[unit])
    clerk.answers(choose="other", folder=str(folder))
    clerk.press("merge_campaign")
    clerk.asked()
    return folder


def kinds(asked: list[dict[str, Any]]) -> list[str]:
    return [one["kind"] for one in asked]


def mail_records(folder: Path) -> list[store.Recipient]:
    with open_ledger(open_campaign(folder), by="thử", now=local_now()) as ledger:
        return store.records(ledger.connection, store.Recipient)


# -- the report upward -------------------------------------------------------------------------------------------------


def test_without_an_account_the_report_is_read_through_and_becomes_a_draft(clerk: Clerk, campaign: Path) -> None:
    clerk.answers(review="go")
    clerk.press("send_upward")
    asked = clerk.asked()
    assert kinds(asked) == ["review", "open", "tell"], "no account: no question how to send"
    shown = asked[0]["text"]
    assert f"Tới: {CITY}" in shown
    assert "Kèm theo: Tổng hợp sáng kiến - LĐLĐ quận" in shown
    assert "1 dòng có lỗi chưa được tính." in shown
    assert "đăng ký 3; hợp lệ 3" in shown
    draft = Path(asked[1]["path"])
    message = message_from_bytes(draft.read_bytes(), policy=email.policy.default)
    assert (message["X-Unsent"], message["To"]) == ("1", CITY)
    (attachment,) = message.iter_attachments()  # type: ignore[attr-defined]
    assert attachment.get_content() == (campaign / "tong-hop.xlsx").read_bytes()
    assert "bấm Gửi" in asked[2]["text"]
    assert clerk.app.books.active.name == "tong-hop.xlsx", "the master is in front again"
    assert clerk.app.status_bar is False


def test_a_letter_that_is_not_agreed_to_goes_nowhere(clerk: Clerk, campaign: Path) -> None:
    clerk.app.books.active.sheets["Chi tiết"].activate()
    clerk.app.books.active.sheets["Chi tiết"].range("B6").select()
    clerk.press("send_upward")
    assert clerk.app.books.active.sheets.active.name == "Chi tiết"
    assert clerk.app.selection.address == "$B$6", "the master is open again where it was"
    assert kinds(clerk.asked()) == ["review"]
    assert not (campaign / "thu-di").exists()


def test_a_second_draft_of_the_same_report_needs_a_word(clerk: Clerk, campaign: Path) -> None:
    clerk.answers(review="go")
    clerk.press("send_upward")
    clerk.asked()
    clerk.press("send_upward")
    (asked,) = clerk.asked()
    assert (asked["kind"], "đã có thư nháp" in asked["text"]) == ("confirm", True)
    assert len(mail_records(campaign)) == 1
    clerk.answers(confirm=True, review="go")
    clerk.press("send_upward")
    assert len(mail_records(campaign)) == 2


def test_what_the_ledger_does_not_know_is_asked_about_besides_the_draft_it_knows(
    clerk: Clerk, campaign: Path, account: Account, post_office: PostOffice  # noqa: F811
) -> None:  # fmt: skip
    add_account(account, SecretStr(PASSWORD))
    clerk.answers(choose="smtp:co-quan", review="go")
    clerk.press("send_upward")
    assert len(post_office.taken) == 1
    clerk.app.books.active.close()
    actions.restore_campaign(campaign)
    actions.merge_campaign(campaign)
    clerk.app.books.open(str(campaign / "tong-hop.xlsx")).activate()
    clerk.asked()
    for told, said in ((False, []), (True, ["drafted"])):
        clerk.script(("choose", "draft"), ("review", "go"), ("confirm", told))
        clerk.press("send_upward")
        (question,) = [one for one in clerk.asked() if one["kind"] == "confirm"]
        assert "có thể đã được gửi" in question["text"], "before a draft too"
        assert [one.state for one in mail_records(campaign)] == said
    clerk.script(("choose", "smtp:co-quan"), ("confirm", True), ("review", "go"), ("confirm", False))
    clerk.press("send_upward")
    questions = [one["text"] for one in clerk.asked() if one["kind"] == "confirm"]
    assert ["đã có thư nháp" in questions[0], "có thể đã được gửi" in questions[1]] == [True, True]
    assert len(post_office.taken) == 1


def test_by_smtp_the_report_is_sent_once(
    clerk: Clerk, campaign: Path, account: Account, post_office: PostOffice  # noqa: F811
) -> None:  # fmt: skip
    add_account(account, SecretStr(PASSWORD))
    clerk.answers(choose="smtp:co-quan", review="go")
    clerk.press("send_upward")
    assert clerk.told() == f"Đã gửi tới {CITY}."
    (mail,) = post_office.taken
    assert mail.recipients == [CITY]
    clerk.answers(choose="smtp:co-quan", review="go")
    clerk.press("send_upward")
    (question,) = [one for one in clerk.asked() if one["kind"] == "confirm"]
    assert "đã được gửi" in question["text"]
    assert len(post_office.taken) == 1
    clerk.answers(choose="smtp:co-quan", confirm=True, review="go")
    clerk.press("send_upward")
    assert len(post_office.taken) == 2, "the clerk has said so"


def test_a_line_that_drops_after_the_message_is_asked_about(
    clerk: Clerk, campaign: Path, account: Account, post_office: PostOffice  # noqa: F811
) -> None:  # fmt: skip
    add_account(account, SecretStr(PASSWORD))
    post_office.moods.drop_after_data = 1
    clerk.answers(choose="smtp:co-quan", review="go")
    clerk.press("send_upward")
    assert "Không rõ thư đã tới" in clerk.told()
    clerk.answers(choose="smtp:co-quan")
    clerk.press("send_upward")
    assert len(post_office.taken) == 1
    clerk.answers(choose="smtp:co-quan", confirm=True, review="go")
    clerk.press("send_upward")
    first, second = post_office.taken
    assert first.message_id == second.message_id, "a receiver knows the second copy"


def test_a_wrong_password_is_tried_once_and_said_with_the_button_that_helps(
    clerk: Clerk, campaign: Path, account: Account, post_office: PostOffice  # noqa: F811
) -> None:  # fmt: skip
    add_account(account, SecretStr("sai"))
    clerk.answers(choose="smtp:co-quan", review="go")
    with pytest.raises(LoginRefused) as problem:
        clerk.press("send_upward")
    assert "Cài đặt" in sentence(problem.value)
    assert "sangkien" not in sentence(problem.value)
    assert len(post_office.logins) == 1
    assert [one.state for one in mail_records(campaign)] == ["queued"]


def test_without_a_network_the_report_waits(
    clerk: Clerk, campaign: Path, account_at: Callable[..., Account]  # noqa: F811
) -> None:  # fmt: skip
    add_account(account_at(1), SecretStr(PASSWORD))
    clerk.answers(choose="smtp:co-quan", review="go")
    clerk.press("send_upward")
    assert "còn trong hộp chờ" in clerk.told()
    assert [one.state for one in mail_records(campaign)] == ["queued"]


def test_the_recipient_is_asked_for_where_the_list_has_none(clerk: Clerk, tmp_path: Path) -> None:
    begin(clerk, tmp_path / "c", but=("TP",))
    clerk.press("send_upward")
    (question,) = clerk.asked()
    assert (question["kind"], "LĐLĐ thành phố" in question["text"]) == ("form", True)
    clerk.answers(form={"to": "tong-hop@tp.example.vn; phó@sai"}, review="go")
    clerk.press("send_upward")
    assert [one["fault"] for one in clerk.asked()] == ["", "Không phải địa chỉ thư: phó@sai. Xin gõ lại."]
    clerk.answers(form={"to": "tong-hop@tp.example.vn"}, review="go")
    clerk.press("send_upward")
    assert "Tới: tong-hop@tp.example.vn" in clerk.asked()[1]["text"]


@pytest.mark.parametrize(
    ("listed", "to"),
    [("tp@example..vn", [CITY]), ("a@tp.example.vn; b@tp.example.vn", ["a@tp.example.vn", "b@tp.example.vn"])],
)
def test_an_address_in_the_list_that_is_none_is_asked_for_again(
    clerk: Clerk, tmp_path: Path, listed: str, to: list[str]
) -> None:
    units = (replace(one, email=listed) if one.code == "TP" else one for one in with_addresses())
    made = create_campaign(tmp_path / "c", "Q", units)
    clerk.answers(form={"to": CITY})
    assert sending._recipients(begin_session(clerk.app, "send_upward"), made) == to
    asked = [(one["blanks"][0]["value"], one["fault"]) for one in clerk.asked()]
    assert asked == ([] if len(to) > 1 else [(listed, f"Không phải địa chỉ thư: {listed}. Xin gõ lại.")])


def test_a_campaign_without_reports_is_not_sent(clerk: Clerk, tmp_path: Path) -> None:
    begin(clerk, tmp_path / "c", reports="")
    clerk.press("send_upward")
    assert clerk.told() == "Chưa gửi được, vì:\n– Chưa có báo cáo nào được nhận nên không có gì để gửi."


def test_cancelling_the_proof_opens_the_master_again(
    clerk: Clerk, campaign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_of._Window, "cancelled", lambda _: True)
    with pytest.raises(UsageProblem) as problem:
        clerk.press("send_upward")
    assert problem.value.error_code == "interrupted"
    assert clerk.app.books.active.name == "tong-hop.xlsx"
    assert clerk.app.status_bar is False
    assert clerk.app.screen_updating


def test_a_form_of_a_union_is_not_sent_upward(clerk: Clerk) -> None:
    clerk.new_form()
    for button in ("send_upward", "remind", "payment_lists", "report"):
        with pytest.raises(UsageProblem) as problem:
            clerk.press(button)
        assert problem.value.error_code == "other_workbook"


# -- fetching ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def mailboxes(authority: Authority) -> Iterator[Mailboxes]:  # noqa: F811
    with Mailboxes(authority, {ADDRESS: PASSWORD}) as running:
        yield running


def test_reports_are_fetched_and_said_with_strangers_and_what_was_refused(
    clerk: Clerk, tmp_path: Path, mailboxes: Mailboxes, account_at: Callable[..., Account], by: By  # noqa: F811
) -> None:  # fmt: skip
    folder = begin(clerk, tmp_path / "c", reports="")
    add_account(account_at(imap=mailboxes.imap), SecretStr(PASSWORD))
    clerk.press("collect")
    assert clerk.told() == f"Hộp thư {ADDRESS} không có thư mới nào mang tệp kèm."
    for number, (sender, name, content) in enumerate((
        (address_of("A"), "báo cáo A.xlsx", report("A", "A-1")),
        ("ai-do@xa-la.example", "B.xlsx", report("B", "B-1")),
        (address_of("B"), "winmail.dat", b"\x78\x9f\x3e\x22" + bytes(40)),
    )):  # fmt: skip
        identity = f"<{number}@don-vi.example.vn>"
        mailboxes.deliver(ADDRESS, mail_from(sender, (name, content), identity=identity, by=by))
    clerk.press("collect")
    (asked,) = clerk.asked()
    assert asked["heading"] == "Đã lấy 2 tệp mới, từ 3 thư có tệp kèm"
    assert "1 thư đến từ địa chỉ lạ" in asked["text"]
    assert "1 tệp không lấy được" in asked["text"]
    fates = {row[0]: (row[1], row[3]) for row in asked["rows"]}
    assert fates == {
        "ai-do@xa-la.example": ("(lạ)", "Đã nhận"),
        address_of("A"): ("A", "Đã nhận"),
        address_of("B"): ("B", "Không lấy được"),
    }
    assert sorted(path.name for path in (folder / "nhan").iterdir()) == ["B.xlsx", "báo cáo A.xlsx"]
    clerk.press("collect")
    assert "không có thư mới" in clerk.told()


def test_fetching_that_is_cancelled_goes_on_where_it_stopped(
    clerk: Clerk, tmp_path: Path, mailboxes: Mailboxes, account_at: Callable[..., Account], by: By,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    folder = begin(clerk, tmp_path / "c", reports="")
    add_account(account_at(imap=mailboxes.imap), SecretStr(PASSWORD))
    for unit in "AB":
        mail = mail_from(address_of(unit), (f"{unit}.xlsx", report(unit, f"{unit}-1")), identity=f"<{unit}@x>", by=by)
        mailboxes.deliver(ADDRESS, mail)
    looks = iter([False, True])
    with monkeypatch.context() as patched:
        patched.setattr(progress_of._Window, "cancelled", lambda _: next(looks))
        with pytest.raises(UsageProblem) as problem:
            clerk.press("collect")
    assert "bấm lại nút này sẽ làm tiếp" in sentence(problem.value)
    assert len(list((folder / "nhan").iterdir())) == 1
    (shown,) = clerk.asked()
    assert [row[2] for row in shown["rows"]] == ["A.xlsx"], "the next run does not name it again"
    clerk.press("collect")
    assert len(list((folder / "nhan").iterdir())) == 2
    assert not any(b"Seen" in flags for flags in mailboxes.flags(ADDRESS)), "nobody has read the mails"


def test_without_an_account_one_can_be_added_before_fetching(
    clerk: Clerk, tmp_path: Path, mailboxes: Mailboxes, authority: Authority  # noqa: F811
) -> None:  # fmt: skip
    begin(clerk, tmp_path / "c", reports="")
    clerk.press("collect")
    (question,) = clerk.asked()
    assert (question["kind"], "Chưa có hộp thư" in question["text"]) == ("confirm", True)
    described = {
        "address": ADDRESS, "imap": f"127.0.0.1:{mailboxes.imap}", "ca_file": str(authority.ca_file),
        "password": PASSWORD,
    }  # fmt: skip
    clerk.script(("confirm", True), ("choose", "other"), ("form", described), ("form", described))
    clerk.press("collect")
    asked = clerk.asked()
    assert kinds(asked) == ["confirm", "choose", "form", "form", "tell", "tell"]
    assert "Hộp thư dùng được" in asked[4]["text"]
    assert [one.name for one in accounts.read_accounts().values()] == ["can-bo"]
    secret = asked[3]["blanks"][0]
    assert (secret["kind"], secret["value"]) == ("secret", "")


def test_a_password_that_is_refused_when_it_is_added_is_not_tried_again_for_fetching(
    clerk: Clerk, tmp_path: Path, mailboxes: Mailboxes, authority: Authority  # noqa: F811
) -> None:  # fmt: skip
    begin(clerk, tmp_path / "c", reports="")
    described = {"address": ADDRESS, "imap": f"127.0.0.1:{mailboxes.imap}", "ca_file": str(authority.ca_file)}
    clerk.script(("confirm", True), ("choose", "other"), ("form", described), ("form", {"password": "sai"}))
    clerk.press("collect")
    asked = clerk.asked()
    assert kinds(asked) == ["confirm", "choose", "form", "form", "tell"]
    assert "Đổi mật khẩu" in asked[-1]["text"]


def test_waiting_for_a_log_in_in_the_browser_can_be_cancelled(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    code = oauth.DeviceCode("AB-12", "https://login.example.vn", SecretStr("x"), interval=600.0, expires_in=900.0)
    monkeypatch.setattr(oauth, "ask_device_code", lambda _: code)
    monkeypatch.setattr(mail_accounts.webbrowser, "open", lambda _: True)
    looks = iter([False, True])
    monkeypatch.setattr(progress_of._Window, "cancelled", lambda _: next(looks))
    clerk.answers(confirm=True)
    made = accounts.from_preset("microsoft365", "m", ADDRESS, "ma-ung-dung")
    with pytest.raises(progress_of.Cancelled):
        mail_accounts.ask_secret(begin_session(clerk.app, "settings"), made)


def test_without_a_store_of_passwords_nothing_is_asked_and_the_way_out_is_said(
    clerk: Clerk, campaign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    monkeypatch.setattr("addin.mail.credentials.ALLOWED", ())
    clerk.answers(confirm=True)
    with pytest.raises(MailProblem) as problem:
        clerk.press("collect")
    assert problem.value.error_code == "mail_keyring_none"
    assert "thư nháp" in sentence(problem.value)
    assert kinds(clerk.asked()) == ["confirm"]


def test_without_a_network_fetching_says_so(
    clerk: Clerk, campaign: Path, account_at: Callable[..., Account]  # noqa: F811
) -> None:  # fmt: skip
    add_account(account_at(imap=1), SecretStr(PASSWORD))
    with pytest.raises(NotReached) as problem:
        clerk.press("collect")
    assert "Xin kiểm tra mạng" in sentence(problem.value)


# -- letters to units --------------------------------------------------------------------------------------------------


def test_marked_copies_are_mailed_after_one_look_and_once(
    clerk: Clerk, campaign: Path, account: Account, post_office: PostOffice  # noqa: F811
) -> None:  # fmt: skip
    add_account(account, SecretStr(PASSWORD))
    clerk.answers(choose="smtp:co-quan", review="go")
    clerk.press("return_to_units")
    asked = clerk.asked()
    assert kinds(asked) == ["choose", "review", "tell"], asked
    assert asked[1]["rows"] == [[address_of("B"), "B", "Chưa gửi"]]
    assert "Tên sáng kiến" in asked[1]["details"][0]
    assert asked[2]["text"] == "Xong: 1 đã gửi."
    (mail,) = post_office.taken
    (attachment,) = mail.message.iter_attachments()
    assert read_workbook(attachment.get_content()).rows
    clerk.answers(choose="smtp:co-quan", review="go")
    clerk.press("return_to_units")
    assert "không gửi lần nữa" in clerk.told()
    assert len(post_office.taken) == 1


def test_returns_that_are_not_agreed_to_stay_as_files(clerk: Clerk, campaign: Path) -> None:
    clerk.press("return_to_units")
    assert clerk.told().endswith("Chưa gửi thư nào.")
    assert list((campaign / "tra-lai").glob("*.xlsx"))
    assert not mail_records(campaign)


def test_units_that_have_not_sent_are_reminded_once_a_day(clerk: Clerk, tmp_path: Path) -> None:
    folder = begin(clerk, tmp_path / "c", reports="A")
    clerk.answers(review="go", confirm=True)
    clerk.press("remind")
    asked = clerk.asked()
    assert kinds(asked) == ["review", "confirm", "open"]
    assert asked[0]["accept"] == "Tạo 1 thư nháp"
    assert asked[0]["rows"] == [[address_of("B"), "B", "Chưa gửi"]]
    assert "CĐCS Công ty B" in asked[0]["details"][0]
    assert Path(asked[2]["path"]) == folder / "thu-di"
    assert len(list((folder / "thu-di").glob("*.eml"))) == 1
    clerk.press("remind")
    assert "không gửi lần nữa" in clerk.told()


def test_who_has_just_sent_is_not_reminded_and_who_has_no_address_is_named(clerk: Clerk, tmp_path: Path) -> None:
    folder = begin(clerk, tmp_path / "c", reports="", but=("B",))
    (folder / "nhan" / "A.xlsx").write_bytes(report("A", "A-1"))
    clerk.press("remind")
    assert "CĐCS Công ty B (B)" in clerk.told()
    (folder / "nhan" / "B.xlsx").write_bytes(report("B", "B-1"))
    clerk.press("remind")
    assert clerk.told() == "Không có đơn vị nào phải nhắc: mọi đơn vị đều đã nộp báo cáo."


def test_cancelling_between_two_letters_keeps_what_is_done(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = begin(clerk, tmp_path / "c", reports="")
    stages: list[str] = []
    show = progress_of._Window.show

    def noting(self: Any, stage: str, done: int, total: int | None) -> None:
        stages.append(f"{stage} {done}")
        show(self, stage, done, total)

    monkeypatch.setattr(progress_of._Window, "show", noting)
    monkeypatch.setattr(progress_of._Window, "cancelled", lambda _: "Đang tạo thư nháp 1" in stages)
    clerk.answers(review="go")
    with pytest.raises(UsageProblem) as problem:
        clerk.press("remind")
    assert problem.value.error_code == "interrupted"
    assert [one.state for one in mail_records(folder)] == ["drafted", "drafted"]
    assert clerk.app.status_bar is False


# -- settings ----------------------------------------------------------------------------------------------------------


def test_settings_keep_the_unit_and_the_campaign(clerk: Clerk, tmp_path: Path) -> None:
    folder = tmp_path / "c"
    create_campaign(folder, "Q", with_addresses())
    clerk.script(("choose", "unit"), ("form", {"unit": "A – CĐCS Công ty A"}), ("choose", "campaign"),
                 ("folder", str(folder)))  # fmt: skip
    clerk.press("settings")
    menus = [one["options"] for one in clerk.asked() if one["kind"] == "choose"]
    assert [option[2] for option in menus[0][:2]] == ["(chưa đặt)", "(chưa đặt)"]
    assert [option[2] for option in menus[-1][:2]] == ["A", str(folder)]
    clerk.press("new_form")
    (question,) = clerk.asked()
    assert question["unit"] == "A"
    assert ["A", "CĐCS Công ty A"] in question["units"]


def test_settings_make_a_campaign_and_ask_again_where_it_cannot_be_made(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    units = tmp_path / "đơn vị.csv"
    units.write_text(
        "code,name,level,parent,valid_from,valid_to\nTP,LĐLĐ thành phố,city,,,\nA,CĐCS A,grassroots,TP,,\n"
    )
    wrong = {"folder": "mới", "units": str(units), "unit": "KHONG-CO"}
    clerk.script(("choose", "new_campaign"), ("form", wrong), ("form", wrong | {"unit": "TP"}))
    clerk.press("settings")
    forms = [one for one in clerk.asked() if one["kind"] == "form"]
    assert "KHONG-CO" in forms[1]["fault"]
    assert open_campaign(tmp_path / "mới").unit.code == "TP", "a name alone is a folder of the clerk's own"


def test_what_is_wrong_with_an_account_is_said_in_vietnamese(clerk: Clerk) -> None:
    described = {"address": ADDRESS, "host": "https://mail.q.example.vn"}
    clerk.script(("choose", "add_account"), ("choose", "office"), ("form", described))
    clerk.press("settings")
    fault = [one["fault"] for one in clerk.asked() if one["kind"] == "form"][-1]
    assert "không có https://" in fault
    assert "pattern" not in fault


def test_settings_add_try_and_remove_an_account(
    clerk: Clerk, post_office: PostOffice, authority: Authority, tmp_path: Path  # noqa: F811
) -> None:  # fmt: skip
    described = {
        "address": ADDRESS, "smtp": f"127.0.0.1:{post_office.port}", "ca_file": str(authority.ca_file),
        "sender": "Công đoàn quận", "signature": "Chị Hoa\n0225 123 456",
    }  # fmt: skip
    clerk.script(
        ("choose", "add_account"), ("choose", "other"), ("form", {"address": "không phải"}), ("form", described),
        ("form", {"password": PASSWORD}), ("choose", "account:can-bo"), ("choose", "test"),
        ("choose", "account:can-bo"), ("choose", "password"), ("form", {"password": "sai rồi"}),
        ("choose", "account:can-bo"), ("choose", "remove"), ("confirm", True),
    )  # fmt: skip
    clerk.press("settings")
    asked = clerk.asked()
    told = [one["text"] for one in asked if one["kind"] == "tell"]
    assert told[0].startswith("Đã thêm hộp thư")
    assert "Hộp thư dùng được" in told[0]
    assert "Hộp thư dùng được" in told[1]
    assert "Đổi mật khẩu" in told[2]
    assert [good for _, good in post_office.logins] == [True, True, False]
    assert accounts.read_accounts() == {}
    for file in [*(tmp_path / "home").rglob("*"), *tmp_path.glob("*.asked")]:
        assert not file.is_file() or PASSWORD.encode() not in file.read_bytes()


def test_a_mailbox_is_not_added_twice(clerk: Clerk, account: Account) -> None:  # noqa: F811
    assert account.smtp is not None
    add_account(account, SecretStr(PASSWORD))
    described = {"address": ADDRESS.upper(), "user": ADDRESS, "smtp": str(account.smtp)}
    clerk.script(("choose", "add_account"), ("choose", "other"), ("form", described))
    clerk.press("settings")
    forms = [one for one in clerk.asked() if one["kind"] == "form"]
    assert [one["fault"][:19] for one in forms] == ["", "Đã có hộp thư can-b"]
    assert "Đổi mật khẩu" in forms[1]["fault"]
    assert list(accounts.read_accounts()) == [account.name]


def test_a_mailbox_at_other_servers_is_another(clerk: Clerk, account: Account) -> None:  # noqa: F811
    add_account(account, SecretStr(PASSWORD))
    described = {"address": ADDRESS, "smtp": "mail.q.example.vn:465", "imap": "", "security": "tls"}
    made = mail_accounts._account(mail_accounts._KINDS["other"], described)
    assert made.name != account.name


def test_a_password_for_gmail_is_taken_without_its_spaces(clerk: Clerk) -> None:
    session = begin_session(clerk.app, "settings")
    clerk.answers(form={"password": "abcd efgh ijkl mnop"})
    made = accounts.from_preset("gmail", "g", "a@gmail.com")
    secret = mail_accounts.ask_secret(session, made)
    assert secret is not None
    assert "mật khẩu ứng dụng" in clerk.asked()[0]["blanks"][0]["hint"]
    assert secret.get_secret_value() == "abcdefghijklmnop"


def test_a_file_of_accounts_that_cannot_be_read_is_said_and_the_menu_stays(clerk: Clerk) -> None:
    file = accounts.accounts_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("[[account")
    clerk.press("settings")
    asked = clerk.asked()
    assert kinds(asked) == ["tell", "choose"]
    assert "hop-thu.toml" in asked[0]["text"]
