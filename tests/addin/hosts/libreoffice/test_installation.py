"""Install and uninstall over machines in memory."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import PurePosixPath

import pytest

from addin import cli
from addin.errors import CouldNotSave, UsageProblem
from addin.hosts.excel.host import ExcelHost
from addin.hosts.excel.payload import packaged
from addin.hosts.installing import StepKind
from addin.hosts.libreoffice.extension import TOOLBAR
from addin.hosts.libreoffice.inside.settings import settings_from
from addin.hosts.libreoffice.installing.installation import without_toolbar
from tests.addin.hosts.excel import fake_machines as excel_machines
from tests.addin.hosts.libreoffice.office_machines import (
    HOME,
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

MACHINES = pytest.mark.parametrize("make", [linux, windows, mac])
EXTENSION = f"{PACKAGES}/sangkien.oxt"


def steps(machine: OfficeMachine, *, dry_run: bool = False) -> list[tuple[StepKind, str]]:
    return [(step.kind, step.target) for step in host(machine).install(dry_run=dry_run)]


def refused(machine: OfficeMachine) -> str:
    before, changes = machine.content(), machine.changes
    with pytest.raises(UsageProblem) as problem:
        host(machine).install(dry_run=False)
    assert (machine.content(), machine.changes) == (before, changes)
    return str(problem.value.error_code)


def test_settings_are_written_first_and_the_extension_last() -> None:
    machine = linux()
    assert steps(machine) == [(StepKind.WRITE, SETTINGS), (StepKind.WRITE, EXTENSION)]
    settings = settings_from(json.loads(machine.files[PurePosixPath(SETTINGS)]))
    assert settings.command == (PYTHON, "-E", "-P", "-X", "utf8", "-m", "addin.hosts.libreoffice.child")
    assert settings.silence >= 300
    assert settings.log == f"{PROFILE}/user/sangkien/libreoffice.log"


@MACHINES
def test_nothing_is_done_twice_and_a_dry_run_does_nothing(make: Callable[[], OfficeMachine]) -> None:
    machine = make()
    before = machine.content()
    planned = steps(machine, dry_run=True)
    assert (machine.content(), machine.changes) == (before, 0)
    assert steps(machine) == planned
    assert steps(machine) == []


@MACHINES
def test_uninstalling_leaves_nothing_of_ours(make: Callable[[], OfficeMachine]) -> None:
    machine = make()
    before, folders = machine.content(), set(machine.folders)
    installed(machine)
    for name in ("libreoffice.log", "libreoffice.log.functions", "bridge.json.moi"):  # what its use leaves
        machine.put(str(host(machine).office.profile / "user" / "sangkien" / name))
    host(machine).uninstall(dry_run=False)
    left = machine.content().keys() - before.keys()
    assert {path.name for path in left} <= {"uno_packages.pmap"}, "the office's own list of packages"
    assert not [one for one in machine.folders if "sangkien" in one.name and one not in folders]
    assert host(machine).uninstall(dry_run=False) == []


def test_uninstalling_keeps_and_names_what_is_the_users() -> None:
    machine = installed(linux())
    account = machine.put(f"{HOME}/.config/sangkien/hop-thu.toml", b"[[account]]")
    copy = machine.put(f"{HOME}/.local/state/sangkien/sao-luu/bao-cao.xlsx", b"PK")
    log = machine.put(f"{HOME}/.local/state/sangkien/nhat-ky.log", b"===")
    done = host(machine).uninstall(dry_run=False)
    assert [step.target for step in done if step.kind is StepKind.KEEP] == [str(account), str(copy.parent)]
    assert account in machine.files
    assert copy in machine.files
    assert log not in machine.files


def test_the_office_forgets_our_toolbar_and_nothing_else() -> None:
    path = "/org.openoffice.Office.UI.CalcWindowState/UIElements/States/org.openoffice.Office.UI.WindowState"
    ours = (
        f"<item oor:path=\"{path}:WindowStateType['private:resource/toolbar/addon_{TOOLBAR}']\">"
        '<prop oor:name="DockPos" oor:op="fuse"><value>0,3</value></prop></item>\n'
    )
    other = ours.replace(TOOLBAR, "org.another.toolbar")
    whole = f'<?xml version="1.0"?>\n<oor:items>\n{other}{ours}{other}{ours}</oor:items>\n'.encode()
    assert without_toolbar(whole) == f'<?xml version="1.0"?>\n<oor:items>\n{other}{other}</oor:items>\n'.encode()
    machine = installed(linux())
    remembered = machine.put(f"{PROFILE}/user/registrymodifications.xcu", whole)
    host(machine).uninstall(dry_run=False)
    assert machine.files[remembered] == without_toolbar(whole)


def test_an_older_extension_is_replaced_and_one_that_was_touched_too() -> None:
    machine = installed(linux())
    part = next(path for path in machine.files if path.name == "Addons.xcu")
    machine.files[part] += b" "
    assert steps(machine) == [(StepKind.WRITE, EXTENSION)]
    assert steps(machine) == []


def test_another_python_is_written_and_a_persons_times_stay() -> None:
    machine = installed(linux())
    settings = PurePosixPath(SETTINGS)
    changed = json.loads(machine.files[settings]) | {"silence": 900, "total": "mãi"}
    machine.files[settings] = json.dumps(changed).encode()
    machine.facts = dataclasses.replace(machine.facts, executable=PurePosixPath("/opt/moi/bin/python"))
    assert steps(machine) == [(StepKind.WRITE, SETTINGS)]
    written = settings_from(json.loads(machine.files[settings]))
    assert (written.command[0], written.silence, written.total) == ("/opt/moi/bin/python", 900.0, 14400.0)


def test_an_open_office_is_left_alone() -> None:
    machine = linux()
    machine.programs.add("soffice.bin")
    assert host(machine).install(dry_run=True), "an office with another profile does not matter"
    machine.put(f"{PROFILE}/.lock")
    assert refused(machine) == "lo_open"
    machine.programs.clear()
    assert steps(machine), "a lock that a crash left does not matter"
    machine.programs.add("soffice.bin")
    assert steps(machine) == [], "where nothing is to be done nothing is in the way"
    with pytest.raises(UsageProblem) as problem:
        host(machine).uninstall(dry_run=True)
    assert problem.value.error_code == "lo_open"


def test_what_cannot_serve_is_refused_with_its_remedy() -> None:
    machine = linux()
    machine.root = True
    assert refused(machine) == "lo_as_root"
    machine = linux()
    machine.put(f"{PROGRAMS}/bootstraprc", bootstrap("7.1"))
    assert refused(machine) == "lo_too_old"
    machine = linux()
    del machine.files[PurePosixPath(PROGRAMS) / "pythonloader.py"]
    assert refused(machine) == "lo_without_python"
    machine = linux()
    machine.files = {path: data for path, data in machine.files.items() if PROGRAMS not in str(path)}
    machine.put("/snap/libreoffice/current/meta/snap.yaml")
    assert refused(machine) == "lo_confined"


def test_what_the_offices_own_program_says_is_told() -> None:
    machine = linux()
    machine.refuses = "ERROR: unopkg cannot be started."
    with pytest.raises(CouldNotSave) as problem:
        host(machine).install(dry_run=False)
    assert problem.value.error_code == "lo_refused"
    assert str(problem.value.facts["problem"]) == machine.refuses


def test_an_unfit_program_is_told_and_the_other_one_is_installed_into(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old = linux()
    old.put(f"{PROGRAMS}/bootstraprc", bootstrap("6.4"))
    excel = ExcelHost(excel_machines.windows(), packaged())
    monkeypatch.setattr("addin.hosts.installing.hosts", lambda: (excel, host(old)))
    assert cli.main(["install"]) == 0
    out, err = capsys.readouterr()
    assert "XLSTART" in out
    assert "bản 6.4" in err
    assert old.changes == 0
    monkeypatch.setattr("addin.hosts.installing.hosts", lambda: (host(old),))
    assert cli.main(["install"]) == 2


def test_a_program_that_is_open_stops_both_before_either_is_changed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = linux()
    machine.put(f"{PROFILE}/.lock")
    machine.programs.add("soffice.bin")
    excel = excel_machines.windows()
    monkeypatch.setattr("addin.hosts.installing.hosts", lambda: (ExcelHost(excel, packaged()), host(machine)))
    assert cli.main(["install"]) == 2
    assert "đóng hết cửa sổ LibreOffice" in capsys.readouterr().err
    assert excel.changes == machine.changes == 0


def test_each_program_says_its_own_ending(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    both = (ExcelHost(excel_machines.windows(), packaged()), host(linux()))
    monkeypatch.setattr("addin.hosts.installing.hosts", lambda: both)
    for command, words in (
        ("install", ("mở lại Excel", "mở lại LibreOffice Calc")),
        ("install", ("đã được cài đúng, không", "đã được cài đúng vào LibreOffice")),
        ("uninstall", ("khỏi Excel", "khỏi LibreOffice")),
        ("uninstall", ("không có trong Excel", "không có trong LibreOffice")),
    ):
        assert cli.main([command]) == 0
        out = capsys.readouterr().out
        assert [word for word in words if word not in out] == []


@MACHINES
def test_cut_off_anywhere_running_it_again_finishes_it(make: Callable[[], OfficeMachine]) -> None:
    whole = installed(make()).content()
    for place in range(1, 20):
        machine = make()
        machine.fail_at = place
        try:
            host(machine).install(dry_run=False)
        except CouldNotSave:
            machine.fail_at = None
            host(machine).install(dry_run=False)
            assert machine.content().keys() == whole.keys(), place
            continue
        break
    else:
        pytest.fail("it never came through")
    assert place > 4
