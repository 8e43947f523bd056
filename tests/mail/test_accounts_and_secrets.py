"""Accounts and their secrets with a real Secret Service; and that no secret is ever anywhere else."""

from __future__ import annotations

import base64
import json
import logging
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import keyring.backends.null
import pytest
from pydantic import SecretStr

from addin.mail import actions, credentials
from addin.mail.accounts import Account, accounts_file, read_accounts
from addin.mail.outbox import Pace
from addin.mail.problems import MailProblem
from addin.mail.report import Decision
from tests.end_to_end.command import Answer, command
from tests.mail.campaigns import campaign
from tests.mail.certificates import HOST, Authority
from tests.mail.conftest import QUICK
from tests.mail.mailboxes import Mailboxes
from tests.mail.post_office import PostOffice

ADDRESS = "can-bo@q.example.vn"
CANARY = "Chim hoàng yến 7f3a"


def sangkien(*arguments: object, env: dict[str, str], typed: str = "") -> Answer:
    done = subprocess.run(
        command(*arguments), input=typed.encode(), capture_output=True, env=env, timeout=60, check=False
    )
    return Answer(done.returncode, done.stdout, done.stderr.decode())


@pytest.fixture
def account(account_at: Callable[..., Account], at_home: Path) -> Account:
    return account_at(1)


def test_a_secret_comes_back_as_it_was_and_goes_when_it_should(account: Account) -> None:
    credentials.keep_secret(account, SecretStr(CANARY))
    assert credentials.secret_of(account).get_secret_value() == CANARY
    assert credentials.forget_secret(account)
    with pytest.raises(MailProblem) as caught:
        credentials.secret_of(account)
    assert caught.value.error_code == "mail_secret_missing"
    assert not credentials.forget_secret(account)


def test_a_long_token_comes_back_and_leaves_nothing_behind(account: Account) -> None:
    token = "".join(chr(33 + n % 90) for n in range(4_321))
    credentials.keep_secret(account, SecretStr(token))
    assert credentials.secret_of(account).get_secret_value() == token
    credentials.keep_secret(account, SecretStr("short"))
    store = credentials.system_store()
    assert [store.get_password(f"sangkien/co-quan{n}", account.user) for n in ("", "/2", "/5")] == [
        "1:short",
        None,
        None,
    ]
    credentials.forget_secret(account)


