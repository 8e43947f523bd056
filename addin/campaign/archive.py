"""Keeping what was taken: a copy of each report by content in ``luu-tru``, and files from elsewhere in the inbox.

``luu-tru`` is why a clerk may overwrite a file in the inbox with a corrected one and every earlier figure can still be
recomputed from what was read then (docs/decisions/0003).
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from pathlib import Path

from addin.campaign.folder import Campaign
from addin.campaign.saving import could_not_save

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]')
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_LONGEST_NAME = 120


def archived(campaign: Campaign, sha256: str) -> Path:
    """Where a report of that content lies in the archive."""
    return campaign.archive / sha256[:2] / f"{sha256}.xlsx"


def archive(campaign: Campaign, sha256: str, data: bytes) -> None:
    """Keep a report by content; keeping it again changes nothing. Raises CouldNotSave."""
    _write_new(archived(campaign, sha256), data)


def into_inbox(campaign: Campaign, name: str, sha256: str, data: bytes) -> Path:
    """Copy a file from elsewhere into the inbox by content: a name that is taken by other content gets a suffix.

    Returns the copy's path. Raises CouldNotSave.
    """
    safe = safe_name(name)
    target = campaign.inbox / safe
    if target.exists() and not _holds(target, sha256):
        target = target.with_name(f"{target.stem}-{sha256[:8]}{target.suffix}")
    if not target.exists():
        _write_new(target, data)
    return target


def safe_name(name: str) -> str:
    """A file name that every system takes and that leads nowhere else; composed, since macOS sends names decomposed."""
    name = unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "replace"))
    name = _UNSAFE.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .") or "bao-cao.xlsx"
    if _RESERVED.match(name) or name.startswith("~$"):
        name = f"_{name}"
    path = Path(name)
    return f"{path.stem[: _LONGEST_NAME - len(path.suffix)].rstrip()}{path.suffix}"


def _holds(file: Path, sha256: str) -> bool:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest() == sha256
    except OSError:
        return False


def _write_new(target: Path, data: bytes) -> None:
    if target.exists():
        return
    temporary = target.with_name(f".{target.name[:40]}.{os.getpid()}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            temporary.write_bytes(data)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as problem:
        raise could_not_save(problem, target) from problem
