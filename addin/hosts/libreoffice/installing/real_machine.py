"""The machine itself: Windows' and macOS' as Excel's host knows them, and Linux."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path, PurePath

from addin.hosts.excel.real_system import MacSystem
from addin.hosts.excel.system import Kind
from addin.hosts.libreoffice import extension
from addin.hosts.libreoffice.installing.machine import Machine


class OfficeFiles:
    """What LibreOffice's host asks beyond Excel's; alike on every system."""

    def is_root(self) -> bool:
        """Whether we are root."""
        return sys.platform != "win32" and os.geteuid() == 0

    def on_the_path(self, name: str) -> PurePath | None:
        """The program of that name, links followed."""
        found = shutil.which(name)
        return None if found is None else Path(found).resolve()

    def folders_in(self, folder: PurePath) -> Sequence[PurePath]:
        """The folders of a folder."""
        try:
            return sorted(one for one in Path(folder).iterdir() if one.is_dir())
        except (FileNotFoundError, NotADirectoryError):
            return ()

    def remove_folder(self, path: PurePath) -> None:
        """Remove a folder and what is in it."""
        if Path(path).is_dir():
            shutil.rmtree(path)

    def add_extension(self, unopkg: PurePath, file: PurePath, profile: PurePath) -> None:
        """``unopkg add``."""
        extension.add(Path(unopkg), Path(file), Path(profile))

    def remove_extension(self, unopkg: PurePath, identifier: str, profile: PurePath) -> None:
        """``unopkg remove``."""
        extension.remove(Path(unopkg), Path(profile), identifier)


class MacMachine(OfficeFiles, MacSystem):
    """macOS."""


class LinuxMachine(OfficeFiles, MacSystem):
    """Linux: ``ps`` answers as on macOS, and there is no registry either."""

    kind = Kind.LINUX


if sys.platform == "win32":
    from addin.hosts.excel.real_system import WindowsSystem

    class WindowsMachine(OfficeFiles, WindowsSystem):
        """Windows."""


def this_machine() -> Machine:
    """The machine that we run on."""
    if sys.platform == "win32":
        return WindowsMachine()
    return MacMachine() if sys.platform == "darwin" else LinuxMachine()
