"""LibreOffice on Linux, Windows and macOS: installing the extension, removing it, and the doctor.

    machine.py        what is asked of the machine beyond ``addin.hosts.excel.system``, as a protocol
    real_machine.py   the machine itself
    office.py         the LibreOffice that is installed: program, version, the user's profile
    places.py         where things lie in that profile and outside of it
    payload.py        the built extension in our package
    present.py        the extension as it lies in a profile
    installation.py   install and uninstall, as steps
    diagnoses.py      all codes of the doctor; doctor.py its checks

Nothing here imports xlwings; whoever takes the engine out leaves this behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from addin.hosts.libreoffice.installing.host import LibreOfficeHost


def libreoffice_host() -> LibreOfficeHost | None:
    """LibreOffice on this machine; None where none is found."""
    from addin.hosts.libreoffice.installing.host import LibreOfficeHost
    from addin.hosts.libreoffice.installing.office import find_office
    from addin.hosts.libreoffice.installing.real_machine import this_machine

    machine = this_machine()
    office = find_office(machine)
    return None if office is None else LibreOfficeHost(machine, office)
