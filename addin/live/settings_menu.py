"""The button of settings: a menu of what can be changed, shown again until the clerk closes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from addin import actions
from addin.campaign.folder import Campaign, open_campaign
from addin.errors import EdgeError, UsageProblem
from addin.hosts.questions import Blank, BlankKind, Option
from addin.live.campaigns import last_folder
from addin.live.mail_accounts import add_account, change_password, remove_account, try_login
from addin.live.problems import sentence
from addin.live.remembered import CAMPAIGN, UNIT, recall, remember
from addin.live.session import Session
from addin.mail import accounts
from addin.mail.accounts import Account
from validation import messages
from validation.units import Level

_ACCOUNT = "account:"


def change(session: Session) -> None:
    """Show the menu until it is closed. What goes wrong with one entry is said, and the menu comes back.

    Raises UsageProblem ``no_window``.
    """
    while True:
        chosen = session.dialogs.choose(messages.text("live", "settings_title"), "", _menu(session), leave="close")
        if chosen is None:
            return
        try:
            _entry(chosen)(session)
        except EdgeError as problem:
            if problem.error_code == "no_window":
                raise
            session.dialogs.tell(sentence(problem))


def _entry(chosen: str) -> Callable[[Session], None]:
    if chosen.startswith(_ACCOUNT):
        return lambda session: _change_account(session, accounts.find_account(chosen.removeprefix(_ACCOUNT)))
    return _ENTRIES[chosen]


def _menu(session: Session) -> list[Option]:
    none = messages.text("live", "not_set")
    folder = last_folder()
    options = [
        Option("unit", messages.text("live", "settings_unit"), recall(UNIT) or none),
        Option("campaign", messages.text("live", "settings_campaign"), str(folder) if folder else none),
        Option("new_campaign", messages.text("live", "settings_new_campaign")),
        Option("add_account", messages.text("live", "settings_add_account")),
    ]
    try:
        known = accounts.read_accounts().values()
    except EdgeError as problem:
        session.dialogs.tell(sentence(problem))
        return options
    return options + [
        Option(_ACCOUNT + one.name, messages.text("live", "settings_account", address=one.address), _servers(one))
        for one in known
    ]


def _servers(account: Account) -> str:
    return ", ".join(dict.fromkeys(one.host for one in (account.smtp, account.imap) if one is not None))


# -- the clerk's own unit ----------------------------------------------------------------------------------------------


def _change_unit(session: Session) -> None:
    campaign = _last_campaign()
    units = tuple(Option(one.code, f"{one.code} – {one.name}") for one in campaign.tree) if campaign else ()
    kind = BlankKind.CHOICE if units else BlankKind.TEXT
    hint = messages.text("live", "unit_hint")
    blank = Blank("unit", messages.text("live", "unit_code"), recall(UNIT), kind, hint, options=units, free=True)
    heading = messages.text("live", "settings_unit")
    answers = session.dialogs.form(heading, "", [blank], accept=messages.text("live", "keep"))
    if answers is not None:
        remember(UNIT, answers["unit"].partition(" – ")[0].strip())


def _last_campaign() -> Campaign | None:
    folder = last_folder()
    try:
        return open_campaign(folder) if folder is not None else None
    except EdgeError:
        return None


# -- the campaign ------------------------------------------------------------------------------------------------------


def _change_campaign(session: Session) -> None:
    folder = session.dialogs.folder(messages.text("live", "pick_campaign"), last_folder())
    if folder is None:
        return
    campaign = open_campaign(folder)
    remember(CAMPAIGN, str(campaign.folder))
    facts = {"folder": campaign.folder, "unit": campaign.unit.name, "units": len(campaign.units_below)}
    session.dialogs.tell(messages.text("live", "campaign_set", **facts))


def _new_campaign(session: Session) -> None:
    """Ask for what a campaign is made from; asked again where it cannot be made from that."""
    filled, fault = {"folder": "", "unit": recall(UNIT), "units": ""}, ""
    while True:
        blanks = [
            _asked("folder", filled, BlankKind.FOLDER), _asked("units", filled, BlankKind.FILE, ("*.csv",)),
            _asked("unit", filled, BlankKind.TEXT),
        ]  # fmt: skip
        answers = session.dialogs.form(
            messages.text("live", "settings_new_campaign"), messages.text("live", "new_campaign_text"), blanks,
            accept=messages.text("live", "make_campaign"), fault=fault,
        )  # fmt: skip
        if answers is None:
            return
        filled = answers
        try:
            folder, units_file = (Path.home() / answers[key] for key in ("folder", "units"))  # typed, perhaps in part
            made = actions.init(folder, unit=answers["unit"], units_file=units_file)
        except UsageProblem as problem:
            fault = sentence(problem)
            continue
        remember(CAMPAIGN, str(made.folder))
        below = sum(made.tree[code].level is Level.GRASSROOTS for code in made.units_below)
        told = messages.text("live", "campaign_made", inbox=made.inbox, unit=made.unit.name, units=below)
        session.dialogs.tell(told)
        return


def _asked(key: str, filled: dict[str, str], kind: BlankKind, patterns: tuple[str, ...] = ()) -> Blank:
    label, hint = messages.text("live", f"campaign_{key}"), messages.text("live", f"campaign_{key}_hint")
    return Blank(key, label, filled[key], kind, hint, needed=True, patterns=patterns)


# -- mail accounts -----------------------------------------------------------------------------------------------------


def _add_account(session: Session) -> None:
    add_account(session)


def _change_account(session: Session, account: Account) -> None:
    options = [
        Option("test", messages.text("live", "account_test"), messages.text("live", "account_test_hint")),
        Option("password", messages.text("live", "account_new_password")),
        Option("remove", messages.text("live", "account_forget"), messages.text("live", "account_forget_hint")),
    ]
    chosen = session.dialogs.choose(account.address, "", options, leave="back")
    if chosen == "test":
        try_login(session, account)
    elif chosen == "password":
        change_password(session, account)
    elif chosen == "remove":
        remove_account(session, account)


_ENTRIES: dict[str, Callable[[Session], None]] = {
    "unit": _change_unit, "campaign": _change_campaign, "new_campaign": _new_campaign, "add_account": _add_account,
}  # fmt: skip
