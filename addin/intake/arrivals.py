"""What lies in the inbox: every path met is named, and each readable file is read exactly once.

Two steps, since a caller may know a file already: ``walk`` finds paths, without opening any; ``read_arrival`` reads
one. Links are never followed, not even where one is named by the caller; nothing but a regular file is ever opened.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from addin.intake import sniff
from addin.intake.refusals import refuse
from validation.errors import Refusal

MEGABYTE = 1 << 20
MAX_BYTES = 50 * MEGABYTE
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "icon\r"})
_WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_END_OF_ZIP = b"PK\x05\x06"
_END_OF_ZIP_WITHIN = 65_557  # its own 22 bytes and the longest comment
_OPEN_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)  # a FIFO must not wait for a writer
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


@dataclass(frozen=True, slots=True)
class Found:
    """A path met on the walk; ``refusal`` where its kind or name already says that it is no submission."""

    path: Path
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """One path met: its bytes, or why there are none. ``display`` is the name as it can safely be shown;
    ``path`` opens the file. ``modified`` is in ns since the epoch; it never decides anything of a report."""

    path: Path
    display: str
    size: int = 0
    modified: int = 0
    sha256: str | None = None
    data: bytes | None = None
    refusal: Refusal | None = None

    def without_data(self) -> Arrival:
        """The same arrival, its bytes let go."""
        return Arrival(self.path, self.display, self.size, self.modified, self.sha256, None, self.refusal)

    def refused(self, refusal: Refusal) -> Arrival:
        """The same arrival, which is not taken, its bytes let go."""
        return Arrival(self.path, self.display, self.size, self.modified, self.sha256, None, refusal)


@dataclass(frozen=True, slots=True)
class Patience:
    """How a file that is being written is waited for: up to ``attempts`` readings, ``settle`` seconds apart.

    ``clock`` is the time now in seconds since the epoch, ``wait`` lets some seconds pass.
    """

    attempts: int = 3
    settle: float = 2.0
    clock: Callable[[], float] = time.time
    wait: Callable[[float], None] = time.sleep


PATIENT = Patience()


def arrivals(sources: Iterable[Path], patience: Patience = PATIENT) -> Iterator[Arrival]:
    """Every path under the sources, read one after the other as the caller goes along."""
    for found in walk(sources):
        yield read_arrival(found, patience)


def walk(sources: Iterable[Path]) -> Iterator[Found]:
    """Every file under the given files and folders, each path once, folders after their parent and all by name.

    Also named, with a refusal: links, special files, system and lock files, folders that cannot be read, folders
    called like a workbook (and then walked), hidden folders (not walked).
    """
    met: set[str] = set()
    for source in sources:
        for found in _walk_one(Path(source)):
            key = os.path.abspath(found.path)  # noqa: PTH100 - resolve() would follow links
            if key not in met:
                met.add(key)
                yield found


def _walk_one(source: Path) -> Iterator[Found]:
    waiting = [source]
    while waiting:
        path = waiting.pop()
        try:
            status = path.lstat()
        except OSError as problem:
            yield Found(path, _unopened(problem, gone="not_found" if path == source else "vanished"))
            continue
        if stat.S_ISDIR(status.st_mode) and not _is_link(status):
            if _is_system(path) and path != source:
                yield Found(path, refuse("system_file"))
                continue
            if path.name.lower().endswith(_WORKBOOK_ENDINGS):
                yield Found(path, refuse("folder_named_as_workbook"))
            try:
                waiting.extend(reversed(_listing(path)))
            except OSError as problem:
                yield Found(path, refuse("folder_unreadable", problem=_words(problem)))
        else:
            yield Found(path, _by_kind(path, status))


def _listing(folder: Path) -> list[Path]:
    return sorted(folder.iterdir(), key=lambda p: (unicodedata.normalize("NFC", p.name).casefold(), p.name))


def _by_kind(path: Path, status: os.stat_result) -> Refusal | None:
    if _is_link(status):
        return refuse("link")
    if not stat.S_ISREG(status.st_mode):
        return refuse("special_file")
    if path.name.startswith(("~$", ".~lock.")):
        return refuse("owner_file")
    return refuse("system_file") if _is_system(path) else None


def _is_link(status: os.stat_result) -> bool:
    """Symbolic links, and on Windows junctions; other reparse points there are ordinary files of a cloud folder."""
    tag = getattr(status, "st_reparse_tag", 0)
    return stat.S_ISLNK(status.st_mode) or (tag != 0 and tag == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1))


def _is_system(path: Path) -> bool:
    return path.name.startswith(".") or path.name.lower() in _SYSTEM_FILES or path.name == "__MACOSX"


def read_arrival(found: Found, patience: Patience = PATIENT) -> Arrival:
    """Read a found file's bytes, once, as they are when nobody is writing them.

    Never raises for what is wrong with the file: that is the arrival's refusal.
    """
    path, shown = found.path, display(found.path)
    if found.refusal is not None:
        return Arrival(path, shown, refusal=found.refusal)
    try:
        for attempt in range(patience.attempts):
            if attempt:
                patience.wait(patience.settle)
            size, modified, data, steady = _read(path)
            if steady and not _may_be_unfinished(data, modified, patience):
                break
        else:
            if not steady:
                return Arrival(path, shown, size, modified, refusal=refuse("still_being_written"))
    except Refusal as refusal:
        return Arrival(path, shown, refusal=refusal)
    except OSError as problem:
        return Arrival(path, shown, refusal=_unopened(problem, gone="vanished"))
    sha256 = hashlib.sha256(data).hexdigest()
    if not data:
        return Arrival(path, shown, 0, modified, sha256, refusal=refuse("empty_file"))
    return Arrival(path, shown, len(data), modified, sha256, data)


def _read(path: Path) -> tuple[int, int, bytes, bool]:
    """Size, time of change and bytes of a regular file, and whether it stayed as it was while being read."""
    descriptor = os.open(path, _OPEN_FLAGS)
    try:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):  # exchanged since the walk
            raise refuse("special_file")
        if before.st_size > MAX_BYTES:
            raise _too_large(before.st_size)
        chunks: list[bytes] = []
        left = before.st_size + 1  # one more, to see a file grow
        while left > 0 and (chunk := os.read(descriptor, left)):
            chunks.append(chunk)
            left -= len(chunk)
        after = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    data = chunks[0] if len(chunks) == 1 else b"".join(chunks)
    steady = before.st_size == after.st_size == len(data) and before.st_mtime_ns == after.st_mtime_ns
    return after.st_size, after.st_mtime_ns, data, steady


def _may_be_unfinished(data: bytes, modified: int, patience: Patience) -> bool:
    """A file changed a moment ago that is empty, or a zip without its end, is probably still being copied."""
    whole = data and not (data.startswith(sniff.ZIP) and data.rfind(_END_OF_ZIP, -_END_OF_ZIP_WITHIN) < 0)
    return not whole and abs(patience.clock() - modified / 1e9) < patience.settle


def _too_large(size: int) -> Refusal:
    return refuse("too_large", megabytes=-(-size // MEGABYTE), limit=MAX_BYTES // MEGABYTE)


def _unopened(problem: OSError, gone: str) -> Refusal:
    """Why a path could not be opened."""
    match problem.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return refuse(gone)
        case errno.EACCES | errno.EPERM:  # on Windows also where another program holds the file
            return refuse("no_permission")
        case errno.ELOOP | errno.EMLINK:  # O_NOFOLLOW: a link has taken the file's place
            return refuse("link")
        case errno.ENXIO | errno.EISDIR:
            return refuse("special_file")
        case _:
            return refuse("unreadable", problem=_words(problem))


def _words(problem: OSError) -> str:
    return problem.strerror or type(problem).__name__


def display(path: Path) -> str:
    """A path as it can be shown on a screen and in a sheet: composed, and what would break a line, reverse the
    reading direction or is no text at all shown as ``\\uXXXX``."""
    text = unicodedata.normalize("NFC", str(path))
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
