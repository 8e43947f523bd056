"""A Windows and a Mac in memory: files, registry, programs. Names of files are told apart as those systems do.

Every change is counted, and the ``fail_at``-th one fails: an installation that is cut off anywhere.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath, PurePosixPath, PureWindowsPath

from addin.hosts.excel.host import ExcelHost
from addin.hosts.excel.payload import Payload, packaged
from addin.hosts.excel.system import Hive, Kind, PythonFacts, RegistryValue

PYTHON = "C:\\CongDoan\\sangkien\\moi-truong\\Scripts\\python.exe"
HOME = "C:\\Users\\Nguyễn Thị Hoa"
EXCEL = "C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE"
OFFICE = "Software\\Microsoft\\Office\\16.0"
OFFICE_POLICY = "Software\\Policies\\Microsoft\\Office\\16.0"

MAC_PYTHON = "/usr/local/sangkien/bin/python3"
MAC_HOME = "/Users/hoa"


def program_for(machine: int) -> bytes:
    """The head of a Windows program for a machine, as the PE format has it."""
    return b"MZ" + bytes(58) + struct.pack("<I", 128) + bytes(64) + b"PE\0\0" + struct.pack("<H", machine) + bytes(64)


@dataclass
class FakeMachine:
    """See ``addin.hosts.excel.system.System``."""

    kind: Kind
    home: PurePath
    facts: PythonFacts
    variables: dict[str, str] = field(default_factory=dict)
    files: dict[PurePath, bytes] = field(default_factory=dict)
    folders: set[PurePath] = field(default_factory=set)
    registry: dict[tuple[Hive, str], dict[str, RegistryValue]] = field(default_factory=dict)
    programs: set[str] = field(default_factory=set)
    unreadable: set[PurePath] = field(default_factory=set)
    changes: int = 0
    fail_at: int | None = None
    failure: Callable[[], OSError] = lambda: OSError(28, "No space left on device")

    # -- what tests set up and look at

    def put(self, path: str, data: bytes = b"") -> PurePath:
        """Put a file there."""
        place = self.path(path)
        self.files[place] = data
        self.folders.update(place.parents)
        return place

    def set(self, hive: Hive, key: str, **values: RegistryValue) -> None:
        """Set values of a key; ``default`` is its default value."""
        named = {("" if name == "default" else name.lower()): value for name, value in values.items()}
        self.registry.setdefault((hive, key.lower()), {}).update(named)

    def content(self) -> dict[PurePath, bytes]:
        """All files as they are."""
        return dict(self.files)

    # -- System

    def path(self, text: str) -> PurePath:
        """A path of this system."""
        return (PureWindowsPath if self.kind is Kind.WINDOWS else PurePosixPath)(text)

    def variable(self, name: str) -> str:
        """An environment variable."""
        return self.variables.get(name, "")

    def python(self) -> PythonFacts:
        """The Python that is running."""
        return self.facts

    def running(self) -> frozenset[str]:
        """Running programs."""
        return frozenset(self.programs)

    def read(self, path: PurePath, limit: int | None = None) -> bytes | None:
        """A file's bytes."""
        if path in self.unreadable:
            raise PermissionError(13, "Permission denied", str(path))
        data = self.files.get(path)
        return data if data is None else data[:limit]

    def is_folder(self, path: PurePath) -> bool:
        """Whether a folder is there."""
        return path in self.folders

    def files_in(self, folder: PurePath) -> Sequence[PurePath]:
        """Files of a folder; streams of files are none."""
        return sorted(one for one in self.files if one.parent == folder and ":" not in one.name)

    def make_folder(self, path: PurePath) -> None:
        """Make a folder."""
        self._change()
        self.folders.update({path, *path.parents})

    def write(self, path: PurePath, data: bytes) -> None:
        """Write a file; when the disk is full, half of it stands there."""
        assert path.parent in self.folders, f"no folder for {path}"
        try:
            self._change()
        except OSError:
            self.files[path] = data[: len(data) // 2]
            raise
        self.files[path] = data

    def replace(self, source: PurePath, target: PurePath) -> None:
        """Move a file."""
        assert source.drive == target.drive
        assert target.parent in self.folders
        self._change()
        self._forget(target)
        self.files[target] = self.files.pop(source)

    def remove(self, path: PurePath) -> None:
        """Remove a file and its streams."""
        self._change()
        self._forget(path)

    def remove_empty_folder(self, path: PurePath) -> None:
        """Remove a folder without files or folders."""
        if path in self.folders and not any(path in one.parents for one in (*self.files, *self.folders)):
            self._change()
            self.folders.discard(path)

    def registry_values(self, hive: Hive, key: str) -> Mapping[str, RegistryValue]:
        """Values of a key."""
        return self.registry.get((hive, key.lower()), {})

    def registry_keys(self, hive: Hive, key: str) -> Sequence[str]:
        """Names of the keys below."""
        start = key.lower() + "\\"
        below = {
            name[len(start) :].partition("\\")[0]
            for one, name in self.registry
            if one is hive and name.startswith(start)
        }
        return sorted(below)

    def _forget(self, path: PurePath) -> None:
        for one in [one for one in self.files if one == path or str(one).lower().startswith(f"{path}:".lower())]:
            del self.files[one]

    def _change(self) -> None:
        self.changes += 1
        if self.changes == self.fail_at:
            raise self.failure()


def windows(payload: Payload | None = None) -> FakeMachine:
    """A healthy PC of a clerk called Nguyễn Thị Hoa: Excel 2016 or newer, 64 bits, our Python in C:\\CongDoan."""
    versions = payload or packaged()
    facts = PythonFacts(PureWindowsPath(PYTHON), (3, 12), 64, frozenset({"win32com", "tkinter"}), versions.xlwings)
    machine = FakeMachine(Kind.WINDOWS, PureWindowsPath(HOME), facts)
    machine.variables = {
        "APPDATA": f"{HOME}\\AppData\\Roaming",
        "LOCALAPPDATA": f"{HOME}\\AppData\\Local",
        "USERPROFILE": HOME,
    }
    machine.put(PYTHON, b"MZ")
    for bits in ("32", "64"):
        machine.put(f"C:\\CongDoan\\sangkien\\moi-truong\\xlwings{bits}-{versions.xlwings}.dll", b"MZ")
    machine.put(EXCEL, program_for(0x8664))
    machine.set(Hive.MACHINE, "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\excel.exe", default=EXCEL)
    machine.set(Hive.MACHINE, "SOFTWARE\\Classes\\Excel.Application\\CurVer", default="Excel.Application.16")
    shell = "Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders"
    machine.set(Hive.USER, shell, personal="%USERPROFILE%\\Documents", desktop="%USERPROFILE%\\Desktop")
    profile = "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\S-1-5-21-1-2-3-1001"
    machine.set(Hive.MACHINE, profile, ProfileImagePath=HOME)
    return machine


def mac(payload: Payload | None = None) -> FakeMachine:
    """A healthy Mac."""
    versions = payload or packaged()
    facts = PythonFacts(PurePosixPath(MAC_PYTHON), (3, 12), 64, frozenset({"tkinter"}), versions.xlwings)
    machine = FakeMachine(Kind.MAC, PurePosixPath(MAC_HOME), facts)
    machine.put(MAC_PYTHON)
    machine.put("/Applications/Microsoft Excel.app/Contents/MacOS/Microsoft Excel")
    return machine


def installed(machine: FakeMachine) -> FakeMachine:
    """The machine with the add-in as ``install`` puts it."""
    ExcelHost(machine, packaged()).install(dry_run=False)
    machine.changes = 0
    return machine
