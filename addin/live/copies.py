"""A copy of the workbook, set aside before a button changes anything, and beside it the journal of each repair.

They lie in this user's own folder for the program, not beside the workbook: that folder may be a campaign's inbox,
which is read whole, a synchronised or shared folder, or none at all. The last ten of each workbook are kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import xlwings

from addin.campaign.archive import safe_name
from addin.errors import CouldNotSave
from addin.incidents import log_file
from addin.live.host import Host

KEPT = 10
_JOURNAL, _UNDONE = ".sua.json", ".sua-da-hoan-tac.json"


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy set aside. ``exact``: it holds what was not yet saved, too."""

    path: Path
    exact: bool

    @property
    def journal(self) -> Path:
        """Where the journal of a repair that began from this copy is kept."""
        return self.path.with_name(f"{self.path.stem}{_JOURNAL}")


def copies_folder() -> Path:
    """Where all copies are kept."""
    return log_file().parent / "sao-luu"


def set_aside(host: Host, book: xlwings.Book, now: datetime) -> Copy:
    """Copy the workbook as it stands. Raises CouldNotSave ``copy_failed``."""
    folder = folder_of(host, book)
    suffix = Path(book.name).suffix.lower() or ".xlsx"
    path = folder / f"{now:%Y%m%d-%H%M%S-%f}{suffix}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        exact = host.save_copy(book, path)
    except OSError as problem:
        raise CouldNotSave("copy_failed", book=book.name, folder=folder) from problem
    _keep_the_last(folder)
    return Copy(path, exact)


@contextlib.contextmanager
def momentary(host: Host, book: xlwings.Book) -> Iterator[Copy | None]:
    """A copy only to read from; None where none can be had."""
    with tempfile.TemporaryDirectory(prefix="sangkien-") as folder:
        path = Path(folder) / f"ban-sao{Path(book.name).suffix.lower() or '.xlsx'}"
        copy = None
        with contextlib.suppress(OSError):
            copy = Copy(path, host.save_copy(book, path))
        yield copy


def folder_of(host: Host, book: xlwings.Book) -> Path:
    """The folder of a workbook's copies: by where it lies; before its first saving, by its name."""
    location = host.location(book) or book.name
    known = os.path.normcase(location)
    digest = hashlib.sha256(known.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    stem = Path(safe_name(f"{Path(book.name).stem}.xlsx")).stem[:40].strip()
    return copies_folder() / f"{stem}-{digest}"


def last_journal(host: Host, book: xlwings.Book) -> Path | None:
    """The journal of the last repair of a workbook that has not been undone."""
    journals = sorted(folder_of(host, book).glob(f"*{_JOURNAL}"))
    return journals[-1] if journals else None


def close_journal(journal: Path) -> None:
    """Mark a repair as undone."""
    journal.replace(journal.with_name(f"{journal.name.removesuffix(_JOURNAL)}{_UNDONE}"))


def _keep_the_last(folder: Path) -> None:
    stamps = sorted({file.name.partition(".")[0] for file in folder.iterdir()})
    for stamp in stamps[:-KEPT]:
        for file in folder.glob(f"{stamp}.*"):
            file.unlink(missing_ok=True)
