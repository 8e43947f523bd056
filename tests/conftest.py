"""What all tests share: which of them run on this machine, and where the outside material lies.

A test that is left out is a failure in CI: there everything it needs is installed, so a skip hides something.
Tests over ../shared are another matter: a checkout need not have it, and without it they are not collected at all.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

PROJECT = Path(__file__).parent.parent
SHARED = PROJECT.parent / "shared"

IN_CI = os.environ.get("CI", "") not in ("", "0", "false")

# A module that reads ../shared while it is imported (to name one test per file, say) is called so;
# a test that reads it only while it runs carries the marker `shared` and may stand anywhere.
collect_ignore_glob = [] if SHARED.is_dir() else ["*_over_shared.py"]

# Property tests count examples, not milliseconds: a busy machine must not fail them.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

# A shell lets what it starts in the background ignore Ctrl-C, and so would every program that the tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what uses the fixtures below, and drop the tests over ../shared where it is absent."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "soffice" in fixtures:
            item.add_marker("office")
        if "shared" in fixtures:
            item.add_marker("shared")
    if not SHARED.is_dir():
        dropped = [item for item in items if item.get_closest_marker("shared")]
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if item not in dropped]


def pytest_report_header() -> str:
    """Whether formulas and functions are tried in a second LibreOffice too."""
    tool = PROJECT / "tools" / "office_newer"
    if not tool.exists():
        return "newer LibreOffice: none"
    asked = subprocess.run([tool, "--program"], capture_output=True, text=True, check=False, timeout=10)
    return f"newer LibreOffice: {asked.stdout.strip() or 'none (tools/office_newer says why)'}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skipped test fails."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        _fail(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """In CI a skipped module fails."""
    report = yield
    if IN_CI and report.skipped:
        _fail(report)
    return report


def _fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    report.outcome = "failed"
    report.longrepr = f"left out, which is a failure in CI: {reason.removeprefix('Skipped: ')}"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder ../shared; tests that use it are not collected where it is absent."""
    return SHARED


@pytest.fixture(scope="session")
def soffice() -> str:
    """The path of LibreOffice; where it is missing the test is left out, saying how to get it."""
    path = shutil.which("soffice")
    if path is None:
        office = [PROJECT / "tools" / "office", "--line"]
        line = subprocess.run(office, capture_output=True, text=True, check=True, timeout=10).stdout.strip()
        pytest.skip(f"needs LibreOffice: sudo {line}")
    return path
