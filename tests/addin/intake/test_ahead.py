"""Children that start before it is known what they are to read."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from addin.intake import ahead
from addin.intake.ahead import child_ahead, take_child
from addin.intake.children import ReadingPool
from tests.addin.intake.child_tasks import act

TASKS = "tests.addin.intake.child_tasks"


def pid_of_reader() -> object:
    with ReadingPool(1, act) as pool:
        (reading,) = pool.map([b"pid"])
    return reading.value


def test_the_first_who_reads_gets_the_child_and_the_next_another() -> None:
    with child_ahead(TASKS):
        (child,) = ahead._waiting
        assert pid_of_reader() == child.pid
        assert pid_of_reader() != child.pid
    assert child.returncode is not None


def test_a_child_that_nobody_wants_is_ended() -> None:
    with child_ahead(TASKS):
        (child,) = ahead._waiting
    assert child.returncode is not None
    assert take_child() is None


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
def test_a_child_that_has_died_meanwhile_is_not_missed() -> None:
    with child_ahead(TASKS):
        (child,) = ahead._waiting
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        assert isinstance(pid_of_reader(), int)


def test_a_child_that_cannot_load_what_it_was_told_is_not_missed() -> None:
    with child_ahead("addin.no_such_module"):
        assert isinstance(pid_of_reader(), int)


def test_a_machine_that_can_start_no_child_says_so_only_when_one_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with child_ahead(TASKS), ReadingPool(1, act) as pool, pytest.raises(RuntimeError, match="no reading child"):
        list(pool.map([b"say a"]))
