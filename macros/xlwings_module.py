"""xlwings' own macros, taken from the installed wheel at build time: the procedures we need, and no other.

The wheel is pinned exactly, so each edit below can insist on what it finds: another version fails the build instead
of giving an add-in that nobody has looked at. What is left out is what antivirus programs dislike and we do not use:
importing functions through the VBA project, conda, embedded code (which is not free), reports, other Office programs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

PINNED = "0.37.8"
SETTINGS_NAME = "sangkien"
"""Names the settings file: ``.sangkien/sangkien.conf`` in the user's folder."""

KEPT = (
    "RunPython", "ExecuteMac", "ExecuteWindows", "CleanUp", "XLPyCommand", "XLPyLoadDLL", "XLPy", "WScript",
    "FileExists", "FileExistsOnWindows", "FileOrFolderExistsOnMac", "ParentFolder", "KillFileOnMac", "ToMacPath",
    "GetMacDir", "ToPosixPath", "CreateGUID",
)  # fmt: skip
"""The procedures we take. GetConfig, ReadFile and ShowError, which they call, are our own (see vba/)."""

_UNUSED_DECLARATIONS = ("XLPyDLLNDims", "XLPyDLLVersion", "system")

# Python does not look for modules in the folder it is started in (-P), which for Excel is that of the last workbook
# opened, nor where the environment says (-E): a workbook that came by e-mail lies beside what else came by e-mail.
_PYTHON_OPTIONS = " -E -P -B -c "


class NotAsPinned(Exception):  # noqa: N818
    """The installed xlwings is not the one that this build was made for."""


@dataclass(frozen=True, slots=True)
class Edit:
    """In ``procedure``, the lines from the one that starts with ``first`` to the next one that starts with ``last``
    (default: that very line) become ``put``. ``first`` must be found exactly once.
    """

    procedure: str
    why: str
    first: str
    put: tuple[str, ...]
    last: str = ""


EDITS = (
    Edit(
        "RunPython",
        "no code from sheets (not free) nor from the workbook's folder; a command that names no path",
        "' Check for embedded Python code",
        (
            # Read by xlwings' script for the Mac alone: no workbook's folder, and no further one.
            'PYTHONPATH = "false;;;;"',
            'OPTIMIZED_CONNECTION = GetConfig("USE UDF SERVER", False)',
            "' Call Python platform-dependent",
        ),
        "' Call Python platform-dependent",
    ),
    Edit(
        "RunPython",
        "Vietnamese in the status bar",
        'Application.StatusBar = "Running..."',
        ('Application.StatusBar = SkText("working")',),
    ),
    Edit("ExecuteMac", "Vietnamese, and our own remedy", 'MsgBox "To enable RunPython', ('SkSay "mac_script"',)),
    Edit(
        "ExecuteWindows",
        "Environ loses the accents of a user's name",
        'TempDir = GetConfig("TEMP DIR"',
        ('TempDir = GetConfig("TEMP DIR", SkTempFolder())',),
    ),
    Edit("ExecuteWindows", "Vietnamese", 'MsgBox "Could not find Interpreter!"', ('SkSay "python_missing"',)),
    Edit(
        "ExecuteWindows",
        "Kill cannot name a file under a name with accents",
        "Kill LOG_FILE",
        ("SkDeleteFile LOG_FILE",),
    ),
    Edit("ExecuteWindows", "no conda", 'CondaPath = GetConfig("CONDA PATH")', (), "CondaPath = Replace("),
    Edit(
        "ExecuteWindows",
        "no conda",
        'If CondaPath <> "" And CondaEnv <> "" Then',
        ("If IsFrozen = False Then",),
        "If IsFrozen = False Then",
    ),
    Edit(
        "ExecuteWindows",
        "no search path",
        'PYTHONPATH = Replace(PYTHONPATH, "&"',
        (),
        'PYTHONPATH = Replace(PYTHONPATH, "\\"',
    ),
    Edit(
        "ExecuteWindows",
        "nothing from the folder it starts in",
        "RunCommand = CondaCmd & PythonInterpreter",
        (f'RunCommand = PythonInterpreter & "{_PYTHON_OPTIONS}""" & PythonCommand & """ "',),
    ),
    Edit(
        "XLPyCommand",
        "nothing from the folder it starts in",
        'tail = " -B -c',
        (f"""tail = "{_PYTHON_OPTIONS}""import xlwings; xlwings.serve('$(CLSID)')\"\"\"""",),
    ),
    Edit(
        "XLPyCommand",
        "one command for all workbooks: servers are told apart by it, and each would start its own Python",
        "' TODO: Doesn't automatically check if code is embedded",
        ('PYTHON_WIN = GetConfig("INTERPRETER_WIN", "")',),
        'PYTHON_WIN = GetConfig("INTERPRETER_WIN", "")',
    ),
    Edit(
        "XLPyCommand",
        "no conda, no licence key",
        'CondaPath = GetConfig("CONDA PATH")',
        (
            'PYTHON_WIN = "cmd.exe " & ConsoleSwitch & " /K " & Chr(34) & Chr(34) & PYTHON_WIN & Chr(34)',
            "If DEBUG_UDFS = True Then",
        ),
        "If DEBUG_UDFS = True Then",
    ),
    Edit(
        "XLPyLoadDLL",
        "no conda",
        'CondaPath = GetConfig("CONDA PATH")',
        ('If PYTHON_WIN <> "python" And PYTHON_WIN <> "pythonw" Then',),
        'If (PYTHON_WIN <> "python" And',
    ),
)

