"""Messages as they go out: letters in plain text with workbooks attached, as bytes that stay what they are."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from addin.mail.accounts import Account

_WORKBOOK = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_SUBTYPES = {".xlsx": _WORKBOOK, ".xlsm": ("application", "vnd.ms-excel.sheet.macroEnabled.12"),
             ".txt": ("application", "octet-stream")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as it is attached. ``name`` is what the recipient sees, Vietnamese letters and all."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Of the content."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be said to whom, before it is a message."""

    to: tuple[str, ...]
    subject: str
    body: str
    attachments: tuple[Attachment, ...] = ()


def message_id(campaign: str, kind: str, about: str, attempt: int, domain: str) -> str:
    """The id of a message, the same whenever the same is said: a receiver then knows it from a second copy, even one
    sent after an earlier ledger was brought back."""
    seed = "\n".join((campaign, kind, about, str(attempt)))
    return f"<{hashlib.sha256(seed.encode()).hexdigest()[:32]}.sangkien@{domain}>"


def message_of(letter: Letter, account: Account, identity: str, now: datetime) -> bytes:
    """The letter as it goes over the wire: CRLF, 7 bit, long names as RFC 2231 writes them."""
    message = _message(letter)
    message["From"] = Address(account.sender, addr_spec=account.address)
    message["Date"] = now
    message["Message-ID"] = identity
    return message.as_bytes(policy=SMTP)


def draft_of(letter: Letter, account: Account | None = None) -> bytes:
    """The letter as a file that a mail program opens as one yet to be sent: the clerk reads it and presses send."""
    message = _message(letter)
    message["X-Unsent"] = "1"
    if account is not None:
        message["From"] = Address(account.sender, addr_spec=account.address)
    return message.as_bytes(policy=SMTP)


def _message(letter: Letter) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["To"] = tuple(Address(addr_spec=address) for address in letter.to)
    message["Subject"] = " ".join(letter.subject.split())
    message.set_content(letter.body, cte="base64")
    for attachment in letter.attachments:
        ending = attachment.name[-5:].lower() if "." in attachment.name[-5:] else ""
        maintype, subtype = _SUBTYPES.get(ending, _SUBTYPES[".txt"])
        message.add_attachment(attachment.data, maintype=maintype, subtype=subtype, filename=attachment.name)
    return message
