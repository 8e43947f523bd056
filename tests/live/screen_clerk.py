"""A clerk at the screen: she clicks the extension's buttons, menu entries, cells and links with a real pointer, types
on a real keyboard, and reads the boxes that come up.

Where things stand on the screen is asked of the office, as its screen reader would ask: while it serves us, or by a
small script of the profile that runs even while a menu or a message box is open. What the product asks is answered by
the script of ``SANGKIEN_DIALOGS``; without it (`scripted=False`) its windows open, and are clicked too.

    clerk.press("check_sheet")                    # a click; waits until the product is done; `clerk.app` is connected
    with clerk.pressing("undo_last_repair"):      # the same where the program's own box comes up meanwhile
        said = clerk.box("OK")
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlwings as xw

from addin.actions import make_template
from addin.hosts.dialogs import TITLE, WINDOW_CLASS
from addin.hosts.libreoffice.engine import activate
from addin.hosts.libreoffice.launch import Office
from addin.hosts.libreoffice.profile import SCRIPTS
from addin.ribbon import TAB_LABEL, button_of
from tests.live.clicking import (
    BUTTON,
    MENU,
    MENU_ENTRY,
    Place,
    click,
    extension_office,
    places_shown,
    pressed,
)
from tests.live.pointer import click_at, focus, geometry, is_gone, keys, type_text, until, window, windows
from tests.live.pressing import Clerk
from validation.fields import Form

_LOST_CLICK = 20.0
"""Seconds after which a clerk clicks once more."""

SHEET_TAB, TEXT = 38, 86
"""com.sun.star.accessibility.AccessibleRole."""

_LOOK = "nhin.py"
_SCRIPT = """
import json, os

SEEN = %r

def walk(thing, found, table=False):
    context = thing.getAccessibleContext()
    at, size, role = context.getLocationOnScreen(), context.getSize(), context.getAccessibleRole()
    text = context.getText() if hasattr(context, "getText") else ""
    found.append([role, context.getAccessibleName() or text, at.X, at.Y, size.Width, size.Height, True])
    if role in (58, 84) and not table:  # a sheet has a billion cells
        return
    for number in range(context.getAccessibleChildCount()):
        walk(context.getAccessibleChild(number), found)

def windows():
    services = XSCRIPTCONTEXT.getComponentContext().ServiceManager
    toolkit = services.createInstanceWithContext("com.sun.star.awt.Toolkit", XSCRIPTCONTEXT.getComponentContext())
    return [toolkit.getTopWindow(number) for number in range(toolkit.getTopWindowCount())]

def say(what):
    with open(SEEN + ".new", "w", encoding="utf-8") as file:
        json.dump(what, file)
    os.replace(SEEN + ".new", SEEN)

def seen(*_):
    found = []
    for window in windows():
        try:
            walk(window, found)
        except Exception:
            pass  # it was closed meanwhile
    say(found)

def where(*_):
    document = XSCRIPTCONTEXT.getDocument()
    if document is None:
        say(None)
    else:
        selected = document.CurrentSelection
        shown = selected.AbsoluteName if hasattr(selected, "AbsoluteName") else ""
        say([document.CurrentController.ActiveSheet.Name, shown.rpartition(".")[2]])

def sheet(thing):
    context = thing.getAccessibleContext()
    if hasattr(context, "getAccessibleCellAt"):
        return context
    for number in range(context.getAccessibleChildCount()):
        found = sheet(context.getAccessibleChild(number))
        if found is not None:
            return found

def cell(row, column):
    frame = XSCRIPTCONTEXT.getDesktop().getCurrentFrame()
    context = sheet(frame.getComponentWindow()).getAccessibleCellAt(int(row), int(column)).getAccessibleContext()
    at, size = context.getLocationOnScreen(), context.getSize()
    return json.dumps([59, context.getAccessibleName(), at.X, at.Y, size.Width, size.Height, True])

