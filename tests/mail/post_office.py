"""A real SMTP server (aiosmtpd) on a port of its own, with moods: greylisting, refusals, dropped lines, a limit."""
# ruff: noqa: ARG002, N802 - the names and arguments of its hooks are aiosmtpd's

from __future__ import annotations

import asyncio
import base64
import smtplib
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, Self

from aiosmtpd.smtp import MISSING, SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.mail.certificates import HOST, Authority

SECONDS = 10


@dataclass
class Mail:
    """A message as it was taken."""

    sender: str
    recipients: list[str]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        message = message_from_bytes(self.content, policy=default)
        assert isinstance(message, EmailMessage)
        return message

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])


@dataclass
class Moods:
    """What the server does to whom. Answers by address; counters say how often."""

    answers: dict[str, str] = field(default_factory=dict)
    greylist: Counter[str] = field(default_factory=Counter)
    drop_after_data: int = 0
    drop_at_rcpt: int = 0
    answer_to_data: str | None = None


class PostOffice:
    """Use as a context manager. ``users``: name → password; ``tokens``: name → access token (XOAUTH2).

    ``security``: tls, starttls, or none (which the product must never speak to).
    """

    def __init__(
        self,
        authority: Authority,
        *,
        security: str = "tls",
        users: dict[str, str] | None = None,
        tokens: dict[str, str] | None = None,
        size_limit: int = 33_554_432,
        without: tuple[str, ...] = (),
        deliver: Callable[[Mail], None] | None = None,
        login_needed: bool = True,
    ) -> None:
        self.moods = Moods()
        self.taken: list[Mail] = []
        self.logins: list[tuple[str, bool]] = []
        self.commands: list[str] = []
        self._authority = authority
        self._security = security
        self._users = users or {}
        self._tokens = tokens or {}
        self._size_limit = size_limit
        self._without = without
        self._deliver = deliver
        self._login_needed = login_needed
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.Server | None = None
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = self._run(self._listen())
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *exc: object) -> None:
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(SECONDS)
        self._loop.close()

    def _run(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(SECONDS)

    async def _listen(self) -> asyncio.Server:
        context = self._authority.server_context() if self._security == "tls" else None
        return await self._loop.create_server(self._smtp, HOST, 0, ssl=context)

    async def _close(self) -> None:
        assert self._server is not None
        self._server.close()
        tasks = [task for task in asyncio.all_tasks(self._loop) if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        # One more turn of the loop, in which transports that were told to close do so.
        await asyncio.sleep(0)

    def _smtp(self) -> SMTP:
        starttls = self._authority.server_context() if self._security == "starttls" else None
        return SMTP(
            self, hostname="mail.example", loop=self._loop, data_size_limit=self._size_limit, tls_context=starttls,
            auth_require_tls=self._security == "starttls" or not self._login_needed, authenticator=self._authenticate,
            auth_exclude_mechanism=self._without or None,
        )  # fmt: skip

    # -- aiosmtpd's hooks ------------------------------------------------------------------------------------------

    def _authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        good = self._users.get(data.login.decode()) == data.password.decode()
        self.logins.append((mechanism, good))
        return AuthResult(success=good, handled=False, auth_data=data.login)

    async def auth_XOAUTH2(self, server: SMTP, words: list[str]) -> AuthResult:
        user, bearer, *_ = base64.b64decode(words[1]).decode().split("\1")
        name, token = user.removeprefix("user="), bearer.removeprefix("auth=Bearer ")
        good = self._tokens.get(name) == token
        self.logins.append(("XOAUTH2", good))
        if not good:
            answer = await server.challenge_auth("eyJzdGF0dXMiOiI0MDEifQ==", encode_to_b64=False)
            assert answer in (b"", MISSING)
        return AuthResult(success=good, handled=False, auth_data=name)

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.commands.append(f"MAIL {address}")
        if self._login_needed and not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.commands.append(f"RCPT {address}")
        if self.moods.drop_at_rcpt:
            self.moods.drop_at_rcpt -= 1
            server.transport.abort()
        if self.moods.greylist[address]:
            self.moods.greylist[address] -= 1
            return "451 4.7.1 Greylisted, try again"
        if address in self.moods.answers:
            return self.moods.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.commands.append("DATA")
        if self.moods.answer_to_data is not None:
            return self.moods.answer_to_data
        mail = Mail(envelope.mail_from or "", list(envelope.rcpt_tos), bytes(envelope.original_content or b""))
        if self._deliver is not None:
            self._deliver(mail)
        self.taken.append(mail)
        if self.moods.drop_after_data:
            self.moods.drop_after_data -= 1
            server.transport.abort()
        return "250 OK"

    async def handle_exception(self, error: Exception) -> str:
        return "451 4.3.0 Broken"


def into_mailboxes(lmtp_port: int) -> Callable[[Mail], None]:
    """What a provider does with mail for its own people: hand it to the server of the mailboxes, by LMTP."""

    def deliver(mail: Mail) -> None:
        with smtplib.LMTP(HOST, lmtp_port, timeout=SECONDS) as lmtp:
            refused = lmtp.sendmail(mail.sender, mail.recipients, mail.content)
        assert not refused

    return deliver
