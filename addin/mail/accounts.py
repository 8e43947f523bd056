"""Mail accounts: servers, user, sender, signature; in a file of the user's own, without anything secret.

Passwords are no part of this: see ``credentials``.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from addin.mail.files import write_whole
from addin.mail.problems import MailProblem

ACCOUNTS_FILE = "hop-thu.toml"
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
_NAME = r"^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$"


def is_address(text: str) -> bool:
    """Whether mail can be sent there: one plain address, nothing that could slip into a command or header."""
    return _ADDRESS.fullmatch(text) is not None and ".." not in text


def _address(text: str) -> str:
    if not is_address(text):
        raise ValueError("not a mail address")
    return text


def _one_line(text: str) -> str:
    if any(not c.isprintable() for c in text):
        raise ValueError("line break or control character")
    return text


class Method(StrEnum):
    """What the secret of an account is: a password (or app password), or a token."""

    PASSWORD = "password"
    XOAUTH2 = "xoauth2"


class Server(BaseModel):
    """Where to connect. ``tls``: encrypted from the start; ``starttls``: before anything is said that matters."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: Annotated[str, Field(pattern=r"^[A-Za-z0-9.:-]{1,253}$")]
    port: Annotated[int, Field(ge=1, le=65535)]
    security: Literal["tls", "starttls"] = "tls"

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


class OAuth(BaseModel):
    """Where tokens come from. With it the stored secret is the refresh token; without it, an access token as it is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    token_url: Annotated[str, Field(pattern=r"^https://")]
    device_url: Annotated[str, Field(pattern=r"^https://")]
    client_id: Annotated[str, Field(min_length=1)]
    scope: str


class Account(BaseModel):
    """One account. ``sender`` is the name beside the address, ``signature`` ends every letter (name, office, phone).

    ``ca_file``: certificates to trust besides the system's, for offices with an authority of their own.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(pattern=_NAME)]
    address: Annotated[str, AfterValidator(_address)]
    sender: Annotated[str, AfterValidator(_one_line)] = ""
    user: Annotated[str, Field(min_length=1), AfterValidator(_one_line)]
    method: Method = Method.PASSWORD
    smtp: Server | None = None
    imap: Server | None = None
    folder: Annotated[str, Field(min_length=1), AfterValidator(_one_line)] = "INBOX"
    signature: str = ""
    ca_file: Path | None = None
    oauth: OAuth | None = None

    @property
    def mailbox(self) -> str:
        """The mailbox as the ledger names it: the same on another machine, whatever the account is called there."""
        return f"{self.user}@{self.imap.host}" if self.imap else self.user


# -- presets -------------------------------------------------------------------------------------------------------

_MICROSOFT = "https://login.microsoftonline.com"
_MICROSOFT_SCOPE = (
    "offline_access https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send"
)


def _own_server(host: str) -> dict[str, object]:
    return {"smtp": Server(host=host, port=465), "imap": Server(host=host, port=993)}


def _microsoft(smtp: str, tenant: str) -> Callable[[str], dict[str, object]]:
    def preset(client_id: str) -> dict[str, object]:
        base = f"{_MICROSOFT}/{tenant}/oauth2/v2.0"
        return {
            "method": Method.XOAUTH2,
            "smtp": Server(host=smtp, port=587, security="starttls"),
            "imap": Server(host="outlook.office365.com", port=993),
            "oauth": OAuth(
                token_url=f"{base}/token", device_url=f"{base}/devicecode", client_id=client_id, scope=_MICROSOFT_SCOPE
            ),
        }

    return preset


GMAIL: Mapping[str, object] = {
    "smtp": Server(host="smtp.gmail.com", port=465),
    "imap": Server(host="imap.gmail.com", port=993),
}
"""Takes an app password (16 letters), which needs two-step verification; never the account's own password."""

PRESETS: Mapping[str, tuple[str, Callable[[str], Mapping[str, object]]]] = {
    "gmail": ("", lambda _: GMAIL),
    "zimbra": ("host", _own_server),
    "other": ("host", _own_server),
    "microsoft365": ("client_id", _microsoft("smtp.office365.com", "organizations")),
    "outlook": ("client_id", _microsoft("smtp-mail.outlook.com", "consumers")),
}
"""Name → what it needs besides the address, and the settings that follow. Ports are those of RFC 8314."""


