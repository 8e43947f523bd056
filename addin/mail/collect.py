"""Fetching reports from a mailbox into the inbox: only what is new, nothing in the mailbox changed.

Every message is one transaction: a run that is stopped goes on where it was. Who sent what is on record (address,
Message-ID); an address that is no unit's is marked, since anyone can write any sender: a report is judged by its
content, and the mark says that nobody vouches for where it came from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import PurePosixPath

from pydantic import SecretStr

from addin.campaign.archive import into_inbox
from addin.campaign.folder import Campaign
from addin.campaign.ledger import Ledger, open_ledger
from addin.campaign.lock import only_writer
from addin.intake.guard import MEGABYTE
from addin.mail import store
from addin.mail.accounts import Account
from addin.mail.addresses import AddressBook, address_book
from addin.mail.attachments import Brought, Received, take_apart
from addin.mail.imap import Envelope, Mailbox
from addin.mail.report import By
from addin.mail.store import Collected, CollectedFile, FolderMark
from addin.mail.tls import PATIENT, Timeouts
from addin.merge.run import Progress, silent
from validation import messages
from validation.errors import Refusal

MAX_MESSAGE = 120 * MEGABYTE
"""Bytes of a message that is fetched at all; several workbooks of the largest size, in base64, fit."""
_WORKBOOK_ENDINGS = (".xlsx", ".xlsm")


class Fate(StrEnum):
    """What became of an attachment.

    ``taken``: it lies in the inbox now. ``known``: a report of that very content is on record already. ``refused``: it
    may be meant as a report but is no workbook. ``left``: a picture, or a paper beside a workbook.
    """

    TAKEN = "taken"
    KNOWN = "known"
    REFUSED = "refused"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """An attachment and what became of it. ``path`` is relative to the campaign folder."""

    name: str
    fate: Fate
    sha256: str | None = None
    path: str | None = None
    refusal: Refusal | None = None

    def reason(self, language: messages.Language = "vi") -> str | None:
        """Why it was not taken."""
        return _sentence(self.refusal, language)


@dataclass(frozen=True, slots=True)
class FetchedMessage:
    """A message that brought something. ``unit``: whose address the sender's is; None: nobody's we know.

    ``refusal``: why the whole message was not fetched.
    """

    uid: int
    message_id: str
    sender: str
    unit: str | None
    subject: str
    sent_at: str | None
    files: tuple[FetchedFile, ...]
    refusal: Refusal | None = None

    def reason(self, language: messages.Language = "vi") -> str | None:
        """Why it was not fetched."""
        return _sentence(self.refusal, language)

    @property
    def needs_attention(self) -> bool:
        """Whether someone should look at it: a stranger's report, or something that could not be taken."""
        taken = any(file.fate is Fate.TAKEN for file in self.files)
        refused = any(file.fate is Fate.REFUSED for file in self.files)
        return self.refusal is not None or refused or (taken and self.unit is None)


@dataclass(frozen=True, slots=True)
class Collection:
    """What one run fetched."""

    mailbox: str
    folder: str
    messages: tuple[FetchedMessage, ...]

    @property
    def taken(self) -> int:
        """Files that are new in the inbox."""
        return sum(file.fate is Fate.TAKEN for message in self.messages for file in message.files)


def collect(
    campaign: Campaign,
    account: Account,
    secret: SecretStr,
    by: By,
    folder: str | None = None,
    progress: Progress = silent,
    timeouts: Timeouts = PATIENT,
    came: list[FetchedMessage] | None = None,
) -> Collection:
    """Fetch what is new in a folder of the mailbox into the campaign's inbox. ``came`` is filled as messages come: what
    a run that was stopped has fetched is not named by the next.

    Raises NotReached, LoginRefused and MailProblem (see ``Mailbox``) with what was fetched so far kept, and
    CouldNotSave.
    """
    with (
        only_writer(campaign.folder, by.user, by.now()),
        open_ledger(campaign, by=by.user, now=by.now()) as ledger,
        Mailbox(account, secret, folder, timeouts) as mailbox,
    ):
        book = address_book(campaign, ledger)
        came = came if came is not None else []
        run = _Run(campaign, ledger, by.now, book, account.mailbox, folder or account.folder, mailbox.uidvalidity, came)
        # A programme's first report cannot be older than the programme.
        uids = mailbox.after(run.last_uid(), min(phase.first for phase in campaign.programme.phases))
        for done, envelope in enumerate(mailbox.envelopes(uids), 1):
            run.take(envelope, mailbox)
            progress("collecting", done, len(uids))
        run.mark_end(uids)
    return Collection(run.mailbox, run.folder, tuple(run.fetched))


