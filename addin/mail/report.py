"""Sending the consolidation upward: proved first, then laid into the clerk's mail program or handed to a server."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from pydantic import SecretStr

from addin.campaign import journal
from addin.campaign.archive import file_sha256, named_after
from addin.campaign.folder import Campaign
from addin.campaign.ledger import open_ledger
from addin.campaign.lock import only_writer
from addin.mail.accounts import Account
from addin.mail.compose import Attachment, Letter
from addin.mail.drafts import Drafts
from addin.mail.outbox import STEADY, Item, Outbox, Pace
from addin.mail.problems import MailProblem
from addin.mail.store import Kind, State
from addin.merge.overview import FileOutcome, Overview
from addin.merge.run import MergeResult, Progress, merge, silent
from addin.merge.verify import Verification, verify
from validation import messages
from validation.text.amounts import format_amount

_MAY_PASS = frozenset({
    "reader_died", "reader_timed_out", "reader_out_of_memory", "reader_failed", "still_being_written", "no_permission",
    "vanished",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the clerk should know before she sends; ``code`` is of the catalogue's table ``send``."""

    code: str
    facts: dict[str, object]

    def sentence(self, language: messages.Language = "vi") -> str:
        """What a person reads."""
        return messages.text("send", self.code, language, **self.facts)


@dataclass(frozen=True, slots=True)
class Preflight:
    """The campaign, merged and proved just now. ``blocking``: why it must not go out; ``remarks``: what is open."""

    overview: Overview
    verification: Verification
    master_sha256: str
    blocking: tuple[Remark, ...]
    remarks: tuple[Remark, ...]


class Way(StrEnum):
    """What came of sending."""

    PREVIEW = "preview"
    DRAFT = "draft"
    OUTBOX = "outbox"
    ALREADY = "already"


@dataclass(frozen=True, slots=True)
class Sending:
    """The letter, what was found before, and what became of it. ``item`` is its place in the outbox."""

    way: Way
    letter: Letter
    preflight: Preflight
    item: Item | None = None
    draft: Path | None = None

    @property
    def done(self) -> bool:
        """Whether nothing is left to do: everyone has it, or it lies where the clerk will send it."""
        if self.way is not Way.OUTBOX and self.way is not Way.ALREADY:
            return True
        return self.item is not None and all(r.state in (State.SENT, State.DRAFTED) for r in self.item.recipients)


@dataclass(frozen=True, slots=True)
class By:
    """Who sends, and when: the journal's ``by``, the clock."""

    user: str
    now: Callable[[], datetime]


# -- before --------------------------------------------------------------------------------------------------------


def preflight(campaign: Campaign, by: By, progress: Progress = silent, workers: int | None = None) -> Preflight:
    """Merge the inbox and prove the whole campaign again; what speaks against sending, and what is worth knowing.

    Raises as ``merge``.
    """
    merged = merge(campaign, (), by=by.user, now=by.now, progress=progress, workers=workers)
    proved = verify(campaign, by=by.user, now=by.now, progress=progress, workers=workers)
    return Preflight(
        overview=merged.overview,
        verification=proved,
        master_sha256=file_sha256(campaign.master),
        blocking=tuple(_blocking(merged, proved)),
        remarks=tuple(_remarks(merged.overview)),
    )


def _blocking(merged: MergeResult, proved: Verification) -> list[Remark]:
    found = [Remark("not_proved", {"problem": problem.sentence()}) for problem in proved.problems]
    if not merged.overview.current:
        found.append(Remark("no_report", {}))
    # A file that nobody could read just now may be a report that counts.
    unread = [one for one in merged.overview.refused if one.code in _MAY_PASS]
    found += [Remark("unread", {"file": one.path, "reason": one.reason}) for one in unread]
    return found


def _remarks(overview: Overview) -> list[Remark]:
    refused = [one for one in overview.refused if one.outcome is FileOutcome.QUARANTINED]
    found = [
        ("refused", len(refused)),
        ("missing", len(overview.missing())),
        ("duplicates", len(overview.pairs)),
        ("rejected", sum(report.counts.rejected for report in overview.current)),
    ]
    return [Remark(code, {"count": count}) for code, count in found if count]


