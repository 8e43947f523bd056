"""What a person reads in the terminal about mail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.text import Text

from addin.mail.accounts import Account
from addin.mail.collect import Collection, Fate
from addin.mail.correspondence import Done, Plan
from addin.mail.outbox import Item
from addin.mail.report import Sending, Way
from addin.mail.store import State
from addin.terminal import Screen, safe
from validation import messages

_STYLE = {State.SENT: "green", State.DRAFTED: "green", State.REFUSED: "bold red", State.UNKNOWN: "bold yellow"}
_FATE_STYLE = {Fate.TAKEN: "green", Fate.REFUSED: "bold red", Fate.KNOWN: "dim", Fate.LEFT: "dim"}
_SHOWN = 40


def show_accounts(listed: Sequence[tuple[Account, bool | None]], screen: Screen) -> None:
    """Every account in a line."""
    if not listed:
        screen.say("account_none")
        return
    table = screen.table("account_name", "account_address", "account_smtp", "account_imap", "account_secret")
    words = {True: screen.word("account_has_secret"), False: screen.word("account_no_secret"), None: "?"}
    for account, has_secret in listed:
        servers = [str(one) if one else "–" for one in (account.smtp, account.imap)]
        table.add_row(account.name, safe(account.address), *servers, words[has_secret])
    screen.console.print(table)


def show_sending(one: Sending, screen: Screen) -> None:
    """The letter, what is still open, and what became of it."""
    letter = one.letter
    screen.say("mail_to", to=", ".join(letter.to))
    screen.say("mail_subject", subject=letter.subject)
    for attachment in letter.attachments:
        screen.say("mail_attached", file=attachment.name, size=screen.number(len(attachment.data)))
    if one.way is Way.PREVIEW:
        screen.console.print(Text(f"\n{safe(letter.body)}"), soft_wrap=True)
    for remark in one.preflight.blocking:
        screen.console.print(Text(f"✗ {safe(remark.sentence(screen.language))}", style="bold red"), soft_wrap=True)
    for remark in one.preflight.remarks:
        screen.console.print(Text(f"! {safe(remark.sentence(screen.language))}", style="yellow"), soft_wrap=True)
    match one.way:
        case Way.PREVIEW:
            screen.say("mail_preview")
        case Way.DRAFT if one.draft is not None:
            screen.say("mail_draft", lead="✓ ", style="green", file=one.draft)
        case Way.DRAFT:
            screen.say("mail_draft_outlook", lead="✓ ", style="green")
        case Way.ALREADY if one.item is not None:
            screen.say("mail_already", at=one.item.outgoing.made_at)
    if one.item is not None and one.way is not Way.DRAFT:
        _show_recipients(one.item, screen)


def _show_recipients(item: Item, screen: Screen) -> None:
    table = screen.table("mail_recipient", "mail_state", "mail_answer")
    for one in item.recipients:
        answer = f"{one.code or ''} {one.answer}".strip()
        table.add_row(safe(one.address), _state(State(one.state), screen), Text(safe(answer)))
    screen.console.print(table)
    if item.in_state(State.UNKNOWN):
        screen.say("mail_unknown", style="bold yellow")
    if item.in_state(State.QUEUED):
        screen.say("mail_still_queued", style="yellow")


def _state(state: State | None, screen: Screen) -> Text:
    word = messages.text("mail_state", state.value if state else "new", screen.language)
    return Text(word, style=_STYLE.get(state, "") if state else "")


def show_plan(plan: Plan, screen: Screen) -> None:
    """The letters to look through, and who cannot be written to."""
    if plan.letters:
        units = sum(len(one.units) for one in plan.letters)
        screen.say("mail_plan", letters=len(plan.letters), units=units, open=len(plan.open))
        table = screen.table("mail_recipient", "mail_units", "mail_state")
        for one in plan.letters[:_SHOWN]:
            address = one.address if one.vouched_for else f"{one.address} ({screen.word('mail_not_vouched')})"
            table.add_row(Text(safe(address)), Text(safe(", ".join(one.units))), _state(one.earlier, screen))
        screen.console.print(table)
        if len(plan.letters) > _SHOWN:
            screen.say("more_files", count=len(plan.letters) - _SHOWN)
    else:
        screen.say("mail_plan_none")
    if plan.without_address:
        screen.say("mail_no_address", count=len(plan.without_address))
        for left in plan.without_address[:_SHOWN]:
            screen.console.print(Text(safe(f"  – {left.name} ({left.unit})" if left.unit else f"  – {left.name}")))


def show_done(done: Done, screen: Screen) -> None:
    """What became of the letters, by number; those that did not go out by name."""
    tally = Counter(r.state for item in done.items for r in item.recipients)
    facts: dict[str, Any] = {state.value: tally[state.value] for state in State}
    screen.say("mail_done", **facts)
    for item in done.items:
        if any(r.state not in (State.SENT, State.DRAFTED) for r in item.recipients):
            _show_recipients(item, screen)


def show_collection(one: Collection, screen: Screen) -> None:
    """Who sent what, and what became of it."""
    if not one.messages:
        screen.say("collected_nothing")
        return
    table = screen.table("collect_from", "file", "outcome", "reason")
    for message in one.messages:
        sender = Text(safe(message.sender or "?"), style="" if message.unit else "bold yellow")
        reason = message.reason(screen.language)
        if reason is not None:
            table.add_row(sender, Text(""), _fate(Fate.REFUSED, screen), Text(safe(reason)))
        for file in message.files:
            why = file.reason(screen.language)
            if why is None and file.fate is Fate.TAKEN and message.unit is None:
                why = screen.word("collect_stranger")
            table.add_row(sender, Text(safe(file.name)), _fate(file.fate, screen), Text(safe(why or "")))
    screen.console.print(table)
    screen.say("collected", taken=one.taken, messages=len(one.messages))


def _fate(fate: Fate, screen: Screen) -> Text:
    return Text(messages.text("mail_fate", fate.value, screen.language), style=_FATE_STYLE[fate])
