"""Reading files of strangers in disposable children, with limits of time and memory; the batch always goes on.

A child is a fresh interpreter that speaks over pipes (``child``). Pools of the standard library and of pebble were
weighed and left: they start a child by importing the caller's main script again, which breaks for scripts without a
main guard and loads the whole command line for each child; and a worker's death or time-out costs them the tasks that
had been sent along with the culprit. Here each answer comes by itself, so a dead child names its file exactly.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Generic, Protocol, Self, TypeVar

from addin.intake.child import attempt
from addin.intake.cores import cores
from addin.intake.worker import File, Worker
from validation.errors import Refusal

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

DEFAULT_SECONDS = 30.0
DEFAULT_MEMORY = 2 << 30
_IN_HAND = 8  # files sent to a child before it has answered the first
_IN_HAND_BYTES = 1 << 20
_LOOK_AHEAD = 32  # files per child taken from the caller beyond those answered
_LOOK_AHEAD_BYTES = 128 << 20
_HANDFUL = 8  # answers for which a caller is woken, since each waking costs both of them
_PATIENCE = 0.1  # but it waits no longer than so many seconds for a handful where there are fewer
_GRACE = 0.2  # between two looks of the watchdog; a time-out may come late by so much
_WORTH_A_CHILD = 24  # files waiting, or
_WORTH_A_CHILD_BYTES = 1 << 20  # their bytes: a child takes as long to start as to read some fifty small files
_STANDSTILL = 1.0  # seconds without an answer, after which another child is started all the same


@dataclass(frozen=True, slots=True)
class Reading(Generic[T_co]):
    """What became of one file: the task's result, or the refusal. ``index`` counts the files given, from 0."""

    index: int
    value: T_co | None
    refusal: Refusal | None


class Reads(Protocol[T_co]):
    """Who reads files: ``ReadingPool``, ``OverExecutor`` where an Executor is to do it, or ``InProcess`` where no child
    can be had. A host that brings its own way offers this one method."""

    def handfuls(self, files: Iterable[bytes]) -> Iterator[Sequence[Reading[T_co]]]:
        """The readings of the files, in their order, as they become known: one or several at a time, since what is done
        with several costs less than with each. None is held back for long."""
        ...


class InProcess(Generic[T]):
    """Reads in this very process, without limits of time and memory: for files of our own making, and debugging."""

    def __init__(self, task: Callable[[bytes], T]) -> None:
        self._task = task

    def map(self, files: Iterable[bytes]) -> Iterator[Reading[T]]:
        """The readings of the files, in their order."""
        for handful in self.handfuls(files):
            yield from handful

    def handfuls(self, files: Iterable[bytes]) -> Iterator[list[Reading[T]]]:
        """See ``Reads``."""
        for index, data in enumerate(files):
            yield [Reading(index, *attempt(self._task, data))]


