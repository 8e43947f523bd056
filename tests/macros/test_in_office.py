"""LibreOffice opens the add-in, compiles its macros and executes the ribbon's callbacks.

xlwings' module and what calls into Windows are replaced: with them in place LibreOffice executes nothing. What the
callbacks decide, and the texts they read from the add-in's own sheet, are the real ones.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from addin.ribbon import GROUPS, EnabledWhen, Need
from macros.build import texts
from macros.ovba import Module, class_module, standard_module, vba_project
from macros.package import addin_package
from macros.ribbon_xml import ribbon_xml
from validation.fields import Form
from workbook_templates.build import built_path

SECONDS = 120
REPLACED = ("xlwings", "SkFunctions", "SkSettings", "SkFiles")

PROBE = """Attribute VB_Name = "Probe"
Option Explicit
Public Said As String
Public Ran As String

Public Function RunPython(command As String)
    Ran = command
End Function

Public Function GetConfig(key As String, Optional default As String = "", Optional source As String = "") As Variant
    GetConfig = "/bin/sh"
End Function

Public Sub SkForgetSettings()
End Sub

Public Function ReadFile(name As String) As String
End Function

Public Sub ShowMessage(text As String)
    Said = text
End Sub

Public Function Pressed(id As String, tag As String) As String
    Dim control As FakeControl
    Set control = New FakeControl
    control.ID = id
    control.Tag = tag
    Said = ""
    Ran = ""
    SkPress control
    Pressed = Ran & Said
End Function

Public Function Enabled(tag As String) As String
    Dim control As FakeControl, answer As Variant
    Set control = New FakeControl
    control.Tag = tag
    SkEnabled control, answer
    Enabled = CStr(answer)
End Function
"""
CONTROL = """VERSION 1.0 CLASS
BEGIN
  MultiUse = -1  'True
END
Attribute VB_Name = "FakeControl"
Attribute VB_GlobalNameSpace = False
Attribute VB_Creatable = False
Attribute VB_PredeclaredId = False
Attribute VB_Exposed = False
Option Explicit
Public ID As String
Public Tag As String
"""


def for_office(module: Module) -> Module:
    """A module without the types of Office's library and without Windows' message box."""
    source = module.source.replace("control As IRibbonControl", "control As Object")
    source = re.sub(r"#If Not Mac Then\r\n +Private Declare .*\r\n#End If\r\n", "", source)
    source = re.sub(r"MessageBoxW .*\r\n", "ShowMessage text\r\n", source)
    return Module(module.name, module.base, source)


@pytest.fixture
def test_addin(built_modules: Sequence[Module], tmp_path: Path) -> Path:
    """The add-in as LibreOffice can run it."""
    kept = [for_office(module) for module in built_modules if module.name not in REPLACED]
    file = tmp_path / "sangkien.xlam"
    file.write_bytes(
        addin_package(
            vba=vba_project([*kept, standard_module(PROBE), class_module(CONTROL)]),
            ribbon=ribbon_xml(GROUPS),
            pictures={},
            texts=list(texts().items()),
            functions=(),
            title="test",
            description="test",
            versions={},
        )
    )
    return file


@pytest.fixture
def python_with_uno() -> str:
    """The system's Python that has LibreOffice's bridge."""
    path = shutil.which("python3", path="/usr/bin:/usr/local/bin")
    if (
        path is None
        or subprocess.run([path, "-c", "import uno"], capture_output=True, timeout=30, check=False).returncode
    ):
        pytest.skip("needs python3-uno")
    return path


def asked(office: str, python: str, addin: Path, books: Sequence[str], tags: Sequence[str]) -> dict[str, list[object]]:
    """Start a fresh office, let the driver ask, end both."""
    pipe = f"sangkien{secrets.token_hex(4)}"
    profile = (addin.parent / "profile").as_uri()
    command = [
        office,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--norestore",
        f"--accept=pipe,name={pipe};urp",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        driver = [python, str(Path(__file__).with_name("office_driver.py")), pipe, str(addin), *books]
        done = subprocess.run(
            driver, input=json.dumps(tags), capture_output=True, text=True, timeout=SECONDS, check=False
        )
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # soffice starts children; the session is our own
        process.wait(timeout=SECONDS)
    assert done.returncode == 0, done.stderr
    answer: dict[str, list[object]] = json.loads(done.stdout)
    return answer


def test_libreoffice_executes_the_callbacks(soffice: str, python_with_uno: str, test_addin: Path) -> None:
    forms, always, saved = EnabledWhen.GRASSROOTS_FORM, EnabledWhen.ALWAYS, f"needs:{Need.SAVED}"
    tags = [f"on:{','.join(forms.kinds)}|needs:", f"on:{','.join(always.kinds)}|{saved}"]
    grassroots, upper = (shutil.copy(built_path(form), test_addin.parent) for form in (Form.GRASSROOTS, Form.UPPER))
    answer = asked(soffice, python_with_uno, test_addin, [str(grassroots), str(upper), "new"], tags)
    assert {"SkRibbon", "SkGuards", "SkEvents", "SkTexts", "ThisWorkbook"} <= set(answer["modules"])  # type: ignore[arg-type]
    started = "from addin import entry; entry.press('check_sheet')"
    wrong, unsaved = texts()["other_workbook"], texts()["never_saved"]
    assert answer["books"] == [
        [["True", started], ["True", started]],
        [["False", wrong], ["True", started]],
        [["False", wrong], ["True", unsaved]],
    ]
