"""LibreOffice as a program to install into: installation and doctor over one machine and one office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from addin.hosts.installing import Diagnosis, Step
from addin.hosts.libreoffice.installing.doctor import diagnose
from addin.hosts.libreoffice.installing.installation import install, uninstall
from addin.hosts.libreoffice.installing.machine import Machine
from addin.hosts.libreoffice.installing.office import Office
from addin.hosts.libreoffice.installing.payload import Payload, packaged


@dataclass(frozen=True, slots=True)
class LibreOfficeHost:
    """See ``addin.hosts.installing.Host``."""

    machine: Machine
    office: Office
    payload: Payload = field(default_factory=packaged)
    name: str = "libreoffice"

    def install(self, *, dry_run: bool) -> Sequence[Step]:
        """Write the settings and install the extension."""
        return install(self.machine, self.office, self.payload, dry_run=dry_run)

    def uninstall(self, *, dry_run: bool) -> Sequence[Step]:
        """Remove them."""
        return uninstall(self.machine, self.office, self.payload, dry_run=dry_run)

    def diagnose(self, files: Sequence[Path] = ()) -> Sequence[Diagnosis]:  # noqa: ARG002 - nothing is asked of files
        """Look for what stands in the way."""
        return diagnose(self.machine, self.office, self.payload)
