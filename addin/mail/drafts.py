"""Letters laid into the clerk's own mail program: she reads them there and presses send. The safest way, and the usual
one: no password is needed, and the letter goes through the office's own mail.

Outlook on Windows takes them by COM; every other program, the new Outlook among them, opens an ``.eml`` file that says
``X-Unsent: 1``.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from addin.campaign.archive import named_after, safe_name
from addin.mail.accounts import Account
from addin.mail.compose import Letter, draft_of
from addin.mail.files import write_whole

_MAIL_ITEM = 0  # olMailItem
_BY_VALUE = 1  # olByValue


class Drafts(Protocol):
    """A place for letters that are yet to be sent."""

    def lay(self, letter: Letter, name: str) -> Path | None:
        """Lay a letter there; the file it is in, or None where it is inside a program. Raises CouldNotSave."""


class DraftFiles:
    """Drafts as ``.eml`` files in a folder."""

    def __init__(self, folder: Path, account: Account | None = None) -> None:
        self._folder = folder
        self._account = account

    def lay(self, letter: Letter, name: str) -> Path:
        """Write ``<name>.eml``; a draft of that name is kept: two letters to a unit may be named alike on one day.
        Raises CouldNotSave."""
        first = file = self._folder / named_after(f"{name}.eml")
        number = 1
        while file.exists():
            number += 1
            file = first.with_stem(f"{first.stem} ({number})")
        write_whole(file, draft_of(letter, self._account))
        return file


class OutlookDrafts:
    """Drafts in Outlook's folder of drafts. ``application`` is the COM object ``Outlook.Application``."""

    def __init__(self, application: Any) -> None:
        self._application = application

    def lay(self, letter: Letter, name: str) -> None:  # noqa: ARG002 - Outlook shows the subject
        """Save a letter among the drafts, with copies of its attachments. Raises what COM raises."""
        item = self._application.CreateItem(_MAIL_ITEM)
        item.To = "; ".join(letter.to)
        item.Subject = letter.subject
        item.Body = letter.body
        with tempfile.TemporaryDirectory(prefix="sangkien-") as folder:
            for number, attachment in enumerate(letter.attachments):
                # A folder each: Outlook shows the file's own name, and two may have the same.
                file = Path(folder) / str(number) / safe_name(attachment.name)
                file.parent.mkdir()
                file.write_bytes(attachment.data)
                item.Attachments.Add(str(file), _BY_VALUE)
            item.Save()


def clerks_own(folder: Path, account: Account | None = None, outlook: Callable[[], Any] | None = None) -> Drafts:
    """Outlook where this machine has it, else files in ``folder``. ``outlook`` makes its COM object."""
    if outlook is None:
        if sys.platform != "win32":
            return DraftFiles(folder, account)
        outlook = _outlook
    try:
        return OutlookDrafts(outlook())
    except Exception:  # not installed, or the new Outlook, which has no COM: each raises an error of its own
        return DraftFiles(folder, account)


def _outlook() -> Any:
    from win32com.client import Dispatch  # type: ignore[import-untyped,unused-ignore,import-not-found]

    return Dispatch("Outlook.Application")
