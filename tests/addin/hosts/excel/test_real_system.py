"""What the machine itself answers, as far as it can be asked here, and the texts that Windows' programs print."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from addin.hosts.excel.real_system import MacSystem, programs_listed, this_machine
from addin.hosts.excel.system import Hive, Kind, is_plain, mark_of_the_web

TASKLIST = """\
"System Idle Process","0","Services","0","8 K"
"EXCEL.EXE","4242","Console","1","120.512 K"
"EXCEL.EXE","4243","RDP-Tcp#3","2","98.100 K"
"sangkien.exe","77","Console","1","9.100 K"

"""


@pytest.fixture
def machine() -> MacSystem:
    """Files are the same everywhere; the registry is Windows' own."""
    return MacSystem()


def test_files_are_written_moved_read_and_removed(machine: MacSystem, tmp_path: Path) -> None:
    folder = tmp_path / "Hồ sơ" / "XLSTART"
    assert machine.read(folder / "a") is None
    assert machine.files_in(folder) == ()
    machine.make_folder(folder)
    machine.make_folder(folder)
    machine.write(tmp_path / "half", b"new")
    machine.write(folder / "a", b"old")
    machine.replace(tmp_path / "half", folder / "a")
    assert machine.read(folder / "a") == b"new"
    assert machine.read(folder / "a", 1) == b"n"
    assert machine.read(folder / "a", 0) == b""
    assert machine.files_in(folder) == [folder / "a"]
    machine.remove_empty_folder(folder)
    assert machine.is_folder(folder)
    machine.remove(folder / "a")
    machine.remove(folder / "a")
    machine.remove_empty_folder(folder)
    machine.remove_empty_folder(folder)
    assert not machine.is_folder(folder)


def test_a_folder_or_a_path_through_a_file_is_no_file(machine: MacSystem, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    assert machine.read(tmp_path) is None
    assert machine.read(tmp_path / "file" / "below") is None
    assert machine.read(mark_of_the_web(tmp_path / "file")) is None


def test_the_python_is_the_one_that_runs(machine: MacSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = machine.python()
    assert facts.executable == Path(sys.executable)
    assert facts.version == sys.version_info[:2]
    assert facts.bits in (32, 64)
    assert facts.xlwings is not None
    monkeypatch.setattr("sys.executable", "/x/Scripts/pythonw.exe")
    assert machine.python().executable == Path("/x/Scripts/python.exe")


def test_surroundings_are_those_of_the_user(machine: MacSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANGKIEN_TEST", "Nguyễn")
    monkeypatch.delenv("SANGKIEN_NONE", raising=False)
    assert machine.variable("SANGKIEN_TEST") == "Nguyễn"
    assert machine.variable("SANGKIEN_NONE") == ""
    assert machine.home == Path.home()
    assert machine.path("/a") == Path("/a")
    assert (machine.registry_values(Hive.USER, "x"), machine.registry_keys(Hive.USER, "x")) == ({}, ())


def test_only_programs_of_this_session_are_seen() -> None:
    assert programs_listed(TASKLIST, 1) == {"excel.exe", "sangkien.exe"}
    assert "excel.exe" not in programs_listed(TASKLIST, 3)
    assert programs_listed(TASKLIST, None) >= {"excel.exe", "system idle process"}
    assert programs_listed("ERROR: access denied\n", 1) == frozenset()


def test_no_list_of_programs_is_no_program(machine: MacSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    assert machine.running(), "this system has ps"
    monkeypatch.setattr("subprocess.run", lambda *_, **__: (_ for _ in ()).throw(FileNotFoundError()))
    assert machine.running() == frozenset()


def test_what_excel_can_start_is_told_from_what_it_cannot() -> None:
    assert is_plain("C:\\CongDoan\\sangkien\\python.exe")
    assert is_plain("C:\\Program Files\\Python & co\\python.exe")
    for path in ("C:\\Nguyễn\\python.exe", "C:\\%TEMP%\\python.exe", 'C:\\a"b\\python.exe', "C:\\a\nb"):
        assert not is_plain(path)


def test_the_machine_has_a_kind() -> None:
    assert this_machine().kind is (Kind.WINDOWS if sys.platform == "win32" else Kind.MAC)
