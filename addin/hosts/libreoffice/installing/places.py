"""Where things lie: in the office's profile, and on Linux the program's own folders.

On Windows and macOS Excel's host knows the program's own folders (``addin.hosts.excel.places``) and clears them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from addin.hosts.excel.places import ACCOUNTS_NAME, COPIES_NAME
from addin.hosts.excel.system import Kind
from addin.hosts.libreoffice.installing.machine import Machine
from addin.hosts.libreoffice.profile import SETTINGS

_NEW = ".moi"
LOG_NAME = "libreoffice.log"


@dataclass(frozen=True, slots=True)
class Places:
    """Paths of one user. ``own_data`` and ``accounts`` are None where Excel's host has them."""

    profile: PurePath
    settings: PurePath
    log: PurePath
    own_data: PurePath | None
    accounts: PurePath | None

    @property
    def lock(self) -> PurePath:
        """There while an office runs with this profile; and after a crash."""
        return self.profile / ".lock"

    @property
    def packages(self) -> PurePath:
        """Where the office keeps the user's extensions."""
        return self.profile / "user" / "uno_packages" / "cache"

    @property
    def remembered(self) -> PurePath:
        """What the office remembers of its windows, among much else."""
        return self.profile / "user" / "registrymodifications.xcu"

    @property
    def copies(self) -> PurePath | None:
        """The folder of the workbooks set aside."""
        return None if self.own_data is None else self.own_data / COPIES_NAME

    def half_written(self, target: PurePath) -> PurePath:
        """What a target is called while it is written."""
        return target.parent / (target.name + _NEW)


def places(machine: Machine, profile: PurePath) -> Places:
    """Where things lie for the user of ``machine`` whose office has that profile."""
    settings = profile.joinpath(*SETTINGS.parts)
    if machine.kind is not Kind.LINUX:
        return Places(profile, settings, settings.parent / LOG_NAME, None, None)
    own_data = _folder(machine, "XDG_STATE_HOME", ".local", "state") / "sangkien"
    accounts = _folder(machine, "XDG_CONFIG_HOME", ".config") / "sangkien" / ACCOUNTS_NAME
    return Places(profile, settings, settings.parent / LOG_NAME, own_data, accounts)


def _folder(machine: Machine, variable: str, *below_home: str) -> PurePath:
    given = machine.variable(variable)
    return machine.path(given) if given else machine.home.joinpath(*below_home)
