"""Why the extension does not work in this LibreOffice. Checks read and never change anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from addin.hosts.excel.system import Kind
from addin.hosts.installing import Diagnosis, worst_first
from addin.hosts.libreoffice.extension import OLDEST_OFFICE
from addin.hosts.libreoffice.inside.settings import SettingsError, settings_from
from addin.hosts.libreoffice.installing import settings_file
from addin.hosts.libreoffice.installing.diagnoses import diagnosis
from addin.hosts.libreoffice.installing.installation import has_python, is_running, spelled
from addin.hosts.libreoffice.installing.machine import Machine
from addin.hosts.libreoffice.installing.office import Office
from addin.hosts.libreoffice.installing.payload import Payload
from addin.hosts.libreoffice.installing.places import Places, places
from addin.hosts.libreoffice.installing.present import State, present

_VERSIONS = ((3, 11), (3, 13))
"""The oldest and the newest Python that we test with."""


@dataclass(frozen=True, slots=True)
class Patient:
    """What all checks look at."""

    machine: Machine
    office: Office
    payload: Payload
    where: Places


def diagnose(machine: Machine, office: Office, payload: Payload) -> list[Diagnosis]:
    """What stands in the way, the worst first. What may not be read is a diagnosis of its own."""
    patient = Patient(machine, office, payload, places(machine, office.profile))
    return worst_first([one for check in CHECKS for one in _carefully(check, patient)])


def _carefully(check: Callable[[Patient], Iterator[Diagnosis]], patient: Patient) -> Iterator[Diagnosis]:
    try:
        yield from check(patient)
    except OSError as problem:
        place = problem.filename or check.__name__
        yield diagnosis("lo_not_readable", path=place, problem=problem.strerror or problem)


def the_office(patient: Patient) -> Iterator[Diagnosis]:
    """An office that can run us at all. Whether it has a Java is all the same."""
    office = patient.office
    if office.confined:
        yield diagnosis("lo_confined", box=office.confined)
        return
    if office.version is not None and office.version < OLDEST_OFFICE:
        yield diagnosis("lo_too_old", version=spelled(office.version), oldest=spelled(OLDEST_OFFICE))
    if not has_python(patient.machine, office):
        yield diagnosis("lo_without_python")
    if is_running(patient.machine, patient.where):
        yield diagnosis("lo_running")
    if patient.machine.is_root():
        yield diagnosis("lo_root", profile=office.profile)


def the_extension(patient: Patient) -> Iterator[Diagnosis]:
    """There, whole, and of this version."""
    found = present(patient.machine, patient.where, patient.payload)
    if found.state is State.MISSING:
        yield diagnosis("lo_extension_missing", profile=patient.where.profile)
    elif found.state is State.DAMAGED:
        yield diagnosis("lo_extension_damaged", path=found.folder)
    elif found.state is State.OTHER:
        yield diagnosis("lo_extension_other", found=found.version, wanted=patient.payload.version)


def unfinished(patient: Patient) -> Iterator[Diagnosis]:
    """What an interrupted installation left."""
    for target in (patient.where.settings, patient.where.remembered):
        half = patient.where.half_written(target)
        if patient.machine.read(half, 0) is not None:
            yield diagnosis("lo_install_unfinished", path=half)


def settings(patient: Patient) -> Iterator[Diagnosis]:
    """The file that tells the extension where Python is."""
    machine, path = patient.machine, patient.where.settings
    data = machine.read(path)
    if data is None:
        yield diagnosis("lo_settings_missing", path=path)
        return
    try:
        settings_from(dict(settings_file.parsed(data) or {}))
    except SettingsError:
        yield diagnosis("lo_settings_broken", path=path)
        return
    python = settings_file.python_of(data)
    running = machine.python().executable
    if machine.read(machine.path(python), 0) is None:
        yield diagnosis("lo_python_gone", python=python)
    elif machine.path(python) != running:
        yield diagnosis("lo_other_python", python=python, running=running)


def the_python(patient: Patient) -> Iterator[Diagnosis]:
    """The Python that is running: its version, and whether it has windows for questions."""
    if patient.machine.kind is not Kind.LINUX:
        return
    facts = patient.machine.python()
    if not _VERSIONS[0] <= facts.version <= _VERSIONS[1]:
        yield diagnosis("lo_python_version", found=spelled(facts.version))
    if "tkinter" not in facts.modules:
        yield diagnosis("lo_no_windows")


CHECKS = (the_office, the_extension, unfinished, settings, the_python)
