"""The settings that the extension reads: which Python a button starts, how long it is waited for.

They are what inside/settings.py describes; a person may have changed times and log, which stay.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from addin.hosts.libreoffice.profile import CHILD_OPTIONS

SILENCE, TOTAL = 300.0, 4 * 3600.0
"""Seconds: whatever takes longer reports every few seconds, and whoever is asked may be at lunch."""


def parsed(data: bytes) -> Mapping[str, Any] | None:
    """The settings of a file; None where they cannot be read."""
    try:
        found = json.loads(data.decode("utf-8"))
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def python_of(data: bytes) -> str:
    """The Python that a file names; an empty text where it names none."""
    command = (parsed(data) or {}).get("command")
    return command[0] if isinstance(command, list) and command and isinstance(command[0], str) else ""


def with_python(earlier: bytes | None, python: str, log: str) -> bytes:
    """The file with ``python`` as what a button starts. Times that a person put there stay."""
    kept = parsed(earlier or b"") or {}
    settings = {
        "command": [python, *CHILD_OPTIONS],
        "silence": _seconds(kept.get("silence"), SILENCE),
        "total": _seconds(kept.get("total"), TOTAL),
        "log": log,
    }
    return (json.dumps(settings, ensure_ascii=False, indent=1) + "\n").encode()


def _seconds(found: object, default: float) -> float:
    sound = isinstance(found, (int, float)) and not isinstance(found, bool) and found > 0
    return float(found) if sound and isinstance(found, (int, float)) else default
