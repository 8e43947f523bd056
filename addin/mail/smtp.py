"""Handing a message to a server, such that afterwards we know of every recipient: sent, refused, to be tried again, or
not known.

The steps are taken one by one instead of by smtplib's ``sendmail``, which hides a partly refused list and does not tell
a line that dropped before the message was complete from one that dropped after it.
"""

from __future__ import annotations

import base64
import re
import smtplib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Self

from pydantic import SecretStr

from addin.mail import sasl
from addin.mail.accounts import Account, Server
from addin.mail.problems import LoginRefused, MailProblem, NotReached, not_connected
from addin.mail.sasl import Mechanism
from addin.mail.tls import PATIENT, Timeouts, trust

_LONGEST_ANSWER = 200
_DROPPED = (smtplib.SMTPServerDisconnected, OSError)


class Handing(StrEnum):
    """What became of a message for one recipient."""

    SENT = "sent"
    REFUSED = "refused"
    LATER = "later"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """The server's answer for one recipient; ``code`` None where it gave none."""

    handing: Handing
    code: int | None = None
    text: str = ""


class SmtpSession:
    """A logged-in connection that takes several messages. Use as a context manager.

    Raises on entering: NotReached, LoginRefused ``mail_login_refused`` (after one attempt), MailProblem
    (``mail_certificate``, ``mail_no_smtp``, ``mail_no_starttls``, ``mail_no_method``).
    """

    def __init__(self, account: Account, secret: SecretStr, timeouts: Timeouts = PATIENT) -> None:
        if account.smtp is None:
            raise MailProblem("mail_no_smtp", name=account.name)
        self._account = account
        self._secret = secret
        self._server: Server = account.smtp
        self._timeouts = timeouts
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        try:
            self._smtp = self._connect()
            self._log_in(self._smtp)
        except BaseException:
            self._hang_up()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._smtp is not None and problem is None:
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.docmd("QUIT")
        self._hang_up()

    @property
    def alive(self) -> bool:
        """Whether the connection still stands."""
        return self._smtp is not None and self._smtp.sock is not None

    @property
    def limit(self) -> int | None:
        """The largest message the server takes, in bytes; None where it does not say."""
        stated = self._live.esmtp_features.get("size", "")
        return int(stated) if stated.isdecimal() and int(stated) > 0 else None

    def hand_over(
        self, message: bytes, recipients: Sequence[str], before_end: Callable[[Sequence[str]], None]
    ) -> Mapping[str, Answer]:
        """Hand a message over; an answer for every recipient.

        ``message`` has CRLF line ends. ``before_end`` is told who will get it just before the last byte goes out: from
        then on it may have been delivered, whatever happens. Never raises for what the server does.
        """
        limit = self.limit
        if limit is not None and len(message) > limit:
            # Refused beforehand, with the code the server would have used.
            return dict.fromkeys(recipients, Answer(Handing.REFUSED, 552, f"SIZE {len(message)} > {limit}"))
        answers: dict[str, Answer] = {}
        ending = False
        try:
            accepted = self._envelope(len(message), recipients, answers)
            if not accepted:
                self._live.docmd("RSET")
                return answers
            code, text = self._live.docmd("DATA")
            if code != 354:
                return answers | dict.fromkeys(accepted, _answer(code, text))
            self._set_timeout(self._timeouts.data)
            self._live.send(_stuffed(message))
            before_end(accepted)
            ending = True
            self._live.send(b".\r\n")
            answers |= dict.fromkeys(accepted, _answer(*self._live.getreply()))
            self._set_timeout(self._timeouts.connect)
        except _DROPPED:
            self._hang_up()
            left = [one for one in recipients if one not in answers]
            answers |= dict.fromkeys(left, Answer(Handing.UNKNOWN if ending else Handing.LATER))
        return answers

    def _envelope(self, size: int, recipients: Sequence[str], answers: dict[str, Answer]) -> list[str]:
        """Name sender and recipients; those the server takes. The others' answers are added to ``answers``."""
        smtp = self._live
        option = f" SIZE={size}" if "size" in smtp.esmtp_features else ""
        code, text = smtp.docmd("MAIL", f"FROM:<{self._account.address}>{option}")
        if code != 250:
            answers |= dict.fromkeys(recipients, _answer(code, text))
            return []
        accepted = []
        for one in recipients:
            code, text = smtp.docmd("RCPT", f"TO:<{one}>")
            if code in (250, 251):
                accepted.append(one)
            else:
                answers[one] = _answer(code, text)
        return accepted

    # -- connecting ------------------------------------------------------------------------------------------------

    def _connect(self) -> smtplib.SMTP:
        host, port, seconds = self._server.host, self._server.port, self._timeouts.connect
        context = trust(self._account)
        try:
            if self._server.security == "tls":
                smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=seconds, context=context)
            else:
                smtp = smtplib.SMTP(host, port, timeout=seconds)
        except smtplib.SMTPResponseException as problem:  # the greeting
            raise self._turned_away(problem.smtp_code, problem.smtp_error) from None
        except smtplib.SMTPServerDisconnected:
            raise NotReached("mail_dropped", server=self._server) from None
        except OSError as problem:
            raise not_connected(problem, str(self._server)) from None
        self._smtp = smtp
        try:
            smtp.ehlo()
            if self._server.security == "starttls":
                if not smtp.has_extn("starttls"):
                    raise MailProblem("mail_no_starttls", server=self._server)
                smtp.starttls(context=context)
                smtp.ehlo()
        except smtplib.SMTPResponseException as problem:
            raise self._turned_away(problem.smtp_code, problem.smtp_error) from None
        except smtplib.SMTPException:
            raise NotReached("mail_dropped", server=self._server) from None
        except OSError as problem:
            raise not_connected(problem, str(self._server)) from None
        return smtp

    def _turned_away(self, code: int, text: bytes | str) -> NotReached:
        return NotReached("mail_turned_away", server=self._server, problem=f"{code} {_readable(text)}".strip())

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        """One attempt. The server's words are not kept: some repeat what they were sent."""
        mechanism = sasl.choose(self._account, smtp.esmtp_features.get("auth", "").split())
        if mechanism is None:
            raise MailProblem("mail_no_method", server=self._server)
        try:
            code = self._authenticate(smtp, mechanism)
        except _DROPPED:
            raise NotReached("mail_dropped", server=self._server) from None
        if 400 <= code < 500:
            raise NotReached("mail_turned_away", server=self._server, problem=code)
        if code not in (235, 503):
            raise LoginRefused("mail_login_refused", server=self._server, user=self._account.user)

    def _authenticate(self, smtp: smtplib.SMTP, mechanism: Mechanism) -> int:
        first = base64.b64encode(sasl.first_answer(self._account, self._secret, mechanism)).decode()
        if mechanism is Mechanism.LOGIN:
            code, _ = smtp.docmd("AUTH", "LOGIN")
            if code == 334:
                code, _ = smtp.docmd(first)
            if code == 334:
                code, _ = smtp.docmd(base64.b64encode(self._secret.get_secret_value().encode()).decode())
            return code
        code, _ = smtp.docmd("AUTH", f"{mechanism} {first}")
        if code == 334 and mechanism is Mechanism.XOAUTH2:  # the reason, in JSON; an empty line ends the attempt
            code, _ = smtp.docmd("")
        return code

    @property
    def _live(self) -> smtplib.SMTP:
        if self._smtp is None:
            raise smtplib.SMTPServerDisconnected
        return self._smtp

    def _set_timeout(self, seconds: float) -> None:
        if self._live.sock is not None:
            self._live.sock.settimeout(seconds)

    def _hang_up(self) -> None:
        if self._smtp is not None:
            with suppress(OSError):
                self._smtp.close()
            self._smtp = None


def _answer(code: int, text: bytes) -> Answer:
    if 200 <= code < 300:
        handing = Handing.SENT
    elif 400 <= code < 500:
        handing = Handing.LATER
    else:
        handing = Handing.REFUSED
    return Answer(handing, code, _readable(text))


def _readable(text: bytes | str) -> str:
    """A server's words, cut short, in one line that cannot steer a terminal."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return "".join(c if c.isprintable() else " " for c in words)[:_LONGEST_ANSWER].strip()


def _stuffed(message: bytes) -> bytes:
    """The message with a dot put before every line that begins with one (RFC 5321, 4.5.2), ending with a line end."""
    stuffed = re.sub(rb"(?m)^\.", b"..", message)
    return stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n"
