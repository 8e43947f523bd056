"""Every connection to a mail server is encrypted, and the server proves who it is."""

from __future__ import annotations

import ssl
from dataclasses import dataclass

from addin.mail.accounts import Account
from addin.mail.problems import MailProblem


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds: to connect, log in and ask; and for a message to be taken or given."""

    connect: float = 30.0
    data: float = 120.0


PATIENT = Timeouts()


def trust(account: Account) -> ssl.SSLContext:
    """What decides whether a server is the one it says it is: the system's certificates, and the account's own file.

    The mail libraries accept any certificate where no context is given: always pass this one.
    """
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if account.ca_file is not None:
        try:
            context.load_verify_locations(account.ca_file)
        except OSError as problem:  # ssl.SSLError is one
            raise MailProblem("mail_ca_file", file=account.ca_file, problem=problem.strerror or "PEM") from problem
    return context
