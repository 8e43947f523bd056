"""What all checks look at, gathered once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from addin.hosts.excel.office import Office, find_office
from addin.hosts.excel.payload import Payload
from addin.hosts.excel.places import Places, places
from addin.hosts.excel.system import Hive, Kind, PythonFacts, RegistryValue, System

_POLICY_ROOTS = (
    (Hive.USER, r"Software\Policies\Microsoft\Office"),
    (Hive.MACHINE, r"Software\Policies\Microsoft\Office"),
    (Hive.USER, r"Software\Policies\Microsoft\Cloud\Office"),
)
_USER_ROOT = (Hive.USER, r"Software\Microsoft\Office")


@dataclass(frozen=True, slots=True)
class Patient:
    """A machine, what should be installed on it, and the workbooks that the person asked about."""

    system: System
    payload: Payload
    places: Places
    python: PythonFacts
    office: Office | None
    files: Sequence[PurePath]

    def office_setting(self, key: str, name: str) -> RegistryValue:
        """A setting of Office, below its version: policies first, then the user's own choice. None where unset."""
        return next((value for _, value in self.office_settings(key, name)), None)

    def office_settings(self, key: str, name: str) -> list[tuple[bool, RegistryValue]]:
        """Where a setting of Office is set: whether by policy, and to what. The one that holds comes first."""
        version = self.office.key if self.office else "16.0"
        found: list[tuple[bool, RegistryValue]] = []
        for hive, root in (*_POLICY_ROOTS, _USER_ROOT):
            value = self.system.registry_values(hive, rf"{root}\{version}\{key}").get(name.lower())
            if value is not None:
                found.append(((hive, root) != _USER_ROOT, value))
        return found


def examined(system: System, payload: Payload, files: Sequence[PurePath]) -> Patient:
    """Gather what the checks look at."""
    return Patient(
        system=system,
        payload=payload,
        places=places(system, payload.xlwings),
        python=system.python(),
        office=find_office(system) if system.kind is Kind.WINDOWS else None,
        files=files,
    )