_PROCEDURE = re.compile(r"^(?:Public |Private )?(?:Function|Sub) (\w+).*?^End (?:Function|Sub)$", re.M | re.S)


def installed_macros() -> str:
    """The text of xlwings' macros for add-ins, lines ended by LF. Raises NotAsPinned for another version."""
    found = version("xlwings")
    spec = find_spec("xlwings")
    if found != PINNED or spec is None or spec.origin is None:
        raise NotAsPinned(f"the add-in is built from xlwings {PINNED}, but {found} is installed")
    return (Path(spec.origin).parent / "xlwings_custom_addin.bas").read_bytes().decode("ascii").replace("\r\n", "\n")


def xlwings_module(text: str, edits: Sequence[Edit] = EDITS) -> str:
    """The module that goes into the add-in, from the text of xlwings' macros. Raises NotAsPinned."""
    procedures = {found[1]: found[0] for found in _PROCEDURE.finditer(text)}
    missing = [name for name in KEPT if name not in procedures]
    if missing:
        raise NotAsPinned(f"xlwings' macros lack {', '.join(missing)}")
    first = re.search(r"^Public Function RunPython", text, flags=re.MULTILINE)
    if first is None:
        raise NotAsPinned("xlwings' macros do not begin as they did")
    kept = {name: procedures[name] for name in KEPT}
    for edit in edits:
        kept[edit.procedure] = _edited(kept[edit.procedure], edit)
    return "\n\n".join([_head(text[: first.start()]).rstrip("\n"), *map(_without_comments, kept.values())]) + "\n"


def _head(text: str) -> str:
    """Licence, declarations and constants, with our own settings file."""
    named = re.findall(r'PROJECT_NAME As String = "myaddin"', text)
    if len(named) != 1 or f"'Version: {PINNED}" not in text:
        raise NotAsPinned("the head of xlwings' macros is not as it was")
    lines = [line for line in text.split("\n") if not any(f"Function {name} " in line for name in _UNUSED_DECLARATIONS)]
    head = "\n".join(lines).replace('"myaddin"', f'"{SETTINGS_NAME}"')
    return re.sub(r"^(#Const App = \S.*?) *'.*$", r"\1", head, flags=re.MULTILINE)


def _edited(procedure: str, edit: Edit) -> str:
    lines = procedure.split("\n")
    starts = [place for place, line in enumerate(lines) if line.strip().startswith(edit.first)]
    if len(starts) != 1:
        raise NotAsPinned(f"{edit.procedure}: {edit.first!r} found {len(starts)} times, not once ({edit.why})")
    start = starts[0]
    ends = [start]
    if edit.last:
        ends = [place for place in range(start + 1, len(lines)) if lines[place].strip().startswith(edit.last)]
    if not ends:
        raise NotAsPinned(f"{edit.procedure}: no {edit.last!r} after {edit.first!r} ({edit.why})")
    indent = lines[start][: len(lines[start]) - len(lines[start].lstrip())]
    return "\n".join([*lines[:start], *(indent + line for line in edit.put), *lines[ends[0] + 1 :]])


def _without_comments(procedure: str) -> str:
    """Comments on lines of their own are for xlwings' readers; the addresses in them alarm antivirus programs."""
    return "\n".join(line for line in procedure.split("\n") if line.strip() and not line.lstrip().startswith("'"))
