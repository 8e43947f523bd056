"""Excel on Windows and macOS: installing the add-in, removing it, and the doctor.

    system.py         what is asked of the machine, as a protocol; real_system.py is the machine itself
    places.py         where Excel starts its add-ins from, where settings and logs lie
    payload.py        the built add-in in our package, and the versions it belongs to
    settings_file.py  the file that tells the macros where Python is
    installation.py   install and uninstall, as steps
    office.py         the Excel that is installed: version, bitness, edition
    doctor/           one module for each kind of trouble; diagnoses.py declares all codes

Nothing here is run in Excel, and nothing imports xlwings.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from addin.hosts.excel.host import ExcelHost


def excel_host() -> ExcelHost | None:
    """Excel on this machine; None where there can be none."""
    if sys.platform not in ("win32", "darwin"):
        return None
    from addin.hosts.excel.host import ExcelHost
    from addin.hosts.excel.payload import packaged
    from addin.hosts.excel.real_system import this_machine

    return ExcelHost(this_machine(), packaged())
