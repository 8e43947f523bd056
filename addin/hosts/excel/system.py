"""What installation and doctor ask of a machine. The real one is in ``real_system``; tests have a Windows in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import Protocol


class Kind(StrEnum):
    """The systems that we know; on Linux there is no Excel."""

    WINDOWS = "windows"
    MAC = "mac"
    LINUX = "linux"


class Hive(StrEnum):
    """The parts of the Windows registry that we read."""

    USER = "HKCU"
    MACHINE = "HKLM"


RegistryValue = int | str | bytes | None


@dataclass(frozen=True, slots=True)
class PythonFacts:
    """The Python that is running. ``modules`` are those of ``WANTED_MODULES`` that it has; ``bits`` is 32 or 64."""

    executable: PurePath
    version: tuple[int, int]
    bits: int
    modules: frozenset[str]
    xlwings: str | None


WANTED_MODULES = ("win32com", "tkinter")
"""win32com speaks to Excel, tkinter shows the window of progress."""


class System(Protocol):
    """One machine, seen by one user. Every method may raise OSError; reading changes nothing."""

    @property
    def kind(self) -> Kind:
        """Windows, macOS or Linux."""
        ...

    @property
    def home(self) -> PurePath:
        """The user's folder."""
        ...

    def path(self, text: str) -> PurePath:
        """A path as this system writes it."""
        ...

    def variable(self, name: str) -> str:
        """An environment variable, or an empty text."""
        ...

    def python(self) -> PythonFacts:
        """The Python that is running."""
        ...

    def running(self) -> frozenset[str]:
        """Names of the programs that run in this user's session, lower case (``excel.exe``, ``microsoft excel``)."""
        ...

    # -- files

    def read(self, path: PurePath, limit: int | None = None) -> bytes | None:
        """A file's bytes, or the first ``limit``; None where there is no such file."""
        ...

    def is_folder(self, path: PurePath) -> bool:
        """Whether a folder is there."""
        ...

    def files_in(self, folder: PurePath) -> Sequence[PurePath]:
        """The files of a folder, sorted; none where there is no such folder."""
        ...

    def make_folder(self, path: PurePath) -> None:
        """Make a folder and those above it, where missing."""
        ...

    def write(self, path: PurePath, data: bytes) -> None:
        """Write a file through to the disk."""
        ...

    def replace(self, source: PurePath, target: PurePath) -> None:
        """Give a file another name on the same drive, in one move; an earlier file of that name is gone."""
        ...

    def remove(self, path: PurePath) -> None:
        """Remove a file, if it is there."""
        ...

    def remove_empty_folder(self, path: PurePath) -> None:
        """Remove a folder if it is there and empty."""
        ...

    # -- the registry; empty on macOS

    def registry_values(self, hive: Hive, key: str) -> Mapping[str, RegistryValue]:
        """All values of a key by their names in lower case (the default one is ``""``); none where there is no key."""
        ...

    def registry_keys(self, hive: Hive, key: str) -> Sequence[str]:
        """The names of the keys below one."""
        ...


def mark_of_the_web(path: PurePath) -> PurePath:
    """Where Windows notes that a file came from the internet: a stream of the file, read and removed like a file."""
    return type(path)(f"{path}:Zone.Identifier")


def is_plain(text: str) -> bool:
    """Whether a path is one that Excel's macros can start a program from: ASCII, without what they would expand.

    The macros refuse others (SkPlain), and xlwings' DLL reads names in the system's code page.
    """
    return text.isascii() and text.isprintable() and not set('%"') & set(text)
