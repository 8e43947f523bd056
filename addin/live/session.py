"""One press of a button: the program, what it is, and the way to ask the clerk."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass

import xlwings

from addin.hosts.dialogs import Dialogs
from addin.live.guards import front_book, needed_book
from addin.live.host import Host, host_of
from validation import messages


@dataclass(slots=True)
class Session:
    """``button`` is the id of the button that was pressed; ``left`` what stays in the status bar afterwards."""

    app: xlwings.App
    button: str
    host: Host
    dialogs: Dialogs
    left: str = ""

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

    def leave(self, text: str) -> None:
        """Show a text in the status bar that stays there when the button has done its work."""
        self.left = text
        self.say(text)

    def end(self) -> None:
        """Give the status bar back, but for what is to stay there."""
        with contextlib.suppress(Exception):  # the program may be gone
            self.app.status_bar = self.left or False


def run(app: xlwings.App, button: str, work: Callable[[Session], None]) -> None:
    """Do what a button does. Raises what ``work`` raises."""
    session = begin(app, button)
    try:
        work(session)
    finally:
        session.end()


def begin(app: xlwings.App, button: str) -> Session:
    """Begin what a button does."""

    def alert(text: str, title: str, buttons: str) -> str:
        return str(app.alert(text, title=title, buttons=buttons, mode="info"))

    def beat() -> None:
        with contextlib.suppress(Exception):
            app.status_bar = messages.text("live", "asking")

    return Session(app, button, host_of(app), Dialogs(alert, beat))