def test_without_a_store_of_the_system_nothing_is_kept(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever keyring would use by itself, and whatever its environment variable names."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    with pytest.raises(MailProblem) as caught:
        actions.add_account(account, SecretStr(CANARY))
    assert caught.value.error_code == "mail_keyring_none"
    assert not accounts_file().exists()


def test_a_store_that_forgets_is_found_out(account: Account) -> None:
    with pytest.raises(MailProblem) as caught:
        actions.add_account(account, SecretStr(CANARY), keyring.backends.null.Keyring())
    assert caught.value.error_code == "mail_keyring_lost"
    assert read_accounts() == {}


def test_a_store_that_fails_does_not_tell_the_secret(account: Account) -> None:
    class Broken(keyring.backends.null.Keyring):
        def set_password(self, service: str, username: str, password: str | None = None) -> None:  # noqa: ARG002
            raise ValueError(f"cannot store {password!r}")

    with pytest.raises(MailProblem) as caught:
        actions.add_account(account, SecretStr(CANARY), Broken())
    assert caught.value.error_code == "mail_keyring_failed"
    assert CANARY not in repr(caught.value)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("secret", ["", "a\0b"])
def test_what_is_no_password_is_not_kept(account: Account, secret: str) -> None:
    with pytest.raises(MailProblem) as caught:
        credentials.keep_secret(account, SecretStr(secret))
    assert caught.value.error_code == "mail_secret_empty"


def test_an_account_is_added_listed_and_removed_by_command(at_home: Path) -> None:
    env = {**os.environ, "PYTHONWARNINGS": "error"}
    added = sangkien(
        "account", "add", "co-quan", "--preset", "gmail", "--address", ADDRESS, "--sender", "Công đoàn quận",
        "--password-stdin", "--json", env=env, typed=f"{CANARY}\n",
    )  # fmt: skip
    assert added.code == 0, added.err
    again = sangkien("account", "add", "co-quan", "--preset", "gmail", "--address", ADDRESS, "--password-stdin",
                     env=env, typed="x\n")  # fmt: skip
    assert again.code == 2
    assert "Đã có hộp thư" in again.err
    listed = sangkien("account", "list", "--json", env=env).json
    assert listed == [{
        "name": "co-quan", "address": ADDRESS, "user": ADDRESS, "method": "password", "smtp": "smtp.gmail.com:465",
        "imap": "imap.gmail.com:993", "folder": "INBOX", "has_secret": True,
    }]  # fmt: skip
    assert "co-quan" in sangkien("account", env=env).out.decode()
    assert sangkien("account", "remove", "co-quan", env=env).code == 0
    assert sangkien("account", "list", "--json", env=env).json == []
    store = credentials.system_store()
    assert store.get_password("sangkien/co-quan", ADDRESS) is None


def test_test_logs_in_to_both_servers_and_shows_a_wrong_password_to_one(
    authority: Authority, account_at: Callable[..., Account], at_home: Path
) -> None:
    here = actions.Surroundings(timeouts=QUICK)
    with (
        Mailboxes(authority, {ADDRESS: CANARY}) as mailboxes,
        PostOffice(authority, users={ADDRESS: CANARY}) as office,
    ):
        account = account_at(office.port, mailboxes.imap)
        actions.add_account(account, SecretStr(CANARY))
        assert actions.try_account("co-quan", here) == [f"{HOST}:{office.port}", f"{HOST}:{mailboxes.imap}"]
        actions.change_secret("co-quan", SecretStr("sai"))
        with pytest.raises(MailProblem) as caught:
            actions.try_account("co-quan", here)
        assert caught.value.error_code == "mail_login_refused"
        assert [good for _, good in office.logins] == [True, False]
        assert not office.commands
    actions.remove_account("co-quan")


@pytest.mark.usefixtures("_reading_here")
def test_no_secret_is_in_any_file_log_or_output(
    authority: Authority, at_home: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The canary: what an account's life and a whole report's way leave behind, good days and bad ones."""
    caplog.set_level(logging.DEBUG)
    small = campaign(tmp_path)
    env = {**os.environ, "PYTHONWARNINGS": "error"}
    answers: list[Answer] = []

    def run(*arguments: object, typed: str = "") -> Answer:
        answers.append(sangkien(*arguments, env=env, typed=typed))
        return answers[-1]

    with (
        Mailboxes(authority, {ADDRESS: CANARY}) as mailboxes,
        PostOffice(authority, users={ADDRESS: CANARY}) as office,
    ):
        mailboxes.deliver(ADDRESS, _report("a@don-vi.example.vn"))
        run("account", "add", "co-quan", "--address", ADDRESS, "--smtp", f"{HOST}:{office.port}",
            "--imap", f"{HOST}:{mailboxes.imap}", "--ca-file", authority.ca_file, "--password-stdin",
            typed=f"{CANARY}\n")  # fmt: skip
        run("account", "test", "co-quan")
        run("account", "list", "--json")
        assert run("collect", "--campaign", small.folder, "--account", "co-quan", "--json").json["taken"] == 1
        run("send", "--campaign", small.folder, "--dry-run")
        sent = run("send", "--campaign", small.folder, "--smtp", "co-quan", "--json")
        assert sent.json["recipients"][0]["state"] == "sent", sent.err
        run("send", "--campaign", small.folder, "--draft")
        run("remind", "--campaign", small.folder, "--smtp", "co-quan", "--yes", "--json")
        assert [answer.code for answer in answers] == [0] * 8
        # The password is no longer what the server knows, then the servers are gone.
        run("account", "password", "co-quan", "--password-stdin", typed=f"{CANARY} cũ\n")
        assert run("send", "--campaign", small.folder, "--smtp", "co-quan", "--again").code == 2
        assert run("collect", "--campaign", small.folder, "--account", "co-quan").code == 2
    here = actions.Surroundings(pace=Pace(wait=lambda _: None, timeouts=QUICK), timeouts=QUICK, workers=1)
    actions.send_report(small.folder, smtp="co-quan", decision=Decision(again=True), here=here)
    run("account", "remove", "co-quan")
    said = "".join(answer.out.decode() + answer.err for answer in answers) + caplog.text
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.name == "so-cai.sqlite" for path in files)
    for written in (CANARY, base64.b64encode(f"\0{ADDRESS}\0{CANARY}".encode()).decode(), json.dumps(CANARY)[1:-1]):
        assert written not in said
        for path in files:
            assert written.encode() not in path.read_bytes(), path


def _report(sender: str) -> bytes:
    from datetime import datetime

    from addin.mail.report import By
    from tests.end_to_end.small_campaign import report
    from tests.mail.campaigns import mail_from

    by = By("x", lambda: datetime(2022, 7, 1).astimezone())
    return mail_from(sender, ("A.xlsx", report("A", "SK-1")), by=by)
