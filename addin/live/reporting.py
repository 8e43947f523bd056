"""The button that makes the report as a document, beside those made before: one that was worked on is never lost."""

from __future__ import annotations

from pathlib import Path

from addin import actions
from addin.campaign.archive import named_after
from addin.campaign.folder import Campaign
from addin.hosts.questions import Option
from addin.live.merging import campaign_of
from addin.live.session import Session
from validation import messages

FOLDER = "bao-cao"
"""Within the campaign folder, made with the first report."""
_WHOLE = "all"


def make(session: Session) -> None:
    """Ask what the report is about, write it, and open it. Raises UsageProblem ``nothing_merged`` and CouldNotSave."""
    campaign = campaign_of(session)
    if campaign is None:
        return
    status = actions.campaign_status(campaign.folder)
    phase = _phase(session, campaign)
    if phase is None:
        return
    session.say(messages.text("live", "writing_report"))
    # Here, not at the top: it is the only button that needs what makes documents.
    from addin.reports.progress import make_report

    number = None if phase == _WHOLE else int(phase)
    file = make_report(status, _free_name(campaign, number), number)
    key = "report_opened" if session.dialogs.open(file) else "report_lies"
    session.dialogs.tell(messages.text("live", key, file=file))


def _phase(session: Session, campaign: Campaign) -> str | None:
    phases = campaign.programme.phases
    if len(phases) == 1:
        return _WHOLE
    options = [Option(_WHOLE, messages.text("live", "report_whole"))]
    options += [Option(str(one.number), messages.text("live", "report_phase", phase=one.name)) for one in phases]
    return session.dialogs.choose(messages.text("live", "report_title"), "", options)


def _free_name(campaign: Campaign, phase: int | None) -> Path:
    """A name that is not taken, with the day in it."""
    what = campaign.programme.phase(phase).name if phase is not None else messages.text("live", "report_whole_short")
    day = f"{actions.local_now():%Y-%m-%d}"
    stem = messages.text("live", "report_file", unit=campaign.unit.name, what=what, day=day)
    # A long name is cut before it is counted.
    first = file = campaign.folder / FOLDER / named_after(f"{stem}.docx")
    number = 1
    while file.exists():
        number += 1
        file = first.with_stem(f"{first.stem} ({number})")
    return file
