"""Install and uninstall over a Windows and a Mac in memory."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import PureWindowsPath

import pytest

from addin.errors import CouldNotSave, UsageProblem
from addin.hosts.excel import settings_file
from addin.hosts.excel.host import ExcelHost
from addin.hosts.excel.payload import packaged, versions_of
from addin.hosts.excel.places import places
from addin.hosts.excel.system import Kind
from addin.hosts.installing import StepKind
from addin.incidents import log_file
from tests.addin.hosts.excel.fake_machines import (
    HOME,
    MAC_HOME,
    MAC_PYTHON,
    PYTHON,
    FakeMachine,
    installed,
    mac,
    windows,
)

ADDIN = f"{HOME}\\AppData\\Roaming\\Microsoft\\Excel\\XLSTART\\sangkien.xlam"
SETTINGS = f"{HOME}\\.sangkien\\sangkien.conf"
MAC_OFFICE = f"{MAC_HOME}/Library/Group Containers/UBF8T346G9.Office"
MAC_STARTUP = f"{MAC_OFFICE}/User Content.localized/Startup.localized/Excel/sangkien.xlam"
MAC_SETTINGS = f"{MAC_HOME}/Library/Containers/com.microsoft.Excel/Data/sangkien.conf"
MAC_SCRIPTS = f"{MAC_HOME}/Library/Application Scripts/com.microsoft.Excel"


def host(machine: FakeMachine) -> ExcelHost:
    return ExcelHost(machine, packaged())


def install(machine: FakeMachine) -> list[tuple[StepKind, str]]:
    return [(step.kind, step.target) for step in host(machine).install(dry_run=False)]


def test_the_packaged_addin_names_its_versions_and_brings_the_script_for_macs() -> None:
    payload = packaged()
    assert versions_of(payload.addin) == {"sangkien": payload.sangkien, "xlwings": payload.xlwings}
    assert b"on VbaHandler(ParameterString)" in payload.script


def test_installing_on_windows_writes_the_settings_and_then_the_addin() -> None:
    machine = windows()
    before = machine.content()
    assert install(machine) == [(StepKind.WRITE, SETTINGS), (StepKind.WRITE, ADDIN)]
    assert machine.files[PureWindowsPath(ADDIN)] == packaged().addin
    assert machine.files[PureWindowsPath(SETTINGS)] == f'"INTERPRETER_WIN","{PYTHON}"\r\n'.encode("ascii")
    assert machine.files.keys() - before.keys() == {PureWindowsPath(ADDIN), PureWindowsPath(SETTINGS)}


def test_installing_on_a_mac_writes_xlwings_script_too() -> None:
    machine = mac()
    script = f"{MAC_SCRIPTS}/xlwings-{packaged().xlwings}.applescript"
    assert [target for _, target in install(machine)] == [MAC_SETTINGS, script, MAC_STARTUP]
    assert machine.files[machine.path(MAC_SETTINGS)] == f'"INTERPRETER_MAC","{MAC_PYTHON}"\n'.encode("ascii")


@pytest.mark.parametrize("make", [windows, mac])
def test_installing_again_finds_nothing_to_do(make: Callable[[], FakeMachine]) -> None:
    machine = installed(make())
    after = machine.content()
    assert install(machine) == []
    assert (machine.content(), machine.changes) == (after, 0)


@pytest.mark.parametrize("make", [windows, mac])
def test_a_dry_run_lists_the_same_steps_and_changes_nothing(make: Callable[[], FakeMachine]) -> None:
    machine = make()
    before = machine.content()
    steps = host(machine).install(dry_run=True)
    assert (machine.content(), machine.changes) == (before, 0)
    assert list(host(machine).install(dry_run=False)) == list(steps)
    machine.changes = 0
    before = machine.content()
    steps = host(machine).uninstall(dry_run=True)
    assert (machine.content(), machine.changes) == (before, 0)
    assert list(host(machine).uninstall(dry_run=False)) == list(steps)


@pytest.mark.parametrize("make", [windows, mac])
def test_uninstalling_leaves_nothing(make: Callable[[], FakeMachine]) -> None:
    machine = make()
    files, folders = machine.content(), set(machine.folders)
    install(machine)
    logs = host(machine).system.home
    for name in ("nhat-ky.log", "chien-dich-gan-nhat.txt"):
        where = (
            f"{HOME}\\AppData\\Local\\sangkien\\{name}"
            if machine.kind is Kind.WINDOWS
            else f"{logs}/Library/Logs/sangkien/{name}"
        )
        machine.put(where, b"incident")
    steps = host(machine).uninstall(dry_run=False)
    assert all(step.kind is StepKind.REMOVE for step in steps)
    assert machine.content() == files
    left = {str(one) for one in machine.folders - folders}
    assert not [one for one in left if "sangkien" in one], "our own folders are gone; Excel's may stay"
    assert list(host(machine).uninstall(dry_run=False)) == []


def test_what_is_the_users_is_kept_and_named() -> None:
    machine = installed(windows())
    accounts = machine.put(f"{HOME}\\AppData\\Roaming\\sangkien\\hop-thu.toml", b"[[account]]")
    copy = machine.put(f"{HOME}\\AppData\\Local\\sangkien\\sao-luu\\bao cao\\20220601.xlsx", b"a workbook")
    steps = host(machine).uninstall(dry_run=False)
    kept = [step.target for step in steps if step.kind is StepKind.KEEP]
    assert kept == [str(accounts), str(copy.parent.parent)]
    assert {accounts, copy} <= machine.files.keys()


def test_somebody_elses_script_of_that_name_is_left_alone() -> None:
    machine = installed(mac())
    script = machine.put(f"{MAC_SCRIPTS}/xlwings-{packaged().xlwings}.applescript", b"their own")
    host(machine).uninstall(dry_run=False)
    assert machine.files[script] == b"their own"


# -- upgrades ------------------------------------------------------------------------------------------------------


def test_an_upgrade_replaces_addin_and_interpreter_and_keeps_other_settings() -> None:
    machine = installed(windows())
    machine.put(ADDIN, b"older")
    machine.put(SETTINGS, b'"INTERPRETER_WIN","C:\\Old\\python.exe"\r\n\r\n"USE UDF SERVER","True"\r\n')
    install(machine)
    assert machine.files[PureWindowsPath(ADDIN)] == packaged().addin
    settings = machine.files[PureWindowsPath(SETTINGS)]
    assert settings_file.parsed(settings) == {"INTERPRETER_WIN": PYTHON, "USE UDF SERVER": "True"}
    assert settings_file.is_tidy(settings)


def test_an_open_excel_that_uses_the_addin_is_not_upgraded() -> None:
    machine = installed(windows())
    machine.put(ADDIN, b"older")
    machine.programs.add("excel.exe")
    before = machine.content()
    for act in (host(machine).install, host(machine).uninstall):
        with pytest.raises(UsageProblem) as refused:
            act(dry_run=False)
        assert refused.value.error_code == "excel_open"
    assert (machine.content(), machine.changes) == (before, 0)


def test_into_an_open_excel_without_the_addin_it_can_be_installed() -> None:
    machine = windows()
    machine.programs.add("excel.exe")
    assert (StepKind.WRITE, ADDIN) in install(machine)


def test_settings_alone_are_mended_while_excel_is_open() -> None:
    machine = installed(windows())
    machine.programs.add("excel.exe")
    machine.put(SETTINGS, b"")
    assert install(machine) == [(StepKind.WRITE, SETTINGS)]


def test_the_mark_of_the_web_is_taken_off_an_installed_file() -> None:
    machine = installed(windows())
    mark = machine.put(f"{ADDIN}:Zone.Identifier", b"[ZoneTransfer]\r\nZoneId=3\r\n")
    assert install(machine) == [(StepKind.UNBLOCK, ADDIN)]
    assert mark not in machine.files
    assert machine.files[PureWindowsPath(ADDIN)] == packaged().addin


# -- what goes wrong -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["C:\\Users\\Nguyễn\\python.exe", "C:\\100%\\python.exe"])
def test_a_python_that_excel_cannot_start_is_refused_before_anything_is_done(place: str) -> None:
    machine = windows()
    machine.facts = dataclasses.replace(machine.facts, executable=PureWindowsPath(place))
    with pytest.raises(UsageProblem) as refused:
        host(machine).install(dry_run=False)
    assert refused.value.error_code == "install_path_accents"
    assert refused.value.facts["proposed"] == "C:\\CongDoan"
    assert machine.changes == 0


@pytest.mark.parametrize("make", [windows, mac])
@pytest.mark.parametrize("older", [None, b"older"])
def test_an_installation_cut_off_anywhere_is_finished_by_the_next(
    make: Callable[[], FakeMachine], older: bytes | None
) -> None:
    whole = installed(make())
    cut_off = 0
    for number in range(1, 30):
        machine = make()
        addin = machine.path(ADDIN if machine.kind is Kind.WINDOWS else MAC_STARTUP)
        if older is not None:
            machine.put(str(addin), older)
        machine.fail_at = number
        try:
            host(machine).install(dry_run=False)
        except CouldNotSave:
            cut_off += 1
        assert machine.files.get(addin) in (older, packaged().addin), "old or new, never between"
        startup = addin.parent
        assert [one for one in machine.files if one.parent == startup] in ([], [addin]), "Excel opens all that is there"
        machine.fail_at = None
        host(machine).install(dry_run=False)
        assert machine.content() == whole.content()
    assert cut_off > 6


def test_an_interrupted_uninstall_is_finished_by_the_next() -> None:
    empty = windows().content()
    for number in range(1, 6):
        machine = installed(windows())
        machine.fail_at = number
        try:
            host(machine).uninstall(dry_run=False)
        except CouldNotSave:
            machine.fail_at = None
            host(machine).uninstall(dry_run=False)
        assert machine.content() == empty


def test_no_rights_are_said_with_the_path() -> None:
    machine = windows()
    machine.fail_at, machine.failure = 1, lambda: PermissionError(13, "Permission denied")
    with pytest.raises(CouldNotSave) as refused:
        host(machine).install(dry_run=False)
    assert (refused.value.error_code, str(refused.value.facts["path"])) == ("install_no_rights", SETTINGS)


def test_a_settings_file_that_may_not_be_read_is_said() -> None:
    machine = windows()
    machine.unreadable.add(machine.path(SETTINGS))
    with pytest.raises(CouldNotSave) as refused:
        host(machine).install(dry_run=False)
    assert refused.value.error_code == "install_no_rights"


@pytest.mark.parametrize(
    ("data", "tidy", "settings"),
    [
        (b'"A","1"\r\n"B C","x y"\r\n', True, {"A": "1", "B C": "x y"}),
        (b'"A","1"\n\n"B","2"\n', False, {"A": "1", "B": "2"}),
        (b'\xef\xbb\xbf"A","1"\n"B","2"\n', False, {"B": "2"}),
        (b"nonsense\n", False, {}),
        ('"A","Nguyễn"\n'.encode(), False, {"A": "Nguyễn"}),
        (b"", True, {}),
    ],
)
def test_settings_are_read_as_the_macros_read_them(data: bytes, tidy: bool, settings: dict[str, str]) -> None:
    assert settings_file.is_tidy(data) is tidy
    assert settings_file.parsed(data) == settings


def test_the_programs_own_folder_is_the_one_where_logs_are_written() -> None:
    # Said twice, since one is asked of a machine that may be in memory.
    for name, path in (("win32", places(windows(), "").own_data), ("darwin", places(mac(), "").own_data)):
        assert path.name == log_file().parent.name == "sangkien"
        assert ("Local" if name == "win32" else "Logs") in path.parts
