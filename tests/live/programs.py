"""The LibreOffices that formulas and functions are tried in: the installed one, and a newer (tools/office_newer)."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

from addin.hosts.libreoffice.launch import CHILD_OPTIONS, Office
from addin.hosts.libreoffice.profile import SETTINGS

PROJECT = Path(__file__).parent.parent.parent
NEWER = subprocess.run(
    [PROJECT / "tools" / "office_newer", "--program"], capture_output=True, text=True, timeout=10
).stdout.strip()
PROGRAMS = ("installed", "newer") if NEWER else ("installed",)
"""The newer one is a matter of what the machine's mirror has: where it cannot be had, nothing is tried in it, in CI
too, and the head of pytest's report says so."""


def program_of(which: str, installed: str) -> str:
    """The path of one of ``PROGRAMS``."""
    return installed if which == "installed" else NEWER


def answer_functions(office: Office, *command: str) -> None:
    """Say what answers worksheet functions while we hold the bridge ourselves; our own Python where none is given."""
    named = list(command) if command else [sys.executable, *CHILD_OPTIONS]
    file = (office.profile / SETTINGS).with_name("functions.json")
    file.write_text(json.dumps({"command": named, "log": str(office.folder / "child.log")}), encoding="utf-8")


def is_new(office: Office) -> bool:
    """Whether it can write the functions' names into an Excel file as Excel has them."""
    return int(office.connect().office["version"].split(".")[0]) >= 25


def formulas_in(file: Path) -> list[str]:
    """The formulas of the first sheet of an .xlsx, as they stand in the file."""
    with zipfile.ZipFile(file) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    return re.findall(r"<f[^>]*>(.*?)</f>", sheet)
