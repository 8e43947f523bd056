"""Starting reading children, also before it is known what they are to read: a child takes a fifth of a second to load
what it needs, about as long as the program that wants it.

What is imported here is little, so that a command can start a child before it loads anything else.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

from addin.intake.child import BOOTSTRAP, PIPE_BUFFER, pickled, read_frame, write_frames

_PROGRAM = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120
_waiting: list[subprocess.Popen[bytes]] = []


def start_child(*modules: str) -> subprocess.Popen[bytes]:
    """Start a child, which imports ``modules`` and waits for its terms. Raises OSError.

    It finds what this process finds, and needs no ``site`` for that.
    """
    path = [os.path.abspath(entry) for entry in sys.path]  # noqa: PTH100 - "" is the current folder
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-X", "utf8", "-c", BOOTSTRAP, json.dumps([[*path, _PROGRAM], modules])],
        bufsize=PIPE_BUFFER,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


@contextlib.contextmanager
def child_ahead(*modules: str) -> Iterator[None]:
    """Have a child start for whoever reads first within; one that nobody wanted is ended."""
    child = None
    with contextlib.suppress(OSError):  # whoever wants one will say so
        child = start_child(*modules)
        _waiting.append(child)
    try:
        yield
    finally:
        if child is not None and child in _waiting:
            _waiting.remove(child)
            end_child(child)


def take_child() -> subprocess.Popen[bytes] | None:
    """A child that was started ahead, for the caller to end; None where there is none."""
    while _waiting:
        child = _waiting.pop()
        if child.poll() is None:
            return child
        end_child(child)
    return None


def introduce(child: subprocess.Popen[bytes], task: Callable[[bytes], Any], memory: int | None) -> None:
    """Tell a child what it is to do with each file, and wait until it is ready; ``memory`` limits its address space in
    bytes. Raises OSError and EOFError where it is not there any more."""
    assert child.stdin is not None
    assert child.stdout is not None
    write_frames(child.stdin, pickled((task, memory)))
    read_frame(child.stdout)


def end_child(child: subprocess.Popen[bytes]) -> None:
    """End a child, whatever it does."""
    child.kill()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    child.wait()
