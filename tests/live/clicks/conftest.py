"""One office with the extension for each module of clicks; each test gets a clerk at it, and keeps a picture."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest

from addin.hosts.libreoffice.launch import Office
from tests.live.conftest import a_screen, program
from tests.live.screen_clerk import ScreenClerk, office_of_a_clerk

_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember that a test failed, for its picture."""
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


@pytest.fixture(scope="module")
def framebuffer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the screen keeps its picture."""
    return tmp_path_factory.mktemp("screen")


@pytest.fixture(scope="module")
def display(framebuffer: Path) -> Iterator[str]:
    """A screen without any other office on it: the keyboard must not go to that one's window."""
    with a_screen(framebuffer) as number:
        yield number


@pytest.fixture(scope="module")
def scripted() -> bool:
    """Whether a script answers what the product asks; a module whose tests click its windows says no."""
    return True


@pytest.fixture(scope="module")
def office(soffice: str, display: str, tmp_path_factory: pytest.TempPathFactory, scripted: bool) -> Iterator[Office]:
    """The office with the extension."""
    program("xdotool", "xdotool")
    if not scripted:
        pytest.importorskip("tkinter", reason="needs tkinter: sudo apt-get install python3-tk")
    folder = tmp_path_factory.mktemp("clicks")
    with office_of_a_clerk(folder, soffice, display, scripted=scripted) as started:
        yield started


@pytest.fixture
def clerk(
    office: Office, display: str, tmp_path: Path, screenshot: Callable[[str], Path], request: pytest.FixtureRequest
) -> Iterator[ScreenClerk]:
    """At the screen; her files are in a folder with accents and spaces. What failed is kept as a picture."""
    sitting = ScreenClerk(office, display, tmp_path / "Công đoàn quận Hồng Bàng", screenshot)
    yield sitting
    if request.node.stash.get(_FAILED, False):
        sitting.picture("failed")
    sitting.leave()
