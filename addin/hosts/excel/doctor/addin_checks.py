"""The installed add-in and its settings: there, ours, of this version, not blocked, not disabled, not twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from addin.hosts.excel import settings_file
from addin.hosts.excel.doctor.diagnoses import diagnosis
from addin.hosts.excel.doctor.patient import Patient
from addin.hosts.excel.payload import versions_of
from addin.hosts.excel.places import ADDIN_NAME
from addin.hosts.excel.system import Hive, Kind, mark_of_the_web
from addin.hosts.installing import Diagnosis

_OFFICE = r"Software\Microsoft\Office"


def installed(patient: Patient) -> Iterator[Diagnosis]:
    """The file in Excel's startup folder."""
    path = patient.places.addin
    data = patient.system.read(path)
    if data is None:
        yield diagnosis("addin_missing", path=path)
        return
    versions = versions_of(data)
    if versions is None:
        yield diagnosis("addin_damaged", path=path)
    elif data != patient.payload.addin:
        yield diagnosis(
            "addin_other_version", path=path, found=versions.get("sangkien", "?"), wanted=patient.payload.sangkien
        )
    if patient.system.kind is Kind.WINDOWS and patient.system.read(mark_of_the_web(path)) is not None:
        yield diagnosis("addin_marked", path=path)


def unfinished(patient: Patient) -> Iterator[Diagnosis]:
    """What an interrupted installation left."""
    where = patient.places
    for target in (where.settings, where.script, where.addin):
        if target is not None and patient.system.read(where.half_written(target), 0) is not None:
            yield diagnosis("install_unfinished", path=where.half_written(target))


def disabled(patient: Patient) -> Iterator[Diagnosis]:
    """Excel puts a file that it crashed with on a list, and opens it no more. The list holds names as UTF-16."""
    if patient.office is None:
        return
    key = rf"{_OFFICE}\{patient.office.key}\Excel\Resiliency\DisabledItems"
    for value in patient.system.registry_values(Hive.USER, key).values():
        if isinstance(value, bytes) and ADDIN_NAME in value.decode("utf-16-le", errors="ignore").lower():
            yield diagnosis("addin_disabled")
            return


def twice(patient: Patient) -> Iterator[Diagnosis]:
    """Copies in the other folders from which Excel opens add-ins: two tabs, or the older one wins."""
    for folder in _other_folders(patient):
        for file in patient.system.files_in(folder):
            if file.name.lower() == ADDIN_NAME and file != patient.places.addin:
                yield diagnosis("addin_twice", path=file)


def _other_folders(patient: Patient) -> Iterator[PurePath]:
    if patient.office is None:
        return
    yield patient.office.program.parent / "XLSTART"
    yield patient.places.startup.parent.parent / "AddIns"
    options = patient.system.registry_values(Hive.USER, rf"{_OFFICE}\{patient.office.key}\Excel\Options")
    other = options.get("altstartup")
    if isinstance(other, str) and other:
        yield patient.system.path(other)


def settings(patient: Patient) -> Iterator[Diagnosis]:
    """The file that tells the macros where Python is."""
    path = patient.places.settings
    data = patient.system.read(path)
    if data is None:
        yield diagnosis("settings_missing", path=path)
        return
    python = settings_file.parsed(data).get(settings_file.INTERPRETER[patient.system.kind], "")
    if not settings_file.is_tidy(data) or not python:
        yield diagnosis("settings_untidy", path=path)
    elif patient.system.read(patient.system.path(python), 0) is None:
        yield diagnosis("settings_python_gone", python=python)
    elif patient.system.path(python) != patient.python.executable:
        yield diagnosis("settings_other_python", python=python, running=patient.python.executable)


CHECKS = (installed, unfinished, disabled, twice, settings)
