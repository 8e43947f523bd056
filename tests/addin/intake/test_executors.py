"""Any Executor reads as our own children do: same order, same answers, and no file is ever lost with a worker."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import pytest

from addin.intake import executors
from addin.intake.children import Reading, ReadingPool
from addin.intake.executors import OtherEdition, OverExecutor
from tests.addin.intake.child_tasks import act

MIXED = [b"say a", b"die", b"refuse", b"say b", b"crash", b"panic", b"fail", b"say c"]


def codes(readings: Iterable[Reading[Any]]) -> list[object]:
    return [one.refusal.code if one.refusal else one.value for one in readings]


@pytest.fixture(scope="module")
def processes() -> Iterator[Executor]:
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as executor:
        yield executor


@pytest.fixture
def threads() -> Iterator[Executor]:
    with ThreadPoolExecutor(2) as executor:
        yield executor


class Nowhere(Executor):
    """Takes work and never does it, or breaks with it."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.problem = problem
        self.taken: list[Future[Any]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ARG002
        future: Future[Any] = Future()
        self.taken.append(future)
        if self.problem is not None:
            future.set_exception(self.problem)
        return future


@pytest.mark.parametrize("kind", ["threads", "processes"])
def test_the_answers_are_those_of_our_own_children(kind: str, request: pytest.FixtureRequest) -> None:
    files = MIXED + [b"say %d" % number for number in range(50)]
    with ReadingPool(1, act) as pool:
        expected = [(one.index, *codes([one])) for one in pool.map(files)]
    with OverExecutor(request.getfixturevalue(kind), act) as over:
        assert [(one.index, *codes([one])) for one in over.map(files)] == expected
    assert over.read_here == 0


def test_a_file_over_its_time_costs_itself_alone(threads: Executor) -> None:
    with OverExecutor(threads, act, seconds=0.5) as over:
        assert codes(over.map([b"say a", b"hang", b"say b"])) == ["a", "reader_timed_out", "b"]


def test_a_worker_that_takes_files_along_costs_none(processes: Executor) -> None:
    """The files of a lost worker are read here, each in a child."""
    with OverExecutor(Nowhere(BrokenExecutor("a worker died")), act) as over:
        assert codes(over.map(MIXED)) == codes(OverExecutor(processes, act).map(MIXED))
    assert over.read_here == len(MIXED)


def test_an_executor_that_was_ended_is_done_without() -> None:
    executor = ThreadPoolExecutor(1)
    executor.shutdown()
    with OverExecutor(executor, act) as over:
        assert codes(over.map([b"say a", b"refuse"])) == ["a", "password"]
    assert over.read_here == 2


def test_an_executor_that_does_nothing_is_given_up() -> None:
    executor = Nowhere()
    with OverExecutor(executor, act, seconds=1, slack=0) as over:
        assert codes(over.map([b"say a"])) == ["a"]
    assert over.read_here == 1
    assert executor.taken[0].cancelled()


def test_files_are_taken_only_a_little_ahead(threads: Executor) -> None:
    taken = 0

    def files() -> Iterator[bytes]:
        nonlocal taken
        for _ in range(1_000):
            taken += 1
            yield b"say x"

    with OverExecutor(threads, act, at_once=3) as over:
        readings = over.map(files())
        next(readings)
        assert taken <= 4 * 16
        readings.close()  # type: ignore[attr-defined]


def test_large_files_travel_alone(threads: Executor) -> None:
    with OverExecutor(threads, act) as over:
        found = codes(over.map([b"big " + b"y" * 3_000_000] * 5 + [b"say a"]))
    assert [len(one) if isinstance(one, bytes) else one for one in found] == [5_000_000] * 5 + ["a"]


def test_afterwards_every_child_is_gone(threads: Executor) -> None:
    with OverExecutor(threads, act) as over:
        pids = {one.value for one in over.map([b"pid"] * 60)}
    assert pids
    for pid in pids:
        assert isinstance(pid, int)
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_who_stops_in_the_middle_does_not_wait_for_the_rest() -> None:
    start = time.monotonic()
    with ThreadPoolExecutor(2) as executor, OverExecutor(executor, act) as over:
        readings = over.map([b"say a"] * 16 + [b"hang"] * 40)
        assert codes(next(readings) for _ in range(16)) == ["a"] * 16
    assert time.monotonic() - start < 20, "children that hang for a minute are ended"


def test_a_worker_with_another_program_stops_the_run(threads: Executor) -> None:
    with OverExecutor(threads, act, edition_here_else) as over, pytest.raises(OtherEdition, match="older"):
        list(over.map([b"say a"]))


def edition_here_else() -> str:
    return "newer" if threading.current_thread() is threading.main_thread() else "older"


def test_a_second_run_on_the_same_workers_has_children_of_its_own(threads: Executor) -> None:
    def pids() -> set[object]:
        with OverExecutor(threads, act) as over:
            return {one.value for one in over.map([b"pid"] * 40)}

    assert not pids() & pids()
    assert not executors._children
