"""Letters to many units: reminders to those that have not sent, marked copies and receipts to those with errors.

First a plan, which a person looks through and confirms once; then it is carried out at a measured pace, each letter
noted in the ledger. The same reminder goes to an address once a day, the same marked copy once at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import SecretStr

from addin.campaign.folder import Campaign
from addin.campaign.ledger import Ledger, open_ledger
from addin.campaign.lock import only_writer
from addin.mail import store
from addin.mail.accounts import Account, is_address
from addin.mail.addresses import AddressBook, address_book
from addin.mail.compose import Attachment, Letter
from addin.mail.drafts import Drafts
from addin.mail.outbox import STEADY, Item, Outbox, Pace
from addin.mail.report import By, contact_of
from addin.mail.store import Collected, CollectedFile, Kind, State
from addin.merge.overview import Overview
from addin.merge.picture import overview_of
from addin.merge.run import Progress, silent
from addin.returns.returning import Returned, ReturnedFile
from validation import messages
from validation.units import Unit

_UNITS_IN_SUBJECT = 3


@dataclass(frozen=True, slots=True)
class Planned:
    """One letter of a plan. ``earlier``: where the same letter stands already; it is not sent again.

    ``vouched_for`` is False where the address is only the one a stranger wrote from.
    """

    kind: Kind
    about: str
    units: tuple[str, ...]
    letter: Letter
    earlier: State | None = None
    vouched_for: bool = True

    @property
    def address(self) -> str:
        """To whom."""
        return self.letter.to[0]


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Whom no letter can be written to: a unit, or a file of which no unit is known (``unit`` None)."""

    unit: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Letters, by address, and those whose address is not known."""

    letters: tuple[Planned, ...]
    without_address: tuple[Unreachable, ...]

    @property
    def open(self) -> tuple[Planned, ...]:
        """Letters that are yet to go out."""
        return tuple(one for one in self.letters if one.earlier in (None, State.QUEUED, State.REFUSED, State.WITHDRAWN))


@dataclass(frozen=True, slots=True)
class Done:
    """A plan that was carried out: each letter of ``plan.open`` with its place in the outbox."""

    plan: Plan
    items: tuple[Item, ...]

    @property
    def everything(self) -> bool:
        """Whether every letter of it reached everyone, or lies in the mail program."""
        return all(r.state in (State.SENT, State.DRAFTED) for item in self.items for r in item.recipients)


# -- planning ------------------------------------------------------------------------------------------------------


def plan_reminders(campaign: Campaign, by: By, account: Account | None = None) -> Plan:
    """Who is to be reminded today. Raises CouldNotSave where the ledger cannot be opened."""
    with open_ledger(campaign, by=by.user, now=by.now()) as ledger:
        overview = overview_of(campaign, ledger, by=by.user, now=by.now())
        book = address_book(campaign, ledger)
        outbox = Outbox(campaign, ledger, by.now)
        by_address, without = _grouped(overview.missing(), book)
        today = by.now().date()
        letters = []
        for address, units in by_address.items():
            about = f"{today.isoformat()} {address}"
            letter = _reminder(campaign, overview, units, address, today, contact_of(campaign, account))
            letters.append(_planned(outbox, Kind.REMINDER, about, units, letter))
    return Plan(tuple(letters), tuple(without))


def plan_returns(campaign: Campaign, returned: Returned, by: By, account: Account | None = None) -> Plan:
    """What was written into ``tra-lai``, as letters to those who should have it. Raises CouldNotSave and OSError."""
    with open_ledger(campaign, by=by.user, now=by.now()) as ledger:
        book = address_book(campaign, ledger)
        outbox = Outbox(campaign, ledger, by.now)
        letters, without = [], []
        for file in returned.files:
            unit = campaign.tree.get(file.unit)
            address = book.of_unit.get(unit.code) if unit is not None else None
            to = address or _sender_of(ledger, file.sha256)
            if to is None:
                without.append(Unreachable(file.unit, unit.name if unit is not None else file.path))
                continue
            letter, about = _return(campaign, file, unit, to, contact_of(campaign, account))
            units = [unit] if unit is not None else []
            letters.append(_planned(outbox, Kind.RETURN, about, units, letter, vouched_for=address is not None))
    return Plan(tuple(letters), tuple(without))


def _grouped(units: Iterable[Unit], book: AddressBook) -> tuple[dict[str, list[Unit]], list[Unreachable]]:
    """Units by address, and those without: one letter where a person looks after several."""
    by_address: dict[str, list[Unit]] = {}
    without = []
    for unit in units:
        address = book.of_unit.get(unit.code)
        if address is None:
            without.append(Unreachable(unit.code, unit.name))
        else:
            by_address.setdefault(address, []).append(unit)
    return by_address, without


def _planned(
    outbox: Outbox, kind: Kind, about: str, units: Sequence[Unit], letter: Letter, *, vouched_for: bool = True
) -> Planned:
    standing = outbox.standing(kind, about)
    earlier = State(standing.recipients[0].state) if standing is not None else None
    if earlier is None and outbox.perhaps_sent(kind, about):
        earlier = State.UNKNOWN
    return Planned(kind, about, tuple(unit.code for unit in units), letter, earlier, vouched_for)


def _sender_of(ledger: Ledger, sha256: str | None) -> str | None:
    """Who mailed a file last, where it came by mail."""
    if sha256 is None:
        return None
    senders = [
        message.sender
        for file in store.records(ledger.connection, CollectedFile, sha256=sha256)
        for message in store.records(
            ledger.connection, Collected, mailbox=file.mailbox, folder=file.folder, uidvalidity=file.uidvalidity,
            uid=file.uid,
        )
    ]  # fmt: skip
    return next((one for one in reversed(senders) if is_address(one)), None)


def _reminder(
    campaign: Campaign, overview: Overview, units: Sequence[Unit], address: str, today: date, contact: str
) -> Letter:
    say = messages.text
    deadlines = sorted(campaign.deadline(phase.number) for phase in campaign.programme.phases)
    due = next((day for day in deadlines if day >= today), deadlines[-1])
    names = [f"{unit.name} ({unit.code})" for unit in units]
    lines = [say("letter", "greeting", to="; ".join(unit.name for unit in units)), ""]
    lines.append(say("letter", "reminder_lead", unit=campaign.unit.name, programme=overview.programme.name, day=today))
    lines += [f"  – {name}" for name in names]
    lines += ["", say("letter", "reminder_due" if due >= today else "reminder_overdue", due=due)]
    lines += [say("letter", "reminder_how"), "", say("letter", "contact", contact=contact), say("letter", "regards")]
    shown = ", ".join(unit.name for unit in units[:_UNITS_IN_SUBJECT])
    shown += f" (+{len(units) - _UNITS_IN_SUBJECT})" if len(units) > _UNITS_IN_SUBJECT else ""
    return Letter((address,), say("letter", "reminder_subject", units=shown), "\n".join(lines) + "\n")


def _return(
    campaign: Campaign, file: ReturnedFile, unit: Unit | None, address: str, contact: str
) -> tuple[Letter, str]:
    say = messages.text
    receipt, copy = file.receipt.read_text(encoding="utf-8"), file.copy.read_bytes()
    name = unit.name if unit is not None else file.name or say("letter", "sender")
    lines = [say("letter", "greeting", to=name), "", say("letter", "return_lead", unit=campaign.unit.name), ""]
    lines += [receipt.strip(), "", say("letter", "contact", contact=contact), say("letter", "regards")]
    subject = say("letter", "return_subject", unit=name)
    letter = Letter((address,), subject, "\n".join(lines) + "\n", (Attachment(file.copy.name, copy),))
    content = hashlib.sha256(copy + b"\0" + receipt.encode()).hexdigest()
    return letter, f"{content} {address}"


# -- carrying out --------------------------------------------------------------------------------------------------


def draft_all(campaign: Campaign, plan: Plan, drafts: Drafts, by: By, progress: Progress = silent) -> Done:
    """Lay every open letter into the clerk's mail program. Raises CouldNotSave; what ``progress`` raises stops between
    two letters."""
    items: list[Item] = []
    with only_writer(campaign.folder, by.user, by.now()), open_ledger(campaign, by=by.user, now=by.now()) as ledger:
        outbox = Outbox(campaign, ledger, by.now)
        for one in plan.open:
            item = _gone_meanwhile(outbox, one)
            if item is None:
                name = f"{by.now():%Y-%m-%d} {one.letter.subject} {one.address}"
                file = drafts.lay(one.letter, name)
                item = outbox.note_draft(one.kind, one.about, one.letter, file, {one.address: one.units})
            items.append(item)
            progress("drafting", len(items), len(plan.open))
    return Done(plan, tuple(items))


def send_all(
    campaign: Campaign,
    plan: Plan,
    account: Account,
    secret: Callable[[], SecretStr],
    by: By,
    pace: Pace = STEADY,
    progress: Progress = silent,
) -> Done:
    """Hand every open letter to the server, one after the other. All are in the outbox before the first goes out: a
    run that is stopped goes on with the next.

    Raises LoginRefused and MailProblem with everything kept, and CouldNotSave.
    """
    with only_writer(campaign.folder, by.user, by.now()), open_ledger(campaign, by=by.user, now=by.now()) as ledger:
        outbox = Outbox(campaign, ledger, by.now)
        identities = []
        for one in plan.open:
            standing = _gone_meanwhile(outbox, one) or _queued_for(outbox, one, account)
            if standing is None:
                standing = outbox.put(one.kind, one.about, one.letter, account, {one.address: one.units})
            identities.append(standing.outgoing.message_id)
        items = outbox.deliver(account, secret(), identities, pace, progress) if identities else []
    return Done(plan, tuple(items))


def _gone_meanwhile(outbox: Outbox, one: Planned) -> Item | None:
    """The same letter, where somebody sent or drafted it while this plan was looked through: it does not go twice."""
    item = outbox.standing(one.kind, one.about)
    return None if item is None or item.in_state(State.QUEUED) else item


def _queued_for(outbox: Outbox, one: Planned, account: Account) -> Item | None:
    """The same letter, where it waits for this account; one of another account's is made anew, in this one's name."""
    item = outbox.standing(one.kind, one.about)
    return item if item is not None and item.outgoing.sender == account.address else None
