"""Dovecot, as providers run it: mailboxes by IMAP, delivery by LMTP, submission that relays; all on ports of its own.

It runs as an ordinary user (nobody, where the tests run as root) from a configuration of its own.
"""

from __future__ import annotations

import contextlib
import imaplib
import os
import pwd
import shutil
import smtplib
import socket
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest

from tests.conftest import PROJECT
from tests.mail.certificates import HOST, Authority

SECONDS = 15

_CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
default_vsz_limit = 512M
protocols = imap lmtp submission
listen = 127.0.0.1
hostname = mail.example
postmaster_address = postmaster@mail.example
ssl = required
ssl_cert = <{certificate}
ssl_key = <{key}
auth_mechanisms = plain login xoauth2
mail_location = maildir:{folder}/mail/%u
mail_uid = {uid}
mail_gid = {gid}
first_valid_uid = 1
first_valid_gid = 1
namespace inbox {{
  inbox = yes
  separator = /
}}
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = scheme=PLAIN username_format=%u {folder}/users
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u allow_all_users=yes
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap_starttls}
  }}
  inet_listener imaps {{
    port = {imap}
    ssl = yes
  }}
}}
service submission-login {{
  chroot =
  inet_listener submission {{
    port = {submission}
  }}
}}
service lmtp {{
  chroot =
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service stats {{
  chroot =
}}
submission_relay_host = 127.0.0.1
submission_relay_port = {relay}
submission_relay_trusted = no
auth_failure_delay = 0 secs
"""
_OAUTH2 = """
tokeninfo_url = http://127.0.0.1:{token_server}/tokeninfo?access_token=
username_attribute = email
"""


class Mailboxes:
    """A running Dovecot. ``users``: address → password. ``relay_port``: where submitted mail goes on to."""

    def __init__(
        self, authority: Authority, users: dict[str, str], *, relay_port: int = 1, token_server_port: int = 1
    ) -> None:
        self._authority = authority
        self._users = users
        self._fixed = {"relay": relay_port, "token_server": token_server_port}
        self._folder = Path()
        self._process: subprocess.Popen[bytes] | None = None
        self.imap = self.imap_starttls = self.lmtp = self.submission = 0

    def __enter__(self) -> Self:
        # A short path that an ordinary user may enter: pytest's own folders are neither.
        self._folder = Path(tempfile.mkdtemp(prefix="sk-mail-", dir="/tmp"))
        for _ in range(3):  # another program may take a port between our look and dovecot's
            self._configure()
            if self._start():
                return self
            self._stop()
        log = (self._folder / "log").read_text(errors="replace")
        shutil.rmtree(self._folder)
        raise AssertionError(f"dovecot does not start: {log}")

    def __exit__(self, *exc: object) -> None:
        self._stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _configure(self) -> None:
        user = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        for name in ("run", "state", "mail"):
            (self._folder / name).mkdir(exist_ok=True)
        for name in ("certificate", "key"):
            shutil.copy(getattr(self._authority, name), self._folder / name)
        users = "".join(f"{address}:{{PLAIN}}{password}::::::\n" for address, password in self._users.items())
        (self._folder / "users").write_text(users, encoding="utf-8")
        self.imap, self.imap_starttls, self.lmtp, self.submission = _free_ports(4)
        facts = {
            "folder": self._folder, "user": user.pw_name, "uid": user.pw_uid, "gid": user.pw_gid,
            "group": _group(user.pw_gid), "certificate": self._folder / "certificate", "key": self._folder / "key",
            "imap": self.imap, "imap_starttls": self.imap_starttls, "lmtp": self.lmtp, "submission": self.submission,
            **self._fixed,
        }  # fmt: skip
        (self._folder / "dovecot.conf").write_text(_CONFIGURATION.format(**facts), encoding="utf-8")
        (self._folder / "oauth2.conf").write_text(_OAUTH2.format(**facts), encoding="utf-8")
        if os.geteuid() == 0:
            for path in (self._folder, *self._folder.rglob("*")):
                os.chown(path, user.pw_uid, user.pw_gid)
        self._user = user

    def _start(self) -> bool:
        as_user = (
            {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
        )
        self._process = subprocess.Popen(
            [_dovecot(), "-F", "-c", str(self._folder / "dovecot.conf")], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self._folder, env={"PATH": os.environ["PATH"]},
            **as_user,  # type: ignore[arg-type]
        )  # fmt: skip
        for _ in range(int(SECONDS / 0.05)):
            if all(_answers(port) for port in (self.imap, self.lmtp, self.submission)):
                return True
            try:
                self._process.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
            return False
        return False

    def _stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(SECONDS)
            self._process = None

    def deliver(self, recipient: str, message: bytes, sender: str = "ai-do@example.vn") -> None:
        """Put a message into a mailbox, as the outside world does."""
        with smtplib.LMTP(HOST, self.lmtp, timeout=SECONDS) as lmtp:
            assert not lmtp.sendmail(sender, [recipient], message)

    @contextlib.contextmanager
    def looking_into(self, address: str) -> Iterator[imaplib.IMAP4_SSL]:
        """A mail program of the mailbox's owner, for arranging folders and looking at flags."""
        context = ssl.create_default_context(cafile=str(self._authority.ca_file))
        imap = imaplib.IMAP4_SSL(HOST, self.imap, ssl_context=context, timeout=SECONDS)
        try:
            imap.authenticate("PLAIN", lambda _: f"\0{address}\0{self._users[address]}".encode())
            yield imap
        finally:
            imap.shutdown()

    def flags(self, address: str) -> list[bytes]:
        with self.looking_into(address) as imap:
            imap.select("INBOX", readonly=True)
            _, data = imap.fetch("1:*", "(FLAGS)")
            return [line for line in data if isinstance(line, bytes)]

    def forget_numbers(self, address: str) -> None:
        """Number the messages anew, as after a move to another server: UIDVALIDITY changes.

        What was the last one stays on record: otherwise Dovecot takes the second that it is, which may be the same.
        """
        for file in (self._folder / "mail" / address).glob("dovecot*"):
            if not file.name.startswith("dovecot-uidvalidity"):
                file.unlink()


def _dovecot() -> str:
    path = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
    if path is None:
        script = [PROJECT / "tools" / "mail", "--line"]
        line = subprocess.run(script, capture_output=True, text=True, check=True, timeout=10).stdout.strip()
        pytest.skip(f"needs Dovecot: sudo {line}")
    return path


def _group(gid: int) -> str:
    import grp

    return grp.getgrgid(gid).gr_name


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind((HOST, 0))
        return [one.getsockname()[1] for one in sockets]


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
        return True
    return False
