"""Replacing a file so that, whatever happens, either the old or the new one is whole.

Written beside the target, flushed to disk, proved by the caller, then renamed over it (facts/reading: ``save()`` in
place destroyed 36 of 36 workbooks when killed; this way kept 36 of 36).
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from addin.errors import CouldNotSave

_HELD_BY_ANOTHER_PROGRAM = frozenset({5, 32, 33})  # Windows: access denied, sharing and lock violation
_TRIES = 5
_UNFINISHED = re.compile(r"\.[0-9a-f]{12}\.tmp(?:-journal)?")


def office_owner(file: Path) -> tuple[Path, str] | None:
    """Who has ``file`` open in a spreadsheet program: the owner file beside it, and the name in it, ``?`` where it has
    none. None where nobody seems to.

    Excel writes ``~$name.xlsx``, LibreOffice ``.~lock.name.xlsx#``.
    """
    excel = file.with_name(f"~${file.name}")
    libre = file.with_name(f".~lock.{file.name}#")
    for lock, name_in in ((excel, _name_in_excel), (libre, _name_in_libre)):
        if os.path.lexists(lock):
            try:
                return lock, name_in(lock.read_bytes()) or "?"
            except OSError:  # Excel lets nobody read it on Windows
                return lock, "?"
    return None


def _name_in_excel(data: bytes) -> str:
    """The owner file holds the name twice: one byte a letter in the system's code page, and from byte 55 in UTF-16."""
    wide_length = int.from_bytes(data[55:57], "little")
    wide = data[57 : 57 + 2 * wide_length].decode("utf-16-le", "replace").strip(" \0")
    narrow = data[1 : 1 + data[0]].decode("cp1258", "replace").strip(" \0") if data else ""
    return wide or narrow


def _name_in_libre(data: bytes) -> str:
    fields = data.decode("utf-8", "replace").split(",")
    return next((field.strip() for field in fields[:3] if field.strip()), "")


def refuse_if_open(file: Path) -> None:
    """Raise CouldNotSave ``master_open`` where a spreadsheet program has the file."""
    owner = office_owner(file)
    if owner is not None:
        raise CouldNotSave("master_open", path=file, owner=owner[1], lock=owner[0].name)


def unfinished(folder: Path) -> Path:
    """A name for a file that gets its own when it is whole; ``clear_unfinished`` knows it again."""
    return folder / f".{secrets.token_hex(6)}.tmp"


def clear_unfinished(folder: Path) -> None:
    """Take away what a run that was killed left behind. For the only writer of the folder; never raises."""
    for pattern in (".*.tmp", ".*.tmp-journal"):
        for file in folder.glob(pattern):
            if _UNFINISHED.fullmatch(file.name):
                with contextlib.suppress(OSError):
                    file.unlink()


def replace_whole(
    target: Path,
    write: Callable[[Path], None],
    prove: Callable[[Path], None] = lambda _: None,
    wait: Callable[[float], None] = time.sleep,
) -> None:
    """Write a new ``target``: ``write`` fills a temporary file, ``prove`` raises where it is not right.

    Raises CouldNotSave (``disk_full``, ``cannot_write``, ``master_open``) and whatever the two raise; the old file is
    then untouched and the temporary one gone. ``wait`` pauses between tries on Windows, where a file may be held for
    a moment.
    """
    refuse_if_open(target)
    temporary = unfinished(target.parent)  # the same folder, so that the rename stays within one file system
    try:
        try:
            write(temporary)
            _flush(temporary)
            prove(temporary)
            refuse_if_open(target)
            _rename(temporary, target, wait)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as problem:
        raise could_not_save(problem, target) from problem
    flush_folder(target.parent)


def could_not_save(problem: OSError, path: Path) -> CouldNotSave:
    """The sentence for an operating system's refusal to write."""
    if problem.errno in {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else problem.errno == errno.ENOSPC:
        return CouldNotSave("disk_full", path=path)
    if getattr(problem, "winerror", None) in _HELD_BY_ANOTHER_PROGRAM:
        return CouldNotSave("master_open", path=path, owner="?", lock=f"~${path.name}")
    return CouldNotSave("cannot_write", path=path, problem=problem.strerror or problem)


@contextlib.contextmanager
def saving(folder: Path) -> Iterator[None]:
    """Turn what the operating system says no to, anywhere within, into CouldNotSave."""
    try:
        yield
    except OSError as problem:
        raise could_not_save(problem, Path(problem.filename) if problem.filename else folder) from problem


def _flush(file: Path) -> None:
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())


def flush_folder(folder: Path) -> None:
    """Make a rename in the folder survive a power cut, where the system can."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        pass  # some file systems cannot; the rename itself is done
    finally:
        os.close(handle)


def _rename(source: Path, target: Path, wait: Callable[[float], None]) -> None:
    for attempt in range(_TRIES):
        try:
            source.replace(target)
        except OSError as problem:
            held = getattr(problem, "winerror", None) in _HELD_BY_ANOTHER_PROGRAM
            if not held or attempt == _TRIES - 1:
                raise
            wait(0.2 * 2**attempt)
        else:
            return
