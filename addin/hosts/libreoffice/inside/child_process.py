"""The child: the product's own Python, started by the office and spoken to over two pipes.

No call here blocks without a limit. Two threads do the reading and the writing, so that the office's main thread only
ever waits on a queue, with a time-out: a child that hangs, floods or stops reading costs its time limit and no more.
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from typing import IO

POLL = 0.25
"""Seconds between two looks at whether the child still lives."""

WAITING_REPLIES = 64
"""A child that leaves so many replies unread is not talking to us."""

LONGEST_LINE = 256 * 1024 * 1024
"""Bytes; a longer line is no request."""


class ChildError(Exception):
    """The child did not do its part; `reason` is `start`, `silent`, `total`, `unread` or `protocol`."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


def child_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The office's environment without what would bend another Python: PYTHONHOME, PYTHONPATH and their kind."""
    return {name: value for name, value in environment.items() if not name.upper().startswith("PYTHON")}


class Child:
    """A started child. Always `end()` it."""

    def __init__(self, command: Sequence[str], log: str | None = None) -> None:
        """Start it; raises ChildError("start") where the program cannot be started."""
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._replies: queue.Queue[bytes | None] = queue.Queue(WAITING_REPLIES)
        self._dead_since: float | None = None
        try:
            errors: IO[bytes] = open(log or os.devnull, "wb")  # noqa: PTH123, SIM115 - closed below
        except OSError:
            errors = open(os.devnull, "wb")  # noqa: PTH123, SIM115 - no log is no reason not to start
        try:
            self._process = subprocess.Popen(
                list(command),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=child_environment(os.environ),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except (OSError, ValueError) as error:
            raise ChildError("start", str(error)) from error
        finally:
            errors.close()
        for work in (self._read, self._write):
            threading.Thread(target=work, daemon=True).start()

    @property
    def pid(self) -> int:
        """The child's process number."""
        return self._process.pid

    def next_line(self, until: float) -> bytes | None:
        """The next line, or None once the child has closed its end; raises ChildError("silent") at `until`.

        `until` is a time of `time.monotonic()`.
        """
        while True:
            left = until - time.monotonic()
            try:
                return self._lines.get(timeout=max(0.0, min(POLL, left)))
            except queue.Empty:
                if left <= 0:
                    raise ChildError("silent") from None
                if self._gone():
                    return None

    def send(self, line: bytes) -> None:
        """Hand a line to the child without waiting for it; raises ChildError("unread") when it reads nothing."""
        try:
            self._replies.put_nowait(line)
        except queue.Full:
            raise ChildError("unread") from None

    def end(self, patience: float) -> int:
        """Close the pipes, wait `patience` seconds, then end the process by its own number; its exit code."""
        try:
            self._replies.put_nowait(None)
        except queue.Full:
            patience = 0.0
        try:
            return self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
        try:
            return self._process.wait(POLL * 8)
        except subprocess.TimeoutExpired:  # stuck in the kernel; nothing more can be done, and the office must go on
            return -9

    def _gone(self) -> bool:
        """Whether the process is dead though somebody, a grandchild perhaps, still holds its pipe open."""
        if self._process.poll() is None:
            return False
        if self._dead_since is None:
            self._dead_since = time.monotonic()
        return time.monotonic() - self._dead_since > POLL * 2

    def _read(self) -> None:
        pipe = self._process.stdout
        assert pipe is not None
        try:
            while True:
                line = pipe.readline(LONGEST_LINE)
                if not line:
                    break
                self._lines.put(line)
        except (OSError, ValueError):
            pass
        finally:
            self._lines.put(None)
            pipe.close()

    def _write(self) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        try:
            while True:
                line = self._replies.get()
                if line is None:
                    break
                pipe.write(line)
                pipe.flush()
        except (OSError, ValueError):
            pass
        with contextlib.suppress(OSError):
            pipe.close()
