"""Reading over any ``concurrent.futures.Executor``: threads, processes, or the machines of a cluster.

What travels is the content of files, never a path: a worker may be another machine. On the worker each file is read in
a disposable child, as it is here, so that no file of a stranger can take a worker along (docs/decisions/0016). Whatever
the executor does not answer, because a worker is gone or nothing moves any more, is read by children of this machine:
each file ends as it would without an executor.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from addin.intake.children import DEFAULT_MEMORY, DEFAULT_SECONDS, Reading, ReadingPool
from validation.errors import Refusal

T = TypeVar("T")

_FILES, _BYTES = 16, 1 << 20
"""A parcel holds at most so much: small files cost a cluster more on the way than in the reading."""
_AT_ONCE = 16
_BYTES_AT_ONCE = 128 << 20
_SLACK = 60.0
_LOOK = 0.5


@dataclass(frozen=True, slots=True)
class Terms(Generic[T]):
    """What a worker must know to read. ``run`` tells one run's children from another's on a worker that lives on;
    ``edition`` says what program it must be, by ``edition_of``, a function of an importable module."""

    run: str
    task: Callable[[bytes], T]
    seconds: float
    memory: int | None
    edition: str
    edition_of: Callable[[], str]


class OtherEdition(Exception):  # noqa: N818 - what a worker answers; the caller decides what to make of it
    """A worker's program is another one than here: it might judge otherwise."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(found, expected)
        self.found, self.expected = found, expected


@dataclass(slots=True)
class _Parcel:
    files: tuple[bytes, ...]
    future: Future[list[tuple[Any, Refusal | None]]] | None  # None: it could not be sent

    @property
    def size(self) -> int:
        """Bytes."""
        return sum(map(len, self.files))


class OverExecutor(Generic[T]):
    """Reads over an executor, which stays the caller's to end. A context manager, and a ``Reads``.

    ``task`` as for ``ReadingPool``; it must not need this machine. At most ``at_once`` parcels of files are under way.
    ``seconds`` and ``memory`` bound the reading of a file on its worker. A parcel is given up when nothing at all has
    come back for as long as all its files may take and ``slack`` seconds more; ``read_here`` counts the files for which
    the executor had no answer.
    """

    def __init__(
        self,
        executor: Executor,
        task: Callable[[bytes], T],
        edition_of: Callable[[], str] = str,
        *,
        at_once: int = _AT_ONCE,
        seconds: float = DEFAULT_SECONDS,
        memory: int | None = DEFAULT_MEMORY,
        slack: float = _SLACK,
    ) -> None:
        self.terms = Terms(uuid.uuid4().hex, task, seconds, memory, edition_of(), edition_of)
        self.read_here = 0
        self._executor = executor
        self._at_once = at_once
        self._slack = slack
        self._waiting: deque[_Parcel] = deque()
        self._last_answer = time.monotonic()
        self._here: ReadingPool[T] | None = None
        self._gone = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for parcel in self._waiting:
            if parcel.future is not None:
                parcel.future.cancel()
        self._waiting.clear()
        close_children(self.terms.run)
        if self._here is not None:
            self._here.close()

    def map(self, files: Iterable[bytes]) -> Iterator[Reading[T]]:
        """The readings of the files, in their order; as ``handfuls``."""
        for handful in self.handfuls(files):
            yield from handful

    def handfuls(self, files: Iterable[bytes]) -> Iterator[list[Reading[T]]]:
        """See ``Reads``; a handful is a parcel. One ``handfuls`` or ``map`` at a time.

        Raises OtherEdition where a worker's program is not this one.
        """
        parcels = _parcels(files)
        index = 0
        self._last_answer = time.monotonic()
        while True:
            while self._has_room() and (parcel := next(parcels, None)) is not None:
                self._waiting.append(self._send(parcel))
            if not self._waiting:
                return
            answers = self._answers(self._waiting[0])
            self._waiting.popleft()
            handful = [Reading(place, value, refusal) for place, (value, refusal) in enumerate(answers, start=index)]
            index += len(handful)
            yield handful

    def _has_room(self) -> bool:
        under_way = sum(parcel.size for parcel in self._waiting)
        return not self._waiting or (len(self._waiting) < self._at_once and under_way < _BYTES_AT_ONCE)

    def _send(self, files: tuple[bytes, ...]) -> _Parcel:
        if not self._gone:
            try:
                return _Parcel(files, self._executor.submit(read_parcel, self.terms, files))
            except Exception:  # broken, shut down, out of reach: each executor has its own word for it
                self._gone = True
        return _Parcel(files, None)

    def _answers(self, parcel: _Parcel) -> Iterable[tuple[Any, Refusal | None]]:
        answers = self._await(parcel)
        self._last_answer = time.monotonic()
        if answers is not None:
            return answers
        self.read_here += len(parcel.files)
        if self._here is None:
            self._here = ReadingPool(None, self.terms.task, seconds=self.terms.seconds, memory=self.terms.memory)
        return [(one.value, one.refusal) for one in self._here.map(parcel.files)]

    def _await(self, parcel: _Parcel) -> list[tuple[Any, Refusal | None]] | None:
        """The executor's answer; None where there is none to be had."""
        if parcel.future is None:
            return None
        patience = self.terms.seconds * len(parcel.files) + self._slack
        while True:
            try:
                return parcel.future.result(_LOOK)  # bounded, so that Ctrl-C gets through on Windows
            except OtherEdition:
                raise
            except BaseException as problem:
                if isinstance(problem, KeyboardInterrupt | SystemExit | GeneratorExit):
                    raise
                if parcel.future.done():
                    return None  # a lost worker, a cancelled task, an answer that could not travel
            if time.monotonic() - self._last_answer > patience:
                parcel.future.cancel()
                return None


def _parcels(files: Iterable[bytes]) -> Iterator[tuple[bytes, ...]]:
    """The files in their order, some together."""
    held: list[bytes] = []
    size = 0
    for data in files:
        if held and size + len(data) > _BYTES:
            yield tuple(held)
            held, size = [], 0
        held.append(data)
        size += len(data)
        if len(held) == _FILES:
            yield tuple(held)
            held, size = [], 0
    if held:
        yield tuple(held)


# -- on the worker -----------------------------------------------------------------------------------------------------

_children: dict[int, tuple[str, ReadingPool[Any]]] = {}
"""By thread: the run that it works for, and its child."""
_lock = threading.Lock()


def read_parcel(terms: Terms[T], files: tuple[bytes, ...]) -> list[tuple[T | None, Refusal | None]]:
    """What a worker does: the task's result or the refusal for each file, in their order. Raises OtherEdition."""
    found = terms.edition_of()
    if found != terms.edition:
        raise OtherEdition(found, terms.edition)
    return [(one.value, one.refusal) for one in _child_of(terms).map(files)]


def _child_of(terms: Terms[T]) -> ReadingPool[T]:
    """This thread's child for this run; that of an earlier run is ended."""
    thread = threading.get_ident()
    with _lock:
        run, pool = _children.get(thread, ("", None))
        if pool is None or run != terms.run:
            if pool is not None:
                pool.close()
            pool = ReadingPool(1, terms.task, seconds=terms.seconds, memory=terms.memory)
            _children[thread] = (terms.run, pool)
        return pool


def close_children(run: str) -> None:
    """End the children that this process holds for a run."""
    with _lock:
        ended = [thread for thread, (of_run, _) in _children.items() if of_run == run]
        pools = [_children.pop(thread)[1] for thread in ended]
    for pool in pools:
        pool.close()
