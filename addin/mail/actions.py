"""What each button or command about mail does, in order; no screen, no prompt in here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from pydantic import SecretStr

from addin.actions import local_now, user_name
from addin.campaign.folder import OUTBOX, Campaign, open_campaign
from addin.mail import accounts, collect, correspondence, credentials, oauth, report
from addin.mail.accounts import Account
from addin.mail.correspondence import Done, Plan
from addin.mail.credentials import SecretStore
from addin.mail.drafts import Drafts, clerks_own
from addin.mail.imap import Mailbox
from addin.mail.outbox import STEADY, Item, Pace
from addin.mail.problems import MailProblem
from addin.mail.report import By, Decision, Preflight, Sending
from addin.mail.smtp import SmtpSession
from addin.mail.tls import PATIENT, Timeouts
from addin.merge.run import Progress, merge, silent
from addin.returns.returning import Returned


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an action takes from the machine: the clerk and the clock, where secrets lie, how fast to go.

    ``store`` None: the system's own. ``drafts`` None: the clerk's own mail program.
    """

    by: By = field(default_factory=lambda: By(user_name(), local_now))
    store: SecretStore | None = None
    pace: Pace = STEADY
    timeouts: Timeouts = PATIENT
    drafts: Drafts | None = None
    workers: int | None = None


def _here() -> Surroundings:
    return Surroundings()


# -- accounts ------------------------------------------------------------------------------------------------------


def add_account(account: Account, secret: SecretStr, store: SecretStore | None = None) -> None:
    """Keep an account and its secret. Nothing is kept where the secret cannot be.

    Raises MailProblem ``mail_account_exists`` and those of ``keep_secret``, and CouldNotSave.
    """
    if account.name in accounts.read_accounts():
        raise MailProblem("mail_account_exists", name=account.name)
    credentials.keep_secret(account, secret, store)
    accounts.save_account(account)


def change_secret(name: str, secret: SecretStr, store: SecretStore | None = None) -> Account:
    """Keep a new secret for an account. Raises MailProblem."""
    account = accounts.find_account(name)
    credentials.keep_secret(account, secret, store)
    return account


def list_accounts(store: SecretStore | None = None) -> list[tuple[Account, bool | None]]:
    """Every account, and whether its secret is in the store; None where the store cannot be asked."""
    listed: list[tuple[Account, bool | None]] = []
    for account in accounts.read_accounts().values():
        try:
            credentials.secret_of(account, store)
        except MailProblem as problem:
            listed.append((account, False if problem.error_code == "mail_secret_missing" else None))
        else:
            listed.append((account, True))
    return listed


def remove_account(name: str, store: SecretStore | None = None) -> Account:
    """Forget an account and its secret: the secret first, so that none is left behind without a name.

    A machine whose store is gone has no secret to forget. Raises MailProblem and CouldNotSave.
    """
    account = accounts.find_account(name)
    try:
        credentials.forget_secret(account, store)
    except MailProblem as problem:
        if problem.error_code != "mail_keyring_none":
            raise
    return accounts.remove_account(name)


def try_account(name: str, here: Surroundings | None = None) -> list[str]:
    """Log in to each server of an account, once; the servers. Nothing is sent or fetched.

    Raises MailProblem at the first that does not work: a wrong password is not shown to a second server.
    """
    here = here or _here()
    account = accounts.find_account(name)
    secret = oauth.login_secret(account, here.store, here.timeouts)
    worked = []
    if account.smtp is not None:
        with SmtpSession(account, secret, here.timeouts):
            worked.append(str(account.smtp))
    if account.imap is not None:
        with Mailbox(account, secret, timeouts=here.timeouts):
            worked.append(str(account.imap))
    return worked


# -- the report upward ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Prepared:
    """The consolidation, merged and proved just now, and for whom it is. ``earlier``: where this very report to these
    people stands already."""

    campaign: Campaign
    found: Preflight
    to: tuple[str, ...]
    earlier: Item | None

    def preview(self, account: Account | None, by: By) -> Sending:
        """The letter as it would go out. Raises MailProblem ``mail_master_changed``."""
        return report.preview(self.campaign, self.found, self.to, account, by)


