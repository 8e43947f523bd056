"""A screen's pointer, keyboard and windows, by xdotool.

    number = window(display, "--name", "^LibreOffice$")     # waits until it is there
    focus(display, number)                                  # waits until it has the keyboard
    click_at(display, 100, 200)
    keys(display, "Tab", "Return")

On a screen without a window manager nobody gives a window the keyboard when it opens, and a click into a window that
has not got it may do only that.
"""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable

PATIENCE = 60.0
"""Seconds; no wait lasts longer."""


def until(holds: Callable[[], bool], otherwise: str | Callable[[], str], patience: float = PATIENCE) -> None:
    """Look again and again until something holds; fails, saying what does not, after so many seconds."""
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, otherwise if isinstance(otherwise, str) else otherwise()
        threading.Event().wait(0.05)


def windows(display: str, *criteria: str) -> list[str]:
    """The numbers of the windows shown that xdotool finds by these options, the topmost last.

    None, too, where any window at all was closed while it looked: it then gives up. So `search --sync`, which looks
    once a second, fails now and then for a window that is yet to come.
    """
    return _asked(display, "search", "--onlyvisible", *criteria).split()


def window(display: str, *criteria: str) -> str:
    """The topmost of them, once one is there."""
    found: list[str] = []

    def looked() -> bool:
        found[:] = windows(display, *criteria)
        return bool(found)

    until(looked, lambda: f"no window {' '.join(criteria)}; there are: {', '.join(titles(display))}")
    return found[-1]


def titles(display: str) -> list[str]:
    """What the windows shown are called."""
    named = (_asked(display, "getwindowname", number).strip() for number in windows(display, "--name", "."))
    return [name for name in named if name]


def is_gone(display: str, number: str) -> bool:
    """Whether a window has been closed."""
    return not _asked(display, "getwindowgeometry", number)


def geometry(display: str, number: str) -> tuple[int, int, int, int]:
    """A window's left, top, width and height, in pixels of the screen."""
    lines = _asked(display, "getwindowgeometry", "--shell", number).splitlines()
    known = dict(line.split("=") for line in lines)
    return int(known["X"]), int(known["Y"]), int(known["WIDTH"]), int(known["HEIGHT"])


def focus(display: str, number: str) -> None:
    """Give a window the keyboard. One that is not drawn yet does not take it, and is asked again."""

    def given() -> bool:
        _asked(display, "windowfocus", number)
        return _asked(display, "getwindowfocus", "-f").strip() == number

    until(given, lambda: f"window {number} does not get the keyboard; there are: {', '.join(titles(display))}")


def click_at(display: str, left: int, top: int) -> None:
    """A click, in pixels of the screen."""
    # Without --sync: that waits 15 seconds for a pointer that is there already.
    xdotool(display, "mousemove", str(left), str(top), "click", "1")


def keys(display: str, *names: str) -> None:
    """Keys, one after the other, for whatever has the keyboard."""
    xdotool(display, "key", "--delay", "60", *names)


def type_text(display: str, text: str) -> None:
    """Type, for whatever has the keyboard."""
    xdotool(display, "type", "--delay", "15", text)


def xdotool(display: str, *arguments: str) -> None:
    """Run xdotool on a screen. Raises CalledProcessError where it fails."""
    subprocess.run(["xdotool", *arguments], check=True, timeout=PATIENCE, env=_environment(display))


def _asked(display: str, *arguments: str) -> str:
    """What xdotool answers; nothing where it fails."""
    command = ["xdotool", *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=PATIENCE, env=_environment(display)
    )
    return done.stdout if done.returncode == 0 else ""


def _environment(display: str) -> dict[str, str]:
    return {"DISPLAY": display, "LC_ALL": "C.UTF-8"}
