"""Excel for Mac: there, and with the script that lets it start Python."""

from __future__ import annotations

from collections.abc import Iterator

from addin.hosts.excel.doctor.diagnoses import diagnosis
from addin.hosts.excel.doctor.office_checks import running
from addin.hosts.excel.doctor.patient import Patient
from addin.hosts.installing import Diagnosis

_PROGRAM = "Microsoft Excel.app"


def program(patient: Patient) -> Iterator[Diagnosis]:
    """Excel among the applications of the machine or of the user."""
    system = patient.system
    if not any(system.is_folder(folder / "Applications" / _PROGRAM) for folder in (system.path("/"), system.home)):
        yield diagnosis("excel_missing")


def script(patient: Patient) -> Iterator[Diagnosis]:
    """xlwings' script, of the version that the macros call."""
    where = patient.places.script
    if where is None:
        return
    found = patient.system.read(where)
    if found is None:
        yield diagnosis("script_missing", path=where)
    elif found != patient.payload.script:
        yield diagnosis("script_other_version", path=where)


def functions(_: Patient) -> Iterator[Diagnosis]:
    """xlwings has no worksheet functions on macOS."""
    yield diagnosis("mac_functions")


CHECKS = (program, script, functions, running)
