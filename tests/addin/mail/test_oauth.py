"""Tokens from a real HTTPS server: refreshed, renewed, refused, and a log-in in the browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

import pytest
from pydantic import SecretStr

from addin.mail import credentials, oauth
from addin.mail.accounts import Account, Method, OAuth
from addin.mail.oauth import DeviceCode
from addin.mail.problems import LoginRefused, MailProblem, NotReached
from addin.mail.tls import Timeouts
from tests.mail.certificates import HOST, Authority

QUICK = Timeouts(connect=5, data=5)


class Provider(ThreadingHTTPServer):
    """Answers in order; ``asked`` is what it was asked."""

    def __init__(self, authority: Authority) -> None:
        super().__init__((HOST, 0), _Handler)
        self.socket = authority.server_context().wrap_socket(self.socket, server_side=True)
        self.answers: list[tuple[int, Any]] = []
        self.asked: list[dict[str, str]] = []

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that does not trust us is no error of the test's."""


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append({key: values[0] for key, values in parse_qs(body).items()})
        status, answer = self.server.answers.pop(0)
        data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


class Memory:
    """A store that holds what it is given."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.held[service, username]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def provider(authority: Authority) -> Iterator[Provider]:
    with Provider(authority) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def account(provider: Provider, authority: Authority) -> Account:
    return account_at(provider.server_address[1], authority.ca_file)


@pytest.fixture
def kept(account: Account) -> Memory:
    store = Memory()
    credentials.keep_secret(account, SecretStr("refresh-1"), store)
    return store


def account_at(port: int, ca_file: Path | None) -> Account:
    url = f"https://{HOST}:{port}"
    return Account(
        name="m", address="a@x.vn", user="a@x.vn", method=Method.XOAUTH2, ca_file=ca_file,
        oauth=OAuth(token_url=f"{url}/token", device_url=f"{url}/devicecode", client_id="client", scope="mail"),
    )  # fmt: skip


def test_an_access_token_is_fetched_and_a_renewed_refresh_token_kept(
    account: Account, provider: Provider, kept: Memory
) -> None:
    provider.answers = [(200, {"access_token": "access", "refresh_token": "refresh-2" * 200})]
    assert oauth.login_secret(account, kept, QUICK).get_secret_value() == "access"
    assert provider.asked == [
        {"grant_type": "refresh_token", "refresh_token": "refresh-1", "client_id": "client", "scope": "mail"}
    ]
    assert credentials.secret_of(account, kept).get_secret_value() == "refresh-2" * 200


def test_a_token_that_is_no_longer_taken_asks_for_a_new_log_in(
    account: Account, provider: Provider, kept: Memory
) -> None:
    provider.answers = [(400, {"error": "invalid_grant"})]
    with pytest.raises(LoginRefused) as caught:
        oauth.login_secret(account, kept, QUICK)
    assert caught.value.error_code == "mail_token_refused"
    assert len(provider.asked) == 1


@pytest.mark.parametrize("answer", [(503, {}), (200, b"<html>")])
def test_a_provider_in_trouble_may_be_tried_again(
    account: Account, provider: Provider, kept: Memory, answer: tuple[int, Any]
) -> None:
    provider.answers = [answer]
    with pytest.raises(NotReached):
        oauth.login_secret(account, kept, QUICK)


def test_an_untrusted_provider_gets_nothing(provider: Provider, kept: Memory) -> None:
    with pytest.raises(MailProblem) as caught:
        oauth.login_secret(account_at(provider.server_address[1], None), kept, QUICK)
    assert caught.value.error_code == "mail_certificate"
    assert provider.asked == []


def test_a_log_in_in_the_browser_is_waited_for(account: Account, provider: Provider) -> None:
    provider.answers = [
        (200, {"user_code": "ABCD", "verification_uri": "https://x/devicelogin", "device_code": "dev", "interval": 5}),
        (400, {"error": "authorization_pending"}),
        (400, {"error": "slow_down"}),
        (200, {"access_token": "access", "refresh_token": "refresh-9"}),
    ]
    waits: list[float] = []
    code = oauth.ask_device_code(account, QUICK)
    assert (code.user_code, code.page) == ("ABCD", "https://x/devicelogin")
    assert "dev" not in repr(code).replace("devicelogin", "")
    assert oauth.await_refresh_token(account, code, waits.append, QUICK).get_secret_value() == "refresh-9"
    assert waits == [5.0, 5.0, 10.0]


def test_a_log_in_that_nobody_makes_ends(account: Account, provider: Provider) -> None:
    provider.answers = [(400, {"error": "authorization_pending"})] * 2
    code = DeviceCode("ABCD", "https://x", SecretStr("dev"), interval=5, expires_in=10)
    with pytest.raises(LoginRefused):
        oauth.await_refresh_token(account, code, lambda _: None, QUICK)
    provider.answers = [(400, {"error": "access_denied"})]
    with pytest.raises(LoginRefused):
        oauth.await_refresh_token(account, code, lambda _: None, QUICK)


def test_a_token_without_a_provider_is_used_as_it_is(account: Account) -> None:
    plain, store = account.model_copy(update={"oauth": None}), Memory()
    credentials.keep_secret(plain, SecretStr("token"), store)
    assert oauth.login_secret(plain, store, QUICK).get_secret_value() == "token"
