"""The Excel itself: there, new enough, of an edition that lets programs speak to it."""

from __future__ import annotations

from collections.abc import Iterator

from addin.hosts.excel.doctor.diagnoses import diagnosis
from addin.hosts.excel.doctor.patient import Patient
from addin.hosts.excel.installation import EXCEL_PROGRAM
from addin.hosts.excel.office import Processor, in_store_package
from addin.hosts.installing import Diagnosis

_OLDEST = 14
"""Excel 2010: the first that reads our ribbon and that our forms are made for."""


def edition(patient: Patient) -> Iterator[Diagnosis]:
    """Where Excel comes from and what it was made for."""
    office = patient.office
    store = in_store_package(patient.system)
    if office is None:
        yield diagnosis("excel_store" if store else "excel_missing")
        return
    if office.version is not None and office.version < _OLDEST:
        yield diagnosis("excel_too_old", version=office.version)
    if office.from_store or store:
        yield diagnosis("excel_store")
    if office.processor is Processor.ARM_64:
        yield diagnosis("excel_arm")


def running(patient: Patient) -> Iterator[Diagnosis]:
    """An Excel that was started before the installation does not have the add-in."""
    if EXCEL_PROGRAM[patient.system.kind] in patient.system.running():
        yield diagnosis("excel_running")


CHECKS = (edition, running)
