"""The consolidation to the superior: proved, then sent once, whatever happens on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from pydantic import SecretStr

from addin.campaign import backups
from addin.mail import report
from addin.mail.accounts import Account
from addin.mail.drafts import DraftFiles
from addin.mail.outbox import MOST_TRIES, Outbox, Pace
from addin.mail.problems import LoginRefused, MailProblem
from addin.mail.report import By, Decision, Sending, Way
from addin.mail.store import Kind
from tests.end_to_end.small_campaign import Small
from tests.end_to_end.small_campaign import report as unit_report
from tests.mail.campaigns import CITY, campaign, ledger_of, with_addresses
from tests.mail.conftest import PASSWORD, Clock
from tests.mail.post_office import PostOffice

pytestmark = pytest.mark.usefixtures("_reading_here")

SECOND = "ban-thuong-vu@tp.example.vn"


@pytest.fixture
def small(tmp_path: Path) -> Small:
    one = campaign(tmp_path)
    one.put("A.xlsx", unit_report("A", "SK-1", "SK-2"))
    return one


@pytest.fixture
def send(small: Small, account: Account, by: By, pace: Pace) -> Callable[..., Sending]:
    def one(
        *to: str,
        again: bool = False,
        retry_unknown: bool = False,
        though_perhaps_sent: bool = False,
        password: str = PASSWORD,
        by_account: Account = account,
    ) -> Sending:
        found = report.preflight(small.campaign, by, workers=1)
        return report.send_by_smtp(
            small.campaign, found, to or (CITY,), by_account, lambda: SecretStr(password), by,
            Decision(again, retry_unknown, though_perhaps_sent), pace,
        )  # fmt: skip

    return one


def states(sending: Sending) -> dict[str, str]:
    assert sending.item is not None
    return {one.address: one.state for one in sending.item.recipients}


def test_it_goes_out_with_totals_checksum_and_contact(
    small: Small, send: Callable[..., Sending], post_office: PostOffice
) -> None:
    sending = send()
    assert sending.way is Way.OUTBOX
    assert sending.done
    assert states(sending) == {CITY: "sent"}
    (mail,) = post_office.taken
    message = mail.message
    assert message["Subject"] == "Tổng hợp sáng kiến – LĐLĐ quận – 01/07/2022"
    (attachment,) = message.iter_attachments()
    master = small.campaign.master.read_bytes()
    assert attachment.get_content() == master
    assert attachment.get_filename() == "Tổng hợp sáng kiến - LĐLĐ quận - 2022-07-01.xlsx"
    body = message.get_body()
    assert body is not None
    text = body.get_content()
    assert "Kính gửi: LĐLĐ thành phố" in text
    assert "Giai đoạn 1: đăng ký 2; hợp lệ 2; tính vào chỉ tiêu 2/20.000; cấp trên hỗ trợ 200.000 đồng" in text
    assert hashlib.sha256(master).hexdigest() in text
    assert "Người liên hệ: LĐLĐ quận, can-bo@q.example.vn" in text
    assert small.problems() == []


def test_a_slash_in_the_units_name_loses_nothing_of_the_files_name(tmp_path: Path, by: By) -> None:
    units = (replace(one, name="Công đoàn A/B") if one.code == "Q" else one for one in with_addresses())
    small = Small(tmp_path, tuple(units), "Q")
    small.put("A.xlsx", unit_report("A", "SK-1"))
    found = report.preflight(small.campaign, by, workers=1)
    (attachment,) = report.preview(small.campaign, found, (CITY,), None, by).letter.attachments
    assert attachment.name == "Tổng hợp sáng kiến - Công đoàn A-B - 2022-07-01.xlsx"


def test_it_is_merged_fresh_before(small: Small, send: Callable[..., Sending], post_office: PostOffice) -> None:
    send()
    small.put("B.xlsx", unit_report("B", "SK-3"))
    sending = send()
    assert sending.preflight.overview.accepted_rows() == 3
    assert len(post_office.taken) == 2


def test_the_same_figures_do_not_go_out_twice(
    small: Small, send: Callable[..., Sending], post_office: PostOffice
) -> None:
    first = send()
    small.campaign.master.write_bytes(b"not the master any more")  # the merge before sending builds it anew
    second = send()
    assert second.way is Way.ALREADY
    assert second.done
    assert second.item == first.item
    assert len(post_office.taken) == 1


def test_on_a_persons_word_they_do_with_another_id(send: Callable[..., Sending], post_office: PostOffice) -> None:
    send()
    assert send(again=True).way is Way.OUTBOX
    first, second = post_office.taken
    assert first.message_id != second.message_id


def test_another_addressee_is_another_message(send: Callable[..., Sending], post_office: PostOffice) -> None:
    send()
    assert states(send(SECOND)) == {SECOND: "sent"}
    assert [mail.recipients for mail in post_office.taken] == [[CITY], [SECOND]]


def test_nobody_gets_it_when_it_is_only_looked_at(small: Small, by: By) -> None:
    found = report.preflight(small.campaign, by, workers=1)
    journal = small.sql("SELECT count(*) FROM journal")
    shown = report.preview(small.campaign, found, (CITY,), None, by)
    assert shown.way is Way.PREVIEW
    assert shown.letter.to == (CITY,)
    assert small.sql("SELECT count(*) FROM journal") == journal
    assert not (small.folder / "thu-di").exists()


def test_a_draft_is_a_letter_yet_to_be_sent(small: Small, by: By) -> None:
    found = report.preflight(small.campaign, by, workers=1)
    drafts = DraftFiles(small.folder / "thu-di")
    sending = report.send_draft(small.campaign, found, (CITY,), None, drafts, by)
    assert sending.draft is not None
    message = message_from_bytes(sending.draft.read_bytes(), policy=default)
    assert message["X-Unsent"] == "1"
    assert message["To"] == CITY
    assert message["From"] is None
    (attachment,) = message.iter_attachments()
    assert attachment.get_content() == small.campaign.master.read_bytes()
    assert states(sending) == {CITY: "drafted"}
    assert small.problems() == []


def test_a_draft_does_not_stand_in_the_way_of_sending(
    small: Small, send: Callable[..., Sending], by: By, post_office: PostOffice
) -> None:
    found = report.preflight(small.campaign, by, workers=1)
    report.send_draft(small.campaign, found, (CITY,), None, DraftFiles(small.folder / "thu-di"), by)
    assert states(send()) == {CITY: "sent"}
    assert len(post_office.taken) == 1


def test_the_greylisted_are_tried_again_with_the_same_id(
    send: Callable[..., Sending], post_office: PostOffice, clock: Clock
) -> None:
    post_office.moods.greylist[SECOND] = 2
    sending = send(CITY, SECOND)
    assert states(sending) == {CITY: "sent", SECOND: "sent"}
    assert [mail.recipients for mail in post_office.taken] == [[CITY], [SECOND]]
    assert len({mail.message_id for mail in post_office.taken}) == 1
    assert clock.waits == [5.0, 30.0]


def test_tries_are_bounded_in_a_run_and_over_all_runs(send: Callable[..., Sending], post_office: PostOffice) -> None:
    post_office.moods.answers = {CITY: "452 4.2.2 Mailbox full"}
    sending = send()
    assert states(sending) == {CITY: "queued"}
    assert not sending.done
    assert post_office.commands.count(f"RCPT {CITY}") == 3
    for _ in range(MOST_TRIES // 3 - 1):
        sending = send()
    assert states(sending) == {CITY: "refused"}
    assert post_office.commands.count(f"RCPT {CITY}") == MOST_TRIES
    assert sending.item is not None
    assert sending.item.recipients[0].answer == "4.2.2 Mailbox full"


def test_of_a_partly_refused_list_only_those_put_off_are_tried_again(
    send: Callable[..., Sending], post_office: PostOffice
) -> None:
    wrong = "khong-co@tp.example.vn"
    post_office.moods.answers = {wrong: "550 5.1.1 No such user"}
    post_office.moods.greylist[SECOND] = 1
    assert states(send(CITY, SECOND, wrong)) == {CITY: "sent", SECOND: "sent", wrong: "refused"}
    assert post_office.commands.count(f"RCPT {wrong}") == 1
    assert post_office.commands.count(f"RCPT {CITY}") == 1


def test_too_large_a_report_is_refused_and_stays(
    authority: object, account_at: Callable[..., Account], send: Callable[..., Sending]
) -> None:
    with PostOffice(authority, users={"can-bo@q.example.vn": PASSWORD}, size_limit=5_000) as office:  # type: ignore[arg-type]
        sending = send(by_account=account_at(office.port))
    assert states(sending) == {CITY: "refused"}
    assert sending.item is not None
    assert sending.item.recipients[0].code == 552
    assert not office.commands


def test_a_dropped_line_after_the_data_is_not_tried_again_by_itself(
    send: Callable[..., Sending], post_office: PostOffice
) -> None:
    post_office.moods.drop_after_data = 1
    assert states(send()) == {CITY: "unknown"}
    second = send()
    assert second.way is Way.ALREADY
    assert not second.done
    assert len(post_office.taken) == 1


def test_what_is_unknown_goes_out_again_on_a_persons_word_with_the_same_id(
    send: Callable[..., Sending], post_office: PostOffice
) -> None:
    post_office.moods.drop_after_data = 1
    send()
    assert states(send(retry_unknown=True)) == {CITY: "sent"}
    first, second = post_office.taken
    assert first.content == second.content


def test_a_run_killed_while_the_last_byte_goes_out_leaves_it_unknown(
    small: Small, send: Callable[..., Sending], post_office: PostOffice, monkeypatch: pytest.MonkeyPatch, by: By
) -> None:
    def killed(code: int, text: bytes) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        # Where the server's last answer is read: the message is out, nothing of it is noted yet.
        patched.setattr("addin.mail.smtp._answer", killed)
        with pytest.raises(KeyboardInterrupt):
            send()
    with ledger_of(small, by) as ledger:
        (item,) = Outbox(small.campaign, ledger, by.now).items(kind=Kind.REPORT)
    assert [one.state for one in item.recipients] == ["unknown"]
    assert send().way is Way.ALREADY
    assert len(post_office.taken) == 1


def test_a_wrong_password_is_tried_once_and_the_report_waits(
    small: Small, send: Callable[..., Sending], post_office: PostOffice
) -> None:
    with pytest.raises(LoginRefused):
        send(password="sai")
    assert post_office.logins == [("PLAIN", False)]
    assert small.sql("SELECT state, tries FROM mail_recipient") == [("queued", 0)]
    assert states(send()) == {CITY: "sent"}
    assert small.sql("SELECT count(*) FROM mail_outgoing") == [(1,)]


def test_without_a_network_the_report_waits_for_the_next_run(
    small: Small, send: Callable[..., Sending], account_at: Callable[..., Account], post_office: PostOffice
) -> None:
    sending = send(by_account=account_at(1))  # nobody listens on port 1
    assert states(sending) == {CITY: "queued"}
    assert small.sql("SELECT tries, answer FROM mail_recipient") == [(2, "mail_unreachable")]
    assert states(send()) == {CITY: "sent"}
    assert len(post_office.taken) == 1


def test_a_report_that_waits_gives_way_to_a_newer_one(
    small: Small, send: Callable[..., Sending], account_at: Callable[..., Account], post_office: PostOffice
) -> None:
    send(by_account=account_at(1))
    small.put("B.xlsx", unit_report("B", "SK-3"))
    assert states(send()) == {CITY: "sent"}
    assert [state for (state,) in small.sql("SELECT state FROM mail_recipient ORDER BY at")] == ["withdrawn", "sent"]
    (mail,) = post_office.taken
    body = mail.message.get_body()
    assert body is not None
    assert "3 sáng kiến" in body.get_content()


@pytest.fixture
def _sent_and_forgotten(small: Small, send: Callable[..., Sending], by: By) -> None:
    """The report was sent; then a ledger of before was brought back."""
    assert report.preflight(small.campaign, by, workers=1).blocking == ()
    with ledger_of(small, by) as ledger:
        kept = backups.back_up(small.campaign, ledger, by.now())
    send()
    backups.restore(small.campaign, by.user, by.now(), kept.stamp)


@pytest.mark.usefixtures("_sent_and_forgotten")
def test_an_earlier_ledger_does_not_make_us_send_twice(send: Callable[..., Sending], post_office: PostOffice) -> None:
    with pytest.raises(MailProblem) as caught:
        send()
    assert caught.value.error_code == "mail_perhaps_sent"
    assert len(post_office.taken) == 1
    assert states(send(though_perhaps_sent=True)) == {CITY: "sent"}


@pytest.mark.usefixtures("_sent_and_forgotten")
def test_an_earlier_ledger_is_asked_about_before_a_draft_too(small: Small, by: By) -> None:
    found = report.preflight(small.campaign, by, workers=1)
    drafts = DraftFiles(small.folder / "thu-di")
    for decision in (Decision(), Decision(again=True)):
        with pytest.raises(MailProblem) as caught:
            report.send_draft(small.campaign, found, (CITY,), None, drafts, by, decision)
        assert caught.value.error_code == "mail_perhaps_sent"
    decided = Decision(though_perhaps_sent=True)
    assert states(report.send_draft(small.campaign, found, (CITY,), None, drafts, by, decided)) == {CITY: "drafted"}


@pytest.mark.usefixtures("_sent_and_forgotten")
def test_a_word_about_a_known_draft_is_none_about_what_the_ledger_does_not_know(
    small: Small, send: Callable[..., Sending], post_office: PostOffice, by: By
) -> None:
    found = report.preflight(small.campaign, by, workers=1)
    drafts, decided = DraftFiles(small.folder / "thu-di"), Decision(though_perhaps_sent=True)
    report.send_draft(small.campaign, found, (CITY,), None, drafts, by, decided)
    with pytest.raises(MailProblem) as caught:
        send(again=True)
    assert caught.value.error_code == "mail_perhaps_sent"
    assert len(post_office.taken) == 1


def test_what_is_not_proved_does_not_go_out(
    small: Small, send: Callable[..., Sending], post_office: PostOffice
) -> None:
    small.merge()
    small.sql("UPDATE initiative SET upper_support = upper_support + 1")
    with pytest.raises(MailProblem) as caught:
        send()
    assert caught.value.error_code == "mail_blocked"
    assert not post_office.taken


def test_an_empty_campaign_has_nothing_to_send(tmp_path: Path, by: By) -> None:
    found = report.preflight(campaign(tmp_path).campaign, by, workers=1)
    assert [remark.code for remark in found.blocking] == ["no_report"]


def test_what_is_still_open_is_said(small: Small, by: By) -> None:
    small.put("B.xlsx", unit_report("B", "SK-1"))
    small.put("thu.xlsx", b"no workbook")
    found = report.preflight(small.campaign, by, workers=1)
    assert found.blocking == ()
    assert [remark.code for remark in found.remarks] == ["refused", "duplicates"]


def test_without_an_address_the_superior_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(MailProblem) as caught:
        report.addressees(campaign(tmp_path, but=("TP",)).campaign, ())
    assert caught.value.error_code == "mail_no_recipient"


@pytest.mark.parametrize("address", ["tp", "a b@c.vn", "a@c.vn\r\nRCPT TO:<x@y.vn>", "a@c.vn>", "ă@c.vn", "a@b..vn"])
def test_what_is_no_address_is_not_sent_to(send: Callable[..., Sending], post_office: PostOffice, address: str) -> None:
    with pytest.raises(MailProblem) as caught:
        send(address)
    assert caught.value.error_code == "mail_bad_address"
    assert not post_office.commands


def test_mail_does_not_make_the_master_another(small: Small, send: Callable[..., Sending]) -> None:
    send()
    before = small.master_sha()
    small.merge()
    assert small.master_sha() == before
