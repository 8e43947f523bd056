"""A folder of a mailbox, looked at without leaving a trace: opened to be read only, messages fetched by ``BODY.PEEK``.

The standard library is enough for the five commands that are used; what it leaves to us is the folder's name in
modified UTF-7 and a log-in in UTF-8.
"""

from __future__ import annotations

import base64
import imaplib
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import Self

from pydantic import SecretStr

from addin.mail import sasl
from addin.mail.accounts import Account, Server
from addin.mail.problems import LoginRefused, MailProblem, NotReached, not_connected
from addin.mail.sasl import Mechanism
from addin.mail.tls import PATIENT, Timeouts, trust

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_UID = re.compile(rb"\bUID (\d+)")
_ATTACHED = re.compile(rb'"(?:application|image|audio|video|model|font)" "|"rfc822"|"(?:file)?name\*?(?:0\*?)?"', re.I)
_CHUNK = 200  # messages asked about at once
_BY_CHARACTERS = re.compile(r"[\x20-\x7e]+|[^\x20-\x7e]+")


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is known of a message before it is fetched. ``size`` in bytes."""

    uid: int
    size: int
    has_attachments: bool


class Mailbox:
    """A logged-in connection with one folder open. Use as a context manager.

    Raises on entering: NotReached, LoginRefused ``mail_login_refused`` (after one attempt), MailProblem
    (``mail_certificate``, ``mail_no_imap``, ``mail_no_starttls``, ``mail_no_method``, ``mail_no_folder``); later
    NotReached ``mail_dropped``.
    """

    def __init__(
        self, account: Account, secret: SecretStr, folder: str | None = None, timeouts: Timeouts = PATIENT
    ) -> None:
        if account.imap is None:
            raise MailProblem("mail_no_imap", name=account.name)
        self._account = account
        self._secret = secret
        self._server: Server = account.imap
        self._folder = folder or account.folder
        self._timeouts = timeouts
        self._imap: imaplib.IMAP4 | None = None
        self.uidvalidity = 0

    def __enter__(self) -> Self:
        try:
            self._imap = self._connect()
            self._log_in(self._imap)
            self._open_folder(self._imap)
            if self._imap.sock is not None:
                self._imap.sock.settimeout(self._timeouts.data)
        except BaseException:
            self._hang_up()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._imap is not None and problem is None:
            with suppress(imaplib.IMAP4.error, OSError):
                self._imap.logout()
        self._hang_up()

    def after(self, uid: int, since: date | None = None) -> list[int]:
        """UIDs of the messages behind ``uid`` that arrived on ``since`` or later, in order."""
        criteria = ["UID", f"{uid + 1}:*"]
        if since is not None:
            criteria += ["SINCE", f"{since.day}-{_MONTHS[since.month - 1]}-{since.year}"]
        data = self._uid("SEARCH", *criteria)
        found = sorted({int(number) for line in data if isinstance(line, bytes) for number in line.split()})
        return [one for one in found if one > uid]  # "n:*" always gives the last one, however old it is

    def envelopes(self, uids: list[int]) -> Iterator[Envelope]:
        """Size of each message, and whether anything may be attached to it; those deleted meanwhile are left out."""
        for start in range(0, len(uids), _CHUNK):
            chunk = ",".join(map(str, uids[start : start + _CHUNK]))
            data = self._uid("FETCH", chunk, "(UID RFC822.SIZE BODYSTRUCTURE)")
            found = {}
            for text in _responses(data):
                uid, size = _UID.search(text), _SIZE.search(text)
                if uid and size:
                    found[int(uid[1])] = Envelope(int(uid[1]), int(size[1]), _ATTACHED.search(text) is not None)
            yield from (found[uid] for uid in sorted(found))

    def fetch(self, uid: int) -> bytes | None:
        """A whole message, its mark of being seen untouched; None where it was deleted meanwhile."""
        for part in self._uid("FETCH", str(uid), "(UID BODY.PEEK[])"):
            if isinstance(part, tuple):
                return bytes(part[1])
        return None

    # -- connecting ------------------------------------------------------------------------------------------------

    def _connect(self) -> imaplib.IMAP4:
        host, port, seconds = self._server.host, self._server.port, self._timeouts.connect
        context = trust(self._account)
        try:
            if self._server.security == "tls":
                return imaplib.IMAP4_SSL(host, port, ssl_context=context, timeout=seconds)
            self._imap = imaplib.IMAP4(host, port, timeout=seconds)
            if "STARTTLS" not in self._imap.capabilities:
                raise MailProblem("mail_no_starttls", server=self._server)
            self._imap.starttls(ssl_context=context)
        except imaplib.IMAP4.error:
            raise NotReached("mail_dropped", server=self._server) from None
        except OSError as problem:
            raise not_connected(problem, str(self._server)) from None
        return self._imap

    def _log_in(self, imap: imaplib.IMAP4) -> None:
        """One attempt. The server's words are not kept: some repeat what they were sent."""
        offered = [name.removeprefix("AUTH=") for name in imap.capabilities if name.startswith("AUTH=")]
        mechanism = sasl.choose(self._account, offered)
        if mechanism is None:
            raise MailProblem("mail_no_method", server=self._server)
        answers = [sasl.first_answer(self._account, self._secret, mechanism)]
        if mechanism is Mechanism.LOGIN:
            answers.append(self._secret.get_secret_value().encode())
        # Asked once more, for XOAUTH2 with the reason in JSON, an empty line ends the attempt.
        try:
            imap.authenticate(mechanism, lambda _: answers.pop(0) if answers else b"")
        except imaplib.IMAP4.abort:
            raise NotReached("mail_dropped", server=self._server) from None
        except imaplib.IMAP4.error:
            raise LoginRefused("mail_login_refused", server=self._server, user=self._account.user) from None
        except OSError as problem:
            raise not_connected(problem, str(self._server)) from None

    def _open_folder(self, imap: imaplib.IMAP4) -> None:
        name = '"' + folder_on_the_wire(self._folder).replace("\\", "\\\\").replace('"', '\\"') + '"'
        try:
            kind, _ = imap.select(name, readonly=True)
            _, validity = imap.response("UIDVALIDITY")
        except imaplib.IMAP4.abort:
            raise NotReached("mail_dropped", server=self._server) from None
        except imaplib.IMAP4.error:
            kind, validity = "NO", [None]
        except OSError as problem:
            raise not_connected(problem, str(self._server)) from None
        if kind != "OK":
            raise MailProblem("mail_no_folder", folder=self._folder, server=self._server)
        stated = validity[0] if validity else None
        self.uidvalidity = int(stated) if isinstance(stated, bytes) and stated.isdigit() else 0

    def _uid(self, command: str, *arguments: str) -> list[object]:
        if self._imap is None:
            raise NotReached("mail_dropped", server=self._server)
        try:
            kind, data = self._imap.uid(command, *arguments)
        except imaplib.IMAP4.error:
            raise NotReached("mail_dropped", server=self._server) from None
        except OSError as problem:
            raise not_connected(problem, str(self._server)) from None
        if kind != "OK":
            raise NotReached("mail_dropped", server=self._server)
        return list(data)

    def _hang_up(self) -> None:
        if self._imap is not None:
            with suppress(imaplib.IMAP4.error, OSError):
                self._imap.shutdown()
            self._imap = None


def folder_on_the_wire(name: str) -> str:
    """A folder's name in modified UTF-7 (RFC 3501, 5.1.3)."""

    def piece(text: str) -> str:
        if text[0] in map(chr, range(0x20, 0x7F)):
            return text.replace("&", "&-")
        packed = base64.b64encode(text.encode("utf-16-be")).decode().rstrip("=").replace("/", ",")
        return f"&{packed}-"

    return "".join(piece(found[0]) for found in _BY_CHARACTERS.finditer(name))


def _responses(data: list[object]) -> Iterator[bytes]:
    """The text of each response; a literal in it splits one over several of imaplib's items."""
    text = b""
    for part in data:
        if isinstance(part, tuple):
            text += b"".join(bytes(one) for one in part)
        elif isinstance(part, bytes):
            yield text + part
            text = b""
