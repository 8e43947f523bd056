"""One message to a real server: what is known of every recipient afterwards, whatever the server does."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone

import pytest
from pydantic import SecretStr

from addin.mail.accounts import Account
from addin.mail.compose import Attachment, Letter, message_of
from addin.mail.problems import LoginRefused, MailProblem, NotReached
from addin.mail.smtp import Answer, Handing, SmtpSession
from addin.mail.tls import Timeouts
from tests.mail.certificates import HOST, Authority
from tests.mail.conftest import ADDRESS, PASSWORD, QUICK
from tests.mail.post_office import PostOffice

A, B, C = "a@tp.example.vn", "b@tp.example.vn", "c@tp.example.vn"
LONG_NAME = (
    "Tổng hợp sáng kiến của Công đoàn các Khu công nghiệp – Liên đoàn Lao động quận Hồng Bàng – giai đoạn 2.xlsx"
)


def nobody(_: Sequence[str]) -> None:
    """Nobody wants to be told."""


def message(account: Account, *to: str, size: int = 1_000) -> bytes:
    letter = Letter(to, "Báo cáo", ".\n..hai chấm\nxong\n", (Attachment(LONG_NAME, bytes(range(256)) * (size // 256)),))
    now = datetime(2022, 7, 1, tzinfo=timezone(timedelta(hours=7)))
    return message_of(letter, account, "<1@q.example.vn>", now)


def hand_over(account: Account, *to: str, password: str = PASSWORD, timeouts: Timeouts = QUICK) -> dict[str, Answer]:
    with SmtpSession(account, SecretStr(password), timeouts) as session:
        return dict(session.hand_over(message(account, *to), to, nobody))


def handings(answers: dict[str, Answer]) -> dict[str, str]:
    return {address: answer.handing.value for address, answer in answers.items()}


def test_three_megabytes_with_a_long_vietnamese_name_arrive_as_they_were(
    account: Account, post_office: PostOffice
) -> None:
    data = message(account, A, size=3_000_000)
    with SmtpSession(account, SecretStr(PASSWORD), QUICK) as session:
        assert session.hand_over(data, [A], nobody)[A].handing is Handing.SENT
    (mail,) = post_office.taken
    assert mail.content.rstrip() == data.rstrip()
    (attachment,) = mail.message.iter_attachments()
    assert attachment.get_filename() == LONG_NAME
    assert attachment.get_content() == bytes(range(256)) * (3_000_000 // 256)
    body = mail.message.get_body()
    assert body is not None
    assert body.get_content().splitlines() == [".", "..hai chấm", "xong"]


def test_a_line_that_begins_with_a_dot_keeps_it(account: Account, post_office: PostOffice) -> None:
    data = b"Subject: x\r\n\r\n.\r\n.a\r\n..\r\nb"
    with SmtpSession(account, SecretStr(PASSWORD), QUICK) as session:
        session.hand_over(data, [A], nobody)
    assert post_office.taken[0].content == data + b"\r\n"


@pytest.mark.parametrize("without", [(), ("PLAIN",)], ids=["PLAIN", "LOGIN"])
def test_a_vietnamese_password_is_taken_after_starttls(
    authority: Authority, account_at: Callable[..., Account], without: tuple[str, ...]
) -> None:
    with PostOffice(authority, security="starttls", users={ADDRESS: PASSWORD}, without=without) as office:
        assert handings(hand_over(account_at(office.port, security="starttls"), A)) == {A: "sent"}
    assert office.logins == [("LOGIN" if without else "PLAIN", True)]


def test_a_token_logs_in_where_passwords_do_not(authority: Authority, account_at: Callable[..., Account]) -> None:
    with PostOffice(authority, tokens={ADDRESS: "token"}) as office:
        account = account_at(office.port, method="xoauth2")
        assert handings(hand_over(account, A, password="token")) == {A: "sent"}
        with pytest.raises(LoginRefused):
            hand_over(account, A, password="another")
    assert office.logins == [("XOAUTH2", True), ("XOAUTH2", False)]


def test_a_wrong_password_is_shown_once(account: Account, post_office: PostOffice) -> None:
    with pytest.raises(LoginRefused) as caught:
        hand_over(account, A, password="sai")
    assert caught.value.error_code == "mail_login_refused"
    assert post_office.logins == [("PLAIN", False)]
    assert not post_office.commands


def test_an_untrusted_certificate_ends_it_before_the_password(
    post_office: PostOffice, account_at: Callable[..., Account]
) -> None:
    with pytest.raises(MailProblem) as caught:
        hand_over(account_at(post_office.port, ca_file=None), A)
    assert caught.value.error_code == "mail_certificate"
    assert not isinstance(caught.value, NotReached)
    assert not post_office.logins


def test_an_untrusted_certificate_ends_it_after_starttls_too(
    authority: Authority, account_at: Callable[..., Account]
) -> None:
    with PostOffice(authority, security="starttls", users={ADDRESS: PASSWORD}) as office:
        with pytest.raises(MailProblem) as caught:
            hand_over(account_at(office.port, security="starttls", ca_file=None), A)
        assert caught.value.error_code == "mail_certificate"
        assert not office.logins


@pytest.mark.parametrize(("security", "code"), [("starttls", "mail_no_starttls"), ("tls", "mail_no_tls")])
def test_a_server_that_does_not_encrypt_gets_no_password(
    authority: Authority, account_at: Callable[..., Account], security: str, code: str
) -> None:
    with PostOffice(authority, security="none", users={ADDRESS: PASSWORD}) as office:
        with pytest.raises(MailProblem) as caught:
            hand_over(account_at(office.port, security=security), A)
        assert caught.value.error_code == code
        assert not office.logins


def test_a_server_without_our_way_to_log_in_is_named(authority: Authority, account_at: Callable[..., Account]) -> None:
    with PostOffice(authority, without=("PLAIN", "LOGIN")) as office, pytest.raises(MailProblem) as caught:
        hand_over(account_at(office.port), A)
    assert caught.value.error_code == "mail_no_method"


def test_too_large_a_message_is_refused_before_it_is_sent(
    authority: Authority, account_at: Callable[..., Account]
) -> None:
    with PostOffice(authority, users={ADDRESS: PASSWORD}, size_limit=1_000) as office:
        answers = hand_over(account_at(office.port), A, B)
    assert {(a.handing, a.code) for a in answers.values()} == {(Handing.REFUSED, 552)}
    assert not office.commands


def test_of_a_partly_refused_list_every_recipient_has_its_own_answer(account: Account, post_office: PostOffice) -> None:
    post_office.moods.answers = {B: "550 5.1.1 No such user", C: "452 4.2.2 Mailbox full"}
    answers = hand_over(account, A, B, C)
    assert handings(answers) == {A: "sent", B: "refused", C: "later"}
    assert (answers[B].code, answers[B].text) == (550, "5.1.1 No such user")
    assert post_office.taken[0].recipients == [A]


def test_a_message_refused_as_a_whole_reached_nobody(account: Account, post_office: PostOffice) -> None:
    post_office.moods.answer_to_data = "554 5.7.1 Spam"
    assert handings(hand_over(account, A, B)) == {A: "refused", B: "refused"}
    post_office.moods.answer_to_data = "451 4.3.0 Later"
    assert handings(hand_over(account, A, B)) == {A: "later", B: "later"}


def test_a_line_that_drops_after_the_data_leaves_it_unknown(account: Account, post_office: PostOffice) -> None:
    post_office.moods.drop_after_data = 1
    assert handings(hand_over(account, A, B)) == {A: "unknown", B: "unknown"}
    assert len(post_office.taken) == 1


def test_a_line_that_drops_before_the_data_may_be_tried_again(account: Account, post_office: PostOffice) -> None:
    post_office.moods.drop_at_rcpt = 1
    assert handings(hand_over(account, A, B)) == {A: "later", B: "later"}
    assert not post_office.taken


def test_whoever_may_get_it_is_named_before_the_last_byte(account: Account, post_office: PostOffice) -> None:
    post_office.moods.answers = {B: "550 no"}
    told: list[tuple[list[str], int]] = []
    with SmtpSession(account, SecretStr(PASSWORD), QUICK) as session:
        session.hand_over(message(account, A, B), [A, B], lambda to: told.append((list(to), len(post_office.taken))))
    assert told == [([A], 0)]


def test_one_connection_takes_several_messages(account: Account, post_office: PostOffice) -> None:
    post_office.moods.answers = {B: "550 no"}
    with SmtpSession(account, SecretStr(PASSWORD), QUICK) as session:
        for to in (A, B, C):
            session.hand_over(message(account, to), [to], nobody)
    assert [mail.recipients for mail in post_office.taken] == [[A], [C]]
    assert len(post_office.logins) == 1


def test_a_server_that_never_answers_is_left_after_a_while(account_at: Callable[..., Account]) -> None:
    with socket.create_server((HOST, 0)) as black_hole, pytest.raises(NotReached) as caught:
        hand_over(account_at(black_hole.getsockname()[1]), A, timeouts=Timeouts(connect=0.2, data=0.2))
    assert caught.value.error_code == "mail_silent"


def test_nobody_listening_is_said_so(account_at: Callable[..., Account]) -> None:
    with socket.socket() as unused:
        unused.bind((HOST, 0))
        with pytest.raises(NotReached) as caught:
            hand_over(account_at(unused.getsockname()[1]), A)
    assert caught.value.error_code == "mail_unreachable"


def test_a_certificate_file_that_is_none_is_named(post_office: PostOffice, account_at: Callable[..., Account]) -> None:
    with pytest.raises(MailProblem) as caught:
        hand_over(account_at(post_office.port, ca_file="/nowhere/ca.pem"), A)
    assert caught.value.error_code == "mail_ca_file"
