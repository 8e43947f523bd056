"""The outbox: a message is made once, lies in ``thu-di`` and in the ledger, and is handed over until every recipient
has an answer.

Never twice by accident: what a message is *about* (the same figures to the same people, one reminder on one day) can be
in the outbox once; before the last byte goes out every recipient is noted as ``unknown``, so that a run that is killed
there does not send again; and what lies in ``thu-di`` but not in the ledger (an earlier ledger was brought back) counts
as perhaps sent.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr

from addin.campaign.folder import OUTBOX, Campaign
from addin.campaign.ledger import Ledger
from addin.mail import store
from addin.mail.accounts import Account, is_address
from addin.mail.compose import Letter, message_id, message_of
from addin.mail.files import write_whole
from addin.mail.problems import MailProblem, NotReached
from addin.mail.smtp import Answer, Handing, SmtpSession
from addin.mail.store import Kind, Outgoing, Recipient, State
from addin.mail.tls import PATIENT, Timeouts
from addin.merge.run import Progress, silent

MOST_TRIES = 12
"""Over all runs; a recipient that was put off so often is given up."""

_OPEN = frozenset({State.QUEUED, State.UNKNOWN, State.SENT, State.DRAFTED})
_STATES = {Handing.SENT: State.SENT, Handing.REFUSED: State.REFUSED, Handing.LATER: State.QUEUED,
           Handing.UNKNOWN: State.UNKNOWN}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pace:
    """How a run hands messages over. ``waits``: seconds before each further try of what was put off; ``pause``:
    seconds between two messages, so that a server does not take us for a source of junk mail."""

    waits: tuple[float, ...] = (5.0, 30.0)
    pause: float = 1.0
    wait: Callable[[float], None] = time.sleep
    timeouts: Timeouts = PATIENT


STEADY = Pace()


@dataclass(frozen=True, slots=True)
class Item:
    """A message of the outbox with its recipients."""

    outgoing: Outgoing
    recipients: tuple[Recipient, ...]

    def in_state(self, state: State) -> tuple[Recipient, ...]:
        """Recipients for whom it stands so."""
        return tuple(one for one in self.recipients if one.state == state)


class Outbox:
    """The outbox of a campaign whose ledger is open for writing."""

    def __init__(self, campaign: Campaign, ledger: Ledger, now: Callable[[], datetime]) -> None:
        self._campaign = campaign
        self._ledger = ledger
        self._now = now
        # A power cut must not take back the note that something may have been sent.
        ledger.connection.execute("PRAGMA synchronous = FULL")

    # -- looking ---------------------------------------------------------------------------------------------------

    def items(self, **equal: object) -> list[Item]:
        """Messages with these columns, oldest first."""
        connection = self._ledger.connection
        return [
            Item(one, tuple(store.records(connection, Recipient, message_id=one.message_id)))
            for one in sorted(store.records(connection, Outgoing, **equal), key=lambda o: (o.made_at, o.message_id))
        ]

    def item(self, identity: str) -> Item:
        """One message. Raises KeyError."""
        found = self.items(message_id=identity)
        if not found:
            raise KeyError(identity)
        return found[0]

    def standing(self, kind: Kind, about: str) -> Item | None:
        """The newest message about that, unless nobody got it and nobody may get it any more."""
        items = [item for item in self.items(kind=kind, about=about) if any(r.state in _OPEN for r in item.recipients)]
        return items[-1] if items else None

    def perhaps_sent(self, kind: Kind, about: str) -> bool:
        """Whether a message about that lies in the folder although the ledger knows of none."""
        known = {Path(item.outgoing.file).name for item in self.items(kind=kind, about=about)}
        files = (self._file(kind, about, number).name for number in range(1, self._files(kind, about) + 1))
        return any(name not in known for name in files)

    # -- putting in ------------------------------------------------------------------------------------------------

    def put(self, kind: Kind, about: str, letter: Letter, account: Account, units: Mapping[str, Sequence[str]]) -> Item:
        """Put a letter in, for all its recipients. ``units``: address → codes it concerns.

        Raises MailProblem ``mail_bad_address`` and CouldNotSave.
        """
        _refuse_bad_addresses(letter.to)
        now = self._now()
        sent = [item for item in self.items(kind=kind, about=about) if item.outgoing.account]
        attempt = max(len(sent), self._files(kind, about)) + 1
        identity = message_id(self._identity(), kind, about, attempt, account.address.rpartition("@")[2])
        data = message_of(letter, account, identity, now)
        file = self._file(kind, about, attempt)
        write_whole(file, data)
        outgoing = Outgoing(
            message_id=identity, kind=kind, about=about, account=account.name, sender=account.address,
            subject=letter.subject, file=self._campaign.relative(file), sha256=hashlib.sha256(data).hexdigest(),
            size=len(data), made_at=store.stamp(now),
        )  # fmt: skip
        recipients = [self._recipient(identity, one, units, State.QUEUED) for one in letter.to]
        with self._ledger.transaction():
            store.put(self._ledger, now, outgoing, *recipients)
        return self.item(identity)

    def note_draft(
        self, kind: Kind, about: str, letter: Letter, file: Path | None, units: Mapping[str, Sequence[str]]
    ) -> Item:
        """Note that a letter was laid into the clerk's mail program or, as a draft, into ``file``."""
        now = self._now()
        identity = message_id(self._identity(), kind, about, len(self.items(kind=kind, about=about)) + 1, "draft")
        data = file.read_bytes() if file is not None else b""
        outgoing = Outgoing(
            message_id=identity, kind=kind, about=about, account="", sender="", subject=letter.subject,
            file=self._campaign.relative(file) if file is not None else "",
            sha256=hashlib.sha256(data).hexdigest() if data else "", size=len(data), made_at=store.stamp(now),
        )  # fmt: skip
        recipients = [self._recipient(identity, one, units, State.DRAFTED) for one in letter.to]
        with self._ledger.transaction():
            store.put(self._ledger, now, outgoing, *recipients)
        return self.item(identity)

    def withdraw(self, kind: Kind, *, but: str = "") -> None:
        """Take back what is still queued of a kind, except the message ``but``: it says it better."""
        now = self._now()
        with self._ledger.transaction():
            for item in self.items(kind=kind):
                if item.outgoing.message_id != but:
                    for one in item.in_state(State.QUEUED):
                        store.put(self._ledger, now, replace(one, state=State.WITHDRAWN, at=store.stamp(now)))

    def queue_again(self, item: Item) -> Item:
        """Queue what is unknown once more, on a person's word: the same message, which a receiver knows by its id."""
        now = self._now()
        with self._ledger.transaction():
            for one in item.in_state(State.UNKNOWN):
                store.put(self._ledger, now, replace(one, state=State.QUEUED, at=store.stamp(now)))
        return self.item(item.outgoing.message_id)

    # -- handing over ----------------------------------------------------------------------------------------------

    def deliver(
        self,
        account: Account,
        secret: SecretStr,
        identities: Sequence[str],
        pace: Pace = STEADY,
        progress: Progress = silent,
    ) -> list[Item]:
        """Hand messages over until every recipient has an answer or the run's tries are used up.

        What was put off (4xx, no connection, a line that dropped before the message was complete) stays queued for
        the next run. Raises LoginRefused and MailProblem (``mail_certificate`` …) with everything still queued, and
        CouldNotSave. What ``progress`` or ``pace.wait`` raise stops the run between two messages.
        """
        waiting = list(identities)
        for seconds in (0.0, *pace.waits):
            if seconds:
                pace.wait(seconds)
            waiting, reached = self._round(account, secret, waiting, pace, progress)
            # No network will not be there in half a minute either: one more try, then the next run's turn.
            if not waiting or (seconds and not reached):
                break
        return [self.item(identity) for identity in identities]

    def _round(
        self, account: Account, secret: SecretStr, identities: list[str], pace: Pace, progress: Progress
    ) -> tuple[list[str], bool]:
        """One try of each: those that were put off, and whether the server could be reached to the end."""
        put_off: list[str] = []
        left = [identity for identity in identities if self.item(identity).in_state(State.QUEUED)]
        done = 0
        while done < len(left):
            try:
                with SmtpSession(account, secret, pace.timeouts) as session:
                    while done < len(left) and session.alive:
                        if done:
                            pace.wait(pace.pause)
                        if self._hand_over(session, left[done]):
                            put_off.append(left[done])
                        done += 1
                        progress("mailing", done, len(left))
            except NotReached as problem:
                for identity in left[done:]:
                    self._put_off(identity, problem)
                return put_off + left[done:], False
        return put_off, True

    def _hand_over(self, session: SmtpSession, identity: str) -> bool:
        """Whether anything was put off."""
        item = self.item(identity)
        queued = {one.address: one for one in item.in_state(State.QUEUED)}
        data = self._bytes(item)
        if data is None:
            self._note({one: Answer(Handing.REFUSED, None, "eml") for one in queued}, queued)
            return False

        def before_end(accepted: Sequence[str]) -> None:
            self._note({one: Answer(Handing.UNKNOWN) for one in accepted}, queued, count=False)

        answers = session.hand_over(data, list(queued), before_end)
        self._note(answers, queued)
        return any(one.state == State.QUEUED for one in self.item(identity).recipients)

    def _put_off(self, identity: str, problem: NotReached) -> None:
        queued = {one.address: one for one in self.item(identity).in_state(State.QUEUED)}
        self._note({one: Answer(Handing.LATER, None, problem.error_code) for one in queued}, queued)

    def _note(self, answers: Mapping[str, Answer], before: Mapping[str, Recipient], *, count: bool = True) -> None:
        now = self._now()
        with self._ledger.transaction():
            for address, answer in answers.items():
                one = before[address]
                tries = one.tries + (1 if count else 0)
                state = _STATES[answer.handing]
                if state is State.QUEUED and tries >= MOST_TRIES:
                    state = State.REFUSED
                store.put(self._ledger, now, replace(
                    one, state=state, tries=tries, code=answer.code, answer=answer.text, at=store.stamp(now),
                ))  # fmt: skip

    def _bytes(self, item: Item) -> bytes | None:
        """The message as it was made; None where its file is gone or altered."""
        try:
            data = (self._campaign.folder / item.outgoing.file).read_bytes()
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == item.outgoing.sha256 else None

    # -- details ---------------------------------------------------------------------------------------------------

    @property
    def _folder(self) -> Path:
        return self._campaign.folder / OUTBOX

    def _file(self, kind: Kind, about: str, number: int) -> Path:
        return self._folder / f"{kind}-{hashlib.sha256(about.encode()).hexdigest()[:16]}-{number}.eml"

    def _files(self, kind: Kind, about: str) -> int:
        """Messages about that in the folder, those that the ledger knows nothing of included."""
        number = 0
        while self._file(kind, about, number + 1).exists():
            number += 1
        return number

    def _identity(self) -> str:
        (identity,) = self._ledger.connection.execute("SELECT campaign FROM ledger").fetchone()
        return str(identity)

    def _recipient(self, identity: str, address: str, units: Mapping[str, Sequence[str]], state: State) -> Recipient:
        codes = " ".join(units.get(address, ()))
        return Recipient(identity, address, codes, state, 0, None, "", store.stamp(self._now()))


def _refuse_bad_addresses(addresses: Iterable[str]) -> None:
    for address in addresses:
        if not is_address(address):
            raise MailProblem("mail_bad_address", address=address)
