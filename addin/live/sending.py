"""The button that sends the consolidation upward: merged and proved, read through by the clerk, and only then sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from addin.campaign.folder import Campaign
from addin.hosts.progress import progress
from addin.hosts.questions import Blank, Option
from addin.live.merging import campaign_of, master_put_away
from addin.live.session import Session
from addin.live.ways import Way, ask_way, patiently
from addin.mail import actions
from addin.mail.accounts import is_address
from addin.mail.outbox import Item
from addin.mail.problems import MailProblem
from addin.mail.report import UNDECIDED, Decision, Sending
from addin.mail.report import Way as Became
from addin.mail.store import State
from validation import messages


def send_upward(session: Session) -> None:
    """Merge, prove, show the letter, and lay it into the clerk's mail program or send it. Raises MailProblem,
    UsageProblem and CouldNotSave as ``mail.actions.prepare_report`` and ``hand_on``."""
    campaign = campaign_of(session)
    if campaign is None:
        return
    way = ask_way(session)
    to = _recipients(session, campaign) if way is not None else None
    if way is None or to is None:
        return
    with (
        master_put_away(session, campaign, "save_master_before_sending"),
        progress(messages.text("live", "preparing"), session.say) as report,
    ):
        prepared = actions.prepare_report(campaign.folder, to=to, progress=report)
    if prepared.found.blocking:
        reasons = [f"– {one.sentence()}" for one in prepared.found.blocking]
        session.dialogs.tell("\n".join([messages.text("live", "send_blocked"), *reasons]))
        return
    decision = _decided(session, prepared.earlier, way)
    if decision is None:
        return
    letter = prepared.preview(way.account, actions.Surroundings().by)
    if _agreed(session, letter, prepared.earlier, way):
        _tell(session, _handed_on(session, prepared, way, decision))


def _recipients(session: Session, campaign: Campaign) -> list[str] | None:
    """The superior's addresses in the list of units, or those that the clerk types where the list has none or a wrong
    one; None where she changed her mind."""
    superior = campaign.tree.superior(campaign.unit.code)
    typed = (superior.email if superior is not None else None) or ""
    to, fault = _addresses(typed)
    if to:
        return to
    name = superior.name if superior is not None else messages.text("letter", "superior")
    while True:
        blank = Blank("to", messages.text("live", "recipient"), typed, needed=True,
                      hint=messages.text("live", "recipient_hint"))  # fmt: skip
        text = messages.text("live", "recipient_needed", name=name)
        answers = session.dialogs.form(
            messages.text("live", "recipient_title"), text, [blank], accept=messages.text("live", "go_on"), fault=fault
        )
        if answers is None:
            return None
        typed = answers["to"]
        to, fault = _addresses(typed)
        if to:
            return to


def _addresses(typed: str) -> tuple[list[str], str]:
    """The addresses in a text; none, and what is wrong, where one of them is none."""
    to = [one.strip() for one in typed.replace(",", ";").split(";") if one.strip()]
    wrong = [one for one in to if not is_address(one)]
    return ([], messages.text("live", "bad_address", address=", ".join(wrong))) if wrong else (to, "")


def _decided(session: Session, earlier: Item | None, way: Way) -> Decision | None:
    """What to do where this very report was sent before; None: nothing."""
    if earlier is None:
        return UNDECIDED
    facts = {"at": _moment(earlier.outgoing.made_at), "to": ", ".join(one.address for one in earlier.recipients)}
    if earlier.in_state(State.UNKNOWN):
        agreed = session.dialogs.confirm(messages.text("live", "unknown_before", **facts))
        return Decision(retry_unknown=way.account is not None) if agreed else None
    if earlier.in_state(State.QUEUED):
        if way.account is not None or session.dialogs.confirm(messages.text("live", "queued_before", **facts)):
            return UNDECIDED
        return None
    for state, key in ((State.SENT, "sent_before"), (State.DRAFTED, "drafted_before")):
        if earlier.in_state(state):
            return Decision(again=True) if session.dialogs.confirm(messages.text("live", key, **facts)) else None
    return UNDECIDED


def _agreed(session: Session, one: Sending, earlier: Item | None, way: Way) -> bool:
    """Whether the clerk has read the letter and wants it to go out."""
    letter = one.letter
    lines = [
        messages.text("screen", "mail_to", to=", ".join(letter.to)),
        messages.text("screen", "mail_subject", subject=letter.subject),
        *(
            messages.text("live", "attached", file=attachment.name, size=size_of(len(attachment.data)))
            for attachment in letter.attachments
        ),
    ]
    lines += [f"! {remark.sentence()}" for remark in one.preflight.remarks]
    if earlier is not None:
        state = messages.text("mail_state", earlier.recipients[0].state).lower()
        lines.append("! " + messages.text("live", "stands_already", at=_moment(earlier.outgoing.made_at), state=state))
    lines += ["", letter.body.strip()]
    accept = messages.text("live", "make_draft" if way.account is None else "send_now")
    heading = messages.text("live", "letter_title" if way.account is None else "letter_title_now")
    agreed = session.dialogs.review(
        heading, "\n".join(lines), [Option("go", accept)], accept=accept, whole=way.account is not None
    )
    return agreed is not None


def _handed_on(session: Session, prepared: actions.Prepared, way: Way, decision: Decision) -> Sending | None:
    """None where the clerk decided against sending once more."""
    with progress(messages.text("live", "sending"), session.say) as report:
        here = patiently(report)
        report(*(("connecting", 0, None) if way.account else ("drafting", 0, 1)))
        try:
            return actions.hand_on(prepared, way.smtp, decision, here)
        except MailProblem as problem:
            if problem.error_code != "mail_perhaps_sent":
                raise
    if not session.dialogs.confirm(messages.text("live", "perhaps_sent")):
        return None
    with progress(messages.text("live", "sending"), session.say) as report:
        return actions.hand_on(prepared, way.smtp, replace(decision, though_perhaps_sent=True), patiently(report))


def _tell(session: Session, one: Sending | None) -> None:
    if one is None:
        return
    if one.way is Became.DRAFT:
        if one.draft is None:
            session.dialogs.tell(messages.text("screen", "mail_draft_outlook"))
        else:
            key = "draft_opened" if session.dialogs.open(one.draft) else "draft_lies"
            session.dialogs.tell(messages.text("live", key, file=one.draft))
        return
    assert one.item is not None
    lines = [messages.text("live", "sent_already")] if one.way is Became.ALREADY else []
    session.dialogs.tell("\n".join([*lines, *become(one.item)]))


def become(item: Item) -> list[str]:
    """What became of a message, a line for each state, and for each recipient who did not get it."""
    lines = []
    for state, key in (
        (State.SENT, "sent_to"), (State.DRAFTED, "drafted_to"), (State.QUEUED, "still_queued"),
        (State.UNKNOWN, "not_known"),
    ):  # fmt: skip
        reached = item.in_state(state)
        if reached:
            lines.append(messages.text("live", key, to=", ".join(one.address for one in reached)))
    for one in item.in_state(State.REFUSED):
        answer = f"{one.code or ''} {one.answer}".strip()
        lines.append(messages.text("live", "refused_for", to=one.address, answer=answer))
    return lines


def size_of(length: int) -> str:
    """A file's size as a person says it."""
    if length < 1_000_000:
        return f"{max(1, round(length / 1000))} KB"
    return f"{length / 1_000_000:.1f} MB".replace(".", ",")


def _moment(stamp: str) -> str:
    return f"{datetime.fromisoformat(stamp):%d/%m/%Y %H:%M}"
