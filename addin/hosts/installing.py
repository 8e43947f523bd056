"""Installing into the spreadsheet programs of this machine, and finding out why something does not work.

Each program is a ``Host``; ``hosts`` lists those that this machine can have. The commands ``install``, ``uninstall``
and ``doctor`` speak to all of them alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from addin.errors import UsageProblem


class ProgramUnfit(UsageProblem):
    """A program that cannot take the add-in as it is; another one on this machine may."""


class StepKind(StrEnum):
    """What a step does with its target. The words are in the catalogue: ``step.<kind>``, ``step.will_<kind>``."""

    WRITE = "write"
    UNBLOCK = "unblock"  # takes the mark "from the internet" off a file
    REMOVE = "remove"
    KEEP = "keep"  # is left on purpose, and the person is told


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done, or in a dry run one that would be done. ``target`` is a path as this system writes it."""

    kind: StepKind
    target: str


class Severity(StrEnum):
    """How much a diagnosis matters."""

    ERROR = "error"  # buttons or functions do not work
    WARNING = "warning"  # something does not work, or may not
    NOTE = "note"  # good to know when looking for a cause


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing found. Its sentences are ``doctor.<code>``: ``what`` and ``remedy``, filled by the facts."""

    code: str
    severity: Severity
    facts: Mapping[str, object] = field(default_factory=dict)


class Host(Protocol):
    """A spreadsheet program that the add-in is installed into."""

    @property
    def name(self) -> str:
        """``excel`` or ``libreoffice``."""
        ...

    def install(self, *, dry_run: bool) -> Sequence[Step]:
        """Bring the installation to what it should be; nothing is done twice, a dry run does nothing.

        Raises UsageProblem where it cannot be done as things are, ProgramUnfit where it never can be, CouldNotSave.
        """
        ...

    def uninstall(self, *, dry_run: bool) -> Sequence[Step]:
        """Remove whatever ``install`` and the add-in's own use left. Raises as ``install``."""
        ...

    def diagnose(self, files: Sequence[Path] = ()) -> Sequence[Diagnosis]:
        """What stands in the way, the worst first. ``files`` are workbooks to look at too. Changes nothing."""
        ...


def hosts() -> tuple[Host, ...]:
    """The programs that can be installed into here; none on a system that has none of them."""
    from addin.hosts.excel import excel_host
    from addin.hosts.libreoffice.installing import libreoffice_host

    found = (excel_host(), libreoffice_host())
    return tuple(host for host in found if host is not None)


def worst_first(diagnoses: Sequence[Diagnosis]) -> list[Diagnosis]:
    """Errors, then warnings, then notes; otherwise as found."""
    order = list(Severity)
    return sorted(diagnoses, key=lambda one: order.index(one.severity))
