"""What Office's Trust Center and the organisation's policies allow.

Our add-in starts from XLSTART, a trusted location: macros in it run without being asked about, as long as trusted
locations count and VBA is there. Values as in Microsoft's administrative templates for Office.
"""

from __future__ import annotations

from collections.abc import Iterator

from addin.hosts.excel.doctor.diagnoses import diagnosis
from addin.hosts.excel.doctor.patient import Patient
from addin.hosts.installing import Diagnosis

_SECURITY = r"Excel\Security"
_LOCATIONS = r"Excel\Security\Trusted Locations"
_ONLY_SIGNED, _NEVER = 3, 4
"""Of VBAWarnings; 1 is all macros, 2 asks."""


def vba(patient: Patient) -> Iterator[Diagnosis]:
    """Whether there is VBA at all."""
    if patient.office_setting("Common", "VBAOff") == 1:
        yield diagnosis("vba_off")


def locations(patient: Patient) -> Iterator[Diagnosis]:
    """Whether trusted locations count; on a network they count only where that is allowed."""
    if patient.office_setting(_LOCATIONS, "AllLocationsDisabled") == 1:
        yield diagnosis("trusted_locations_off")
    startup = str(patient.places.startup)
    allowed = patient.office_setting(_LOCATIONS, "AllowNetworkLocations") == 1
    if startup.startswith("\\\\") and not allowed:
        yield diagnosis("startup_on_network", path=startup)


def addins(patient: Patient) -> Iterator[Diagnosis]:
    """Two policies that hold in trusted locations too."""
    if patient.office_setting(_SECURITY, "DisableAllAddins") == 1:
        yield diagnosis("addins_off")
    if patient.office_setting(_SECURITY, "RequireAddinSig") == 1:
        yield diagnosis("addins_need_signature")


def macros(patient: Patient) -> Iterator[Diagnosis]:
    """What holds outside trusted locations; worth knowing where the add-in does not start."""
    if patient.office_setting(_SECURITY, "VBAWarnings") in (_ONLY_SIGNED, _NEVER):
        yield diagnosis("macros_off")
    if patient.office_setting(_SECURITY, "blockcontentexecutionfrominternet") == 1:
        yield diagnosis("internet_macros_blocked")


CHECKS = (vba, locations, addins, macros)
