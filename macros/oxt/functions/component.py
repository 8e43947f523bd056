"""The Add-In: worksheet functions that ask the product's Python, and the mending of formulas that Excel has saved.

Runs in the office's own Python: standard library and `uno` only, nothing newer than Python 3.8. Lies in `python/` of
the extension, beside `pythonpath/`, where the office's loader finds what is imported here.
"""

from __future__ import annotations

import contextlib
import os
import struct
import threading
from collections.abc import Callable
from typing import Any

import uno  # type: ignore[import-not-found]
import unohelper  # type: ignore[import-not-found]
from com.sun.star.awt import XCallback  # type: ignore[import-not-found]
from com.sun.star.lang import XServiceInfo  # type: ignore[import-not-found]
from com.sun.star.task import XJob  # type: ignore[import-not-found]
from sangkien_functions_table import (  # type: ignore[import-not-found]
    ENTRY_POINT,
    FUNCTIONS,
    INTERFACE,
    MENDER,
    SERVICE,
    WORDS,
)
from sangkien_inside.child_process import ChildError  # type: ignore[import-not-found]
from sangkien_inside.excel_formulas import mend  # type: ignore[import-not-found]
from sangkien_inside.functions_child import FunctionChild  # type: ignore[import-not-found]
from sangkien_inside.running import settings_path  # type: ignore[import-not-found]
from sangkien_inside.serving import answer  # type: ignore[import-not-found]
from sangkien_inside.session import Session  # type: ignore[import-not-found]
from sangkien_inside.settings import Settings, read_settings  # type: ignore[import-not-found]
from sangkien_inside.verbs import load  # type: ignore[import-not-found]

ADDIN = "com.sun.star.sheet.AddIn"
OWN_SETTINGS = "functions.json"
"""Beside the bridge's settings: read instead of them where it exists, as in tests, which are at the other end there."""

SHOWN_FOR = 15.0
"""Seconds that a reason stands in the status bar."""


def error(number: int) -> float:
    """An error as Calc passes it among numbers: no number, with the error's own number in its lower half."""
    return float(struct.unpack("<d", struct.pack("<Q", 0x7FF8_0000_0000_0000 | number))[0])


BAD_VALUE, NOT_AVAILABLE = error(519), error(32767)
"""#VALUE!: the arguments cannot be answered. #N/A: nobody answered."""


class StatusBar(unohelper.Base, XCallback):  # type: ignore[misc]
    """Says in the status bar why a cell shows an error; once the office has finished calculating."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self._later = context.ServiceManager.createInstanceWithContext("com.sun.star.awt.AsyncCallback", context)
        self._text = ""
        self._asked_for = False
        self._indicator: Any = None
        self._rounds = 0

    def say(self, text: str) -> None:
        """Show a text for a while; the last of several is shown."""
        self._text = text
        if not self._asked_for:
            self._asked_for = True
            self._later.addCallback(self, "show")

    def notify(self, what: Any) -> None:
        """The office is at leisure."""
        self._asked_for = False
        with contextlib.suppress(Exception):  # the window was closed meanwhile
            self._show() if what == "show" else self._clear(what)

    def _show(self) -> None:
        desktop = self._context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", self._context)
        frame = desktop.getCurrentFrame()
        if frame is None:
            return
        if self._indicator is None:
            self._indicator = frame.createStatusIndicator()
        self._indicator.start(self._text, 0)
        self._rounds += 1
        timer = threading.Timer(SHOWN_FOR, self._later.addCallback, (self, str(self._rounds)))
        timer.daemon = True
        timer.start()

    def _clear(self, what: str) -> None:
        if what == str(self._rounds) and self._indicator is not None:
            self._indicator.end()
            self._indicator = None


class Service(unohelper.Base, XServiceInfo):  # type: ignore[misc]
    """What the office asks every component."""

    NAME = ""
    SERVICES: Any = ()

    def getImplementationName(self) -> str:  # noqa: N802
        """As the settings name it."""
        return self.NAME

    def supportsService(self, name: str) -> bool:  # noqa: N802
        """Whether it is one of ours."""
        return name in self.SERVICES

    def getSupportedServiceNames(self) -> Any:  # noqa: N802
        """Ours."""
        return tuple(self.SERVICES)


class Asking(Service):
    """What all functions do."""

    NAME = SERVICE
    SERVICES = (ADDIN, SERVICE)

    def __init__(self, context: Any, *_arguments: Any) -> None:
        load()
        self._child = FunctionChild(ENTRY_POINT, lambda: settings(context), lambda line: answer(Session(context), line))
        self._status = StatusBar(context)

    def ask(self, name: str, arguments: Any) -> Any:
        """The value of a function: rows of numbers, texts and errors."""
        try:
            found = self._child.ask(name, [given(value) for value in arguments])
        except ChildError as failed:
            self._status.say(WORDS["unavailable"].format(name=name, code=failed.reason))
            return ((NOT_AVAILABLE,),)
        if "problem" in found:
            self._status.say(f"{name}: {found['problem']}")
            return ((BAD_VALUE,),)
        if "value" not in found:
            self._status.say(WORDS["failed"].format(name=name, code=found.get("failed", "")))
            return ((NOT_AVAILABLE,),)
        return tuple(tuple(self._cell(name, cell) for cell in row) for row in found["value"])

    def _cell(self, name: str, cell: Any) -> Any:
        if cell is None:
            return ""
        if isinstance(cell, list):
            self._status.say(f"{name}: {cell[0]}")
            return BAD_VALUE
        return cell if isinstance(cell, str) else float(cell)


def given(value: Any) -> Any:
    """An argument as it goes to the child: number, text, None for one that is left out, or rows of cells."""
    return [list(row) for row in value] if isinstance(value, tuple) else value


def settings(context: Any) -> Settings:
    """How the product's Python is started. Raises SettingsError."""
    bridge = settings_path(context)
    own = os.path.join(os.path.dirname(bridge), OWN_SETTINGS)  # noqa: PTH118, PTH120 - as the modules beside
    return read_settings(own if os.path.exists(own) else bridge)  # noqa: PTH110


def method(name: str) -> Callable[..., Any]:
    """The method of the interface that stands for a function."""

    def call(self: Asking, *arguments: Any) -> Any:
        return self.ask(name, arguments)

    return call


Worksheet: Any = type(
    "Worksheet",
    (Asking, uno.getClass(INTERFACE)),
    {method_name: method(name) for method_name, name in FUNCTIONS.items()},
)
OFFICE_NAMES: dict[str, str] = {name: f"{SERVICE}.{method_name}" for method_name, name in FUNCTIONS.items()}


class Mender(Service, XJob):  # type: ignore[misc]
    """Looks at every workbook that is opened."""

    NAME = MENDER
    SERVICES = (MENDER,)

    def __init__(self, context: Any, *_arguments: Any) -> None:
        self._context = context

    def execute(self, arguments: Any) -> Any:
        """The office has opened a document. Never raises: it was opened, whatever happens here."""
        with contextlib.suppress(Exception):
            environment = {one.Name: one.Value for one in arguments}.get("Environment", ())
            model = {one.Name: one.Value for one in environment}.get("Model")
            if model is not None:
                mend(model, OFFICE_NAMES)


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - the office looks for this name
g_ImplementationHelper.addImplementation(Worksheet, SERVICE, (ADDIN, SERVICE))
g_ImplementationHelper.addImplementation(Mender, MENDER, (MENDER,))