g_exportedScripts = (seen, where, cell)
"""


def office_of_a_clerk(folder: Path, soffice: str, display: str, *, scripted: bool = True) -> Office:
    """An office with the extension, whose product keeps what it remembers under the folder."""
    office = extension_office(folder, soffice, display)
    (office.profile / SCRIPTS / _LOOK).write_text(_SCRIPT % str(folder / "seen.json"), encoding="utf-8")
    for name in ("state", "config", "data", "cache"):
        office.environment[f"XDG_{name.upper()}_HOME"] = str(folder / "home" / name)
    office.environment.pop("SANGKIEN_DIALOGS", None)
    if scripted:
        office.environment["SANGKIEN_DIALOGS"] = str(folder / "answers.json")
    return office


class ScreenClerk(Clerk):
    """At an office of ``office_of_a_clerk``. ``folder`` is where she keeps her files."""

    def __init__(self, office: Office, display: str, folder: Path, keep: Callable[[str], Path]) -> None:
        self.office, self.display, self.folder = office, display, folder
        self.pictures: list[Path] = []
        self._keep = keep
        self._script = office.folder / "answers.json"
        shutil.rmtree(office.folder / "home", ignore_errors=True)
        self.answers()
        self.asked()
        self.app = activate(office.connect())

    # -- workbooks -------------------------------------------------------------------------------------------------

    @property
    def book(self) -> xw.Book:
        """The workbook in front. Every press makes a new connection, so no workbook is to be kept over one."""
        return self.app.books.active

    def open(self, file: Path | None = None, *, read_only: bool = False) -> xw.Book:
        """One workbook in front, the file or a new one; every other is closed."""
        before, book = list(self.app.books), self.app.books.add()
        for other in before:  # perhaps one of the same name, so before the file is opened
            other.close()
        if file is not None:
            spare, book = book, self.app.books.open(str(file), read_only=read_only)
            spare.close()
        book.activate()
        return book

    def form(self, rows: Sequence[Mapping[str, Any]], name: str = "báo cáo.xlsx") -> xw.Book:
        """A saved form with these rows, in front."""
        self.folder.mkdir(parents=True, exist_ok=True)
        book = self.open(make_template(Form.GRASSROOTS, self.folder / name, unit="CD-001"))
        for field, value in (("report_date", datetime(2022, 6, 30)), ("members", 200), ("workers", 250)):
            book.names[f"cover_{field}"].refers_to_range.value = value
        self.type_rows(book, rows)
        book.save()
        top = book.names["row_registration_code"].refers_to_range[0, 0]
        top.sheet.activate()
        top.select()
        return book

    def selected(self) -> tuple[str, str]:
        """The sheet in front and the selected cell."""
        return self.book.sheets.active.name, self.app.selection.address

    # -- buttons ---------------------------------------------------------------------------------------------------

    def press(self, button: str) -> None:
        """Click a button of the toolbar, or its entry of the menu where the toolbar has no room for it."""
        with self.pressing(button):
            pass

    @contextlib.contextmanager
    def pressing(self, button: str) -> Iterator[None]:
        """The same; while the body runs the product works, and asks."""
        label = button_of(button).label
        places = places_shown(self.office)
        shown = [one for one in places if (one.role, one.name) == (BUTTON, label) and one.width]
        with pressed(self.office) as press:
            if shown:
                assert shown[0].enabled, f"{label} is grey"
                click(self.display, shown[0])
                if not press.begun(_LOST_CLICK):  # a window that closed just then may have taken it
                    click(self.display, shown[0])
            else:
                self.open_menu(places)
                click(self.display, self._on_the_screen(MENU_ENTRY, label))
        yield
        press.done()
        self.look_again()

    def open_menu(self, places: Sequence[Place]) -> None:
        """Click the product's menu open."""
        (menu,) = [one for one in places if (one.role, one.name) == (MENU, TAB_LABEL)]
        click(self.display, menu)
        self._on_the_screen(MENU_ENTRY, button_of("about").label)

    def greyed(self) -> set[str]:
        """The buttons on the toolbar that cannot be pressed."""
        return {one.name for one in places_shown(self.office) if one.role == BUTTON and one.width and not one.enabled}

    def look_again(self) -> None:
        """Have the office serve us."""
        self.app = activate(self.office.connect())

    # -- the sheet -------------------------------------------------------------------------------------------------

    def click_cell(self, cell: xw.Range, *, on_its_text: bool = False) -> None:
        """A click into a cell in sight; on its text where that is centred at the top, as in the list of findings."""
        self.office.connect().ask("office.repaint")
        address = f"vnd.sun.star.script:{_LOOK}$cell?language=Python&location=user"
        asked = {"script": address, "arguments": [str(cell.row - 1), str(cell.column - 1)]}
        place = Place(*json.loads(self.office.connect().ask("office.run", **asked)))
        if on_its_text:
            place = Place(place.role, place.name, place.left, place.top, place.width, 18, enabled=True)
        self.office.release()
        self.turn_to_the_office()
        click(self.display, place)

    def type(self, text: str) -> None:
        """Type on the keyboard; a tab and an end of a line move on as they do in the office."""
        self.office.release()
        self.turn_to_the_office()
        type_text(self.display, text)

    def keys(self, *names: str) -> None:
        """Press keys, one after the other."""
        self.office.release()
        self.turn_to_the_office()
        keys(self.display, *names)

    def turn_to_the_office(self) -> None:
        """Give the office's window the keyboard: on this screen no window manager does so when it opens."""
        focus(self.display, window(self.display, "--name", "LibreOffice( Calc)?$"))

    def until(self, holds: Callable[[], bool], otherwise: str) -> None:
        """Look at the office until something holds that the keyboard has brought about."""

        def looked() -> bool:
            self.office.release()
            self.look_again()
            return holds()

        until(looked, otherwise)

    def until_at(self, sheet: str, cell: str) -> None:
        """Wait until a click has led there, without stopping the office: it may be between pressing and letting go."""
        until(lambda: self._said("where") == [sheet, cell], f"the click does not lead to {cell}")
        self.look_again()

    # -- boxes and windows -----------------------------------------------------------------------------------------

    def box(self, button: str, picture: str = "box") -> str:
        """Wait for the program's own message box, keep a picture, read it, and click one of its buttons."""
        shown = window(self.display, "--name", f"^{TITLE}$")
        place = self._on_the_screen(BUTTON, button)
        texts = [one.name for one in self._seen() if one.role == TEXT and one.width]
        self.picture(picture)
        focus(self.display, shown)
        click(self.display, place)
        return "\n".join(texts)

    @contextlib.contextmanager
    def window(self, picture: str) -> Iterator[tuple[int, int, int, int]]:
        """Wait for a window of the product, keep a picture, give it the keyboard; the body gets its left, top, width
        and height and answers it. Waits until it is gone."""
        found = window(self.display, "--class", f"^{WINDOW_CLASS}$")
        self.picture(picture)
        focus(self.display, found)
        yield geometry(self.display, found)
        until(lambda: is_gone(self.display, found), "the window stays")

    def click_at(self, left: int, top: int) -> None:
        """A click anywhere."""
        click_at(self.display, left, top)

    def type_here(self, text: str) -> None:
        """Type into whatever has the keyboard."""
        type_text(self.display, text)

    def key_here(self, *names: str) -> None:
        """Press keys for whatever has the keyboard."""
        keys(self.display, *names)

    def picture(self, name: str) -> Path:
        """Keep a picture of the screen, as she sees it: the office goes on meanwhile."""
        connected = self.office.connected is not None
        self.office.release()
        self.pictures.append(self._keep(name))
        if connected:
            self.look_again()
        return self.pictures[-1]

    def leave(self) -> None:
        """Go: keep at least one picture, and close what still asks."""
        if not self.pictures:
            self.picture("end")
        for left in windows(self.display, "--name", f"^{TITLE}$"):
            focus(self.display, left)
            keys(self.display, "Escape")

    def _on_the_screen(self, role: int, name: str) -> Place:
        """A menu's entry or a box's button, once it is there."""
        found: list[Place] = []

        def looked() -> bool:
            found[:] = [one for one in self._seen() if (one.role, one.name) == (role, name) and one.width]
            return bool(found)

        until(looked, f"{name} does not come up")
        return found[0]

    def _seen(self) -> list[Place]:
        """What stands on the screen."""
        return [Place(*one) for one in self._said("seen")]

    def _said(self, function: str) -> Any:
        """What a function of our script says while the office goes on, even with a menu or a box open."""
        file = self.office.folder / "seen.json"
        file.unlink(missing_ok=True)
        self.office.open(f"vnd.sun.star.script:{_LOOK}${function}?language=Python&location=user")
        until(file.exists, "the office does not say what it shows")
        return json.loads(file.read_text(encoding="utf-8"))
