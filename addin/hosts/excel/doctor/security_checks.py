"""Defender's attack surface reduction rules that stand between Excel and Python.

They are set by policy, by the machine's management (Intune) or on the machine itself; the first that names a rule
holds. Ids and states: Microsoft's reference of the rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from addin.hosts.excel.doctor.diagnoses import diagnosis
from addin.hosts.excel.doctor.patient import Patient
from addin.hosts.excel.system import Hive, System
from addin.hosts.installing import Diagnosis

RULES = {
    "d4f940ab-401b-4efc-aadc-ad5f3c50688a": "asr_child_processes",
    "92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b": "asr_win32_calls",
    "01443614-cd74-433a-b99e-2ecdc07bfc25": "asr_unknown_programs",
}
_ACTIVE = ("1", "6")
"""Block, and warn; 0 is off, 2 only writes down, 5 is not configured."""

_GUARD = r"Windows Defender Exploit Guard\ASR\Rules"
_BY_POLICY = rf"SOFTWARE\Policies\Microsoft\Windows Defender\{_GUARD}"
_BY_MANAGEMENT = r"SOFTWARE\Policies\Microsoft\Windows Defender\Policy Manager"
_ON_THE_MACHINE = rf"SOFTWARE\Microsoft\Windows Defender\{_GUARD}"


def rules(patient: Patient) -> Iterator[Diagnosis]:
    """The rules that are on."""
    states = _states(patient.system)
    for rule, code in RULES.items():
        if states.get(rule) in _ACTIVE:
            yield diagnosis(code, rule=rule.upper())


def _states(system: System) -> Mapping[str, str]:
    """Every rule's state by its id in lower case."""
    listed = system.registry_values(Hive.MACHINE, _BY_MANAGEMENT).get("asrrules")
    pairs = [one.partition("=") for one in listed.split("|")] if isinstance(listed, str) else []
    managed = {rule.strip().lower(): state.strip() for rule, _, state in pairs}
    local = {name: str(value) for name, value in system.registry_values(Hive.MACHINE, _ON_THE_MACHINE).items()}
    policy = {name: str(value) for name, value in system.registry_values(Hive.MACHINE, _BY_POLICY).items()}
    return local | managed | policy


CHECKS = (rules,)
