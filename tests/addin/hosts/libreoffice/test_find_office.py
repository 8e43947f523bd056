"""Which LibreOffice is found, and which profile is the user's."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

from addin.hosts.excel.system import Kind
from addin.hosts.libreoffice.installing.office import find_office
from tests.addin.hosts.libreoffice.office_machines import (
    HOME,
    PROFILE,
    PROGRAMS,
    WINDOWS_HOME,
    OfficeMachine,
    bootstrap,
    linux,
    mac,
    windows,
)


def test_the_office_that_a_shell_starts() -> None:
    office = find_office(linux())
    assert office is not None
    assert (office.folder, office.version, office.profile, office.confined) == (
        PurePosixPath(PROGRAMS), (7, 4), PurePosixPath(PROFILE), "",
    )  # fmt: skip
    assert office.unopkg == PurePosixPath(PROGRAMS) / "unopkg"


def test_without_a_shell_the_usual_places_are_tried_and_the_newest_below_opt_is_meant() -> None:
    machine = linux()
    machine.shell = {}
    for version in ("7.6", "24.8", "25.2"):
        folder = f"/opt/libreoffice{version}/program"
        machine.put(f"{folder}/soffice")
        machine.put(f"{folder}/bootstraprc", bootstrap(version))
    office = find_office(machine)
    assert office is not None
    assert office.version == (7, 4), "the distribution's own comes first"
    del machine.files[PurePosixPath(PROGRAMS) / "soffice"]
    office = find_office(machine)
    assert office is not None
    assert office.version == (25, 2)


def test_a_program_of_that_name_that_is_no_office_is_passed_over() -> None:
    machine = linux()
    machine.shell = {"soffice": "/usr/local/bin/soffice", "libreoffice": f"{PROGRAMS}/soffice"}
    machine.put("/usr/local/bin/soffice", b"#!/bin/sh\n")
    office = find_office(machine)
    assert office is not None
    assert office.folder == PurePosixPath(PROGRAMS)


def test_settings_may_lie_elsewhere() -> None:
    machine = linux()
    machine.variables["XDG_CONFIG_HOME"] = "/srv/cau-hinh"
    office = find_office(machine)
    assert office is not None
    assert office.profile == PurePosixPath("/srv/cau-hinh/libreoffice/4")


def test_a_portable_office_keeps_its_profile_beside_it() -> None:
    machine = linux()
    machine.put(f"{PROGRAMS}/bootstraprc", bootstrap(profile="$ORIGIN/../profile"))
    office = find_office(machine)
    assert office is not None
    assert office.profile == PurePosixPath("/usr/lib/libreoffice/profile")


def test_windows_and_macos() -> None:
    on_windows, on_mac = find_office(windows()), find_office(mac())
    assert on_windows is not None
    assert on_windows.version == (24, 8)
    assert on_windows.profile == PureWindowsPath(f"{WINDOWS_HOME}\\AppData\\Roaming\\LibreOffice\\4")
    assert on_windows.unopkg.name == "unopkg.com"
    assert on_mac is not None
    assert on_mac.profile == PurePosixPath("/Users/hoa/Library/Application Support/LibreOffice/4")


def test_windows_without_the_registry_is_searched_in_the_folder_of_programs() -> None:
    machine = windows()
    machine.registry.clear()
    office = find_office(machine)
    assert office is not None
    assert office.folder == PureWindowsPath("C:\\Program Files\\LibreOffice\\program")


def test_an_office_in_a_box_is_found_and_said_to_be_in_one() -> None:
    machine = linux()
    machine.files.clear()
    machine.shell = {"libreoffice": "/usr/bin/snap"}
    assert find_office(machine) is None
    machine.put("/snap/libreoffice/current/meta/snap.yaml")
    office = find_office(machine)
    assert office is not None
    assert (office.confined, office.profile.is_relative_to(HOME)) == ("snap", True)


def test_where_there_is_none_none_is_found() -> None:
    for kind, home in ((Kind.LINUX, PurePosixPath(HOME)), (Kind.WINDOWS, PureWindowsPath(WINDOWS_HOME))):
        assert find_office(OfficeMachine(kind, home, linux().facts)) is None
