"""Files and folders shown in whatever program the machine has for them: a draft in the mail program, a page in the
browser, a folder in the system's own window."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path


def open_outside(path: Path) -> bool:
    """Open it, and go on at once; whether a program could be asked. Raises nothing."""
    try:
        if sys.platform == "win32":
            os.startfile(path)
            return True
        opener = "open" if sys.platform == "darwin" else shutil.which("xdg-open")
        if opener is None:
            return False
        with open(os.devnull, "r+b") as nothing:  # noqa: PTH123 - a device, no file
            started = subprocess.Popen(
                [opener, str(path)], stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
            )
        threading.Thread(target=started.wait, daemon=True).start()  # else it would stay as a zombie
    except (OSError, ValueError):
        return False
    return True
