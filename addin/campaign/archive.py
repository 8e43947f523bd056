"""Keeping what was taken: a copy of each report by content in ``luu-tru``, and files from elsewhere in the inbox.

``luu-tru`` is why a clerk may overwrite a file in the inbox with a corrected one and every earlier figure can still be
recomputed from what was read then (docs/decisions/0003).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self

from addin.campaign.folder import ARCHIVE, Campaign
from addin.campaign.saving import could_not_save, unfinished

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]')
_SLASH = re.compile(r"[/\\]")
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_LONGEST_NAME = 200  # bytes
_THREADS = 8
_BUFFER = 1 << 16
_OPEN_AT_ONCE = 16
"""Files, by each thread: a process may have 256 open on some systems."""


def archived(campaign: Campaign, sha256: str, ending: str = ".xlsx") -> Path:
    """Where a report of that content, or other evidence, lies in the archive."""
    return campaign.folder / kept_as(sha256, ending)


def kept_as(sha256: str, ending: str = ".xlsx") -> str:
    """That place, relative to the campaign folder."""
    return f"{ARCHIVE}/{sha256[:2]}/{sha256}{ending}"


def archive(campaign: Campaign, sha256: str, data: bytes, ending: str = ".xlsx") -> None:
    """Keep a report by content; keeping it again changes nothing, and mends a copy that was damaged.

    Raises CouldNotSave.
    """
    target = archived(campaign, sha256, ending)
    if not _is_kept(target, data):
        _write_whole(campaign, [(target, data)])


def archive_all(campaign: Campaign, reports: Sequence[tuple[str, bytes]]) -> None:
    """The same for several reports, each with its SHA-256. Raises CouldNotSave."""
    wanted = [(archived(campaign, sha256), data) for sha256, data in reports]
    missing = [(target, data) for target, data in wanted if not _is_kept(target, data)]
    for begin in range(0, len(missing), _OPEN_AT_ONCE):
        _write_whole(campaign, missing[begin : begin + _OPEN_AT_ONCE])


class Archiving:
    """Archives reports by threads of its own; a context manager, at whose end nothing is under way any more.

    A disk takes some milliseconds to say that a file is safe, and for many at once hardly more.
    """

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        self._threads: ThreadPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._threads is not None:
            self._threads.shutdown(wait=True, cancel_futures=problem is not None)

    def keep(self, reports: Sequence[tuple[str, bytes]]) -> Future[None]:
        """See ``archive_all``, which tells by the future what it raises."""
        if self._threads is None:
            from concurrent.futures import ThreadPoolExecutor  # not where nothing is new

            self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="archiving")
        return self._threads.submit(archive_all, self._campaign, reports)


def from_archive(campaign: Campaign, sha256: str) -> bytes | None:
    """A kept report's bytes; None where the copy is gone or no longer what was kept."""
    try:
        data = archived(campaign, sha256).read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def into_inbox(campaign: Campaign, name: str, sha256: str, data: bytes) -> Path:
    """Copy a file from elsewhere into the inbox by content: a name that is taken by other content gets a suffix.

    Returns the copy's path. Raises CouldNotSave.
    """
    safe = safe_name(name)
    target = campaign.inbox / safe
    if os.path.lexists(target) and not _holds(target, sha256):
        target = target.with_name(f"{target.stem}-{sha256[:8]}{target.suffix}")
    if not _holds(target, sha256):
        _write_whole(campaign, [(target, data)])
    return target


def safe_name(name: str) -> str:
    """A file name that every system takes and that leads nowhere else; composed, since macOS sends names decomposed."""
    name = unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "replace"))
    name = _UNSAFE.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .") or "bao-cao.xlsx"
    if _RESERVED.match(name) or name.startswith("~$"):
        name = f"_{name}"
    path = Path(name)
    # Many systems count bytes, 255 of them, and a Vietnamese letter takes up to three.
    stem, ending = path.stem, path.suffix[:16]
    room = _LONGEST_NAME - len(ending.encode())
    return f"{stem.encode()[:room].decode('utf-8', 'ignore').rstrip(' .')}{ending}"


def named_after(text: str) -> str:
    """The same for a name made of what people call things: a slash in a unit's name or a date leads into no folder,
    and nothing before it is lost."""
    return safe_name(_SLASH.sub("-", text))


def _holds(file: Path, sha256: str) -> bool:
    """Whether that content lies there; a link to it is no copy."""
    try:
        return not file.is_symlink() and file.is_file() and file_sha256(file) == sha256
    except OSError:
        return False


def file_sha256(file: Path) -> str:
    """SHA-256 of a file's content. Raises OSError."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _is_kept(target: Path, data: bytes) -> bool:
    """Whether a report lies in the archive as it is; a link to it is no copy."""
    try:
        if not stat.S_ISREG(target.lstat().st_mode):
            return False
        with target.open("rb", buffering=0) as file:
            return file.read(len(data) + 1) == data
    except OSError:
        return False


def _write_whole(campaign: Campaign, files: Sequence[tuple[Path, bytes]]) -> None:
    """Write files so that each is there whole or not at all. Several are handed to the disk before it is asked whether
    the first is safe, since it then has hardly more to do for all of them."""
    opened: list[tuple[IO[bytes], Path]] = []
    at = campaign.folder
    try:
        try:
            for at, data in files:  # noqa: B007 - said where it fails
                temporary = unfinished(campaign.folder)
                opened.append((temporary.open("xb", buffering=_BUFFER), temporary))
                opened[-1][0].write(data)
                opened[-1][0].flush()
            for (at, _), (file, temporary) in zip(files, opened, strict=True):
                with file:
                    # The ledger may reach the disk first, and a name without its content would pass for the report.
                    os.fsync(file.fileno())
                _into_place(temporary, at)
        except BaseException:
            for file, temporary in opened:
                with contextlib.suppress(OSError):  # what could not be written cannot be written now
                    file.close()
                temporary.unlink(missing_ok=True)
            raise
    except OSError as problem:
        raise could_not_save(problem, at) from problem


def _into_place(temporary: Path, target: Path) -> None:
    try:
        temporary.replace(target)
    except FileNotFoundError:  # the first file of its folder
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.replace(target)
