"""The Python that Excel is to start, and what must lie beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from addin.hosts.excel.doctor.diagnoses import diagnosis
from addin.hosts.excel.doctor.patient import Patient
from addin.hosts.excel.office import Processor
from addin.hosts.excel.places import PROPOSED_FOLDER
from addin.hosts.excel.system import Kind, is_plain
from addin.hosts.installing import Diagnosis

_VERSIONS = ((3, 11), (3, 13))
"""The oldest and the newest that we test."""

_DLL = re.compile(r"xlwings(32|64)-(.+)\.dll", re.IGNORECASE)


def place(patient: Patient) -> Iterator[Diagnosis]:
    """Where Python lies: macros and DLLs reach it by a plain name on this machine only."""
    python = str(patient.python.executable)
    if not is_plain(python):
        yield diagnosis("python_accents", path=python, proposed=PROPOSED_FOLDER)
    if "\\windowsapps\\" in python.lower():
        yield diagnosis("python_store", path=python)
    if python.startswith("\\\\"):
        yield diagnosis("python_network", path=python)


def version(patient: Patient) -> Iterator[Diagnosis]:
    """A Python that we test with."""
    if not _VERSIONS[0] <= patient.python.version <= _VERSIONS[1]:
        found = ".".join(map(str, patient.python.version))
        yield diagnosis("python_version", found=found)


def packages(patient: Patient) -> Iterator[Diagnosis]:
    """What the actions need, and xlwings of the add-in's own version."""
    if patient.system.kind is Kind.WINDOWS and "win32com" not in patient.python.modules:
        yield diagnosis("pywin32_missing")
    if "tkinter" not in patient.python.modules:
        yield diagnosis("tkinter_missing")
    if patient.python.xlwings != patient.payload.xlwings:
        yield diagnosis("xlwings_other_version", found=patient.python.xlwings or "–", wanted=patient.payload.xlwings)


def dll(patient: Patient) -> Iterator[Diagnosis]:
    """xlwings' DLL for Excel's bits, beside python.exe or one folder up: functions are called through it."""
    if patient.system.kind is not Kind.WINDOWS:
        return
    office = patient.office
    bits = "32" if office is not None and office.processor is Processor.BITS_32 else "64"
    wanted = f"xlwings{bits}-{patient.payload.xlwings}.dll"
    folder = patient.python.executable.parent
    names = [file.name for place in (folder, folder.parent) for file in patient.system.files_in(place)]
    if wanted in names:
        return
    others = sorted({name for name in names if (found := _DLL.fullmatch(name)) and found[1] == bits})
    if others:
        yield diagnosis("dll_other_version", found=", ".join(others), wanted=wanted)
    else:
        yield diagnosis("dll_missing", wanted=wanted, folder=folder)


def bits(patient: Patient) -> Iterator[Diagnosis]:
    """Excel and Python of different bits get along: they are two programs. Said because everyone suspects it."""
    office = patient.office
    if office is None or office.processor not in (Processor.BITS_32, Processor.BITS_64):
        return
    if office.processor != str(patient.python.bits):
        yield diagnosis("bits_differ", excel=office.processor.value, python=patient.python.bits)


CHECKS = (place, version, packages, dll, bits)
