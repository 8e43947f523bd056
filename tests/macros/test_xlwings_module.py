"""xlwings' macros: what is taken, what is edited, and that another version is refused."""

from __future__ import annotations

import dataclasses
import sys

import pytest
from xlwings.utils import prepare_sys_path

from macros import xlwings_module as xlwings_macros
from macros.xlwings_module import EDITS, KEPT, NotAsPinned, installed_macros, xlwings_module


def test_the_installed_wheel_gives_the_module() -> None:
    module = xlwings_module(installed_macros())
    assert module.startswith('Attribute VB_Name = "xlwings"\n')
    assert "xlwings is distributed under a BSD 3-clause license." in module, "the licence asks for it"
    assert 'PROJECT_NAME As String = "sangkien"' in module


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: f"{edit.procedure}: {edit.first}")
def test_every_edit_insists_on_finding_its_place_once(edit: xlwings_macros.Edit) -> None:
    text = installed_macros()
    line = next(line for line in text.split("\n") if line.strip().startswith(edit.first))
    start = min(text.find(f"{kind} {edit.procedure}(") % len(text) for kind in ("Function", "Sub"))
    place = text.index(edit.first, start)
    doubled = text[:place] + line.strip() + "\n" + text[place:]
    with pytest.raises(NotAsPinned, match="2 times"):
        xlwings_module(doubled)
    with pytest.raises(NotAsPinned, match="0 times"):
        xlwings_module(text, [dataclasses.replace(edit, first="' no such line")])


def test_an_edit_whose_end_is_missing_is_refused() -> None:
    with pytest.raises(NotAsPinned, match="after"):
        xlwings_module(installed_macros(), [dataclasses.replace(EDITS[0], last="' no such line")])


def test_a_missing_procedure_is_refused() -> None:
    with pytest.raises(NotAsPinned, match="lack XLPyCommand"):
        xlwings_module(installed_macros().replace("Function XLPyCommand", "Function Other"))


def test_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlwings_macros, "PINNED", "0.37.9")
    with pytest.raises(NotAsPinned, match=r"0\.37\.9"):
        installed_macros()


def test_the_workbook_in_front_never_reaches_the_search_path() -> None:
    module = xlwings_module(installed_macros())
    assert "FullName" not in module.replace("ActiveFullName As String", "").replace("ThisFullName As String", "")
    assert [line.strip() for line in module.split("\n") if "PYTHONPATH =" in line] == [
        'PYTHONPATH = "false;;;;"',
        'PYTHONPATH = Replace(PYTHONPATH, "\'", "\\\'") \' Escaping quotes',
    ]


def test_on_a_mac_xlwings_adds_no_folder_for_what_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    path = list(sys.path)
    monkeypatch.setattr(sys, "path", list(path))
    prepare_sys_path("false;;;;" + ";")  # the macro for the Mac ends it so
    assert sys.path == path


def test_only_what_is_listed_is_taken() -> None:
    module = xlwings_module(installed_macros())
    assert module.count("\nEnd Function") + module.count("\nEnd Sub") == len(KEPT)
