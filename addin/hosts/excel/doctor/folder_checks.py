"""Folders that other machines have a part in, and files that came from the internet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from addin.hosts.excel.doctor.diagnoses import diagnosis
from addin.hosts.excel.doctor.patient import Patient
from addin.hosts.excel.system import Hive, mark_of_the_web
from addin.hosts.installing import Diagnosis

_SHELL_FOLDERS = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
_PROFILES = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList"
_ONEDRIVE = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_WORKBOOKS = (".xlsx", ".xltx", ".xlsm", ".xlam")


def documents(patient: Patient) -> Iterator[Diagnosis]:
    """Documents or desktop that OneDrive has taken over: Excel then gives a web address instead of a path."""
    shell = patient.system.registry_values(Hive.USER, _SHELL_FOLDERS)
    drives = [patient.system.path(place) for name in _ONEDRIVE if (place := patient.system.variable(name))]
    for name in ("personal", "desktop"):
        given = shell.get(name)
        if not isinstance(given, str):
            continue
        folder = _expanded(patient, given)
        if any(folder == drive or drive in folder.parents for drive in drives):
            yield diagnosis("documents_synchronised", path=folder)


def roaming(patient: Patient) -> Iterator[Diagnosis]:
    """A profile that follows the user: the settings come along to a machine that has no Python of ours."""
    for key in patient.system.registry_keys(Hive.MACHINE, _PROFILES):
        values = patient.system.registry_values(Hive.MACHINE, rf"{_PROFILES}\{key}")
        image, central = values.get("profileimagepath"), values.get("centralprofile")
        if isinstance(image, str) and central and _expanded(patient, image) == patient.system.home:
            yield diagnosis("roaming_profile", path=central)


def marked(patient: Patient) -> Iterator[Diagnosis]:
    """Workbooks with the Mark of the Web: those asked about, and the user's own templates."""
    for file in (*patient.files, *_templates(patient)):
        if patient.system.read(mark_of_the_web(file)) is not None:
            yield diagnosis("file_marked", path=file)


def _templates(patient: Patient) -> Iterator[PurePath]:
    version = patient.office.key if patient.office else "16.0"
    options = patient.system.registry_values(Hive.USER, rf"Software\Microsoft\Office\{version}\Excel\Options")
    folders = [patient.places.startup]
    own = options.get("personaltemplates")
    if isinstance(own, str) and own:
        folders.append(_expanded(patient, own))
    for folder in folders:
        for file in patient.system.files_in(folder):
            if file.suffix.lower() in _WORKBOOKS and file != patient.places.addin:
                yield file


def _expanded(patient: Patient, text: str) -> PurePath:
    """A path of the registry, in which variables may stand."""
    for name in ("USERPROFILE", "SystemDrive", "APPDATA", *_ONEDRIVE):
        value = patient.system.variable(name)
        place = text.lower().find(f"%{name.lower()}%")
        if value and place >= 0:
            text = text[:place] + value + text[place + len(name) + 2 :]
    return patient.system.path(text)


CHECKS = (documents, roaming, marked)
