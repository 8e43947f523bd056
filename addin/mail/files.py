"""Files of mail, letters and settings: whole or not at all."""

from __future__ import annotations

from pathlib import Path

from addin.campaign.saving import could_not_save, replace_whole


def write_whole(file: Path, data: bytes) -> None:
    """Write a file, and its folder where there is none yet. Raises CouldNotSave."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise could_not_save(problem, file) from problem
    replace_whole(file, lambda temporary: _put(temporary, data))


def _put(file: Path, data: bytes) -> None:
    file.write_bytes(data)
