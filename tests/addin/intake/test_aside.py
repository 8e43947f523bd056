"""Work in a child beside our own: its answer where it has one, our own where it has none, and never a child left."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import pytest

from addin.intake import ahead, aside
from addin.intake.ahead import child_ahead
from addin.intake.aside import Aside
from tests.addin.intake.child_tasks import act

TASKS = "tests.addin.intake.child_tasks"
HERE = f"{os.getpid()}"


def who(data: bytes) -> str:
    """The process that does the work, unless the file asks for something else there."""
    if str(os.getpid()) != data.partition(b" ")[0].decode():
        act(data.partition(b" ")[2])
    return f"done by {os.getpid()}"


def done_by(work: bytes, task: Callable[[bytes], str] = who) -> str:
    with Aside(task, HERE.encode() + b" " + work) as other:
        said = other.result()
    assert other._child is None
    assert not other._thread.is_alive()
    return said


def test_a_child_does_it() -> None:
    assert done_by(b"say a") not in {"", f"done by {HERE}"}


def test_the_child_that_was_started_ahead_does_it() -> None:
    with child_ahead(TASKS):
        (child,) = ahead._waiting
        assert done_by(b"say a") == f"done by {child.pid}"
    assert child.returncode is not None


@pytest.mark.parametrize("work", [b"die", b"fail", b"refuse", b"panic"])
def test_where_the_child_fails_it_is_done_here(work: bytes) -> None:
    assert done_by(work) == f"done by {HERE}"


def test_where_no_child_can_be_started_it_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert done_by(b"say a") == f"done by {HERE}"


def test_a_child_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_SECONDS", 0.01)
    assert done_by(b"hang") == f"done by {HERE}"


def test_what_fails_here_too_is_raised() -> None:
    def fails(data: bytes) -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):  # a task of the tests' own: it cannot even be told to a child
        done_by(b"say a", fails)


def test_who_does_not_wait_for_the_answer_leaves_no_child() -> None:
    with child_ahead(TASKS):
        (child,) = ahead._waiting
        with Aside(who, b"0 hang") as other:
            pass
        assert not other._thread.is_alive()
    assert child.returncode is not None
