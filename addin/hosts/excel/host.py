"""Excel as a program to install into: installation and doctor over one machine and one built add-in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from addin.hosts.excel.doctor import diagnose
from addin.hosts.excel.installation import install, uninstall
from addin.hosts.excel.payload import Payload
from addin.hosts.excel.system import System
from addin.hosts.installing import Diagnosis, Step


@dataclass(frozen=True, slots=True)
class ExcelHost:
    """See ``addin.hosts.installing.Host``."""

    system: System
    payload: Payload
    name: str = "excel"

    def install(self, *, dry_run: bool) -> Sequence[Step]:
        """Copy the add-in and write the settings."""
        return install(self.system, self.payload, dry_run=dry_run)

    def uninstall(self, *, dry_run: bool) -> Sequence[Step]:
        """Remove them."""
        return uninstall(self.system, self.payload, dry_run=dry_run)

    def diagnose(self, files: Sequence[Path] = ()) -> Sequence[Diagnosis]:
        """Look for what stands in the way."""
        return diagnose(self.system, self.payload, [self.system.path(str(file)) for file in files])
