"""The extension as it lies in a profile, read without starting anything of the office's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from addin.hosts.libreoffice.extension import IDENTIFIER
from addin.hosts.libreoffice.installing.machine import Machine
from addin.hosts.libreoffice.installing.payload import DESCRIPTION, Payload, version_of
from addin.hosts.libreoffice.installing.places import Places

_LISTED = re.compile(rb"[\xff\n]" + re.escape(IDENTIFIER.encode()) + rb"\n([\w.]+)\xff([^\xff\n]+)\xff")
"""An entry of uno_packages.pmap: identifier, folder, file name, type, version."""


class State(StrEnum):
    """What of the extension is there."""

    MISSING = "missing"
    DAMAGED = "damaged"  # listed, but its files are not there or not ours
    OTHER = "other"  # of another version, or changed
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Present:
    """``folder`` is where it lies, None where it is missing; ``version`` None where it cannot be read."""

    state: State
    folder: PurePath | None = None
    version: str | None = None


def present(machine: Machine, where: Places, payload: Payload) -> Present:
    """The extension in the profile, compared part by part with the packaged one. Raises OSError."""
    listed = _LISTED.search(machine.read(where.packages / "uno_packages.pmap") or b"")
    if listed is None:
        return Present(State.MISSING)
    unpacked = f"{listed[1].decode('ascii', errors='replace')}_"
    folder = where.packages / "uno_packages" / unpacked / listed[2].decode("utf-8", errors="replace")
    version = version_of(machine.read(folder / DESCRIPTION) or b"")
    if version is None:
        return Present(State.DAMAGED, folder)
    same = all(machine.read(folder.joinpath(*path.split("/"))) == data for path, data in payload.parts.items())
    return Present(State.SAME if same else State.OTHER, folder, version)


def left_over(machine: Machine, where: Places) -> list[PurePath]:
    """Folders of the extension that a removal leaves until the office's next starts. Raises OSError."""
    stores = (where.packages / "uno_packages", where.profile / "user" / "extensions" / "tmp" / "extensions")
    return [
        folder
        for store in stores
        for folder in machine.folders_in(store)
        if any(version_of(machine.read(one / DESCRIPTION) or b"") for one in machine.folders_in(folder))
    ]
