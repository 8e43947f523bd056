"""docs/install.md: its table of diagnoses is the catalogue's, its paths and commands are the program's."""

from __future__ import annotations

import pytest

from addin.hosts.excel.places import places
from tests.addin.hosts.excel.fake_machines import HOME, MAC_HOME, mac, windows
from tools.doctor_page import PAGE, SEVERITY, main, page, table


def test_the_table_of_diagnoses_is_up_to_date() -> None:
    assert main(["--check"]) == 0, "python -m tools.doctor_page"
    assert all(f"| `{code}` |" in table() for code in SEVERITY)


def test_a_page_without_a_place_for_it_is_an_error() -> None:
    with pytest.raises(ValueError, match="no place"):
        page("# Cài đặt\n")


def test_the_page_names_the_places_where_things_lie() -> None:
    text = PAGE.read_text(encoding="utf-8")
    where = places(windows(), "")
    for path in (where.addin, where.settings, where.copies, where.accounts):
        short = (
            str(path)
            .replace(f"{HOME}\\AppData\\Roaming", "%APPDATA%")
            .replace(f"{HOME}\\AppData\\Local", "%LOCALAPPDATA%")
            .replace(HOME, "%USERPROFILE%")
        )
        assert f"`{short}`" in text
    on_mac = places(mac(), "1")
    assert on_mac.script is not None
    unbroken = " ".join(text.split())
    for path in (on_mac.startup, on_mac.settings, on_mac.script.parent, on_mac.own_data):
        assert f"`{str(path).replace(MAC_HOME, '~')}`" in unbroken
