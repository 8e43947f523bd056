"""Worksheet functions as Excel needs them: wrappers in VBA and the words of the function wizard, made at build time.

So no clerk clicks "Import functions", and nothing needs trust in access to the VBA project.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

FUNCTIONS = "addin.functions"
MODULE_NAME = "SkFunctions"
LONGEST = 255  # letters that Excel shows of a description

_FUNCTION = re.compile(r"^Function (\w+)\(.*\)$", re.MULTILINE)
_FAILED = re.compile(r"^( *\w+) = Err\.Description$", re.MULTILINE)
_CALL = re.compile(r"= (XLPy\.CallUDF\(.*), ActiveWorkbook, (Application\.Caller\))$", re.MULTILINE)
_HEAD = f"""Attribute VB_Name = "{MODULE_NAME}"
#Const App = "Microsoft Excel"
' Written by the build from {FUNCTIONS}; changes would be lost.
"""
_NOT_ON_MAC = """#If Mac Then
    {name} = SkNotOnMac()
    Exit Function
#End If"""


class FaultyFunctions(Exception):  # noqa: N818
    """The module of functions cannot be made into wrappers."""


@dataclass(frozen=True, slots=True)
class Wrappers:
    """``vba`` is the text of a module; ``help`` has a row for each function: name, category, description, arguments."""

    vba: str
    help: Sequence[Sequence[str]]


def function_wrappers(module_name: str = FUNCTIONS, search: Path | None = None) -> Wrappers:
    """Wrappers of the functions of a module; without functions as long as there is no such module.

    ``search`` is a folder to look for the module in first. Raises FaultyFunctions.
    """
    if search is None and find_spec(module_name) is None:
        return Wrappers(_HEAD, ())
    environment = dict(os.environ)
    if search is not None:
        environment["PYTHONPATH"] = os.pathsep.join([str(search), *filter(None, [environment.get("PYTHONPATH")])])
    child = subprocess.run(
        [sys.executable, "-m", "macros.functions_seen_by_excel", module_name],
        cwd=Path(__file__).parent.parent, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    if child.returncode:
        raise FaultyFunctions(f"{module_name}: {child.stderr.strip().splitlines()[-1:]}")
    answer = json.loads(child.stdout)
    words = [_checked(row) for row in answer["help"]]
    return Wrappers(_HEAD + _ours(answer["vba"], [row[0] for row in words]), words)


def _ours(vba: str, names: Sequence[str]) -> str:
    """xlwings' wrappers without the workbook, with errors of Excel's instead of tracebacks in cells (SkAnswers.bas)."""
    found = _FUNCTION.findall(vba)
    if sorted(found) != sorted(names) or len(_CALL.findall(vba)) != len(names):
        raise FaultyFunctions(f"wrappers are not as expected: {found}")
    # The workbook would only be searched for sheets of embedded code, which is not free.
    vba = _CALL.sub(r"= SkAnswer(\1, Nothing, \2)", vba)
    vba = _FAILED.sub(r"\1 = SkFunctionFailed(Err.Description)", vba)
    return _FUNCTION.sub(lambda head: f"{head[0]}\n{_NOT_ON_MAC.format(name=head[1])}", vba)


def _checked(row: Sequence[str]) -> list[str]:
    name, category, *texts = row
    if not name.isascii():
        raise FaultyFunctions(f"{name}: a name of a function is ASCII")
    blank = [number for number, text in enumerate(texts) if not text.strip()]
    long = [text for text in texts if len(" ".join(text.split())) > LONGEST]
    if blank or long:
        raise FaultyFunctions(f"{name}: a description is missing or over {LONGEST} letters: {blank or long}")
    return [name, category, *(" ".join(text.split()) for text in texts)]
