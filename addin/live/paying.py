"""The button that makes payment lists: the amounts are shown first, and lists are closed only when the clerk agrees."""

from __future__ import annotations

from addin import actions
from addin.campaign.folder import Campaign
from addin.hosts.progress import progress
from addin.hosts.questions import Listing, Option
from addin.live.merging import campaign_of
from addin.live.session import Session
from addin.payments.drafting import BANK, FOLDER, SIGN, unit_name
from addin.payments.paying import Payments
from validation import messages
from validation.payments import Fund
from validation.text.amounts import format_amount
from validation.text.words import amount_in_words

_COLUMNS = (("payer", 430), ("lists_lines", 90), ("lists_amount", 150), ("lists_adjusted", 170))


def pay(session: Session) -> None:
    """Ask which phase, show what is due, and make the lists of all payers, as they were shown. Raises UsageProblem
    (``payments_changed`` where they are no longer so) and CouldNotSave as ``actions.pay_campaign``."""
    campaign = campaign_of(session)
    if campaign is None:
        return
    due = _due(session, campaign)
    phase = _phase(session, due)
    if phase is None:
        return
    shown = due[phase]
    if not shown.drafts.lists:
        session.dialogs.tell("\n".join([_none_due(shown), *_remarks(shown)]))
        return
    layout = _agreed(session, shown)
    if layout is None:
        return
    with progress(messages.text("live", "paying"), session.say) as report:
        done = actions.pay_campaign(campaign.folder, phase, bank=layout == BANK, agreed=shown.drafts, progress=report)
    _tell(session, campaign, done)


def _due(session: Session, campaign: Campaign) -> dict[int, Payments]:
    """What each phase still lacks; nothing is made yet. Raises Cancelled between two phases."""
    phases = [one.number for one in campaign.programme.phases]
    due = {}
    with progress(messages.text("live", "paying"), session.say) as report:
        for done, phase in enumerate(phases):
            report("reckoning", done, len(phases))
            due[phase] = actions.pay_campaign(campaign.folder, phase, dry=True)
    return due


def _phase(session: Session, due: dict[int, Payments]) -> int | None:
    if len(due) == 1:
        return next(iter(due))
    options = [
        Option(str(phase), one.overview.programme.phase(phase).name, _in_short(one)) for phase, one in due.items()
    ]
    chosen = session.dialogs.choose(messages.text("live", "which_phase_to_pay"), "", options)
    return int(chosen) if chosen is not None else None


def _in_short(one: Payments) -> str:
    if not one.drafts.lists:
        return messages.text("live", "nothing_due")
    return messages.text("live", "due_in_short", upper=_upper(one), base=_base(one))


def _agreed(session: Session, one: Payments) -> str | None:
    """The layout that the clerk chooses; None where she changed her mind."""
    upper, base = one.drafts.of(Fund.UPPER), one.drafts.of(Fund.BASE)
    phase = one.overview.programme.phase(one.drafts.phase).name
    facts = {"phase": phase, "upper": _upper(one), "base": _base(one), "lists": len(upper), "own": len(base)}
    rows = []
    for draft in upper:
        adjusted = sum(item.amount for item in draft.items if item.refers is not None)
        payer = f"{unit_name(one.overview, draft.payer)} ({draft.payer})"
        rows.append([payer, str(len(draft.items)), format_amount(draft.amount), format_amount(adjusted)])
    columns = [(messages.text("live", key), width) for key, width in _COLUMNS]
    text = "\n".join([messages.text("live", "due", **facts), *_remarks(one)])
    options = [Option(layout, messages.text("live", f"layout_{layout}")) for layout in (SIGN, BANK)]
    return session.dialogs.review(
        messages.text("live", "lists_title", phase=phase), text, options, accept=messages.text("live", "make_lists"),
        table=Listing(columns, rows) if rows else None,
    )  # fmt: skip


def _none_due(one: Payments) -> str:
    phase = one.overview.programme.phase(one.drafts.phase).name
    holding = [closed.record for closed in one.closed if closed.void is None]
    paid = format_amount(sum(record.amount for record in holding))
    return messages.text("live", "none_due", phase=phase, lists=len(holding), paid=paid)


def _remarks(one: Payments) -> list[str]:
    """What others have to pay, and lists whose file is gone."""
    said = [
        messages.text("screen", "payments_left_out", unit=left.unit, payer=left.payer or "?",
                      amount=format_amount(left.amount), lines=left.lines)
        for left in one.drafts.left_out
    ]  # fmt: skip
    gone = dict.fromkeys(lost.record.file for lost in one.missing)
    return said + [messages.text("live", "list_gone", file=file) for file in gone]


def _tell(session: Session, campaign: Campaign, done: Payments) -> None:
    folder = campaign.folder / FOLDER
    total = done.drafts.total(Fund.UPPER)
    lines = [
        messages.text("live", "lists_made", files=len(done.files), lists=len(done.made), folder=folder),
        messages.text("live", "lists_total", upper=_upper(done), words=amount_in_words(total), base=_base(done)),
        messages.text("live", "open_lists"),
    ]
    if session.dialogs.confirm("\n".join(lines)):
        session.dialogs.open(folder)


def _upper(one: Payments) -> str:
    return format_amount(one.drafts.total(Fund.UPPER))


def _base(one: Payments) -> str:
    return format_amount(one.drafts.total(Fund.BASE))
