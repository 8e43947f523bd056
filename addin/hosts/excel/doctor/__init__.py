"""Why the add-in does not work in this Excel.

A check is a generator over one ``Patient``. It reads and never changes anything; what it may not read is a diagnosis
of its own, and no reason to stop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePath

from addin.hosts.excel.doctor import (
    addin_checks,
    folder_checks,
    mac_checks,
    office_checks,
    policy_checks,
    python_checks,
    security_checks,
)
from addin.hosts.excel.doctor.diagnoses import diagnosis
from addin.hosts.excel.doctor.patient import Patient, examined
from addin.hosts.excel.payload import Payload
from addin.hosts.excel.system import Kind, System
from addin.hosts.installing import Diagnosis, worst_first

Check = Callable[[Patient], Iterator[Diagnosis]]

CHECKS: dict[Kind, tuple[Check, ...]] = {
    Kind.WINDOWS: (
        *office_checks.CHECKS, *addin_checks.CHECKS, *python_checks.CHECKS, *policy_checks.CHECKS,
        *security_checks.CHECKS, *folder_checks.CHECKS,
    ),
    Kind.MAC: (*mac_checks.CHECKS, *addin_checks.CHECKS, *python_checks.CHECKS),
}  # fmt: skip


def diagnose(system: System, payload: Payload, files: Sequence[PurePath] = ()) -> list[Diagnosis]:
    """What stands in the way, the worst first."""
    patient = examined(system, payload, files)
    return worst_first([one for check in CHECKS[system.kind] for one in _carefully(check, patient)])


def _carefully(check: Check, patient: Patient) -> Iterator[Diagnosis]:
    try:
        yield from check(patient)
    except OSError as problem:
        place = problem.filename or check.__name__
        yield diagnosis("not_readable", path=place, problem=problem.strerror or problem)
