"""A live LibreOffice for the tests: a screen of its own, a fresh profile, hard limits, ended by its own process number.

    display      the name of a screen (Xvfb), such as `:5`; one per session
    office       the office on it: for clicks (after `release()`), and for tests of the bridge itself
    app          connected, as xlwings' App, the active engine, with one new workbook
    screenshot   call it to keep a picture of the screen under artifacts/live/

While `app` is connected the windows stand still; `screenshot` lets them draw first.
"""

import re
import select
import shutil
import struct
import subprocess
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import xlwings as xw

from addin.hosts.libreoffice.engine import activate
from addin.hosts.libreoffice.launch import Office

PROJECT = Path(__file__).parent.parent.parent
PICTURES = PROJECT / "artifacts" / "live"

SCREEN = "1366x768x24"
"""The screen of a clerk's laptop."""

PATIENCE = 60.0
"""Seconds; no wait for the office lasts longer."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs the office here carries the marker `live`."""
    for item in items:
        if {"office", "app", "display"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("live")


def program(name: str, package: str) -> str:
    """The path of a program; where it is missing the test is left out, saying how to get it."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"needs {name}: sudo apt-get install --no-install-recommends {package}")
    return path


@pytest.fixture(scope="session")
def framebuffer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the screen keeps its picture."""
    return tmp_path_factory.mktemp("screen")


@pytest.fixture(scope="session")
def display(framebuffer: Path) -> Iterator[str]:
    """A screen on the first free number."""
    with a_screen(framebuffer) as number:
        yield number


@contextmanager
def a_screen(folder: Path) -> Iterator[str]:
    """A screen of a clerk's laptop on the first free number, which keeps its picture in a folder."""
    command = [program("Xvfb", "xvfb"), "-displayfd", "1", "-screen", "0", SCREEN, "-fbdir", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as screen:
        try:
            assert screen.stdout is not None
            ready, _, _ = select.select([screen.stdout], [], [], 20)
            assert ready, "Xvfb did not start"
            yield ":" + screen.stdout.readline().decode().strip()
        finally:
            screen.terminate()
            try:
                screen.wait(10)
            except subprocess.TimeoutExpired:
                screen.kill()


@pytest.fixture(scope="session")
def office(soffice: str, display: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The office, with a fresh profile. It keeps a hidden place to stay in: one without a workbook ends."""
    if not (Path(soffice).resolve().parent / "pythonscript.py").exists():
        pytest.skip("needs Python inside LibreOffice: sudo apt-get install libreoffice-script-provider-python")
    folder = tmp_path_factory.mktemp("office")
    with Office(folder, program=soffice, headless=False, display=display, patience=PATIENCE) as started:
        yield started


@pytest.fixture(scope="session")
def fresh_book() -> Callable[[xw.App], None]:
    """Call it with an App: a new workbook, and every other closed."""

    def renew(app: xw.App) -> None:
        app.books.add()
        for book in list(app.books)[:-1]:
            book.close()

    return renew


@pytest.fixture
def app(office: Office, fresh_book: Callable[[xw.App], None]) -> xw.App:
    """The office as xlwings' App, with one new workbook in front.

    The workbook stays, since an office without one ends; the connection stays, since the next test uses it too. A test
    that clicks calls `office.release()`.
    """
    connected = activate(office.connect())
    fresh_book(connected)
    return connected


@pytest.fixture
def screenshot(request: pytest.FixtureRequest, framebuffer: Path, office: Office) -> Callable[[str], Path]:
    """Keep a picture of the screen as artifacts/live/<test>-<name>.png; returns its path."""

    def take(name: str) -> Path:
        if office.connected is not None:
            office.connected.ask("office.repaint")
        PICTURES.mkdir(parents=True, exist_ok=True)
        test = re.sub(r"\W+", "-", request.node.name.removeprefix("test_")).strip("-")
        path = PICTURES / f"{test}-{name}.png"
        path.write_bytes(png_of_xwd(settled(framebuffer / "Xvfb_screen0")))
        return path

    return take


def settled(screen: Path, quiet: float = 0.3, at_most: float = 5.0) -> bytes:
    """The screen's picture once it has not changed for a while: an office that is not connected draws when it likes."""
    picture, since, end = screen.read_bytes(), time.monotonic(), time.monotonic() + at_most
    while time.monotonic() - since < quiet and time.monotonic() < end:
        threading.Event().wait(0.05)
        if (now := screen.read_bytes()) != picture:
            picture, since = now, time.monotonic()
    return picture


def png_of_xwd(dump: bytes) -> bytes:
    """Xvfb's picture of its screen (an X window dump, 32 bits a pixel) as PNG."""
    header = struct.unpack(">25I", dump[:100])
    size, width, height, line_bytes, colors = header[0], header[4], header[5], header[12], header[19]
    start = size + colors * 12
    lines = []
    for row in range(height):
        line = dump[start + row * line_bytes : start + row * line_bytes + width * 4]
        rgb = bytearray(width * 3)
        rgb[0::3], rgb[1::3], rgb[2::3] = line[2::4], line[1::4], line[0::4]
        lines.append(b"\0" + bytes(rgb))
    parts = (
        (b"IHDR", struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"".join(lines), 6)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
