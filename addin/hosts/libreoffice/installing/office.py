"""The LibreOffice that is installed: where, which version, which profile is the user's.

Sources: the office's own files bootstraprc (bootstrap.ini on Windows) and what its installers write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from addin.hosts.excel.system import Hive, Kind
from addin.hosts.libreoffice.installing.machine import Machine

_INSTALL_PATH = r"SOFTWARE\LibreOffice\UNO\InstallPath"
_BOOTSTRAP = {Kind.WINDOWS: "bootstrap.ini", Kind.MAC: "../Resources/bootstraprc", Kind.LINUX: "bootstraprc"}
_SOFFICE = {Kind.WINDOWS: "soffice.exe", Kind.MAC: "soffice", Kind.LINUX: "soffice"}
_UNOPKG = {Kind.WINDOWS: "unopkg.com", Kind.MAC: "unopkg", Kind.LINUX: "unopkg"}
_ON_LINUX = ("/usr/lib/libreoffice", "/usr/lib64/libreoffice", "/usr/local/lib/libreoffice")
_FLATPAK = "app/org.libreoffice.LibreOffice"


@dataclass(frozen=True, slots=True)
class Office:
    """An installed LibreOffice.

    ``folder`` holds its programs; ``version`` is (7, 4), None where it does not say; ``profile`` is the user's, there
    or not yet. ``confined`` is ``snap`` or ``flatpak`` where it lives in a box from which no program of ours starts.
    """

    folder: PurePath
    version: tuple[int, int] | None
    profile: PurePath
    unopkg: PurePath
    confined: str = ""


def find_office(machine: Machine) -> Office | None:
    """The office that the user would start; None where there is none. One that is not confined comes first."""
    for folder in _folders(machine):
        bootstrap = _bootstrap(machine, folder)
        if bootstrap is not None:
            named = dict(re.findall(r"^(\w+)=(.*?)\s*$", bootstrap, re.MULTILINE))
            profile = _profile(machine, folder, named.get("UserInstallation", ""))
            return Office(folder, _version(named.get("ProductKey", "")), profile, folder / _UNOPKG[machine.kind])
    return _confined(machine)


def _folders(machine: Machine) -> Iterator[PurePath]:
    """Folders that may hold the programs."""
    if machine.kind is Kind.WINDOWS:
        for hive in (Hive.MACHINE, Hive.USER):
            given = machine.registry_values(hive, _INSTALL_PATH).get("")
            if isinstance(given, str) and given.strip():
                yield machine.path(given.strip())
        for variable in ("PROGRAMFILES", "PROGRAMW6432", "PROGRAMFILES(X86)"):
            if given := machine.variable(variable):
                yield machine.path(given) / "LibreOffice" / "program"
    elif machine.kind is Kind.MAC:
        for applications in (machine.path("/Applications"), machine.home / "Applications"):
            yield applications / "LibreOffice.app" / "Contents" / "MacOS"
    else:
        for name in ("soffice", "libreoffice"):
            if found := machine.on_the_path(name):
                yield found.parent
        for place in _ON_LINUX:
            yield machine.path(place) / "program"
        # The project's own packages lie in a folder for each version; the newest is meant.
        others = [one for one in machine.folders_in(machine.path("/opt")) if one.name.startswith("libreoffice")]
        for folder in sorted(others, key=lambda one: _version(one.name) or (0, 0), reverse=True):
            yield folder / "program"


def _confined(machine: Machine) -> Office | None:
    if machine.kind is not Kind.LINUX:
        return None
    snap = machine.path("/snap/libreoffice/current")
    boxes = (
        ("snap", snap, machine.home / "snap" / "libreoffice" / "current" / ".config"),
        ("flatpak", machine.path("/var/lib/flatpak") / _FLATPAK, machine.home / ".var" / _FLATPAK / "config"),
        ("flatpak", machine.home / ".local/share/flatpak" / _FLATPAK, machine.home / ".var" / _FLATPAK / "config"),
    )
    for name, place, settings in boxes:
        if machine.is_folder(place):
            return Office(place, None, settings / "libreoffice" / "4", place / "unopkg", name)
    return None


def _bootstrap(machine: Machine, folder: PurePath) -> str | None:
    path = folder
    for part in _BOOTSTRAP[machine.kind].split("/"):
        path = path.parent if part == ".." else path / part
    data = machine.read(path)
    if data is None or machine.read(folder / _SOFFICE[machine.kind], 0) is None:
        return None
    return data.decode("utf-8", errors="replace")


def _version(text: str) -> tuple[int, int] | None:
    """From ``LibreOffice 24.8``, or ``libreoffice24.8``."""
    found = re.search(r"(\d+)\.(\d+)", text)
    return None if found is None else (int(found[1]), int(found[2]))


def _profile(machine: Machine, folder: PurePath, given: str) -> PurePath:
    """The profile that bootstraprc names, as far as it uses the two variables that installers use."""
    name = "LibreOffice" if machine.kind is not Kind.LINUX else "libreoffice"
    start, *below = given.split("/") if given else ("$SYSUSERCONFIG", name, "4")
    base = folder if start == "$ORIGIN" else _settings_folder(machine)
    if start not in ("$ORIGIN", "$SYSUSERCONFIG"):
        below = [name, "4"]
    for part in below:
        base = base.parent if part == ".." else base / part
    return base


def _settings_folder(machine: Machine) -> PurePath:
    variable, below = {
        Kind.WINDOWS: ("APPDATA", ("AppData", "Roaming")),
        Kind.MAC: ("", ("Library", "Application Support")),
        Kind.LINUX: ("XDG_CONFIG_HOME", (".config",)),
    }[machine.kind]
    given = machine.variable(variable) if variable else ""
    return machine.path(given) if given else machine.home.joinpath(*below)
