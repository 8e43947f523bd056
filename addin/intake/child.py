"""The reading child: takes a task and files on standard input, answers on standard output, dies without regret.

Runs as ``python -c``, never as a copy of the parent: it imports nothing but what the task needs and does not run the
caller's main script again. Frames are a length of 8 bytes and a pickle.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import struct
import sys
import threading
from collections.abc import Callable
from typing import IO, Any

from addin.intake.refusals import refuse
from validation.errors import Refusal

_LENGTH = struct.Struct(">Q")
BOOTSTRAP = (
    "import json, sys; sys.path[:] = json.loads(sys.stdin.buffer.readline()); "
    "from addin.intake.child import serve; serve()"
)


def write_frame(stream: IO[bytes], content: object) -> None:
    """Send one pickled object. Raises OSError where the other end is gone."""
    payload = pickle.dumps(content, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(payload)))
    stream.write(payload)
    stream.flush()


def read_frame(stream: IO[bytes]) -> Any:
    """Receive one object. Raises EOFError where the other end is gone, and what unpickling raises."""
    header = stream.read(_LENGTH.size)
    if len(header) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(header)
    payload = stream.read(length)
    if len(payload) < length:
        raise EOFError
    return pickle.loads(payload)


def attempt(task: Callable[[bytes], Any], data: bytes) -> tuple[Any, Refusal | None]:
    """The task's result for one file, or the refusal that its failure amounts to.

    A panic of a compiled reader is a BaseException of its own and means that file, like any exception that nobody
    foresaw; only what ends the program passes through.
    """
    try:
        return task(data), None
    except Refusal as refusal:
        return None, refusal
    except MemoryError:
        return None, refuse("reader_out_of_memory")
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as problem:  # a PanicException of pyo3 derives from BaseException
        if type(problem).__name__ == "PanicException":
            return None, refuse("reader_died")
        return None, refuse("reader_failed", problem=f"{type(problem).__name__}: {problem}"[:300])


def serve() -> None:
    """Answer until standard input ends. The parent's end, however it comes, is the child's."""
    with contextlib.suppress(ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not land among the answers
    requests = sys.stdin.buffer
    task, memory_limit = read_frame(requests)
    if memory_limit is not None:
        _limit_memory(memory_limit)
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(requests, waiting), daemon=True).start()
    write_frame(answers, "ready")
    while True:
        _answer(answers, attempt(task, waiting.get()))


def _answer(answers: IO[bytes], outcome: tuple[Any, Refusal | None]) -> None:
    """Send the outcome; one that cannot be sent becomes a refusal of that file."""
    try:
        write_frame(answers, outcome)
    except BrokenPipeError:
        os._exit(0)
    except MemoryError:
        write_frame(answers, (None, refuse("reader_out_of_memory")))
    except (pickle.PicklingError, TypeError, AttributeError) as problem:
        write_frame(answers, (None, refuse("reader_failed", problem=f"{type(problem).__name__}: {problem}"[:300])))


def _receive(requests: IO[bytes], waiting: queue.SimpleQueue[bytes]) -> None:
    """Always take what the parent sends, so that neither end ever waits for the other to read."""
    try:
        while True:
            waiting.put(read_frame(requests))
    except BaseException:
        os._exit(0)  # at once, in the middle of a file too: nobody waits for the answer


def _limit_memory(limit: int) -> None:
    """Bound the address space, and leave no core files; where the system cannot, time is the only limit."""
    try:
        import resource
    except ImportError:  # Windows
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))
