"""A child of the build: what xlwings would import into Excel from a module of functions, as JSON on standard output.

It runs apart because, away from Windows, xlwings must be told that the parts of pywin32 exist which it imports and
does not use here, and a build should not live with such pretence.

    python -m macros.functions_seen_by_excel addin.functions
"""

from __future__ import annotations

import importlib
import io
import json
import sys
from types import ModuleType, SimpleNamespace
from typing import Any


def _pretend_windows() -> None:
    """Empty modules for pywin32, and the real decorators in place of those that do nothing here."""
    for name in ("pythoncom", "pywintypes", "win32com", "win32com.client"):
        sys.modules[name] = ModuleType(name)
    vars(sys.modules["pythoncom"])["CoInitialize"] = lambda: None
    vars(sys.modules["win32com.client"])["Dispatch"] = None
    import xlwings
    from xlwings import udfs

    vars(xlwings).update(func=udfs.xlfunc, arg=udfs.xlarg, ret=udfs.xlret, sub=udfs.xlsub)


def seen(module_name: str) -> dict[str, Any]:
    """``vba``: the wrappers as xlwings writes them; ``help``: a list of function, category, description, arguments."""
    if sys.platform != "win32":
        _pretend_windows()
    from xlwings import udfs

    module = importlib.import_module(module_name)
    vba = io.StringIO()
    write: Any = udfs.generate_vba_wrapper  # untyped
    # xlwings asks only whether the workbook is an add-in.
    write(module_name, module, vba, SimpleNamespace(Name="sangkien.xlam"))
    declared = [value.__xlfunc__ for _, value in sorted(vars(module).items()) if hasattr(value, "__xlfunc__")]
    return {
        "vba": vba.getvalue(),
        "help": [
            [
                one["name"],
                one["category"],
                _description(one["ret"]),
                *(arg["doc"] for arg in one["args"] if not arg["vba"]),
            ]
            for one in declared
        ],
    }


def _description(answer: dict[str, Any]) -> str:
    """What ``xlwings.ret(doc=…)`` said, where it did; else the docstring."""
    return str(answer["options"].get("doc") or answer["doc"])


if __name__ == "__main__":
    print(json.dumps(seen(sys.argv[1])))  # noqa: T201 - ASCII, whatever the console
