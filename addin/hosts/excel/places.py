"""Where things lie: the folder Excel starts its add-ins from, the settings that the macros read, the log.

Sources: xlwings' and our own macros (macros/vba/SkSettings.bas), Microsoft's documentation of XLSTART.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from addin.hosts.excel.system import Kind, System

ADDIN_NAME = "sangkien.xlam"
SETTINGS_NAME = "sangkien.conf"
ACCOUNTS_NAME = "hop-thu.toml"
COPIES_NAME = "sao-luu"
PROPOSED_FOLDER = "C:\\CongDoan"
"""Where to install on Windows: no accents, no user's name, not roaming, not synchronised."""

_NEW = ".moi"


@dataclass(frozen=True, slots=True)
class Places:
    """Paths of one user. ``script`` is what Excel for Mac needs to start Python; None on Windows.

    ``staging`` is a folder on the drive of ``startup`` from which Excel opens nothing: a half-written file in the
    startup folder itself would be opened by Excel. ``own_data`` is the program's own folder: logs, what was open last,
    and in a folder of their own the copies of workbooks that were set aside before a button changed them.
    """

    startup: PurePath
    staging: PurePath
    settings: PurePath
    script: PurePath | None
    own_data: PurePath
    accounts: PurePath

    @property
    def addin(self) -> PurePath:
        """The installed add-in."""
        return self.startup / ADDIN_NAME

    @property
    def copies(self) -> PurePath:
        """The folder of the workbooks set aside."""
        return self.own_data / COPIES_NAME

    def half_written(self, target: PurePath) -> PurePath:
        """What a target is called while it is written."""
        folder = self.staging if target.parent == self.startup else target.parent
        return folder / (target.name + _NEW)


def places(system: System, xlwings: str) -> Places:
    """Where things lie for the user of ``system``, with macros of this version of xlwings."""
    return _on_windows(system) if system.kind is Kind.WINDOWS else _on_mac(system, xlwings)


def _on_windows(system: System) -> Places:
    roaming = _folder(system, "APPDATA", "AppData", "Roaming")
    local = _folder(system, "LOCALAPPDATA", "AppData", "Local")
    excel = roaming / "Microsoft" / "Excel"
    return Places(
        startup=excel / "XLSTART",
        staging=excel,
        settings=system.home / ".sangkien" / SETTINGS_NAME,
        script=None,
        own_data=local / "sangkien",
        accounts=roaming / "sangkien" / ACCOUNTS_NAME,
    )


def _on_mac(system: System, xlwings: str) -> Places:
    library = system.home / "Library"
    content = library / "Group Containers" / "UBF8T346G9.Office" / "User Content.localized"
    excel = "com.microsoft.Excel"
    return Places(
        startup=content / "Startup.localized" / "Excel",
        staging=content,
        # Excel's home is that of its sandbox.
        settings=library / "Containers" / excel / "Data" / SETTINGS_NAME,
        script=library / "Application Scripts" / excel / f"xlwings-{xlwings}.applescript",
        own_data=library / "Logs" / "sangkien",
        accounts=library / "Application Support" / "sangkien" / ACCOUNTS_NAME,
    )


def _folder(system: System, variable: str, *below_home: str) -> PurePath:
    given = system.variable(variable)
    return system.path(given) if given else system.home.joinpath(*below_home)
