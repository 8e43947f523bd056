"""The Excel that is installed on Windows: where, which version, 32 or 64 bits, which edition."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from addin.hosts.excel.system import Hive, System

_APP_PATH = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_CURRENT_VERSION = r"SOFTWARE\Classes\Excel.Application\CurVer"
_STORE_FOLDER = "\\windowsapps\\"
_STORE_PACKAGE = "Microsoft.Office.Desktop_8wekyb3d8bbwe"


class Processor(StrEnum):
    """What a program was made for."""

    BITS_32 = "32"
    BITS_64 = "64"
    ARM_64 = "ARM64"


_MACHINES = {0x14C: Processor.BITS_32, 0x8664: Processor.BITS_64, 0xAA64: Processor.ARM_64}


@dataclass(frozen=True, slots=True)
class Office:
    """An installed Excel. ``version`` is its major version (16 since 2016); None where the registry does not say."""

    program: PurePath
    version: int | None
    processor: Processor | None
    from_store: bool

    @property
    def key(self) -> str:
        """How the registry names its version."""
        return f"{self.version or 16}.0"


def find_office(system: System) -> Office | None:
    """The Excel that Windows would start; None where there is none."""
    program = _program(system)
    if program is None:
        return None
    store = _STORE_FOLDER in str(program).lower()
    return Office(program, _version(system, program), _processor(system, program), store)


def in_store_package(system: System) -> bool:
    """Whether an Office of the Microsoft Store lies in the user's folder."""
    local = system.variable("LOCALAPPDATA")
    return bool(local) and system.is_folder(system.path(local) / "Packages" / _STORE_PACKAGE)


def _program(system: System) -> PurePath | None:
    for hive in (Hive.MACHINE, Hive.USER):
        given = system.registry_values(hive, _APP_PATH).get("")
        if isinstance(given, str) and given.strip('" '):
            program = system.path(given.strip('" '))
            if _exists(system, program):
                return program
    return None


def _exists(system: System, program: PurePath) -> bool:
    try:
        return system.read(program, 0) is not None
    except PermissionError:  # programs of the Store may not be read
        return True


def _version(system: System, program: PurePath) -> int | None:
    named = system.registry_values(Hive.MACHINE, _CURRENT_VERSION).get("")
    found = re.search(r"\.(\d+)$", named) if isinstance(named, str) else None
    found = found or re.search(r"Office(\d+)$", program.parent.name)
    return int(found[1]) if found else None


def _processor(system: System, program: PurePath) -> Processor | None:
    """By the head of the program's file (PE format: at byte 60 where the header is, in it the machine)."""
    try:
        head = system.read(program, 4096) or b""
    except PermissionError:
        return None
    if len(head) < 64 or head[:2] != b"MZ":
        return None
    (place,) = struct.unpack_from("<I", head, 60)
    if head[place : place + 4] != b"PE\0\0" or len(head) < place + 6:
        return None
    (machine,) = struct.unpack_from("<H", head, place + 4)
    return _MACHINES.get(machine)
