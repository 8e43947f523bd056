"""Install and uninstall, as steps that a dry run only lists.

Each file is written whole beside its place and moved there, the add-in last: an interrupted installation has either
the old add-in or the new one, and running it again finishes it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from addin.errors import CouldNotSave, UsageProblem
from addin.hosts.excel import settings_file
from addin.hosts.excel.payload import Payload
from addin.hosts.excel.places import PROPOSED_FOLDER, Places, places
from addin.hosts.excel.system import Kind, System, is_plain, mark_of_the_web
from addin.hosts.installing import Step, StepKind

EXCEL_PROGRAM = {Kind.WINDOWS: "excel.exe", Kind.MAC: "microsoft excel"}


@dataclass(frozen=True, slots=True)
class _Planned:
    """A step with what it writes."""

    kind: StepKind
    path: PurePath
    data: bytes = b""


def install(system: System, payload: Payload, *, dry_run: bool) -> list[Step]:
    """Copy the add-in into Excel's startup folder and write the settings; what is right already is left alone.

    Raises UsageProblem ``install_path_accents`` where Excel could not start this Python, ``excel_open`` where an add-in
    in use would be replaced; CouldNotSave ``install_no_rights`` and ``install_failed``.
    """
    python = str(system.python().executable)
    if not is_plain(python):
        raise UsageProblem("install_path_accents", path=python, proposed=PROPOSED_FOLDER)
    where = places(system, payload.xlwings)
    with _answering_for(where.startup):
        planned = list(_to_install(system, payload, where, python))
    if _touches(planned, where.addin) and _in_use(system, where):
        raise UsageProblem("excel_open")
    return _carry_out(system, where, planned, dry_run=dry_run)


def uninstall(system: System, payload: Payload, *, dry_run: bool) -> list[Step]:
    """Remove add-in, settings and logs. What is the user's is kept and named: mail accounts, copies of workbooks.

    Raises UsageProblem ``excel_open``; CouldNotSave as ``install``.
    """
    where = places(system, payload.xlwings)
    with _answering_for(where.startup):
        planned = list(_to_uninstall(system, payload, where))
    if _touches(planned, where.addin) and _in_use(system, where):
        raise UsageProblem("excel_open")
    done = _carry_out(system, where, planned, dry_run=dry_run)
    if not dry_run:
        for folder in (where.settings.parent, where.own_data):
            # On macOS the settings lie in Excel's own folder, which stays: it is not empty.
            with _answering_for(folder):
                system.remove_empty_folder(folder)
    return done


def _to_install(system: System, payload: Payload, where: Places, python: str) -> Iterator[_Planned]:
    yield from _left_over(system, where)
    earlier = system.read(where.settings)
    wanted = [(where.settings, settings_file.with_python(earlier, system.kind, python))]
    if where.script is not None:
        wanted.append((where.script, payload.script))
    wanted.append((where.addin, payload.addin))
    for path, data in wanted:
        if system.read(path) != data:
            yield _Planned(StepKind.WRITE, path, data)
        elif system.kind is Kind.WINDOWS and system.read(mark_of_the_web(path)) is not None:
            yield _Planned(StepKind.UNBLOCK, path)


def _to_uninstall(system: System, payload: Payload, where: Places) -> Iterator[_Planned]:
    yield from _left_over(system, where)
    for path in (where.addin, where.settings, *system.files_in(where.own_data)):
        if system.read(path, 0) is not None:
            yield _Planned(StepKind.REMOVE, path)
    # Another file of that name is some other use of xlwings.
    if where.script is not None and system.read(where.script) == payload.script:
        yield _Planned(StepKind.REMOVE, where.script)
    if system.read(where.accounts, 0) is not None:
        yield _Planned(StepKind.KEEP, where.accounts)
    if system.is_folder(where.copies):
        yield _Planned(StepKind.KEEP, where.copies)


def _left_over(system: System, where: Places) -> Iterator[_Planned]:
    """Half-written files of an installation that was interrupted."""
    for target in (where.settings, where.script, where.addin):
        if target is not None and system.read(where.half_written(target), 0) is not None:
            yield _Planned(StepKind.REMOVE, where.half_written(target))


def _touches(planned: Sequence[_Planned], addin: PurePath) -> bool:
    return any(one.path == addin for one in planned)


def _in_use(system: System, where: Places) -> bool:
    """Whether Excel holds an installed add-in. Into an Excel that has none yet, one can be installed."""
    return system.read(where.addin, 0) is not None and EXCEL_PROGRAM[system.kind] in system.running()


def _carry_out(system: System, where: Places, planned: Sequence[_Planned], *, dry_run: bool) -> list[Step]:
    for one in planned:
        if not dry_run:
            with _answering_for(one.path):
                _do(system, where, one)
    return [Step(one.kind, str(one.path)) for one in planned]


def _do(system: System, where: Places, one: _Planned) -> None:
    if one.kind is StepKind.WRITE:
        half = where.half_written(one.path)
        system.make_folder(half.parent)
        system.make_folder(one.path.parent)
        system.write(half, one.data)
        system.replace(half, one.path)
    elif one.kind is StepKind.UNBLOCK:
        system.remove(mark_of_the_web(one.path))
    elif one.kind is StepKind.REMOVE:
        system.remove(one.path)


@contextlib.contextmanager
def _answering_for(path: PurePath) -> Iterator[None]:
    """What the system refuses about a path becomes CouldNotSave."""
    try:
        yield
    except PermissionError as problem:
        raise CouldNotSave("install_no_rights", path=path) from problem
    except OSError as problem:
        raise CouldNotSave("install_failed", path=path, problem=problem.strerror or problem) from problem