# -- the letter ----------------------------------------------------------------------------------------------------


def report_letter(
    campaign: Campaign, overview: Overview, master: bytes, to: Sequence[str], contact: str, day: datetime
) -> Letter:
    """The letter upward: totals by phase, the file's SHA-256, whom to ask."""
    unit = campaign.unit
    superior = campaign.tree.superior(unit.code)
    name = named_after(messages.text("letter", "report_file", unit=unit.name, day=day.date().isoformat()))
    attachment = Attachment(name, master)
    say = messages.text
    lines = [
        say("letter", "greeting", to=superior.name if superior else say("letter", "superior")),
        "",
        say("letter", "report_lead", unit=unit.name, programme=overview.programme.name, day=day.date()),
        say("letter", "report_units", count=len(overview.current), rows=format_amount(overview.accepted_rows())),
        "",
    ]
    for phase in overview.programme.phases:
        tally = overview.phases[phase.number]
        figures = {
            "phase": phase.name, "registered": format_amount(tally.registered),
            "approved": format_amount(tally.approved), "counted": format_amount(tally.counted),
            "target": format_amount(phase.target), "upper": format_amount(tally.upper_support),
            "base": format_amount(tally.base_support),
        }  # fmt: skip
        lines.append(say("letter", "report_phase", **figures))
    lines += ["", say("letter", "report_attached", file=name), say("letter", "report_sha256", sha256=attachment.sha256)]
    lines += ["", say("letter", "contact", contact=contact), say("letter", "regards")]
    subject = say("letter", "report_subject", unit=unit.name, day=day.date())
    return Letter(tuple(to), subject, "\n".join(lines) + "\n", (attachment,))


def contact_of(campaign: Campaign, account: Account | None) -> str:
    """Whom to ask: the account's signature, else the unit and its address."""
    if account is not None and account.signature.strip():
        return account.signature.strip()
    address = account.address if account is not None else campaign.unit.email
    return f"{campaign.unit.name}, {address}" if address else campaign.unit.name


def addressees(campaign: Campaign, given: Sequence[str]) -> tuple[str, ...]:
    """Those named, else the superior's address in the list of units. Raises MailProblem ``mail_no_recipient``."""
    superior = campaign.tree.superior(campaign.unit.code)
    known = [superior.email] if superior is not None and superior.email else []
    to = tuple(dict.fromkeys(address.strip() for address in given or known))
    if not to:
        raise MailProblem("mail_no_recipient", unit=campaign.unit.name)
    return to


def about(overview: Overview, to: Sequence[str]) -> str:
    """What a report is about: the figures and the reports they come from, and who is told. Sorting the master, or
    saving it again, makes it no other report."""
    phases = {str(number): [t.registered, t.approved, t.counted, t.upper_support, t.base_support]
              for number, t in overview.phases.items()}  # fmt: skip
    reports = sorted([r.unit_code, r.sha256, *r.counts.as_json().values()] for r in overview.current)
    content = journal.canonical([overview.unit.code, phases, reports])
    return f"{hashlib.sha256(content.encode()).hexdigest()} {' '.join(sorted(a.casefold() for a in to))}"


# -- sending -------------------------------------------------------------------------------------------------------


