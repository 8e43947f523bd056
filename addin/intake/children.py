"""Reading files of strangers in disposable children, with limits of time and memory; the batch always goes on.

A child is a fresh interpreter that speaks over pipes (``child``). Pools of the standard library and of pebble were
weighed and left: they start a child by importing the caller's main script again, which breaks for scripts without a
main guard and loads the whole command line for each child; and a worker's death or time-out costs them the tasks that
had been sent along with the culprit. Here each answer comes by itself, so a dead child names its file exactly.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Generic, Protocol, Self, TypeVar

from addin.intake.child import attempt
from addin.intake.reader import read_workbook
from addin.intake.worker import File, Worker
from validation.errors import Refusal

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

DEFAULT_SECONDS = 30.0
DEFAULT_MEMORY = 2 << 30
_IN_HAND = 4  # files sent to a child before it has answered the first
_IN_HAND_BYTES = 1 << 20
_LOOK_AHEAD = 16  # files per child taken from the caller beyond those answered
_LOOK_AHEAD_BYTES = 128 << 20
_GRACE = 0.2  # between two looks of the watchdog; a time-out may come late by so much


@dataclass(frozen=True, slots=True)
class Reading(Generic[T_co]):
    """What became of one file: the task's result, or the refusal. ``index`` counts the files given, from 0."""

    index: int
    value: T_co | None
    refusal: Refusal | None


class Reads(Protocol[T_co]):
    """Who reads files: ``ReadingPool``, ``OverExecutor`` where an Executor is to do it, or ``InProcess`` where no child
    can be had. A host that brings its own way offers this one method."""

    def map(self, files: Iterable[bytes]) -> Iterator[Reading[T_co]]:
        """The readings of the files, in their order, as they become known."""
        ...


class InProcess(Generic[T]):
    """Reads in this very process, without limits of time and memory: for files of our own making, and debugging."""

    def __init__(self, task: Callable[[bytes], T]) -> None:
        self._task = task

    def map(self, files: Iterable[bytes]) -> Iterator[Reading[T]]:
        """See ``Reads``."""
        for index, data in enumerate(files):
            value, refusal = attempt(self._task, data)
            yield Reading(index, value, refusal)


class ReadingPool(Generic[T]):
    """A pool of reading children; a context manager, at whose end (also by Ctrl-C) every child is gone.

    ``task`` runs in the child and must be picklable by reference: a function of an importable module, or a
    ``functools.partial`` of one, never of the main script. It may return anything picklable; a Refusal that it raises
    is the file's refusal, any other exception ``reader_failed``. ``seconds`` is per file; ``memory`` the bytes of
    address space per child (None: unlimited; not enforced on Windows). ``workers`` defaults to the number of cores.
    """

    def __init__(
        self,
        workers: int | None = None,
        task: Callable[[bytes], T] = read_workbook,  # type: ignore[assignment]
        *,
        seconds: float = DEFAULT_SECONDS,
        memory: int | None = DEFAULT_MEMORY,
    ) -> None:
        self._limit = workers or _cores()
        self._task = task
        self._seconds = seconds
        self._memory = memory
        self._state = threading.Condition()
        self._queue: deque[File] = deque()
        self._done: dict[int, tuple[Any, Refusal | None]] = {}
        self._workers: list[Worker] = []
        self._given = 0
        self._closing = False
        self._failure: BaseException | None = None
        self._watchdog: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every child at once."""
        with self._state:
            self._closing = True
            self._queue.clear()
            self._state.notify_all()
        for worker in self._workers:
            worker.kill()
        for worker in self._workers:
            worker.thread.join(5)
        if self._watchdog is not None:
            self._watchdog.join(5)

    def map(self, files: Iterable[bytes]) -> Iterator[Reading[T]]:
        """The readings of the files, in their order.

        Files are taken from the iterable a bounded way ahead, in the caller's thread. One ``map`` at a time.
        Raises RuntimeError where a child cannot be started or the task cannot be sent to it.
        """
        source = iter(files)
        sizes: deque[int] = deque()
        begin = self._given
        exhausted = False
        while True:
            while not exhausted and self._has_room(sizes):
                data = next(source, None)
                if data is None:
                    exhausted = True
                    break
                sizes.append(len(data))
                self._give(data)
            if not sizes:
                return
            index = self._given - len(sizes)
            value, refusal = self._await(index)
            sizes.popleft()
            yield Reading(index - begin, value, refusal)

    def _has_room(self, sizes: deque[int]) -> bool:
        return not sizes or (len(sizes) < self._limit * _LOOK_AHEAD and sum(sizes) < _LOOK_AHEAD_BYTES)

    def _give(self, data: bytes) -> None:
        with self._state:
            if self._closing:
                raise RuntimeError("the pool is closed")
            self._queue.append(File(self._given, data))
            self._given += 1
            # A child costs some 60 ms to start: one file, one child.
            if len(self._workers) < min(self._limit, len(self._queue)):
                self._workers.append(Worker(self))
            if self._watchdog is None:
                self._watchdog = threading.Thread(target=self._watch, name="reading-watchdog", daemon=True)
                self._watchdog.start()
            self._state.notify()

    def _await(self, index: int) -> tuple[Any, Refusal | None]:
        with self._state:
            while index not in self._done:
                if self._failure is not None:
                    raise RuntimeError(f"reading failed: {self._failure}") from self._failure
                if self._closing:  # by another thread: nobody will answer
                    raise RuntimeError("the pool is closed")
                self._state.wait(0.5)  # bounded, so that Ctrl-C gets through on Windows
            return self._done.pop(index)

    def _watch(self) -> None:
        """End children that are over their time; their worker then finds the pipe closed and knows why."""
        while True:
            with self._state:
                if self._closing:
                    return
                self._state.wait(_GRACE)
                workers = list(self._workers)
            now = time.monotonic()
            for worker in workers:
                worker.end_if_late(now)

    # What workers call.

    def take(self, in_hand: int, bytes_in_hand: int) -> File | None:
        """The next file for a worker that holds so much already; None where it should rather read an answer (or, with
        nothing in hand, where the pool closes)."""
        with self._state:
            while not self._queue:
                if in_hand or self._closing:
                    return None
                self._state.wait()
            fits = in_hand < _IN_HAND and bytes_in_hand + len(self._queue[0].data) <= _IN_HAND_BYTES
            shared_out = len(self._queue) > len(self._workers)  # else leave it to a worker with nothing to do
            if self._closing or (in_hand and not (fits and shared_out)):
                return None
            return self._queue.popleft()

    def settle(self, file: File, value: Any, refusal: Refusal | None) -> None:
        """One file is done with."""
        with self._state:
            self._done[file.index] = (value, refusal)
            self._state.notify_all()

    def give_back(self, files: Iterable[File]) -> None:
        """Files that a dead child never came to; they are read next."""
        with self._state:
            if not self._closing:
                self._queue.extendleft(reversed(list(files)))
            self._state.notify_all()

    def fail(self, problem: BaseException) -> None:
        """Something that is no file's fault, such as a child that cannot be started: ``map`` raises it."""
        with self._state:
            self._failure = problem
            self._state.notify_all()

    @property
    def closing(self) -> bool:
        """Whether the pool is being closed."""
        return self._closing

    @property
    def terms(self) -> tuple[Callable[[bytes], T], int | None]:
        """What a child is told first: the task, and its memory limit."""
        return self._task, self._memory

    @property
    def seconds(self) -> float:
        """Time limit per file."""
        return self._seconds


def _cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1
