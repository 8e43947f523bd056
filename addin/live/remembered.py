"""What is remembered of this user from one press of a button to the next: a line of text under a name.

It lies where the log lies: losing it costs a question, no more.
"""

from __future__ import annotations

import contextlib

from addin.incidents import log_file

CAMPAIGN = "chien-dich-gan-nhat"
UNIT = "don-vi"


def recall(name: str) -> str:
    """What was remembered last; an empty text where nothing was."""
    try:
        return (log_file().parent / f"{name}.txt").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def remember(name: str, text: str) -> None:
    """Keep a line for the next press; a disk that is full is no reason to stop."""
    file = log_file().parent / f"{name}.txt"
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
