"""The machine itself. What is Windows' or macOS' own cannot run elsewhere: docs/windows-checklist.md confirms it."""

from __future__ import annotations

import csv
import os
import struct
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path, PurePath

from addin.hosts.excel.system import WANTED_MODULES, Hive, Kind, PythonFacts, RegistryValue, System

_ANSWER_WITHIN = 20  # seconds, for the list of programs


class RealFiles:
    """Files, environment and Python: alike on every system."""

    @property
    def home(self) -> PurePath:
        """The user's folder."""
        return Path.home()

    def path(self, text: str) -> PurePath:
        """A path as this system writes it."""
        return Path(text)

    def variable(self, name: str) -> str:
        """An environment variable, or an empty text."""
        return os.environ.get(name, "")

    def python(self) -> PythonFacts:
        """The Python that is running; the one with a console, where it is Windows' without."""
        executable = Path(sys.executable)
        if executable.name.lower() == "pythonw.exe":
            executable = executable.with_name("python.exe")
        try:
            xlwings = version("xlwings")
        except PackageNotFoundError:
            xlwings = None
        return PythonFacts(
            executable=executable,
            version=sys.version_info[:2],
            bits=struct.calcsize("P") * 8,
            modules=frozenset(name for name in WANTED_MODULES if find_spec(name) is not None),
            xlwings=xlwings,
        )

    def read(self, path: PurePath, limit: int | None = None) -> bytes | None:
        """A file's bytes, or the first ``limit``; None where there is no such file."""
        try:
            with Path(path).open("rb") as handle:
                return handle.read(-1 if limit is None else limit)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError:
            # A stream of a file on a drive that has no streams, a folder of that name.
            if Path(path).is_file():
                raise
            return None

    def is_folder(self, path: PurePath) -> bool:
        """Whether a folder is there."""
        return Path(path).is_dir()

    def files_in(self, folder: PurePath) -> Sequence[PurePath]:
        """The files of a folder, sorted; none where there is no such folder."""
        try:
            return sorted(one for one in Path(folder).iterdir() if one.is_file())
        except (FileNotFoundError, NotADirectoryError):
            return ()

    def make_folder(self, path: PurePath) -> None:
        """Make a folder and those above it, where missing."""
        Path(path).mkdir(parents=True, exist_ok=True)

    def write(self, path: PurePath, data: bytes) -> None:
        """Write a file through to the disk."""
        with Path(path).open("wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())

    def replace(self, source: PurePath, target: PurePath) -> None:
        """Give a file another name in one move."""
        Path(source).replace(target)

    def remove(self, path: PurePath) -> None:
        """Remove a file, if it is there."""
        Path(path).unlink(missing_ok=True)

    def remove_empty_folder(self, path: PurePath) -> None:
        """Remove a folder if it is there and empty."""
        folder = Path(path)
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


class MacSystem(RealFiles):
    """macOS: there is no registry."""

    kind = Kind.MAC

    def running(self) -> frozenset[str]:
        """Programs of this user, by the names of their bundles."""
        listed = _output(["/bin/ps", "-x", "-o", "comm="])
        return frozenset(line.rsplit("/", 1)[-1].strip().lower() for line in listed.splitlines())

    def registry_values(self, hive: Hive, key: str) -> Mapping[str, RegistryValue]:  # noqa: ARG002
        """Nothing."""
        return {}

    def registry_keys(self, hive: Hive, key: str) -> Sequence[str]:  # noqa: ARG002
        """Nothing."""
        return ()


def programs_listed(listing: str, session: int | None) -> frozenset[str]:
    """The programs of one session in the answer of ``tasklist /FO CSV /NH``: name, id, session, its number, memory."""
    rows = [row for row in csv.reader(listing.splitlines()) if len(row) >= 4]
    return frozenset(row[0].lower() for row in rows if session is None or row[3].strip() == str(session))


def _output(command: Sequence[str]) -> str:
    """What a program of the system prints; nothing where it cannot be run. Its text is read for ASCII names only."""
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=_ANSWER_WITHIN, check=False, stdin=subprocess.DEVNULL,
            creationflags=hidden,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("ascii", errors="replace")


if sys.platform == "win32":
    import ctypes
    import winreg

    _HIVES = {Hive.USER: winreg.HKEY_CURRENT_USER, Hive.MACHINE: winreg.HKEY_LOCAL_MACHINE}
    # A 32-bit Python would else be shown a registry of its own.
    _READ = winreg.KEY_READ | winreg.KEY_WOW64_64KEY

    class WindowsSystem(RealFiles):
        """Windows."""

        kind = Kind.WINDOWS

        def running(self) -> frozenset[str]:
            """Programs of this user's session: on a terminal server others have their own Excel."""
            folder = os.environ.get("SYSTEMROOT", "C:\\Windows")
            return programs_listed(_output([f"{folder}\\System32\\tasklist.exe", "/FO", "CSV", "/NH"]), _session())

        def registry_values(self, hive: Hive, key: str) -> Mapping[str, RegistryValue]:
            """All values of a key by their names in lower case."""
            values: dict[str, RegistryValue] = {}
            try:
                with winreg.OpenKey(_HIVES[hive], key, 0, _READ) as opened:
                    for place in range(winreg.QueryInfoKey(opened)[1]):
                        name, value, _ = winreg.EnumValue(opened, place)
                        values[name.lower()] = value
            except FileNotFoundError:
                return {}
            return values

        def registry_keys(self, hive: Hive, key: str) -> Sequence[str]:
            """The names of the keys below one."""
            try:
                with winreg.OpenKey(_HIVES[hive], key, 0, _READ) as opened:
                    return [winreg.EnumKey(opened, place) for place in range(winreg.QueryInfoKey(opened)[0])]
            except FileNotFoundError:
                return ()

    def _session() -> int | None:
        """The number of this user's session."""
        number = ctypes.c_ulong()
        found = ctypes.windll.kernel32.ProcessIdToSessionId(os.getpid(), ctypes.byref(number))
        return number.value if found else None


def this_machine() -> System:
    """The machine that we run on: Windows, or else as macOS is."""
    if sys.platform == "win32":
        return WindowsSystem()
    return MacSystem()
