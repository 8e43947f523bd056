"""How letters go out, as the clerk chooses: drafts in her own mail program, or straight through one of her accounts."""

from __future__ import annotations

from dataclasses import dataclass

from addin.hosts.progress import Report, waiting
from addin.hosts.questions import Option
from addin.live.mail_accounts import add_account
from addin.live.session import Session
from addin.mail import accounts
from addin.mail.accounts import Account
from addin.mail.actions import Surroundings
from addin.mail.outbox import Pace
from validation import messages

_DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Way:
    """``account`` None: drafts."""

    account: Account | None = None

    @property
    def smtp(self) -> str | None:
        """The account's name, as the actions take it."""
        return self.account.name if self.account is not None else None


def ask_way(session: Session) -> Way | None:
    """Drafts, unless there are accounts to send with and the clerk chooses one; None where she chose nothing.

    Raises MailProblem ``mail_accounts_broken`` and UsageProblem ``no_window``.
    """
    able = {f"smtp:{one.name}": one for one in accounts.read_accounts().values() if one.smtp is not None}
    if not able:
        return Way()
    options = [Option(_DRAFT, messages.text("live", "way_draft"), messages.text("live", "way_draft_hint"))]
    options += [
        Option(key, messages.text("live", "way_account", address=one.address), str(one.smtp))
        for key, one in able.items()
    ]
    chosen = session.dialogs.choose(messages.text("live", "way_title"), "", options)
    if chosen is None:
        return None
    return Way(able.get(chosen))


def ask_mailbox(session: Session) -> Account | None:
    """The account to fetch from: asked only where there are several; without any, one can be added at once.

    None where the clerk chose none, or where the one just added does not let us in. Raises MailProblem, CouldNotSave
    and UsageProblem ``no_window``.
    """
    able = {one.name: one for one in accounts.read_accounts().values() if one.imap is not None}
    if not able:
        if not session.dialogs.confirm(messages.text("live", "no_mailbox")):
            return None
        added = add_account(session)
        return added if added is not None and added.imap is not None else None
    if len(able) == 1:
        return next(iter(able.values()))
    options = [Option(one.name, one.address, str(one.imap)) for one in able.values()]
    chosen = session.dialogs.choose(messages.text("live", "which_mailbox"), "", options)
    return able.get(chosen or "")


def patiently(report: Report) -> Surroundings:
    """Surroundings in which waiting for a server can be cancelled."""
    return Surroundings(pace=Pace(wait=waiting(report, "mail_waiting")))