def preview(campaign: Campaign, found: Preflight, to: Sequence[str], account: Account | None, by: By) -> Sending:
    """The letter as it would go out. Nothing is noted."""
    master = _master(campaign, found)
    letter = report_letter(campaign, found.overview, master, to, contact_of(campaign, account), by.now())
    return Sending(Way.PREVIEW, letter, found)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about an earlier copy, each for itself: ``again``: send once more though the ledger knows
    that it was sent; ``retry_unknown``: hand over once more what may have been delivered; ``though_perhaps_sent``:
    send although the folder holds a message that the ledger does not know."""

    again: bool = False
    retry_unknown: bool = False
    though_perhaps_sent: bool = False


UNDECIDED = Decision()


def send_draft(
    campaign: Campaign,
    found: Preflight,
    to: Sequence[str],
    account: Account | None,
    drafts: Drafts,
    by: By,
    decision: Decision = UNDECIDED,
) -> Sending:
    """Lay the report into the clerk's mail program. Raises MailProblem (``mail_blocked``, ``mail_perhaps_sent``) and
    CouldNotSave."""
    _refuse_blocked(found)
    with only_writer(campaign.folder, by.user, by.now()), open_ledger(campaign, by=by.user, now=by.now()) as ledger:
        outbox = Outbox(campaign, ledger, by.now)
        shown = preview(campaign, found, to, account, by)
        key = about(found.overview, to)
        _refuse_perhaps_sent(campaign, outbox, key, decision)
        name = f"{by.now():%Y-%m-%d} {shown.letter.subject}"
        file = drafts.lay(shown.letter, name)
        item = outbox.note_draft(Kind.REPORT, key, shown.letter, file, {})
    return Sending(Way.DRAFT, shown.letter, found, item, file)


def earlier(campaign: Campaign, found: Preflight, to: Sequence[str], by: By) -> Item | None:
    """Where this very report to these people stands already; None where nobody got it and nobody may get it."""
    with open_ledger(campaign, by=by.user, now=by.now()) as ledger:
        return Outbox(campaign, ledger, by.now).standing(Kind.REPORT, about(found.overview, to))


def send_by_smtp(
    campaign: Campaign,
    found: Preflight,
    to: Sequence[str],
    account: Account,
    secret: Callable[[], SecretStr],
    by: By,
    decision: Decision = UNDECIDED,
    pace: Pace = STEADY,
) -> Sending:
    """Hand the report to a server, once. The same figures to the same people a second time: only what is still queued
    is handed over, unless ``decision`` says otherwise.

    Raises MailProblem (``mail_blocked``, ``mail_perhaps_sent``, and those of the outbox, with the report queued),
    LoginRefused and CouldNotSave.
    """
    _refuse_blocked(found)
    with only_writer(campaign.folder, by.user, by.now()), open_ledger(campaign, by=by.user, now=by.now()) as ledger:
        outbox = Outbox(campaign, ledger, by.now)
        shown = preview(campaign, found, to, account, by)
        key = about(found.overview, to)
        standing = _standing(outbox, key, account, decision)
        if standing is None:
            _refuse_perhaps_sent(campaign, outbox, key, decision)
            standing = outbox.put(Kind.REPORT, key, shown.letter, account, {})
        elif decision.retry_unknown:
            standing = outbox.queue_again(standing)
        outbox.withdraw(Kind.REPORT, but=standing.outgoing.message_id)
        if not standing.in_state(State.QUEUED):
            return Sending(Way.ALREADY, shown.letter, found, standing)
        (item,) = outbox.deliver(account, secret(), [standing.outgoing.message_id], pace)
    return Sending(Way.OUTBOX, shown.letter, found, item)


def _refuse_perhaps_sent(campaign: Campaign, outbox: Outbox, key: str, decision: Decision) -> None:
    """A draft or a second sending that the ledger knows of says nothing about what it does not know."""
    if not decision.though_perhaps_sent and outbox.perhaps_sent(Kind.REPORT, key):
        raise MailProblem("mail_perhaps_sent", folder=campaign.folder)


def _standing(outbox: Outbox, key: str, account: Account, decision: Decision) -> Item | None:
    """The message that stands for this report; None where a new one is to be made."""
    item = outbox.standing(Kind.REPORT, key)
    if item is None:
        return None
    if {one.state for one in item.recipients} <= {State.QUEUED, State.REFUSED, State.DRAFTED, State.WITHDRAWN}:
        # Nobody has it. A draft is sent by the server instead, a message of another account by this one.
        return item if item.outgoing.sender == account.address else None
    return None if decision.again and not item.in_state(State.QUEUED) else item


def _refuse_blocked(found: Preflight) -> None:
    if found.blocking:
        raise MailProblem("mail_blocked", problem=" ".join(one.sentence() for one in found.blocking))


def _master(campaign: Campaign, found: Preflight) -> bytes:
    """The master's bytes, as they were proved. Raises MailProblem ``mail_master_changed``."""
    try:
        data = campaign.master.read_bytes()
    except OSError as problem:
        raise MailProblem("mail_master_changed", file=campaign.master) from problem
    if hashlib.sha256(data).hexdigest() != found.master_sha256:
        raise MailProblem("mail_master_changed", file=campaign.master)
    return data
