"""Servers and accounts for the tests of mail. Everything is on 127.0.0.1 and ends with the test that began it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from addin.mail.accounts import Account, Server
from addin.mail.outbox import Pace
from addin.mail.report import By
from addin.mail.tls import Timeouts
from tests.end_to_end.small_campaign import read_here
from tests.mail.certificates import HOST, Authority
from tests.mail.post_office import PostOffice
from tests.mail.secret_service import secret_service

ADDRESS = "can-bo@q.example.vn"
PASSWORD = "mật khẩu Đúng 1"
QUICK = Timeouts(connect=5, data=5)


class Clock:
    """Goes on by a second at each look, and by as much as somebody waits."""

    def __init__(self) -> None:
        self.moment = datetime(2022, 7, 1, 8, 0).astimezone()
        self.waits: list[float] = []

    def now(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.moment += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def by(clock: Clock) -> By:
    return By("thử@máy", clock.now)


@pytest.fixture
def pace(clock: Clock) -> Pace:
    return Pace(wait=clock.wait, timeouts=QUICK)


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def post_office(authority: Authority) -> Iterator[PostOffice]:
    with PostOffice(authority, users={ADDRESS: PASSWORD}) as office:
        yield office


@pytest.fixture
def account_at(authority: Authority) -> Callable[..., Account]:
    """An account whose servers are at the given ports."""

    def make(
        smtp: int | None = None, imap: int | None = None, *, security: str = "tls", address: str = ADDRESS,
        ca_file: Path | None = authority.ca_file, **more: object,
    ) -> Account:  # fmt: skip
        servers = {
            name: Server.model_validate({"host": HOST, "port": port, "security": security})
            for name, port in (("smtp", smtp), ("imap", imap))
            if port
        }
        return Account.model_validate(
            {"name": "co-quan", "address": address, "user": address, "ca_file": ca_file, **servers, **more}
        )

    return make


@pytest.fixture
def account(account_at: Callable[..., Account], post_office: PostOffice) -> Account:
    return account_at(post_office.port)


@pytest.fixture
def _reading_here(monkeypatch: pytest.MonkeyPatch) -> None:
    read_here(monkeypatch)


@pytest.fixture(scope="session")
def session_with_secrets() -> Iterator[dict[str, str]]:
    """The environment of a desktop session with a Secret Service."""
    with secret_service() as environment:
        yield environment


@pytest.fixture
def at_home(session_with_secrets: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """This process in that session, its settings and logs in a folder of the test's own."""
    for name, value in session_with_secrets.items():
        monkeypatch.setenv(name, value)
    for name in ("config", "state", "data"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(tmp_path / "home" / name))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path / "home"
