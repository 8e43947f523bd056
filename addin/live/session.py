"""One press of a button: the program, what it is, and the way to ask the clerk."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

import xlwings

from addin.hosts.dialogs import Dialogs
from addin.live.guards import front_book, needed_book
from addin.live.host import Host, host_of
from validation import messages


@dataclass(frozen=True, slots=True)
class Session:
    """``button`` is the id of the button that was pressed."""

    app: xlwings.App
    button: str
    host: Host
    dialogs: Dialogs

    def book(self) -> xlwings.Book:
        """The workbook in front. Raises UsageProblem as ``guards.front_book``."""
        return needed_book(self.app, self.host, self.button)

    def book_or_none(self) -> xlwings.Book | None:
        """The workbook in front, for a button that can do without. Raises UsageProblem as ``guards.front_book``."""
        return front_book(self.app, self.host, self.button)

    def say(self, text: str) -> None:
        """Show a text in the status bar; a program that has no bar now is no reason to stop."""
        with contextlib.suppress(Exception):
            self.app.status_bar = text


def begin(app: xlwings.App, button: str) -> Session:
    """Begin what a button does."""

    def alert(text: str, title: str, buttons: str) -> str:
        return str(app.alert(text, title=title, buttons=buttons, mode="info"))

    def beat() -> None:
        with contextlib.suppress(Exception):
            app.status_bar = messages.text("live", "asking")

    return Session(app, button, host_of(app), Dialogs(alert, beat))
