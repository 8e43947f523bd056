"""Starting to read before the merge itself is loaded, where there is probably something to read.

A guess, which decides nothing: a wrong one costs a child for nothing, or its start later. What there is to read is
found out by content (``taking``).
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from addin.intake.ahead import child_ahead

_LEDGER, _INBOX, _SETTINGS = "so-cai.sqlite", "nhan", "chien-dich.toml"
"""As ``addin.campaign.folder`` has them, which takes too long to load here; a test holds them together."""
_NEEDED = ("addin.merge.reading", "addin.intake.reader", "validation.assess")


def reading_ahead(folder: Path, sources: Sequence[Path]) -> AbstractContextManager[None]:
    """For the time of a merge of ``sources`` (none: the inbox): a child that is starting, if one will be needed."""
    return child_ahead(*_NEEDED) if something_seems_new(folder, sources) else contextlib.nullcontext()


def something_seems_new(folder: Path, sources: Sequence[Path]) -> bool:
    """Whether a file was changed or came since the ledger was last written. Never raises."""
    if not (folder / _SETTINGS).is_file():
        return False
    try:
        since = (folder / _LEDGER).stat().st_mtime_ns
    except OSError:
        since = 0
    return any(seen > since for seen in _times(sources or [folder / _INBOX]))


def _times(sources: Iterable[Path]) -> Iterator[int]:
    """When each file was last changed, or came where it is (a copy keeps the time of its original)."""
    waiting: list[str | Path] = list(sources)
    while waiting:
        path = waiting.pop()
        with contextlib.suppress(OSError):
            if not os.path.isdir(path):  # noqa: PTH112 - of many, by text
                status = os.stat(path)  # noqa: PTH116
                yield max(status.st_mtime_ns, status.st_ctime_ns)
                continue
            with os.scandir(path) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif entry.is_file(follow_symlinks=False):
                        status = entry.stat(follow_symlinks=False)
                        yield max(status.st_mtime_ns, status.st_ctime_ns)
