"""Where the spreadsheet program comes in: Excel's macros and LibreOffice's bridge call ``press`` with a button's id.

In Excel this runs in a Python that xlwings' RunPython has started, or in its server; whatever fails in it must end in
one sentence for the clerk.
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Literal

from addin import ribbon
from addin.errors import EdgeError

if TYPE_CHECKING:
    import xlwings

TITLE = "Sổ sáng kiến"


def press(button_id: str, app: xlwings.App | None = None) -> None:
    """Do what a button does, in the program that ``app`` stands for (default: the Excel that called).

    The action gets the program; the workbook in front is ``app.books.active``. Raises nothing that an action raised:
    the clerk is told in the program. Raises KeyError for an id of no button and AttributeError for one without action.
    """
    button = ribbon.button_of(button_id)
    action = getattr(importlib.import_module(ribbon.ACTIONS), button.action)
    running = app or calling_app()
    try:
        action(running)
    except EdgeError as problem:
        from addin.live.problems import sentence

        # What the clerk wished for is no failure.
        _say(running, sentence(problem), "info" if problem.error_code == "interrupted" else "critical")
    except Exception as problem:
        from addin.actions import local_now
        from addin.incidents import record
        from addin.live.problems import sentence_of

        incident, log = record(problem, local_now())
        _say(running, sentence_of("unexpected", {"incident": incident, "log": log}), "critical")


def calling_app() -> xlwings.App:
    """The Excel whose button was pressed: found by its window, so that another Excel beside it is left alone.

    Not through the workbook's name, which ``Book.caller`` cuts at an equals sign.
    """
    import xlwings

    window = next((given.partition("=")[2] for given in sys.argv if given.startswith("--hwnd=")), "")
    if sys.platform == "win32" and window:
        from xlwings import _xlwindows

        return xlwings.App(impl=_xlwindows.App(xl=int(window)))
    return xlwings.Book.caller().app


def _say(app: xlwings.App, text: str, mode: Literal["info", "critical"]) -> None:
    app.alert(text, title=TITLE, mode=mode)
