"""What installation and doctor ask of a machine for LibreOffice, beyond what they ask for Excel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Protocol

from addin.hosts.excel.system import System


class Machine(System, Protocol):
    """One machine, seen by one user. Every method may raise OSError; those that look change nothing."""

    def is_root(self) -> bool:
        """Whether the user is root, whom ``unopkg`` refuses; never on Windows."""
        ...

    def on_the_path(self, name: str) -> PurePath | None:
        """The program that a shell would start, links followed; None where there is none."""
        ...

    def folders_in(self, folder: PurePath) -> Sequence[PurePath]:
        """The folders of a folder, sorted; none where there is no such folder."""
        ...

    def remove_folder(self, path: PurePath) -> None:
        """Remove a folder with all that is in it, if it is there."""
        ...

    # -- the office's own program for extensions; each raises ``extension.UnopkgError``

    def add_extension(self, unopkg: PurePath, file: PurePath, profile: PurePath) -> None:
        """Install an extension into a profile, over one of another version."""
        ...

    def remove_extension(self, unopkg: PurePath, identifier: str, profile: PurePath) -> None:
        """Remove an extension from a profile."""
        ...
