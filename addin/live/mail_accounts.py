"""Mail accounts, asked for in windows: added, tried, given another password, taken away.

The password goes from the window into the system's own store and nowhere else.
"""

from __future__ import annotations

import re
import unicodedata
import webbrowser
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import SecretStr

from addin.hosts.progress import progress, waiting
from addin.hosts.questions import Blank, BlankKind, Option
from addin.live.problems import sentence
from addin.live.session import Session
from addin.mail import accounts, actions, credentials, oauth
from addin.mail.accounts import Account, is_address
from addin.mail.problems import MailProblem
from validation import messages

_LONGEST_NAME = 30
_OTHER_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of account a clerk can have: the preset behind it, and what is asked besides address and names."""

    preset: str
    needs: str = ""
    servers: bool = False


_KINDS: Mapping[str, Kind] = {
    "gmail": Kind("gmail"),
    "office": Kind("zimbra", needs="host"),
    "other": Kind("other", servers=True),
    "microsoft365": Kind("microsoft365", needs="client_id"),
    "outlook": Kind("outlook", needs="client_id"),
}


def add_account(session: Session) -> Account | None:
    """Ask for an account, keep it, and try it once; None where the clerk changed her mind or it does not let us in: a
    refused password is not shown to its server again.

    Raises MailProblem (``mail_keyring_none`` before anything is asked), CouldNotSave and UsageProblem ``no_window``.
    """
    credentials.system_store()  # without it nothing of what follows could be kept
    options = [
        Option(key, messages.text("live", f"account_{key}"), messages.text("live", f"account_{key}_hint"))
        for key in _KINDS
    ]
    chosen = session.dialogs.choose(messages.text("live", "account_kind"), "", options)
    if chosen is None:
        return None
    account = _described(session, chosen)
    secret = ask_secret(session, account) if account is not None else None
    if account is None or secret is None:
        return None
    actions.add_account(account, secret)
    return account if try_login(session, account, added=True) else None


def try_login(session: Session, account: Account, *, added: bool = False) -> bool:
    """Log in to each server once, and say what came of it; whether all let us in. Raises nothing of the servers."""
    before = messages.text("live", "account_added", address=account.address) + "\n" if added else ""
    try:
        with progress(messages.text("live", "trying_account"), session.say) as report:
            report("logging_in", 0, None)
            servers = actions.try_account(account.name)
    except MailProblem as problem:
        session.dialogs.tell(before + sentence(problem))
        return False
    session.dialogs.tell(before + messages.text("live", "account_works", servers=", ".join(servers)))
    return True


def change_password(session: Session, account: Account) -> None:
    """Ask for another password, keep it, and try it. Raises MailProblem."""
    secret = ask_secret(session, account)
    if secret is not None:
        actions.change_secret(account.name, secret)
        try_login(session, account)


def remove_account(session: Session, account: Account) -> bool:
    """Forget an account and its password, once the clerk has said so; whether it is gone. Raises MailProblem."""
    if not session.dialogs.confirm(messages.text("live", "account_remove", address=account.address)):
        return False
    actions.remove_account(account.name)
    return True


def ask_secret(session: Session, account: Account) -> SecretStr | None:
    """The password, hidden while it is typed; with Microsoft a log-in in the browser. Raises MailProblem."""
    if account.oauth is not None:
        return _token(session, account)
    gmail = account.imap == accounts.GMAIL["imap"] or account.smtp == accounts.GMAIL["smtp"]
    hint = messages.text("screen", "account_added_gmail") if gmail else messages.text("live", "password_hint")
    blank = Blank("password", messages.text("live", "password"), kind=BlankKind.SECRET, hint=hint, needed=True)
    heading = messages.text("live", "password_of", address=account.address)
    answers = session.dialogs.form(heading, "", [blank], accept=messages.text("live", "keep_password"))
    if answers is None:
        return None
    password = answers["password"]
    return SecretStr("".join(password.split()) if gmail else password)  # Google shows it in groups of four


def _token(session: Session, account: Account) -> SecretStr | None:
    code = oauth.ask_device_code(account)
    webbrowser.open(code.page)
    if not session.dialogs.confirm(messages.text("live", "log_in_there", page=code.page, code=code.user_code)):
        return None
    with progress(messages.text("live", "logging_in"), session.say) as report:
        report("logging_in", 0, None)
        return oauth.await_refresh_token(account, code, waiting(report, "logging_in_browser"))


def _described(session: Session, chosen: str) -> Account | None:
    """The account as the clerk describes it; asked again until it can be one."""
    kind = _KINDS[chosen]
    heading = f"{messages.text('live', 'settings_add_account')} – {messages.text('live', f'account_{chosen}')}"
    filled: Mapping[str, str] = {}
    fault = ""
    while True:
        answers = session.dialogs.form(
            heading, "", _blanks(kind, filled), accept=messages.text("live", "go_on"), fault=fault,
        )  # fmt: skip
        if answers is None:
            return None
        filled = answers
        try:
            return _account(kind, answers)
        except MailProblem as problem:
            fault = sentence(problem)


def _blanks(kind: Kind, filled: Mapping[str, str]) -> list[Blank]:
    def blank(key: str, *, needed: bool = False, **more: object) -> Blank:
        label, hint = messages.text("live", f"blank_{key}"), messages.text("live", f"blank_{key}_hint")
        return Blank(key, label, filled.get(key, str(more.pop("value", ""))), hint=hint, needed=needed, **more)  # type: ignore[arg-type]

    blanks = [blank("address", needed=True), blank("sender"), blank("signature", kind=BlankKind.LONG)]
    if kind.needs:
        blanks.append(blank(kind.needs, needed=True))
    if kind.servers:
        secure = tuple(Option(one, messages.text("live", f"security_{one}")) for one in ("tls", "starttls"))
        blanks += [
            blank("smtp"), blank("imap"), blank("security", kind=BlankKind.CHOICE, value="tls", options=secure),
            blank("user"), blank("ca_file", kind=BlankKind.FILE, patterns=("*.pem", "*.crt")),
        ]  # fmt: skip
    return blanks


def _account(kind: Kind, answers: Mapping[str, str]) -> Account:
    """Raises MailProblem ``mail_bad_address``, ``mail_account_broken``, ``mail_servers_needed``,
    ``mail_account_there``."""
    address = answers["address"]
    if not is_address(address):
        raise MailProblem("mail_bad_address", address=address)
    if kind.servers and not answers["smtp"] and not answers["imap"]:
        raise MailProblem("mail_servers_needed")
    more = {key: answers.get(key) or None for key in ("sender", "signature", "user", "ca_file")}
    needed = answers.get(kind.needs, "") if kind.needs else _host(answers.get("smtp") or answers.get("imap") or "")
    account = accounts.from_preset(kind.preset, _name_for(address), address, needed, **more)
    if kind.servers:
        servers = {
            key: accounts.server(answers[key], answers["security"], usual) if answers[key] else None
            for key, usual in (("smtp", account.smtp), ("imap", account.imap))
        }
        account = account.model_copy(update=servers)
    _refuse_second(account)
    return account


def _refuse_second(account: Account) -> None:
    """A mailbox that is known already is not added under another name: what was meant is another password."""
    for known in accounts.read_accounts().values():
        if _mailbox(known) == _mailbox(account):
            raise MailProblem("mail_account_there", address=known.address)


def _mailbox(account: Account) -> tuple[object, ...]:
    servers = (account.smtp, account.imap)
    hosts = tuple(one and (one.host.casefold(), one.port) for one in servers)
    return account.address.casefold(), account.user.casefold(), hosts


def _host(server: str) -> str:
    return server.partition(":")[0]


def _name_for(address: str) -> str:
    """A short name that no other account has; the clerk need not know it."""
    plain = unicodedata.normalize("NFKD", address.partition("@")[0]).encode("ascii", "ignore").decode().lower()
    stem = _OTHER_LETTERS.sub("-", plain).strip("-")[: _LONGEST_NAME - 3].strip("-") or "hop-thu"
    taken = accounts.read_accounts()
    names = (stem if number == 1 else f"{stem}-{number}" for number in range(1, 100))
    return next(name for name in names if name not in taken)
