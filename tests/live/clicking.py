"""Real clicks on what the office shows: where things stand is asked of the office itself, the pointer is xdotool's.

    office = extension_office(folder, soffice, display)      # has the extension; its buttons start the product
    app = activate(office.connect())                         # set up: open a workbook, type, …
    places = places_shown(office)                            # menus and buttons, as the screen reader is told
    with pressed(office) as press:                           # the office goes on; waits until the child has started
        click(display, places[...])
    press.done()                                             # what its own windows ask, answer before
    app = activate(office.connect())                         # look at what came of it

What the product asks is answered by a script (``SANGKIEN_DIALOGS``, see tests/live/pressing.py), set for the office
before it starts: ``office.environment["SANGKIEN_DIALOGS"] = …``.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from addin.hosts.libreoffice.extension import PACKAGED
from addin.hosts.libreoffice.launch import Office
from addin.hosts.libreoffice.profile import SCRIPTS
from tests.live.pointer import PATIENCE, click_at, until

MENU, MENU_ENTRY, BUTTON = 34, 36, 44
"""com.sun.star.accessibility.AccessibleRole."""

_LOOK = "noi.py"
_ADDRESS = f"vnd.sun.star.script:{_LOOK}$places?language=Python&location=user"
_SCRIPT = """
import json
from com.sun.star.accessibility.AccessibleRole import MENU, MENU_ITEM, PUSH_BUTTON, TABLE, DOCUMENT_SPREADSHEET
from com.sun.star.accessibility.AccessibleStateType import ENABLED

def enabled(context):
    states = context.getAccessibleStateSet()
    return bool(states & ENABLED) if isinstance(states, int) else states.contains(ENABLED)  # bits from 7.5 on

def walk(thing, found):
    context = thing.getAccessibleContext()
    role = context.getAccessibleRole()
    if role in (MENU, MENU_ITEM, PUSH_BUTTON):
        at, size = context.getLocationOnScreen(), context.getSize()
        found.append([role, context.getAccessibleName(), at.X, at.Y, size.Width, size.Height, enabled(context)])
    if role not in (TABLE, DOCUMENT_SPREADSHEET):
        for number in range(context.getAccessibleChildCount()):
            walk(context.getAccessibleChild(number), found)

def places(*_):
    found = []
    desktop = XSCRIPTCONTEXT.getDesktop()
    # Right after another window was closed none is the current one.
    frame = desktop.getCurrentFrame() or desktop.Frames.getByIndex(desktop.Frames.Count - 1)
    walk(frame.getContainerWindow(), found)
    return json.dumps(found)

g_exportedScripts = (places,)
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A menu, an entry or a button; in pixels of the screen. What is not on the screen has no width."""

    role: int
    name: str
    left: int
    top: int
    width: int
    height: int
    enabled: bool

    @property
    def middle(self) -> tuple[int, int]:
        """Where to click."""
        return self.left + self.width // 2, self.top + self.height // 2


def extension_office(folder: Path, soffice: str, display: str) -> Office:
    """An office with the packaged extension on a screen; close it. Also as root, see ``extension.put_into``."""
    office = Office(folder, program=soffice, headless=False, display=display, patience=PATIENCE, extension=PACKAGED)
    (office.profile / SCRIPTS / _LOOK).write_text(_SCRIPT, encoding="utf-8")
    return office


def places_shown(office: Office) -> list[Place]:
    """Every menu, entry and button of the window in front; the office must be connected."""
    assert office.connected is not None
    office.connected.ask("office.repaint")
    found = json.loads(office.connected.ask("office.run", script=_ADDRESS, arguments=[]))
    return [Place(*one) for one in found]


@dataclass(frozen=True, slots=True)
class Press:
    """A press that has begun; ``pid`` is the office's."""

    pid: int
    office: Office

    def begun(self, seconds: float) -> bool:
        """Whether the child behind the button starts within that time."""
        end = time.monotonic() + seconds
        while not self.office.log.exists():  # replaced at every start
            if time.monotonic() > end:
                return False
            assert self.office.running(), "the office is gone"
            threading.Event().wait(0.05)
        return True

    def done(self) -> None:
        """Wait until the child behind the button has ended. To connect before is to ask an office that is busy: the
        order may be lost, and given again only after ``launch.LOST`` seconds."""
        until(lambda: not any("pressing:press" in one for one in _children(self.pid)), "the press does not end")


@contextlib.contextmanager
def pressed(office: Office) -> Iterator[Press]:
    """Around what presses a button, the office being connected: lets it go on, and returns once the child behind the
    button has started. Fails where none starts."""
    assert office.connected is not None
    pid = int(office.connected.ask("office.facts")["pid"])
    office.release()
    office.log.unlink(missing_ok=True)
    press = Press(pid, office)
    yield press
    assert press.begun(PATIENCE), "the press started nothing"


def _children(pid: int) -> Iterator[str]:
    """The command lines of a process' children."""
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            for child in listed.read_text().split():
                yield Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")


def click(display: str, place: Place) -> None:
    """A click on its middle."""
    assert place.width > 0, f"{place.name} is not on the screen"
    click_at(display, *place.middle)
