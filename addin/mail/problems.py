"""What goes wrong with mail, each one sentence for a clerk (``error.<code>``).

EdgeError
└── MailProblem              2   nothing was lost; what was to be sent stays in the outbox
    ├── LoginRefused             the server does not take user or password: asked once, never again by itself
    └── NotReached               no connection, or one that ended before a message was handed over: may be tried again
"""

from __future__ import annotations

import ssl

from addin.errors import EdgeError


class MailProblem(EdgeError):  # noqa: N818
    """Something about an account, a server or a message; the campaign's figures are not touched by it."""


class LoginRefused(MailProblem):
    """User, password or token were not taken."""


class NotReached(MailProblem):
    """The server could not be reached, or went away before a message was handed over."""


def not_connected(problem: OSError, server: str) -> MailProblem:
    """The sentence for a connection that was not made: an untrusted certificate is not worth a second try."""
    if isinstance(problem, ssl.SSLCertVerificationError):
        return MailProblem("mail_certificate", server=server, problem=problem.verify_message)
    if isinstance(problem, TimeoutError):
        return NotReached("mail_silent", server=server)
    if isinstance(problem, ssl.SSLError):
        return NotReached("mail_no_tls", server=server, problem=problem.reason or "TLS")
    return NotReached("mail_unreachable", server=server, problem=problem.strerror or type(problem).__name__)