def from_preset(preset: str, name: str, address: str, needed: str = "", **more: object) -> Account:
    """An account by preset; ``needed`` is its host or client id, ``more`` overrides what the preset says.

    Raises MailProblem ``mail_preset_unknown``, ``mail_preset_needs`` and ``mail_account_broken``.
    """
    if preset not in PRESETS:
        raise MailProblem("mail_preset_unknown", preset=preset, known=", ".join(PRESETS))
    needs, settings = PRESETS[preset]
    if needs and not needed:
        raise MailProblem("mail_preset_needs", preset=preset, option=f"--{needs.replace('_', '-')}")
    chosen = {key: value for key, value in more.items() if value is not None}
    try:
        return Account.model_validate(
            {"name": name, "address": address, "user": address} | {**settings(needed)} | chosen
        )
    except ValidationError as problem:
        raise MailProblem("mail_account_broken", problem=_first(problem)) from None


def server(text: str, security: str | None, usual: Server | None) -> Server:
    """A server typed as ``host:port`` or ``host``. Raises MailProblem ``mail_account_broken``."""
    host, colon, port = text.rpartition(":") if text.count(":") == 1 else (text, "", "")
    secure = security or (usual.security if usual else "tls")
    try:
        return Server.model_validate(
            {"host": host or text, "port": port if colon else usual.port if usual else 0, "security": secure}
        )
    except ValidationError as problem:
        raise MailProblem("mail_account_broken", problem=_first(problem)) from None


# -- the file ------------------------------------------------------------------------------------------------------


def accounts_file() -> Path:
    """The user's own file of accounts: in the system's folder for settings."""
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or Path.home())
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "sangkien" / ACCOUNTS_FILE


def read_accounts(file: Path | None = None) -> dict[str, Account]:
    """All accounts by name, in the file's order. Raises MailProblem ``mail_accounts_broken``."""
    file = file or accounts_file()
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8-sig"))
        accounts = [Account.model_validate(one) for one in content.get("account", [])]
    except FileNotFoundError:
        return {}
    except ValidationError as problem:
        raise MailProblem("mail_accounts_broken", file=file, problem=_first(problem)) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, TypeError, AttributeError) as problem:
        raise MailProblem("mail_accounts_broken", file=file, problem=problem) from problem
    return {account.name: account for account in accounts}


def find_account(name: str, file: Path | None = None) -> Account:
    """The account of that name. Raises MailProblem ``mail_account_unknown``, ``mail_accounts_broken``."""
    accounts = read_accounts(file)
    if name not in accounts:
        raise MailProblem("mail_account_unknown", name=name, known=", ".join(accounts) or "–")
    return accounts[name]


def save_account(account: Account, file: Path | None = None) -> None:
    """Add an account, or put it in the place of the one of that name. Raises CouldNotSave."""
    _write({**read_accounts(file), account.name: account}.values(), file or accounts_file())


def remove_account(name: str, file: Path | None = None) -> Account:
    """Take an account out of the file. Raises MailProblem ``mail_account_unknown`` and CouldNotSave."""
    account = find_account(name, file)
    _write((one for one in read_accounts(file).values() if one.name != name), file or accounts_file())
    return account


def _write(accounts: Iterable[Account], file: Path) -> None:
    lines = ["# Các hộp thư dùng để gửi và nhận báo cáo. Mật khẩu không nằm ở đây mà trong kho mật khẩu của máy."]
    for account in accounts:
        lines += ["", "[[account]]"]
        for key, value in account.model_dump(mode="json", exclude_none=True).items():
            lines.append(f"{key} = {_toml(value)}")
    text = "\n".join(lines) + "\n"
    write_whole(file, text.encode())


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, int):
        return str(value)
    # A JSON string is a TOML basic string, except for DEL, which TOML wants escaped.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _first(problem: ValidationError) -> str:
    """Where the first fault is and what it is; never the value: it may be a password put there by mistake."""
    first = problem.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
