"""The buttons that write to units: marked copies to those with errors, reminders to those that have not sent.

All letters of a press are looked through in one list and confirmed once.
"""

from __future__ import annotations

from collections import Counter
from math import ceil

from addin import actions
from addin.campaign.folder import OUTBOX, Campaign
from addin.hosts.progress import progress
from addin.hosts.questions import Listing, Option
from addin.live.merging import campaign_of, master_put_away
from addin.live.sending import become
from addin.live.session import Session
from addin.live.ways import Way, ask_way, patiently
from addin.mail import actions as mail
from addin.mail.correspondence import Done, Plan, Planned, Unreachable
from addin.mail.outbox import STEADY
from addin.mail.store import State
from addin.returns.returning import FOLDER, Returned
from validation import messages

_COLUMNS = (("letter_to", 300), ("letter_units", 240), ("letter_state", 190))
_NAMED = 12


def return_reports(session: Session) -> None:
    """Make marked copies and receipts for the units whose reports have errors, and mail them where the clerk agrees.
    Raises UsageProblem ``nothing_merged``, MailProblem and CouldNotSave."""
    campaign = campaign_of(session)
    if campaign is None:
        return
    with progress(messages.text("live", "returning"), session.say) as report:
        result = actions.return_campaign(campaign.folder, progress=report)
    told = _returned(campaign, result)
    way = ask_way(session) if result.files else None
    if way is None:
        session.dialogs.tell(told)
        return
    plan = mail.plan_returns(campaign.folder, result, way.smtp)
    _mail(session, campaign, plan, way, "return_letters", told)


def remind(session: Session) -> None:
    """Merge the inbox, and write to the units that still have not sent, where the clerk agrees. Raises MailProblem,
    UsageProblem and CouldNotSave."""
    campaign = campaign_of(session)
    way = ask_way(session) if campaign is not None else None
    if campaign is None or way is None:
        return
    with (
        master_put_away(session, campaign, "save_master_before_sending"),
        progress(messages.text("live", "reminding"), session.say) as report,
    ):
        plan = mail.plan_reminders(campaign.folder, way.smtp, report)
    if not plan.letters and not plan.without_address:
        session.dialogs.tell(messages.text("live", "nobody_to_remind"))
        return
    _mail(session, campaign, plan, way, "reminders", "")


def _returned(campaign: Campaign, result: Returned) -> str:
    new = sum(one.written for one in result.files)
    facts = {"files": len(result.files), "new": new, "folder": campaign.folder / FOLDER}
    told = messages.text("live", "returned" if result.files else "returned_none", **facts)
    if result.not_returned:
        told += "\n" + messages.text("live", "returned_not", count=len(result.not_returned))
    return told


def _mail(session: Session, campaign: Campaign, plan: Plan, way: Way, title: str, before: str) -> None:
    """Show the plan; carry it out once it was confirmed; tell. ``before``: what was done already."""
    without = _without_address(plan.without_address)
    if not plan.open:
        said = messages.text("live", "letters_gone" if plan.letters else "letters_none")
        session.dialogs.tell("\n".join(filter(None, [before, said, without])))
        return
    key = "letters_as_drafts" if way.account is None else "letters_sent_now"
    count = len(plan.open)
    accept = messages.text("live", key, count=count)
    units = sum(len(one.units) for one in plan.open)
    summary = messages.text("live", "letters_of", letters=len(plan.letters), open=count, units=units)
    takes = _takes(count) if way.account is not None else ""
    table = Listing(
        [(messages.text("live", name), width) for name, width in _COLUMNS],
        [_row(one) for one in plan.letters],
        [f"{one.letter.subject}\n\n{one.letter.body.strip()}" for one in plan.letters],
    )
    agreed = session.dialogs.review(
        messages.text("live", title), "\n".join(filter(None, [before, summary, takes, without])),
        [Option("go", accept)], accept=accept, table=table, whole=way.account is not None,
    )  # fmt: skip
    if agreed is None:
        session.dialogs.tell("\n".join(filter(None, [before, messages.text("live", "letters_not_sent")])))
        return
    with progress(messages.text("live", title), session.say) as report:
        report(*(("connecting", 0, None) if way.account else ("drafting", 0, count)))
        done = mail.carry_out(campaign.folder, plan, way.smtp, patiently(report), report)
    _tell(session, campaign, done)


def _takes(letters: int) -> str:
    """How long sending takes at the pace that servers bear."""
    minutes = ceil(letters * STEADY.pause / 60)
    return messages.text("live", "letters_take", count=letters, minutes=minutes, seconds=f"{STEADY.pause:g}")


def _row(one: Planned) -> list[str]:
    address = one.address if one.vouched_for else f"{one.address} ({messages.text('screen', 'mail_not_vouched')})"
    return [address, ", ".join(one.units), messages.text("mail_state", one.earlier.value if one.earlier else "new")]


def _without_address(left: tuple[Unreachable, ...]) -> str:
    if not left:
        return ""
    names = "; ".join(f"{one.name} ({one.unit})" if one.unit else one.name for one in left[:_NAMED])
    more = f" (+{len(left) - _NAMED})" if len(left) > _NAMED else ""
    return messages.text("live", "letters_no_address", count=len(left), names=names + more)


def _tell(session: Session, campaign: Campaign, done: Done) -> None:
    tally = Counter(r.state for item in done.items for r in item.recipients)
    parts = [f"{tally[state]} {messages.text('mail_state', state.value).lower()}" for state in State if tally[state]]
    lines = [messages.text("live", "letters_done", parts=", ".join(parts))]
    for item in done.items:
        if any(r.state not in (State.SENT, State.DRAFTED) for r in item.recipients):
            lines += become(item)
    drafts_in_files = any(item.outgoing.file for item in done.items if not item.outgoing.account)
    if tally[State.DRAFTED] and not drafts_in_files:
        lines.append(messages.text("live", "drafts_in_outlook"))
    told = "\n".join(lines[: 2 * _NAMED])
    folder = campaign.folder / OUTBOX
    if not drafts_in_files:
        session.dialogs.tell(told)
    elif session.dialogs.confirm(f"{told}\n{messages.text('live', 'open_drafts', folder=folder)}"):
        session.dialogs.open(folder)
