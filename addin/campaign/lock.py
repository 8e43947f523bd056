"""One writer at a time: an operating system's lock on ``.khoa``, which ends with the process that holds it."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

from addin.campaign.saving import could_not_save
from addin.errors import CouldNotSave

LOCK_FILE = ".khoa"


@contextlib.contextmanager
def only_writer(folder: Path, who: str, now: datetime) -> Iterator[None]:
    """Hold the campaign for writing. Raises CouldNotSave ``campaign_busy``: who has it, and since when."""
    file = folder / LOCK_FILE
    try:
        handle = file.open("a+", encoding="utf-8")
    except OSError as problem:
        raise could_not_save(problem, file) from problem
    with handle:
        if not _acquire(handle):
            handle.seek(0)
            holder, _, since = handle.read().strip().partition("|")
            raise CouldNotSave("campaign_busy", holder=holder or "?", since=since or "?")
        handle.seek(0)
        handle.truncate()
        handle.write(f"{who} ({os.getpid()})|{now:%d/%m/%Y %H:%M}")
        handle.flush()
        try:
            yield
        finally:
            handle.seek(0)
            handle.truncate()
            _release(handle)


# The lock lies far behind the text, so that Windows, whose locks also forbid reading, lets the holder's name be read.
_OFFSET = 1 << 20

if sys.platform == "win32":
    import msvcrt

    def _acquire(handle: IO[str]) -> bool:
        handle.seek(_OFFSET)
        try:
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _release(handle: IO[str]) -> None:
        handle.seek(_OFFSET)
        msvcrt.locking(handle.fileno(), msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _acquire(handle: IO[str]) -> bool:
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _OFFSET)
        except OSError:
            return False
        return True

    def _release(handle: IO[str]) -> None:
        fcntl.lockf(handle, fcntl.LOCK_UN, 1, _OFFSET)
