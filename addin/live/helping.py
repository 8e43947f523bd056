"""The buttons of help: the guide, and what is installed with what stands in its way."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from addin import VERSION
from addin.errors import UsageProblem
from addin.hosts import installing
from addin.hosts.commands import sentences
from addin.hosts.installing import Diagnosis, Severity, worst_first
from addin.incidents import log_file
from addin.live.copies import copies_folder
from addin.live.session import Session
from validation import messages

GUIDE = Path(__file__).parent.parent / "guide" / "huong-dan.html"
_KNOWN_ANYWAY = frozenset({"excel_running", "lo_running"})
"""Diagnoses that say nothing to somebody who has just pressed a button."""


def guide(session: Session) -> None:
    """Open the guide in the browser. Raises UsageProblem ``guide_missing`` and ``guide_not_opened``."""
    if not GUIDE.is_file():
        raise UsageProblem("guide_missing", file=GUIDE)
    if not session.dialogs.open(GUIDE):
        raise UsageProblem("guide_not_opened", file=GUIDE)


def about(session: Session) -> None:
    """Say which versions are in use, where log and copies are, and what the doctor has found."""
    facts = {
        "version": VERSION, "python": platform.python_version(), "xlwings": version("xlwings"),
        "program": session.host.name, "program_version": session.host.version(session.app), "log": log_file(),
        "copies": copies_folder(),
    }  # fmt: skip
    installed = messages.text("live", "about", **facts)
    session.say(messages.text("live", "diagnosing"))
    found = [one for one in _diagnoses(session.host.name) if one.code not in _KNOWN_ANYWAY]
    if not found:
        session.dialogs.tell(f"{installed}\n\n{messages.text('live', 'about_well')}")
        return
    grave = sum(one.severity is not Severity.NOTE for one in found)
    question = messages.text("live", "about_found", count=len(found), grave=grave)
    if session.dialogs.confirm(f"{installed}\n\n{question}"):
        text = "\n\n".join(_told(found))
        session.dialogs.review(messages.text("live", "about_title"), text)


def _diagnoses(program: str) -> list[Diagnosis]:
    """What the doctor finds of one program: the other's troubles are not of this button."""
    here = [host for host in installing.hosts() if host.name == program.casefold()]
    return worst_first([one for host in here for one in host.diagnose()])


def _told(found: list[Diagnosis]) -> Iterator[str]:
    for number, one in enumerate(found, 1):
        what, remedy = sentences(one, "vi")
        yield f"{number}. {messages.text('severity', one.severity.value)}: {what}\n→ {remedy}"
