"""Accounts: presets, the file, and what is no account."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.mail.accounts import (
    PRESETS,
    Account,
    Method,
    find_account,
    from_preset,
    is_address,
    read_accounts,
    remove_account,
    save_account,
    server,
)  # fmt: skip
from addin.mail.problems import MailProblem


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cài đặt" / "hop-thu.toml"


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_makes_an_account_that_the_file_gives_back(preset: str, file: Path) -> None:
    needed = "thu.lienđoan.vn" if not PRESETS[preset][0] else "mail.example.vn"
    account = from_preset(
        preset, "a", "a@example.vn", needed, signature='Nguyễn "Hoa"\nĐT 0225\\3\x7f', ca_file=Path("C:\\ca.pem")
    )
    save_account(account, file)
    assert read_accounts(file) == {"a": account}


def test_gmail_and_microsoft_are_what_they_say_of_themselves() -> None:
    gmail = from_preset("gmail", "g", "a@gmail.com")
    assert (str(gmail.smtp), str(gmail.imap), gmail.method) == (
        "smtp.gmail.com:465",
        "imap.gmail.com:993",
        Method.PASSWORD,
    )
    microsoft = from_preset("microsoft365", "m", "a@x.vn", "client")
    assert (str(microsoft.smtp), microsoft.method) == ("smtp.office365.com:587", Method.XOAUTH2)
    assert microsoft.oauth is not None
    assert microsoft.oauth.token_url.startswith("https://")


@pytest.mark.parametrize(
    ("preset", "name", "address", "code"),
    [
        ("yahoo", "a", "a@b.vn", "mail_preset_unknown"),
        ("zimbra", "a", "a@b.vn", "mail_preset_needs"),
        ("gmail", "Tên Dài", "a@b.vn", "mail_account_broken"),
        ("gmail", "a", "ă@b.vn", "mail_account_broken"),
        ("gmail", "../a", "a@b.vn", "mail_account_broken"),
    ],
)
def test_what_is_no_account_is_said(preset: str, name: str, address: str, code: str) -> None:
    with pytest.raises(MailProblem) as caught:
        from_preset(preset, name, address)
    assert caught.value.error_code == code


def test_a_password_written_into_the_file_is_refused_and_not_repeated(file: Path) -> None:
    save_account(from_preset("gmail", "a", "a@gmail.com"), file)
    file.write_text(file.read_text() + 'password = "bi mat"\n')
    with pytest.raises(MailProblem) as caught:
        read_accounts(file)
    assert caught.value.error_code == "mail_accounts_broken"
    assert "bi mat" not in str(caught.value)
    assert "password" in str(caught.value)


@pytest.mark.parametrize("text", ["[[account]", "account = 3", "account = [3]", "\x00"])
def test_a_file_that_is_none_is_said(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text)
    with pytest.raises(MailProblem) as caught:
        read_accounts(file)
    assert caught.value.error_code == "mail_accounts_broken"


def test_accounts_are_found_replaced_and_removed_by_name(file: Path) -> None:
    assert read_accounts(file) == {}
    for name in ("a", "b"):
        save_account(from_preset("gmail", name, f"{name}@gmail.com"), file)
    save_account(from_preset("gmail", "a", "moi@gmail.com"), file)
    assert [account.address for account in read_accounts(file).values()] == ["moi@gmail.com", "b@gmail.com"]
    remove_account("a", file)
    assert list(read_accounts(file)) == ["b"]
    with pytest.raises(MailProblem) as caught:
        find_account("a", file)
    assert caught.value.error_code == "mail_account_unknown"


@pytest.mark.parametrize(
    ("text", "security", "expected"),
    [
        ("mail.x.vn:587", "starttls", "mail.x.vn:587"),
        ("mail.x.vn", None, "mail.x.vn:465"),
        ("10.0.0.1:25", None, "10.0.0.1:25"),
    ],
)
def test_a_server_is_typed_with_or_without_its_port(text: str, security: str | None, expected: str) -> None:
    usual = from_preset("other", "a", "a@b.vn", "x.vn").smtp
    assert str(server(text, security, usual)) == expected


@pytest.mark.parametrize("text", ["mail.x.vn:x", "mail.x.vn:0", "mail x", ""])
def test_what_is_no_server_is_said(text: str) -> None:
    with pytest.raises(MailProblem) as caught:
        server(text, None, None)
    assert caught.value.error_code == "mail_account_broken"


def test_addresses() -> None:
    assert is_address("can.bo+bc@cong-doan.hai-phong.vn")
    assert not any(map(is_address, ("", "a", "a@", "@b", "a@b..vn", "a b@c", "a@b\n", "a@b>", "a@b,c@d", "đ@b.vn")))


def test_the_mailbox_is_the_same_whatever_the_account_is_called() -> None:
    first, second = (from_preset("gmail", name, "a@gmail.com") for name in ("a", "b"))
    assert isinstance(first, Account)
    assert first.mailbox == second.mailbox == "a@gmail.com@imap.gmail.com"
