"""One piece of our own work in a child, while this process goes on with the rest.

Nothing depends on the child: where there is none, or it does not answer, the work is done here after all.
"""

from __future__ import annotations

import pickle
import subprocess
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from types import TracebackType
from typing import Generic, Self, TypeVar, cast

from addin.intake.ahead import end_child, introduce, start_child, take_child
from addin.intake.child import read_frame, write_frames

T = TypeVar("T")

_SECONDS = 120.0
"""After which a child is no longer waited for."""
_PATIENCE = 0.1
"""Seconds between two looks, so that Ctrl-C gets through on Windows."""


class Aside(Generic[T]):
    """``task(data)`` in a child, from now on; a context manager, at whose end the child is gone.

    ``task`` must be picklable by reference, as a ``ReadingPool``'s, and depend on nothing but ``data``.
    """

    def __init__(self, task: Callable[[bytes], T], data: bytes) -> None:
        self._task, self._data = task, data
        self._answer: Future[T] = Future()
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._ended = False
        self._thread = threading.Thread(target=self._wait_for_it, name="aside", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._ended = True
            if self._child is not None:
                self._child.kill()
        self._thread.join(5)

    def result(self) -> T:
        """What the task gives, from the child where that can be had. Raises what the task raises."""
        until = time.monotonic() + _SECONDS
        while not self._answer.done() and time.monotonic() < until:
            wait((self._answer,), _PATIENCE)
        try:
            return self._answer.result(0)
        except Exception:  # whatever became of the child
            return self._task(self._data)

    def _wait_for_it(self) -> None:
        try:
            self._answer.set_result(self._ask())
        except Exception as problem:
            self._answer.set_exception(problem)

    def _ask(self) -> T:
        child = take_child() or start_child()
        try:
            with self._lock:
                self._child = child
                if self._ended:
                    raise EOFError
            introduce(child, self._task, None)
            assert child.stdin is not None
            assert child.stdout is not None
            write_frames(child.stdin, self._data)
            value, refusal = pickle.loads(read_frame(child.stdout))
            if refusal is not None:
                raise refusal
            return cast("T", value)
        finally:
            with self._lock:
                self._child = None
                end_child(child)
