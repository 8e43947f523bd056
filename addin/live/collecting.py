"""The button that fetches reports from a mailbox: what came, from whom, and what could not be taken."""

from __future__ import annotations

from addin.errors import EdgeError
from addin.hosts.progress import progress
from addin.hosts.questions import Listing
from addin.live.merging import campaign_of
from addin.live.session import Session
from addin.live.ways import ask_mailbox
from addin.mail import actions
from addin.mail.collect import Collection, Fate, FetchedFile, FetchedMessage
from validation import messages

_COLUMNS = (("came_from", 230), ("came_unit", 80), ("came_file", 280), ("came_fate", 140), ("came_why", 360))


def collect(session: Session) -> None:
    """Fetch what is new, and say what it was. Raises MailProblem, UsageProblem and CouldNotSave as
    ``mail.actions.collect_reports``; ``interrupted`` where the clerk pressed cancel: what was fetched stays, and is
    shown before that is said."""
    campaign = campaign_of(session)
    account = ask_mailbox(session) if campaign is not None else None
    if campaign is None or account is None:
        return
    came: list[FetchedMessage] = []
    try:
        with progress(messages.text("live", "collecting"), session.say) as report:
            report("connecting", 0, None)
            found = actions.collect_reports(campaign.folder, account.name, progress=report, came=came)
    except EdgeError:
        if came:  # strangers and what was refused among them would never be named again
            _show(session, Collection(account.mailbox, account.folder, tuple(came)))
        raise
    if found.messages:
        _show(session, found)
    else:
        session.dialogs.tell(messages.text("live", "collected_nothing", address=account.address))


def _show(session: Session, found: Collection) -> None:
    columns = [(messages.text("live", key), width) for key, width in _COLUMNS]
    heading = messages.text("live", "collected", taken=found.taken, messages=len(found.messages))
    rows = _rows(found)
    session.dialogs.review(heading, _told(found), table=Listing(columns, rows, [why for *_, why in rows]))


def _told(found: Collection) -> str:
    strangers = sum(one.unit is None and _brought(one, Fate.TAKEN) > 0 for one in found.messages)
    refused = sum(_brought(one, Fate.REFUSED) + (one.refusal is not None) for one in found.messages)
    lines = [messages.text("live", "collected_next" if found.taken else "collected_none_new")]
    if strangers:
        lines.append(messages.text("live", "collected_strangers", count=strangers))
    if refused:
        lines.append(messages.text("live", "collected_refused", count=refused))
    return "\n".join(lines)


def _brought(one: FetchedMessage, fate: Fate) -> int:
    return sum(file.fate is fate for file in one.files)


def _rows(found: Collection) -> list[list[str]]:
    """What needs a look comes first."""
    rows = []
    for one in sorted(found.messages, key=lambda one: not one.needs_attention):
        sender, unit = one.sender or "?", one.unit or messages.text("live", "stranger")
        if one.refusal is not None:
            rows.append([sender, unit, "", _fate(Fate.REFUSED), one.reason() or ""])
        rows += [[sender, unit, file.name, _fate(file.fate), _why(one, file)] for file in one.files]
    return rows


def _why(one: FetchedMessage, file: FetchedFile) -> str:
    if file.fate is Fate.TAKEN and one.unit is None:
        return messages.text("screen", "collect_stranger")
    return file.reason() or ""


def _fate(fate: Fate) -> str:
    return messages.text("mail_fate", fate.value)
