"""Install and uninstall, as steps that a dry run only lists.

Settings are written first, the extension last, so an interrupted installation has no button that cannot find its
Python; running it again finishes it. The extension goes in and out by the office's own program, never by our hands.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from addin.errors import CouldNotSave, UsageProblem
from addin.hosts.excel.system import Kind
from addin.hosts.installing import ProgramUnfit, Step, StepKind
from addin.hosts.libreoffice.extension import IDENTIFIER, OLDEST_OFFICE, TOOLBAR, UnopkgError
from addin.hosts.libreoffice.installing import settings_file
from addin.hosts.libreoffice.installing.machine import Machine
from addin.hosts.libreoffice.installing.office import Office
from addin.hosts.libreoffice.installing.payload import Payload
from addin.hosts.libreoffice.installing.places import Places, places
from addin.hosts.libreoffice.installing.present import State, left_over, present

OFFICE_PROGRAMS = frozenset({"soffice.bin", "soffice.exe", "soffice"})


@dataclass(frozen=True, slots=True)
class _Planned:
    """A step with what it writes; ``extension`` where the office's own program does it."""

    kind: StepKind
    path: PurePath
    data: bytes = b""
    extension: bool = False


def install(machine: Machine, office: Office, payload: Payload, *, dry_run: bool) -> list[Step]:
    """Write the settings and install the extension; what is right already is left alone.

    Raises ProgramUnfit ``lo_confined``, ``lo_too_old`` and ``lo_without_python``; UsageProblem ``lo_as_root``, and
    ``lo_open`` where an office holds the profile; CouldNotSave ``install_no_rights``, ``install_failed`` and
    ``lo_refused``.
    """
    _refuse_office(machine, office)
    where = places(machine, office.profile)
    with _answering_for(where.profile):
        planned = list(_to_install(machine, payload, where))
    _refuse_now(machine, where, planned)
    return _carry_out(machine, office, payload, where, planned, dry_run=dry_run)


def uninstall(machine: Machine, office: Office, payload: Payload, *, dry_run: bool) -> list[Step]:
    """Remove extension, settings, logs, and what the office remembers of the toolbar. What is the user's is kept and
    named, as Excel's host does. Raises as ``install``, but serves any office."""
    where = places(machine, office.profile)
    with _answering_for(where.profile):
        planned = list(_to_uninstall(machine, payload, where))
    _refuse_now(machine, where, planned)
    done = _carry_out(machine, office, payload, where, planned, dry_run=dry_run)
    if not dry_run:
        for folder in (where.settings.parent, where.own_data):
            if folder is not None:
                with _answering_for(folder):
                    machine.remove_empty_folder(folder)
    return done


def has_python(machine: Machine, office: Office) -> bool:
    """Whether the office can run Python: on Linux that is a package of its own (python3-uno)."""
    return machine.kind is not Kind.LINUX or machine.read(office.folder / "pythonloader.py", 0) is not None


def is_running(machine: Machine, where: Places) -> bool:
    """Whether an office runs with this profile. A lock alone may be left from a crash."""
    return machine.read(where.lock, 0) is not None and bool(OFFICE_PROGRAMS & machine.running())


def _refuse_office(machine: Machine, office: Office) -> None:
    if office.confined:
        raise ProgramUnfit("lo_confined", box=office.confined)
    if office.version is not None and office.version < OLDEST_OFFICE:
        raise ProgramUnfit("lo_too_old", version=spelled(office.version), oldest=spelled(OLDEST_OFFICE))
    if not has_python(machine, office):
        raise ProgramUnfit("lo_without_python")


def _refuse_now(machine: Machine, where: Places, planned: Sequence[_Planned]) -> None:
    """What needs the office's own program, or changes what a running office would write back."""
    if not any(one.extension or one.path == where.remembered for one in planned):
        return
    if machine.is_root():
        raise UsageProblem("lo_as_root")
    if is_running(machine, where):
        raise UsageProblem("lo_open")


