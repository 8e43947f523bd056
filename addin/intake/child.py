"""The reading child: takes a task and files on standard input, answers on standard output, dies without regret.

Runs as ``python -c``, never as a copy of the parent: it imports nothing but what the task needs and does not run the
caller's main script again. Frames are a length of 8 bytes and so many bytes: a file as it is, or a pickle.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import pickle
import queue
import signal
import struct
import threading
from collections.abc import Callable, Sequence
from typing import IO, Any

from addin.intake.refusals import refuse
from validation.errors import Refusal

_LENGTH = struct.Struct(">Q")
PIPE_BUFFER = 1 << 17
"""Bytes of either end of a pipe that one reading takes: some files or answers at once, each call being a chance that
another thread or process goes on first."""
_GARBAGE = 100_000
"""Objects between two searches for garbage in circles: a usual reading leaves hardly any behind, and looking costs a
twelfth of the time."""
_LARGE = 1 << 20
NO_PLUGINS = ("PYDANTIC_DISABLE_PLUGINS", "__all__")
"""A setting of the environment: pydantic is not to look through every installed package for what might change it."""
BOOTSTRAP = (
    "import gc, json, sys; gc.disable(); sys.path[:], modules = json.loads(sys.argv[1]); "
    "from addin.intake.child import serve; serve(modules)"
)


def write_frames(stream: IO[bytes], *payloads: bytes) -> None:
    """Send frames in one go. Raises OSError where the other end is gone."""
    stream.write(b"".join(part for payload in payloads for part in (_LENGTH.pack(len(payload)), payload)))
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes:
    """Receive one frame's bytes. Raises EOFError where the other end is gone."""
    header = stream.read(_LENGTH.size)
    if len(header) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(header)
    payload = stream.read(length)
    if len(payload) < length:
        raise EOFError
    return payload


def pickled(content: object) -> bytes:
    """An object as a frame carries it. Raises what pickling raises."""
    return pickle.dumps(content, protocol=pickle.HIGHEST_PROTOCOL)


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


def serve(modules: Sequence[str] = ()) -> None:
    """Answer until standard input ends. The parent's end, however it comes, is the child's.

    ``modules`` are imported first, while the parent makes up its mind.
    """
    with contextlib.suppress(ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    os.environ.setdefault(*NO_PLUGINS)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not land among the answers
    requests = open(0, "rb", buffering=PIPE_BUFFER, closefd=False)  # noqa: SIM115 - open as long as the child lives
    for module in modules:
        importlib.import_module(module)
    task, memory_limit = pickle.loads(read_frame(requests))
    prepare = getattr(task, "prepare", None)
    if prepare is not None:
        prepare()
    if memory_limit is not None:
        _limit_memory(memory_limit)
    gc.freeze()  # what was imported stays
    gc.set_threshold(_GARBAGE)
    gc.enable()
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(requests, waiting), daemon=True).start()
    write_frames(answers, pickled("ready"))
    while True:
        data = waiting.get()
        outcome = attempt(task, data)
        _answer(answers, outcome)
        if outcome[1] is not None or len(data) > _LARGE:
            gc.collect()  # what an unusual file left behind must not be charged to the next one


def _answer(answers: IO[bytes], outcome: tuple[Any, Refusal | None]) -> None:
    """Send the outcome; one that cannot be sent becomes a refusal of that file."""
    try:
        write_frames(answers, pickled(outcome))
    except BrokenPipeError:
        os._exit(0)
    except MemoryError:
        write_frames(answers, pickled((None, refuse("reader_out_of_memory"))))
    except (pickle.PicklingError, TypeError, AttributeError) as problem:
        told = refuse("reader_failed", problem=f"{type(problem).__name__}: {problem}"[:300])
        write_frames(answers, pickled((None, told)))


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
