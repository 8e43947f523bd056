"""A Linux, a Windows and a Mac in memory, each with a LibreOffice and its ``unopkg``.

The double of ``unopkg`` leaves what the real one leaves (``test_real_office`` compares the two): unpacked files, an
entry in the list of packages, and after a removal the unpacked files without their entry.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

from addin.hosts.excel.system import Hive, Kind, PythonFacts
from addin.hosts.libreoffice.extension import UnopkgError
from addin.hosts.libreoffice.installing.host import LibreOfficeHost
from addin.hosts.libreoffice.installing.office import find_office
from tests.addin.hosts.excel.fake_machines import FakeMachine

PYTHON = "/opt/sangkien/bin/python"
HOME = "/home/hoa"
PROGRAMS = "/usr/lib/libreoffice/program"
PROFILE = f"{HOME}/.config/libreoffice/4"
PACKAGES = f"{PROFILE}/user/uno_packages/cache"
SETTINGS = f"{PROFILE}/user/sangkien/bridge.json"

WINDOWS_HOME = "C:\\Users\\Nguyễn Thị Hoa"
WINDOWS_PYTHON = "C:\\CongDoan\\sangkien\\moi-truong\\Scripts\\python.exe"


def bootstrap(version: str = "7.4", profile: str = "$SYSUSERCONFIG/libreoffice/4") -> bytes:
    """What an office says of itself."""
    return f"[Bootstrap]\nProductKey=LibreOffice {version}\nUserInstallation={profile}\n".encode()


@dataclass
class OfficeMachine(FakeMachine):
    """See ``addin.hosts.libreoffice.installing.machine.Machine``."""

    root: bool = False
    shell: dict[str, str] = field(default_factory=dict)
    refuses: str = ""
    times: int = 0

    def is_root(self) -> bool:
        """Whether the user is root."""
        return self.root

    def on_the_path(self, name: str) -> PurePath | None:
        """What a shell would start."""
        return self.path(self.shell[name]) if name in self.shell else None

    def folders_in(self, folder: PurePath) -> Sequence[PurePath]:
        """The folders of a folder."""
        return sorted({one for one in self.folders if one.parent == folder})

    def remove_folder(self, path: PurePath) -> None:
        """Remove a folder and what is in it."""
        self._change()
        self.files = {one: data for one, data in self.files.items() if path not in one.parents}
        self.folders = {one for one in self.folders if one != path and path not in one.parents}

    def add_extension(self, unopkg: PurePath, file: PurePath, profile: PurePath) -> None:
        """As ``unopkg add --force``."""
        self._unopkg(unopkg)
        self.times += 1
        name = f"lu{self.times}x.tmp"
        cache = profile / "user" / "uno_packages" / "cache"
        self.put(str(cache / "uno_packages" / name))
        with zipfile.ZipFile(Path(file)) as package:
            for part in package.namelist():
                place = (cache / "uno_packages" / f"{name}_" / file.name).joinpath(*part.split("/"))
                self.put(str(place), package.read(part))
        entry = (
            f"vn.sangkien\n{name}\udcff{file.name}\udcffapplication/vnd.sun.star.package-bundle\udcff0.1.0\udcff0\n\n"
        )
        self.put(str(cache / "uno_packages.pmap"), f"Pmp1\udcff{entry}".encode("utf-8", "surrogateescape"))

    def remove_extension(self, unopkg: PurePath, identifier: str, profile: PurePath) -> None:
        """As ``unopkg remove``."""
        self._unopkg(unopkg)
        listed = profile / "user" / "uno_packages" / "cache" / "uno_packages.pmap"
        if identifier.encode() not in self.files.get(listed, b""):
            raise UnopkgError(f"There is no such extension deployed: {identifier}")
        self.files[listed] = b"Pmp1\n"

    def _unopkg(self, program: PurePath) -> None:
        assert program in self.files, f"no {program}"
        self._change()
        if self.refuses:
            raise UnopkgError(self.refuses)


def linux() -> OfficeMachine:
    """A healthy PC with the office of a distribution."""
    machine = OfficeMachine(Kind.LINUX, PurePosixPath(HOME), _facts(PurePosixPath(PYTHON)))
    machine.put(PYTHON)
    for name in ("soffice", "unopkg", "pythonloader.py"):
        machine.put(f"{PROGRAMS}/{name}", b"#!/bin/sh\n")
    machine.put(f"{PROGRAMS}/bootstraprc", bootstrap())
    machine.shell = {"soffice": f"{PROGRAMS}/soffice"}
    return machine


def windows() -> OfficeMachine:
    """A healthy PC with the office of libreoffice.org."""
    machine = OfficeMachine(Kind.WINDOWS, PureWindowsPath(WINDOWS_HOME), _facts(PureWindowsPath(WINDOWS_PYTHON)))
    machine.variables = {"APPDATA": f"{WINDOWS_HOME}\\AppData\\Roaming", "PROGRAMFILES": "C:\\Program Files"}
    machine.put(WINDOWS_PYTHON, b"MZ")
    programs = "C:\\Program Files\\LibreOffice\\program"
    for name in ("soffice.exe", "unopkg.com"):
        machine.put(f"{programs}\\{name}", b"MZ")
    machine.put(f"{programs}\\bootstrap.ini", bootstrap("24.8", "$SYSUSERCONFIG/LibreOffice/4").replace(b"\n", b"\r\n"))
    machine.set(Hive.MACHINE, "SOFTWARE\\LibreOffice\\UNO\\InstallPath", default=programs)
    return machine


def mac() -> OfficeMachine:
    """A healthy Mac with the office of libreoffice.org."""
    machine = OfficeMachine(Kind.MAC, PurePosixPath("/Users/hoa"), _facts(PurePosixPath("/usr/local/bin/python3")))
    machine.put("/usr/local/bin/python3")
    contents = "/Applications/LibreOffice.app/Contents"
    for name in ("soffice", "unopkg"):
        machine.put(f"{contents}/MacOS/{name}")
    machine.put(f"{contents}/Resources/bootstraprc", bootstrap("24.8", "$SYSUSERCONFIG/LibreOffice/4"))
    return machine


def host(machine: OfficeMachine) -> LibreOfficeHost:
    """LibreOffice on the machine."""
    office = find_office(machine)
    assert office is not None
    return LibreOfficeHost(machine, office)


def installed(machine: OfficeMachine) -> OfficeMachine:
    """The machine with the extension as ``install`` puts it."""
    host(machine).install(dry_run=False)
    machine.changes = 0
    return machine


def _facts(python: PurePath) -> PythonFacts:
    return PythonFacts(python, (3, 12), 64, frozenset({"tkinter"}), None)