@dataclass(slots=True)
class _Run:
    campaign: Campaign
    ledger: Ledger
    now: Callable[[], datetime]
    book: AddressBook
    mailbox: str
    folder: str
    uidvalidity: int
    fetched: list[FetchedMessage] = field(default_factory=list)

    def last_uid(self) -> int:
        """How far the folder was gone through; 0 where it is new or the server has numbered it anew."""
        found = store.records(
            self.ledger.connection, FolderMark, mailbox=self.mailbox, folder=self.folder, uidvalidity=self.uidvalidity
        )
        return found[0].last_uid if found else 0

    def take(self, envelope: Envelope, mailbox: Mailbox) -> None:
        """One message, in a transaction of its own."""
        if not envelope.has_attachments:
            return  # private letters are nobody's business: not fetched, not on record
        if envelope.size > MAX_MESSAGE:
            facts = {"megabytes": -(-envelope.size // MEGABYTE), "limit": MAX_MESSAGE // MEGABYTE}
            message = FetchedMessage(
                envelope.uid, "", "", None, "", None, (), Refusal("mail_message_too_large", **facts)
            )
        else:
            data = mailbox.fetch(envelope.uid)
            if data is None:
                return
            message = self._message(envelope.uid, take_apart(data))
        self._record(message)
        if message.files or message.refusal:
            self.fetched.append(message)

    def _message(self, uid: int, received: Received) -> FetchedMessage:
        has_workbook = any(one.data is not None for one in received.files)
        return FetchedMessage(
            uid=uid,
            message_id=received.message_id,
            sender=received.sender,
            unit=self.book.unit_of(received.sender),
            subject=received.subject,
            sent_at=received.sent_at,
            files=tuple(self._file(one, beside_workbook=has_workbook) for one in received.files),
        )

    def _file(self, brought: Brought, *, beside_workbook: bool) -> FetchedFile:
        if brought.data is None:
            left = brought.decoration or (beside_workbook and not _may_hold_report(brought.refusal))
            return FetchedFile(brought.name, Fate.LEFT if left else Fate.REFUSED, refusal=brought.refusal)
        sha256 = hashlib.sha256(brought.data).hexdigest()
        known = self._known_at(sha256)
        if known is not None:
            return FetchedFile(brought.name, Fate.KNOWN, sha256, known)
        path = into_inbox(self.campaign, _as_workbook(brought.name), sha256, brought.data)
        return FetchedFile(brought.name, Fate.TAKEN, sha256, self.campaign.relative(path))

    def _known_at(self, sha256: str) -> str | None:
        """Where that content lies already, from whichever mail or folder it came."""
        at = self.ledger.connection.execute("SELECT path FROM submission WHERE sha256 = ?", (sha256,)).fetchone()
        if at is not None:
            return str(at[0])
        for file in store.records(self.ledger.connection, CollectedFile, sha256=sha256):
            if file.path is not None and (self.campaign.folder / file.path).is_file():
                return file.path
        return None

    def _record(self, message: FetchedMessage) -> None:
        at = self.now()
        key = (self.mailbox, self.folder, self.uidvalidity, message.uid)
        records: list[store.Record] = [self._mark(message.uid, at)]
        if message.files or message.refusal:
            records.append(Collected(
                *key, message_id=message.message_id, sender=message.sender, unit=message.unit, subject=message.subject,
                sent_at=message.sent_at, outcome="refused" if message.refusal else "fetched",
                code=message.refusal.code if message.refusal else None, at=store.stamp(at),
            ))  # fmt: skip
        records += [
            CollectedFile(
                *key, position=position, name=file.name, outcome=file.fate, sha256=file.sha256, path=file.path,
                code=file.refusal.code if file.refusal else None,
                facts=store.facts_text(file.refusal.facts if file.refusal else {}),
            )
            for position, file in enumerate(message.files, 1)
        ]  # fmt: skip
        with self.ledger.transaction():
            store.put(self.ledger, at, *records)

    def mark_end(self, uids: Sequence[int]) -> None:
        """Note that everything so far was looked at, what brought nothing included."""
        if uids and uids[-1] > self.last_uid():
            at = self.now()
            with self.ledger.transaction():
                store.put(self.ledger, at, self._mark(uids[-1], at))

    def _mark(self, uid: int, at: datetime) -> FolderMark:
        return FolderMark(self.mailbox, self.folder, self.uidvalidity, uid, store.stamp(at))


def _sentence(refusal: Refusal | None, language: messages.Language) -> str | None:
    if refusal is None:
        return None
    table = "mail_refusal" if refusal.code in messages.catalogue(language)["mail_refusal"] else "refusal"
    return messages.text(table, refusal.code, language, **refusal.facts)


def _may_hold_report(refusal: Refusal | None) -> bool:
    """Whether a refused file beside a workbook still needs a word: it may be another unit's report."""
    return refusal is not None and refusal.code not in {"pdf", "picture", "word_document", "plain_text", "web_page",
                                                        "unknown_type", "empty_file"}  # fmt: skip


def _as_workbook(name: str) -> str:
    """The name with an ending that a spreadsheet program opens, whatever the sender called the file."""
    base = PurePosixPath(name.replace("\\", "/")).name or "bao-cao"
    return base if base.lower().endswith(_WORKBOOK_ENDINGS) else f"{base}.xlsx"
