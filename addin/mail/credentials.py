"""Secrets of mail accounts: in the operating system's own store and nowhere else.

``keyring`` by itself takes whatever backend it finds, a file of plain text among them, and one that forgets. Here only
the systems' own stores are allowed, and what was written is read back.
"""

from __future__ import annotations

import importlib
from typing import Protocol

from keyring.errors import KeyringError, KeyringLocked
from pydantic import SecretStr

from addin.mail.accounts import Account
from addin.mail.problems import MailProblem

ALLOWED = (
    "keyring.backends.Windows.WinVaultKeyring",
    "keyring.backends.macOS.Keyring",
    "keyring.backends.SecretService.Keyring",
    "keyring.backends.libsecret.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
)
_PART = 1_000
"""Characters in one entry: Windows holds 1,280, and a token may have thousands."""


class SecretStore(Protocol):
    """What is used of a keyring backend."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, or None."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret."""


def system_store() -> SecretStore:
    """The system's own store. Raises MailProblem ``mail_keyring_none`` where there is none that may be used.

    Neither keyring's configuration file nor its environment variable is asked: they could name any backend.
    """
    for path in ALLOWED:
        module, _, name = path.rpartition(".")
        try:
            backend = getattr(importlib.import_module(module), name)
            if backend.viable:
                store: SecretStore = backend()
                return store
        except (ImportError, AttributeError, RuntimeError, OSError, KeyringError):
            continue
    raise MailProblem("mail_keyring_none")


def keep_secret(account: Account, secret: SecretStr, store: SecretStore | None = None) -> None:
    """Keep an account's password or token, and read it back.

    Raises MailProblem ``mail_secret_empty``, ``mail_keyring_none``, ``mail_keyring_locked``, ``mail_keyring_failed``
    and ``mail_keyring_lost`` where the store gives back something else.
    """
    text = secret.get_secret_value()
    if not text or "\0" in text:
        raise MailProblem("mail_secret_empty")
    store = store or system_store()
    earlier = _count(_get(store, _service(account, 1), account.user))
    parts = [text[start : start + _PART] for start in range(0, len(text), _PART)]
    for number, part in enumerate(parts, 1):
        _set(store, _service(account, number), account.user, f"{len(parts)}:{part}" if number == 1 else part)
    for number in range(len(parts) + 1, earlier + 1):
        _delete(store, _service(account, number), account.user)
    kept = _read(account, store)
    if kept != text:
        forget_secret(account, store)
        raise MailProblem("mail_keyring_lost")


def secret_of(account: Account, store: SecretStore | None = None) -> SecretStr:
    """What was kept. Raises MailProblem ``mail_secret_missing`` and those of ``keep_secret``."""
    text = _read(account, store or system_store())
    if text is None:
        raise MailProblem("mail_secret_missing", name=account.name)
    return SecretStr(text)


def forget_secret(account: Account, store: SecretStore | None = None) -> bool:
    """Delete what was kept; whether there was anything. Raises MailProblem as ``secret_of``."""
    store = store or system_store()
    count = _count(_get(store, _service(account, 1), account.user))
    for number in range(count, 0, -1):
        _delete(store, _service(account, number), account.user)
    return count > 0


def _service(account: Account, number: int) -> str:
    """A name of its own for each entry: Windows moves entries about where several share one."""
    return f"sangkien/{account.name}" + (f"/{number}" if number > 1 else "")


def _read(account: Account, store: SecretStore) -> str | None:
    first = _get(store, _service(account, 1), account.user)
    count = _count(first)
    if first is None or not count:
        return None
    parts = [first.partition(":")[2]]
    for number in range(2, count + 1):
        part = _get(store, _service(account, number), account.user)
        if part is None:
            return None
        parts.append(part)
    return "".join(parts)


def _count(first: str | None) -> int:
    """Number of entries a secret lies in, as its first entry says."""
    count = (first or "").partition(":")[0]
    return int(count) if count.isdecimal() and len(count) < 3 else 0


def _get(store: SecretStore, service: str, user: str) -> str | None:
    try:
        return store.get_password(service, user)
    except Exception as problem:  # a backend may raise what it likes
        raise _failed(problem) from None


def _set(store: SecretStore, service: str, user: str, text: str) -> None:
    try:
        store.set_password(service, user, text)
    except Exception as problem:  # a backend may raise what it likes, even with the secret among its arguments
        raise _failed(problem) from None


def _delete(store: SecretStore, service: str, user: str) -> None:
    try:
        store.delete_password(service, user)
    except Exception as problem:  # a backend may raise what it likes
        raise _failed(problem) from None


def _failed(problem: Exception) -> MailProblem:
    """Only the kind of problem: its text could hold the secret."""
    if isinstance(problem, KeyringLocked):
        return MailProblem("mail_keyring_locked")
    return MailProblem("mail_keyring_failed", problem=type(problem).__name__)
