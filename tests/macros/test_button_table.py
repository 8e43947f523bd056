"""docs/buttons.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin import ribbon
from addin.ribbon import button_of
from macros.button_table import DOCUMENT, button_table, files_naming


def test_the_committed_table_is_what_the_declaration_says() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == button_table(), "run python -m macros.build"


def test_every_button_that_is_shown_is_pressed_in_a_test() -> None:
    shown = [button for group in ribbon.shown_groups() for button in group.buttons]
    untested = [button.id for button in shown if not files_naming(button)]
    assert untested == []


def test_a_test_file_is_found_when_a_test_in_it_names_the_action(tmp_path: Path) -> None:
    tests = tmp_path / "tests"
    (tests / "live").mkdir(parents=True)
    (tests / "live" / "test_a.py").write_text("def test_x():\n    actions.check_sheet(app)\n")
    (tests / "live" / "test_b.py").write_text("def helper():\n    check_sheet()\n\ndef test_y():\n    pass\n")
    (tests / "live" / "test_c.py").write_text("def test_z():\n    press('check_sheet')\n")
    assert files_naming(button_of("check_sheet"), tests) == ["tests/live/test_a.py", "tests/live/test_c.py"]


def test_an_action_that_comes_brings_its_button_into_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("macros.button_table.available", lambda button: button.id == "merge_campaign")
    monkeypatch.setattr(ribbon, "available", lambda button: button.id == "merge_campaign")
    table = button_table()
    assert "| Tổng hợp | Tổng hợp | Alt, SK, TH | always | – | `merge_campaign` | `sangkien merge` |" in table
    assert "Lỗi tiếp theo (`next_finding`)" in table
