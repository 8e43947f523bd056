"""A command ``sangkien`` while it runs: what it has stored so far, and a moment at which to disturb it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.end_to_end.command import command, environment

DEADLINE = 60
"""Seconds."""


def stored(folder: Path) -> int:
    """Reports in the ledger now, seen from another connection; raises sqlite3.DatabaseError where there is none yet."""
    connection = sqlite3.connect(f"file:{folder / 'so-cai.sqlite'}?mode=ro", uri=True, timeout=5)
    try:
        return int(connection.execute("SELECT count(*) FROM submission").fetchone()[0])
    finally:
        connection.close()


@contextmanager
def running(*arguments: object, group: bool = False) -> Iterator[subprocess.Popen[bytes]]:
    """A command under way, in a process ``group`` of its own as at a terminal; ended at the end whatever happened.

    Without warnings: an interrupt may fall between the opening of a file and the block that closes it.
    """
    process = subprocess.Popen(
        command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
        start_new_session=group, env=environment(PYTHONWARNINGS="default::DeprecationWarning"),
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=DEADLINE)


def wait_until(condition: Callable[[], bool], process: subprocess.Popen[bytes]) -> bool:
    """Whether it came true before the process ended; fails after the deadline."""
    end = time.monotonic() + DEADLINE
    while process.poll() is None:
        if condition():
            return True
        if time.monotonic() > end:
            pytest.fail("nothing happened for a minute")
        os.sched_yield()
    return False
