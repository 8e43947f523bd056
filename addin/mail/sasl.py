"""How a log-in is written for a server, in UTF-8: the standard library's own crashes over "mật khẩu".

Sources: RFC 4616 (PLAIN); Google's and Microsoft's descriptions of XOAUTH2.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from pydantic import SecretStr

from addin.mail.accounts import Account, Method


class Mechanism(StrEnum):
    """How we prove who we are, by its name on the wire."""

    PLAIN = "PLAIN"
    LOGIN = "LOGIN"
    XOAUTH2 = "XOAUTH2"


def choose(account: Account, offered: Collection[str]) -> Mechanism | None:
    """The mechanism for an account among those a server offers; None where there is none in common."""
    names = {name.upper() for name in offered}
    wanted = (Mechanism.XOAUTH2,) if account.method is Method.XOAUTH2 else (Mechanism.PLAIN, Mechanism.LOGIN)
    return next((mechanism for mechanism in wanted if mechanism in names), None)


def first_answer(account: Account, secret: SecretStr, mechanism: Mechanism) -> bytes:
    """What is sent with or after the mechanism's name, before base64. For LOGIN that is the user alone."""
    match mechanism:
        case Mechanism.PLAIN:
            return f"\0{account.user}\0{secret.get_secret_value()}".encode()
        case Mechanism.XOAUTH2:
            return f"user={account.user}\1auth=Bearer {secret.get_secret_value()}\1\1".encode()
        case Mechanism.LOGIN:
            return account.user.encode()
