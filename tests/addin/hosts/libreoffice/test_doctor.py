"""LibreOffice's doctor: each diagnosis on a machine with that trouble alone, none on a healthy one."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import PurePath, PurePosixPath

import pytest

from addin.hosts.commands import sentences
from addin.hosts.installing import Severity
from addin.hosts.libreoffice.installing.diagnoses import SEVERITY
from addin.hosts.libreoffice.installing.payload import DESCRIPTION
from tests.addin.hosts.libreoffice.office_machines import (
    PACKAGES,
    PROFILE,
    PROGRAMS,
    PYTHON,
    SETTINGS,
    OfficeMachine,
    bootstrap,
    host,
    installed,
    linux,
    mac,
    windows,
)


def without(*places: str) -> Callable[[OfficeMachine], None]:
    def change(machine: OfficeMachine) -> None:
        for place in places:
            del machine.files[PurePosixPath(place)]

    return change


def part(machine: OfficeMachine, name: str) -> PurePath:
    return next(path for path in machine.files if path.name == name and PACKAGES in str(path))


def older(machine: OfficeMachine) -> None:
    description = part(machine, DESCRIPTION)
    machine.files[description] = machine.files[description].replace(b'version value="', b'version value="0.0.')


def damaged(machine: OfficeMachine) -> None:
    del machine.files[part(machine, DESCRIPTION)]


def settings(**changes: object) -> Callable[[OfficeMachine], None]:
    def change(machine: OfficeMachine) -> None:
        path = PurePosixPath(SETTINGS)
        machine.files[path] = json.dumps(json.loads(machine.files[path]) | changes).encode()

    return change


def python(**facts: object) -> Callable[[OfficeMachine], None]:
    def change(machine: OfficeMachine) -> None:
        machine.facts = dataclasses.replace(machine.facts, **facts)  # type: ignore[arg-type]

    return change


def another_python(machine: OfficeMachine) -> None:
    machine.put("/opt/khac/bin/python")
    settings(command=["/opt/khac/bin/python", "-m", "addin.hosts.libreoffice.child"])(machine)


def running(machine: OfficeMachine) -> None:
    machine.programs.add("soffice.bin")
    machine.put(f"{PROFILE}/.lock")


TROUBLES: dict[str, Callable[[OfficeMachine], object]] = {
    "lo_too_old": lambda machine: machine.put(f"{PROGRAMS}/bootstraprc", bootstrap("6.4")),
    "lo_without_python": without(f"{PROGRAMS}/pythonloader.py"),
    "lo_running": running,
    "lo_root": lambda machine: setattr(machine, "root", True),
    "lo_extension_missing": lambda machine: machine.put(f"{PACKAGES}/uno_packages.pmap", b"Pmp1\n"),
    "lo_extension_damaged": damaged,
    "lo_extension_other": older,
    "lo_install_unfinished": lambda machine: machine.put(f"{SETTINGS}.moi", b"{"),
    "lo_settings_missing": without(SETTINGS),
    "lo_settings_broken": settings(command="python"),
    "lo_python_gone": without(PYTHON),
    "lo_other_python": another_python,
    "lo_python_version": python(version=(3, 14)),
    "lo_no_windows": python(modules=frozenset()),
    "lo_not_readable": lambda machine: machine.unreadable.add(PurePosixPath(SETTINGS)),
}


@pytest.mark.parametrize("code", TROUBLES)
def test_each_trouble_is_found_and_no_other(code: str) -> None:
    machine = installed(linux())
    TROUBLES[code](machine)
    (found,) = host(machine).diagnose()
    assert found.code == code
    for words in sentences(found, "vi"):
        assert words
        assert "{" not in words


def test_an_office_in_a_box_is_told_before_all_else() -> None:
    machine = linux()
    machine.files = {path: data for path, data in machine.files.items() if PROGRAMS not in str(path)}
    machine.put("/var/lib/flatpak/app/org.libreoffice.LibreOffice/current")
    first = host(machine).diagnose()[0]
    assert (first.code, first.facts["box"]) == ("lo_confined", "flatpak")


def test_every_diagnosis_has_a_machine_with_that_trouble() -> None:
    assert {*TROUBLES, "lo_confined"} == SEVERITY.keys()


@pytest.mark.parametrize("make", [linux, windows, mac])
def test_a_healthy_machine_has_none(make: Callable[[], OfficeMachine]) -> None:
    assert host(installed(make())).diagnose() == []


def test_it_works_where_xlwings_does_not() -> None:
    code = "import sys; sys.modules['xlwings'] = None; from addin.hosts.installing import hosts; hosts()"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_before_installing_it_says_what_to_run() -> None:
    found = host(linux()).diagnose()
    assert [one.code for one in found] == ["lo_extension_missing", "lo_settings_missing"]
    assert all(one.severity is Severity.ERROR for one in found)
    assert all("sangkien install" in sentences(one, "vi")[1] for one in found)
