"""Ctrl-C at any stage: over within two seconds, what was committed is kept, and the next run goes on."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.end_to_end.command import sangkien
from tests.end_to_end.small_campaign import UNITS, Small, report, row
from tests.end_to_end.under_way import DEADLINE, running, stored, wait_until
from validation.units import Level, Unit

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")

HOW_MANY, ROWS = 16, 120
LIMIT = 2.0  # seconds
MORE_UNITS = (*UNITS, *(Unit(f"N{n:02}", f"CĐCS số {n}", Level.GRASSROOTS, "Q") for n in range(HOW_MANY)))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign of which nothing is merged yet; its reports take a while to read."""
    small = Small(tmp_path_factory.mktemp("template"), MORE_UNITS)
    for number in range(HOW_MANY):
        rows = (row(f"SK-{number}-{n}", effect="Giảm thời gian. " * 40) for n in range(ROWS))
        small.put(f"N{number:02}.xlsx", report(f"N{number:02}", *rows))
    return small.folder


@pytest.fixture
def campaign(template: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "chien-dich"
    shutil.copytree(template, folder)
    return folder


@pytest.fixture(scope="module")
def limit() -> float:
    """Two seconds; more where the machine is so busy that a program takes long to do nothing at all."""
    begin = time.monotonic()
    sangkien("--version")
    return max(LIMIT, 4 * (time.monotonic() - begin))


def reports_stored(folder: Path) -> int:
    """Also none where the ledger is just being made."""
    try:
        return stored(folder)
    except sqlite3.DatabaseError:
        return 0


def interrupted_within(process: subprocess.Popen[bytes]) -> float:
    """Press Ctrl-C at the terminal: the whole group gets it. Returns the seconds until all is over."""
    begin = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=DEADLINE)
    assert b"Traceback" not in err
    return time.monotonic() - begin


def assert_goes_on(campaign: Path) -> None:
    answer = sangkien("merge", "--campaign", campaign, "--json")
    assert answer.code in (0, 1), answer.err
    assert answer.json["totals"]["rows"] == HOW_MANY * ROWS
    assert sangkien("verify", "--campaign", campaign).code == 0


@pytest.mark.parametrize("after", [0, 1, 7])
def test_while_reports_are_read(after: int, campaign: Path, limit: float) -> None:
    with running("merge", "--campaign", campaign, group=True) as process:
        assert wait_until(lambda: (campaign / "so-cai.sqlite").exists() and reports_stored(campaign) >= after, process)
        assert interrupted_within(process) < limit
    assert process.returncode == 3
    kept = reports_stored(campaign)
    assert after <= kept < HOW_MANY
    assert_goes_on(campaign)


def test_while_the_master_is_written(campaign: Path, limit: float) -> None:
    with running("merge", "--campaign", campaign, group=True) as process:
        begun = wait_until(lambda: reports_stored(campaign) == HOW_MANY and any(campaign.glob(".*.tmp")), process)
        if begun:
            assert interrupted_within(process) < limit
    assert process.returncode in (3, 0, 1), "or it was done already"
    assert reports_stored(campaign) == HOW_MANY
    assert_goes_on(campaign)


def test_while_all_is_proved_again(campaign: Path, limit: float) -> None:
    sangkien("merge", "--campaign", campaign)
    with running("verify", "--campaign", campaign, group=True) as process:
        time_to_start = time.monotonic() + limit / 2
        wait_until(lambda: time.monotonic() > time_to_start, process)
        if process.poll() is None:
            assert interrupted_within(process) < limit
            assert process.returncode in (3, 0)
    assert sangkien("verify", "--campaign", campaign).code == 0
