"""The button that makes a new form."""

from __future__ import annotations

from pathlib import Path

from addin.actions import make_template
from addin.live.campaigns import known_campaign, open_in
from addin.live.guards import open_book
from addin.live.remembered import UNIT, recall
from addin.live.session import Session
from validation import messages
from validation.fields import FORM_TITLES


def new_form(session: Session) -> None:
    """Ask for form, unit and file; make the form and open it. Raises as ``make_template``, and UsageProblem
    ``no_window``."""
    campaign = known_campaign(session.host, open_book(session.app))
    units = [(unit.code, unit.name) for unit in campaign.tree] if campaign is not None else []
    choice = session.dialogs.new_form(
        {form.value: title for form, title in FORM_TITLES.items()}, units, campaign.folder if campaign else None,
        recall(UNIT),
    )  # fmt: skip
    if choice is None:
        return
    # A name typed without its folder: the one this program happens to run in is nowhere a clerk would look.
    path = (campaign.folder if campaign is not None else Path.home()) / choice.path
    if path.suffix.lower() != ".xlsx":
        path = path.with_name(f"{path.name}.xlsx")
    if path.exists() and not session.dialogs.confirm(messages.text("live", "overwrite", path=path)):
        return
    made = make_template(
        choice.form, path, unit=choice.unit, campaign_folder=campaign.folder if campaign is not None else None
    )
    open_in(session.app, made)
