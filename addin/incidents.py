"""When something fails that nobody foresaw: a number for the clerk, the rest in a log on this machine."""

from __future__ import annotations

import os
import secrets
import sys
import traceback
from datetime import datetime
from pathlib import Path

_LARGEST_LOG = 2_000_000  # bytes; then the old log is set aside once


def log_file() -> Path:
    """Where incidents are written: the system's folder for a program's own data."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home())
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Logs"
    else:
        base = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return base / "sangkien" / "nhat-ky.log"


def record(problem: BaseException, now: datetime) -> tuple[str, Path]:
    """Write the whole story of a failure to the log; returns the incident's number and the log. Never raises."""
    incident = f"{now:%y%m%d}-{secrets.token_hex(3)}"
    file = log_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists() and file.stat().st_size > _LARGEST_LOG:
            file.replace(file.with_suffix(".cu.log"))
        story = "".join(traceback.format_exception(problem))
        with file.open("a", encoding="utf-8", errors="backslashreplace") as handle:
            handle.write(f"=== {incident} {now.isoformat(timespec='seconds')}\n{story}\n")
    except OSError:
        pass  # the disk may be full; the sentence to the clerk still goes out
    return incident, file