def prepare_report(
    folder: Path, *, to: Sequence[str] = (), progress: Progress = silent, here: Surroundings | None = None
) -> Prepared:
    """Merge and prove, before anything is sent. Raises MailProblem ``mail_no_recipient``, and as ``merge``."""
    here = here or _here()
    campaign = open_campaign(folder)
    addressees = report.addressees(campaign, to)
    found = report.preflight(campaign, here.by, progress, here.workers)
    return Prepared(campaign, found, addressees, report.earlier(campaign, found, addressees, here.by))


def hand_on(
    prepared: Prepared, smtp: str | None = None, decision: Decision = report.UNDECIDED,
    here: Surroundings | None = None,
) -> Sending:  # fmt: skip
    """Send what was prepared: as a draft in the clerk's own mail program, or through the account named by ``smtp``.

    Raises MailProblem (see ``report``) and CouldNotSave.
    """
    here = here or _here()
    campaign, found, to = prepared.campaign, prepared.found, prepared.to
    if smtp is None:
        return report.send_draft(campaign, found, to, None, _drafts(campaign, None, here), here.by, decision)
    account = accounts.find_account(smtp)
    return report.send_by_smtp(campaign, found, to, account, _secret(account, here), here.by, decision, here.pace)


def send_report(
    folder: Path,
    *,
    to: Sequence[str] = (),
    smtp: str | None = None,
    dry_run: bool = False,
    decision: Decision = report.UNDECIDED,
    progress: Progress = silent,
    here: Surroundings | None = None,
) -> Sending:
    """Merge, prove, and send the consolidation upward: as a draft in the clerk's own mail program, or through the
    account named by ``smtp``; ``dry_run``: only show it.

    Raises MailProblem (see ``report``), and as ``merge``.
    """
    here = here or _here()
    account = accounts.find_account(smtp) if smtp else None
    prepared = prepare_report(folder, to=to, progress=progress, here=here)
    if dry_run:
        return prepared.preview(account, here.by)
    return hand_on(prepared, smtp, decision, here)


# -- fetching ------------------------------------------------------------------------------------------------------


def collect_reports(
    folder: Path,
    account_name: str,
    mail_folder: str | None = None,
    progress: Progress = silent,
    here: Surroundings | None = None,
    came: list[collect.FetchedMessage] | None = None,
) -> collect.Collection:
    """Fetch new reports from a mailbox into the inbox; ``came`` as ``collect`` has it. Raises MailProblem and
    CouldNotSave."""
    here = here or _here()
    campaign = open_campaign(folder)
    account = accounts.find_account(account_name)
    secret = oauth.login_secret(account, here.store, here.timeouts)
    return collect.collect(campaign, account, secret, here.by, mail_folder, progress, here.timeouts, came)


# -- letters to units ----------------------------------------------------------------------------------------------


def plan_reminders(
    folder: Path, smtp: str | None = None, progress: Progress = silent, here: Surroundings | None = None
) -> Plan:
    """The reminders of today, to look through. The inbox is merged first: whoever has sent is not reminded.

    Raises MailProblem and as ``merge``.
    """
    here = here or _here()
    campaign = open_campaign(folder)
    account = accounts.find_account(smtp) if smtp else None
    merge(campaign, (), by=here.by.user, now=here.by.now, progress=progress, workers=here.workers)
    return correspondence.plan_reminders(campaign, here.by, account)


def plan_returns(folder: Path, returned: Returned, smtp: str | None = None, here: Surroundings | None = None) -> Plan:
    """The marked copies just written, as letters to look through. Raises MailProblem."""
    here = here or _here()
    account = accounts.find_account(smtp) if smtp else None
    return correspondence.plan_returns(open_campaign(folder), returned, here.by, account)


def carry_out(
    folder: Path, plan: Plan, smtp: str | None = None, here: Surroundings | None = None, progress: Progress = silent
) -> Done:
    """Do what a person has confirmed: drafts in her mail program, or mail through the account named by ``smtp``."""
    here = here or _here()
    campaign = open_campaign(folder)
    if smtp is None:
        return correspondence.draft_all(campaign, plan, _drafts(campaign, None, here), here.by, progress)
    account = accounts.find_account(smtp)
    return correspondence.send_all(campaign, plan, account, _secret(account, here), here.by, here.pace, progress)


def _drafts(campaign: Campaign, account: Account | None, here: Surroundings) -> Drafts:
    return here.drafts or clerks_own(campaign.folder / OUTBOX, account)


def _secret(account: Account, here: Surroundings) -> Callable[[], SecretStr]:
    return partial(oauth.login_secret, account, here.store, here.timeouts)