class ReadingPool(Generic[T]):
    """A pool of reading children; a context manager, at whose end (also by Ctrl-C) every child is gone.

    ``task`` runs in the child and must be picklable by reference: a function of an importable module, or a
    ``functools.partial`` of one, never of the main script; by default ``read_workbook``. It may return anything
    picklable; a Refusal that it raises is the file's refusal, any other exception ``reader_failed``. A task that has a
    method ``prepare`` is prepared before its first file. ``seconds`` is per file; ``memory`` the bytes of address space
    per child (None: unlimited; not enforced on Windows). ``workers`` defaults to the number of cores.
    """

    def __init__(
        self,
        workers: int | None = None,
        task: Callable[[bytes], T] | None = None,
        *,
        seconds: float = DEFAULT_SECONDS,
        memory: int | None = DEFAULT_MEMORY,
    ) -> None:
        self._limit = workers or cores()
        self._task = task or _read_workbook()
        self._seconds = seconds
        self._memory = memory
        self._state = threading.Lock()
        self._given_some = threading.Condition(self._state)  # workers wait for files
        self._answered = threading.Condition(self._state)  # the caller waits for answers
        self._enough = 0  # of them are what it waits for
        self._queue: deque[File] = deque()
        self._done: dict[int, tuple[Any, Refusal | None]] = {}
        self._workers: list[Worker] = []
        self._given = 0
        self._closing = False
        self._ended = threading.Event()
        self._last_answer = 0.0
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
            self._given_some.notify_all()
            self._answered.notify_all()
        self._ended.set()
        for worker in self._workers:
            worker.kill()
        for worker in self._workers:
            worker.thread.join(5)
        if self._watchdog is not None:
            self._watchdog.join(5)

    def map(self, files: Iterable[bytes]) -> Iterator[Reading[T]]:
        """The readings of the files, in their order; as ``handfuls``."""
        for handful in self.handfuls(files):
            yield from handful

    def handfuls(self, files: Iterable[bytes]) -> Iterator[list[Reading[T]]]:
        """See ``Reads``.

        Files are taken from the iterable a bounded way ahead, in the caller's thread. One ``handfuls`` or ``map`` at a
        time. Raises RuntimeError where a child cannot be started or the task cannot be sent to it.
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
            first = self._given - len(sizes)
            answers = self._await(first, min(_HANDFUL, len(sizes)))
            for _ in answers:
                sizes.popleft()
            yield [
                Reading(index, value, refusal) for index, (value, refusal) in enumerate(answers, start=first - begin)
            ]

    def _has_room(self, sizes: deque[int]) -> bool:
        return not sizes or (len(sizes) < self._limit * _LOOK_AHEAD and sum(sizes) < _LOOK_AHEAD_BYTES)

    def _give(self, data: bytes) -> None:
        with self._state:
            if self._closing:
                raise RuntimeError("the pool is closed")
            self._queue.append(File(self._given, data))
            self._given += 1
            if not self._workers or self._is_worth_a_child():
                self._add_worker()
            if self._watchdog is None:
                self._watchdog = threading.Thread(target=self._watch, name="reading-watchdog", daemon=True)
                self._watchdog.start()
            self._given_some.notify()

    def _is_worth_a_child(self) -> bool:
        """Whether so much waits that another child is sooner done with it, though it has to start first."""
        children = len(self._workers)
        if children >= self._limit:
            return False
        if len(self._queue) >= children * _WORTH_A_CHILD:
            return True
        return sum(len(file.data) for file in self._queue) >= children * _WORTH_A_CHILD_BYTES

    def _add_worker(self) -> None:
        self._workers.append(Worker(self))
        self._last_answer = time.monotonic()

    def _await(self, index: int, enough: int) -> list[tuple[Any, Refusal | None]]:
        """The answers from that index on: ``enough`` of them or more, fewer where they let wait for themselves."""
        with self._state:
            patient = True
            while index not in self._done or (patient and len(self._done) < enough):
                if self._failure is not None:
                    raise RuntimeError(f"reading failed: {self._failure}") from self._failure
                if self._closing:  # by another thread: nobody will answer
                    raise RuntimeError("the pool is closed")
                self._enough = enough
                patient = self._answered.wait(_PATIENCE)  # bounded, so that Ctrl-C gets through on Windows
                if not patient:
                    self._help_where_nothing_moves()
            answers = []
            while index in self._done:
                answers.append(self._done.pop(index))
                index += 1
            return answers

    def _help_where_nothing_moves(self) -> None:
        stands_still = time.monotonic() - self._last_answer > _STANDSTILL
        if stands_still and self._queue and len(self._workers) < self._limit:
            self._add_worker()

    def _watch(self) -> None:
        """End children that are over their time; their worker then finds the pipe closed and knows why."""
        while not self._ended.wait(_GRACE):
            now = time.monotonic()
            for worker in tuple(self._workers):
                worker.end_if_late(now)

    # What workers call.

    def take(self, in_hand: int, bytes_in_hand: int) -> list[File]:
        """The next files for a worker that holds so much already; none where it should rather read an answer (or, with
        nothing in hand, where the pool closes)."""
        taken: list[File] = []
        if in_hand > _IN_HAND // 2:
            return taken  # several are sent at once
        with self._state:
            while not self._queue:
                if in_hand or self._closing:
                    return taken
                self._given_some.wait()
            share = len(self._queue) // len(self._workers)  # the rest is left to those with nothing to do
            while self._queue and not self._closing and (in_hand + len(taken) < _IN_HAND):
                bytes_in_hand += len(self._queue[0].data)
                has_some = in_hand or taken
                if has_some and (len(taken) >= share or bytes_in_hand > _IN_HAND_BYTES):
                    break
                taken.append(self._queue.popleft())
            return taken

    def settle(self, file: File, value: Any, refusal: Refusal | None) -> None:
        """One file is done with."""
        with self._state:
            self._done[file.index] = (value, refusal)
            self._last_answer = time.monotonic()
            if len(self._done) >= self._enough:
                self._answered.notify()

    def give_back(self, files: Iterable[File]) -> None:
        """Files that a dead child never came to; they are read next."""
        with self._state:
            if not self._closing:
                self._queue.extendleft(reversed(list(files)))
            self._given_some.notify_all()

    def fail(self, problem: BaseException) -> None:
        """Something that is no file's fault, such as a child that cannot be started: ``map`` raises it."""
        with self._state:
            self._failure = problem
            self._answered.notify()

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


def _read_workbook() -> Callable[[bytes], Any]:
    from addin.intake.reader import read_workbook  # and calamine with it: only who reads by default needs it here

    return read_workbook
