"""One thread with one child at a time: sends files, takes answers, replaces the child when it dies."""

from __future__ import annotations

import contextlib
import pickle
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from addin.intake.ahead import end_child, introduce, start_child, take_child
from addin.intake.child import read_frame, write_frames
from addin.intake.refusals import refuse
from validation.errors import Refusal

_START_SECONDS = 60.0


class Pool(Protocol):
    """What a worker needs of its pool."""

    @property
    def closing(self) -> bool:
        """Whether the pool is being closed."""
        ...

    @property
    def seconds(self) -> float:
        """Time limit per file."""
        ...

    @property
    def terms(self) -> tuple[Callable[[bytes], Any], int | None]:
        """What a child is told first: the task, and its memory limit."""
        ...

    def take(self, in_hand: int, bytes_in_hand: int) -> list[File]:
        """The next files for a worker that holds so much already; none where it should rather read an answer (or, with
        nothing in hand, where the pool closes)."""
        ...

    def settle(self, file: File, value: Any, refusal: Refusal | None) -> None:
        """One file is done with."""
        ...

    def give_back(self, files: Iterable[File]) -> None:
        """Files that a dead child never came to; they are read next."""
        ...

    def fail(self, problem: BaseException) -> None:
        """Something that is no file's fault, such as a child that cannot be started."""
        ...


@dataclass(frozen=True, slots=True)
class File:
    """One file on its way; ``index`` counts those that the pool was ever given."""

    index: int
    data: bytes
    suspect: bool = False  # a child has died at it already


class Worker:
    """Starts its thread at once; the thread ends with the pool."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._deadline: tuple[float, int] | None = None  # when, and which file's
        self._late: int | None = None
        self._answers = 0  # of the present child
        self.thread = threading.Thread(target=self._run, name="reading-worker", daemon=True)
        self.thread.start()

    def kill(self) -> None:
        """End the child, whatever it does."""
        with self._lock:
            if self._child is not None:
                self._child.kill()

    def end_if_late(self, now: float) -> None:
        """End the child if its file is over its time."""
        with self._lock:
            if self._child is not None and self._deadline is not None and now > self._deadline[0]:
                self._late = self._deadline[1]
                self._deadline = None
                self._child.kill()

    def _run(self) -> None:
        held: deque[File] = deque()
        try:
            while not self._pool.closing:
                more = self._pool.take(len(held), sum(len(one.data) for one in held))
                held.extend(more)
                if not held:
                    return
                try:
                    if more:
                        self._send(held, more)
                    else:
                        self._receive(held)
                except (OSError, EOFError):
                    self._bury(held)
        except BaseException as problem:  # nobody else would hear of it, and map would wait for ever
            self._pool.fail(problem)
        finally:
            self.kill()
            self._reap()

    def _send(self, held: deque[File], more: list[File]) -> None:
        """Send the last of the files held, ``more``, in one go."""
        if self._child is None:
            self._start()
        child = self._child
        if child is None or child.stdin is None:
            raise EOFError
        if len(held) == len(more):
            self._set_deadline(held[0])
        write_frames(child.stdin, *(file.data for file in more))

    def _receive(self, held: deque[File]) -> None:
        child = self._child
        if child is None or child.stdout is None:
            raise EOFError
        value, refusal = pickle.loads(read_frame(child.stdout))
        self._answers += 1
        self._pool.settle(held.popleft(), value, refusal)
        self._set_deadline(held[0] if held else None)

    def _set_deadline(self, file: File | None) -> None:
        with self._lock:
            self._deadline = None if file is None else (time.monotonic() + self._pool.seconds, file.index)

    def _start(self) -> None:
        """Start a child and wait until it is ready. Raises RuntimeError where it does not come up."""
        ahead = take_child()
        if ahead is not None:
            with contextlib.suppress(RuntimeError):  # then another one is started
                return self._introduce(ahead)
            self._reap()
        try:
            child = start_child()
        except OSError as problem:
            raise RuntimeError(f"no reading child can be started with {sys.executable!r}") from problem
        return self._introduce(child)

    def _introduce(self, child: subprocess.Popen[bytes]) -> None:
        """Tell a child what it is to do. Raises RuntimeError where it is not ready for it."""
        with self._lock:
            self._child, self._late, self._answers = child, None, 0
            self._deadline = (time.monotonic() + _START_SECONDS, -1)
        if self._pool.closing:
            raise EOFError
        try:
            introduce(child, *self._pool.terms)
        except (OSError, EOFError) as problem:
            if self._pool.closing:
                raise
            raise RuntimeError(f"the reading child ended at once, status {child.wait()}") from problem

    def _bury(self, held: deque[File]) -> None:
        """The child is dead: the file it was at is refused, those behind it go back to the others.

        A child that has read other files may have died of those, or while it was idle: its file is tried once more.
        """
        self._take_last_answers(held)
        with self._lock:
            late, self._late, self._deadline = self._late, None, None
        self._reap()
        if held and not self._pool.closing:
            culprit = held.popleft()
            if late == culprit.index:
                refusal = refuse("reader_timed_out", seconds=round(self._pool.seconds, 1))
                self._pool.settle(culprit, None, refusal)
            elif late is not None or (self._answers and not culprit.suspect):
                held.appendleft(replace(culprit, suspect=late is None))
            else:
                self._pool.settle(culprit, None, refuse("reader_died"))
        self._pool.give_back(held)
        held.clear()

    def _take_last_answers(self, held: deque[File]) -> None:
        """What the child still answered before it died is in the pipe."""
        self.kill()
        try:
            while held:
                self._receive(held)
        except (OSError, EOFError):
            return

    def _reap(self) -> None:
        with self._lock:
            child, self._child = self._child, None
        if child is not None:
            end_child(child)