def spelled(version: tuple[int, int]) -> str:
    """``7.4``."""
    return ".".join(map(str, version))


def _to_install(machine: Machine, payload: Payload, where: Places) -> Iterator[_Planned]:
    yield from _half_written(machine, where)
    python = str(machine.python().executable)
    earlier = machine.read(where.settings)
    settings = settings_file.with_python(earlier, python, str(where.log))
    if earlier != settings:
        yield _Planned(StepKind.WRITE, where.settings, settings)
    if present(machine, where, payload).state is not State.SAME:
        yield _Planned(StepKind.WRITE, where.packages / payload.file.name, extension=True)


def _to_uninstall(machine: Machine, payload: Payload, where: Places) -> Iterator[_Planned]:
    yield from _half_written(machine, where)
    if present(machine, where, payload).state is not State.MISSING:
        yield _Planned(StepKind.REMOVE, where.packages / payload.file.name, extension=True)
    remembered = machine.read(where.remembered) or b""
    if (forgotten := without_toolbar(remembered)) != remembered:
        yield _Planned(StepKind.WRITE, where.remembered, forgotten)
    for folder in (where.settings.parent, where.own_data):
        for path in () if folder is None else machine.files_in(folder):
            if path != where.half_written(where.settings):
                yield _Planned(StepKind.REMOVE, path)
    if where.accounts is not None and machine.read(where.accounts, 0) is not None:
        yield _Planned(StepKind.KEEP, where.accounts)
    if where.copies is not None and machine.is_folder(where.copies):
        yield _Planned(StepKind.KEEP, where.copies)


def without_toolbar(remembered: bytes) -> bytes:
    """What the office remembers, without the place of our toolbar: it writes one item a line."""
    name = f"addon_{TOOLBAR}'".encode()
    lines = remembered.splitlines(keepends=True)
    ours = (name in one and one.startswith(b"<item ") and one.rstrip().endswith(b"</item>") for one in lines)
    return b"".join(one for one, drop in zip(lines, ours, strict=True) if not drop)


def _half_written(machine: Machine, where: Places) -> Iterator[_Planned]:
    for target in (where.settings, where.remembered):
        if machine.read(where.half_written(target), 0) is not None:
            yield _Planned(StepKind.REMOVE, where.half_written(target))


def _carry_out(
    machine: Machine, office: Office, payload: Payload, where: Places, planned: Sequence[_Planned], *, dry_run: bool
) -> list[Step]:
    for one in planned:
        if not dry_run:
            with _answering_for(one.path):
                _do(machine, office, payload, where, one)
    return [Step(one.kind, str(one.path)) for one in planned]


def _do(machine: Machine, office: Office, payload: Payload, where: Places, one: _Planned) -> None:
    if one.extension and one.kind is StepKind.WRITE:
        machine.add_extension(office.unopkg, payload.file, where.profile)
    elif one.extension:
        machine.remove_extension(office.unopkg, IDENTIFIER, where.profile)
        for folder in left_over(machine, where):
            machine.remove_folder(folder)
            machine.remove(folder.parent / folder.name.rstrip("_"))  # the file that keeps the folder's name taken
    elif one.kind is StepKind.WRITE:
        half = where.half_written(one.path)
        machine.make_folder(half.parent)
        machine.write(half, one.data)
        machine.replace(half, one.path)
    elif one.kind is StepKind.REMOVE:
        machine.remove(one.path)


@contextlib.contextmanager
def _answering_for(path: PurePath) -> Iterator[None]:
    """What the system or the office's own program refuses about a path becomes CouldNotSave."""
    try:
        yield
    except UnopkgError as problem:
        raise CouldNotSave("lo_refused", path=path, problem=problem) from problem
    except PermissionError as problem:
        raise CouldNotSave("install_no_rights", path=path) from problem
    except OSError as problem:
        raise CouldNotSave("install_failed", path=path, problem=problem.strerror or problem) from problem
