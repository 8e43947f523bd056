"""The office as xlwings' App."""

import os
import signal
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .books import Book, Books
from .connection import Connection
from .missing import lacking, names_what_is_missing
from .range import Range

if TYPE_CHECKING:
    from .engine import Engine

ALERT_TITLE = "LibreOffice"

CALCULATION = {True: "automatic", False: "manual"}


@names_what_is_missing
class App(base_classes.App):
    """One running office."""

    _screen_updating = True
    _alerts = True
    _events = True
    _interactive = True
    _status: str | bool = False

    def __init__(self, engine: "Engine", connection: Connection) -> None:
        self.engine = engine
        self.connection = connection

    @property
    def xl(self) -> Connection:
        """What stands for Excel's own object: the connection."""
        return self.connection

    @xl.setter
    def xl(self, value: Any) -> None:  # noqa: ARG002
        lacking("App.xl = …")

    @property
    def api(self) -> Connection:
        """The connection; `.ask(verb, …)` reaches everything that the bridge can do."""
        return self.connection

    @property
    def pid(self) -> int:
        """The office's process number."""
        return int(self.connection.office["pid"])

    @property
    def version(self) -> str:
        """The office's version, such as 7.4.7.2 (not Excel's)."""
        return str(self.connection.office["version"])

    @property
    def path(self) -> str:
        """The office's program folder."""
        return str(self.connection.office["path"])

    @property
    def books(self) -> Books:
        """The open workbooks."""
        return Books(self)

    @property
    def selection(self) -> Range | None:
        """The first selected block of the workbook in front."""
        at = self.connection.ask("selection.get")
        return None if at is None else Range.at(self.connection, self, at)

    def activate(self, steal_focus: bool = False) -> None:  # noqa: ARG002
        """Bring the workbook in front to the front of the screen."""
        uid = self.connection.ask("books.active")
        if uid is not None:
            self.connection.ask("book.activate", book=uid)

    @property
    def visible(self) -> bool:
        """Whether a workbook's window shows."""
        return bool(self.connection.ask("office.visible"))

    @visible.setter
    def visible(self, value: bool) -> None:
        self.connection.ask("office.set_visible", visible=bool(value))

    def quit(self) -> None:
        """Close every workbook unsaved and end the office."""
        self.connection.ask("office.quit")

    def kill(self) -> None:
        """End the office's process at once."""
        os.kill(self.pid, getattr(signal, "SIGKILL", signal.SIGTERM))

    @property
    def screen_updating(self) -> bool:
        """Whether windows draw; switched on again by itself when the program behind the button ends."""
        return self._screen_updating

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        self.connection.ask("office.lock_screen", locked=not value)
        type(self)._screen_updating = bool(value)

    @property
    def display_alerts(self) -> bool:
        """Remembered; the office asks nothing when a program works."""
        return self._alerts

    @display_alerts.setter
    def display_alerts(self, value: bool) -> None:
        type(self)._alerts = bool(value)

    @property
    def enable_events(self) -> bool:
        """Remembered, without effect."""
        return self._events

    @enable_events.setter
    def enable_events(self, value: bool) -> None:
        type(self)._events = bool(value)

    @property
    def interactive(self) -> bool:
        """Remembered; the office takes no input while a program works."""
        return self._interactive

    @interactive.setter
    def interactive(self, value: bool) -> None:
        type(self)._interactive = bool(value)

    @property
    def calculation(self) -> str:
        """`automatic` or `manual`."""
        return CALCULATION[bool(self.connection.ask("office.calculation"))]

    @calculation.setter
    def calculation(self, value: str) -> None:
        if value not in ("automatic", "manual"):
            lacking(f"App.calculation = {value!r}")
        self.connection.ask("office.set_calculation", automatic=value == "automatic")

    def calculate(self) -> None:
        """Recalculate every formula of every workbook."""
        self.connection.ask("office.calculate")

    @property
    def status_bar(self) -> str | bool:
        """The text in the status bar, or False."""
        return self._status

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        text = None if value is False or value is None else str(value)
        self.connection.ask("office.status", text=text)
        type(self)._status = False if text is None else text

    @property
    def cut_copy_mode(self) -> str | None:
        """Always None: what was copied is not kept in a mode."""
        return None

    @cut_copy_mode.setter
    def cut_copy_mode(self, value: Any) -> None:
        """Nothing is kept, so nothing ends."""

    def alert(self, prompt: str, title: str | None, buttons: str, mode: str | None, callback: str | None) -> str:  # noqa: ARG002
        """Ask in a message box; `ok`, `cancel`, `yes` or `no`. On an office without a screen it is `cancel` at once."""
        if buttons not in ("ok", "ok_cancel", "yes_no", "yes_no_cancel"):
            raise ValueError(f"no such buttons: {buttons!r}")
        return str(
            self.connection.ask("office.alert", prompt=prompt, title=title or ALERT_TITLE, buttons=buttons, mode=mode)
        )

    def run(self, macro: str, args: list[Any]) -> Any:
        """Run a Basic macro `Module.Name` of the workbook in front, or any macro by its script address."""
        name = macro.rsplit("!", 1)[-1]
        return self.connection.ask("office.run", script=name, arguments=list(args))

    def books_in_order(self) -> Iterator[Book]:
        """The open workbooks, in the order in which they were opened."""
        for uid in self.connection.ask("books.list"):
            yield Book(self, uid)
