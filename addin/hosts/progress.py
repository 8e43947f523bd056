"""How far long work has come: a window with a count and a cancel button, in a process of its own, and the status bar.

The work stays in the calling process. A press on cancel is noticed at the next step that is reported, and raised there:
whatever works in steps and can be interrupted stops whole.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from typing import IO

from addin.errors import UsageProblem
from addin.hosts.dialogs import SCRIPT, child_environment, python_command
from validation import messages

Say = Callable[[str], None]
Report = Callable[[str, int, int | None], None]
"""A stage of the work, steps done, steps in all where known."""

_BETWEEN_REPORTS = 0.2  # seconds
_BETWEEN_WORDS = 1.0  # the status bar costs a call across a process border
_PATIENCE = 5.0
_LOOK_EVERY = 0.2  # seconds between two looks whether cancel was pressed, while waiting
_WORTH_SAYING = 2.0


class Cancelled(UsageProblem):
    """The clerk pressed cancel. What was finished stays; nothing is left half-done."""

    def __init__(self) -> None:
        super().__init__("interrupted")


@contextlib.contextmanager
def progress(title: str, say: Say) -> Iterator[Report]:
    """Report steps to a window and, by ``say``, to the program's status bar. The report raises Cancelled.

    Where no window can open, the status bar alone says it.
    """
    window = _Window(title)
    spoken = [0.0]

    def report(stage: str, done: int, total: int | None) -> None:
        if window.cancelled():
            raise Cancelled
        words = messages.catalogue("vi")["screen"].get(f"stage_{stage}", stage)
        window.show(words, done, total)
        now = time.monotonic()
        if now - spoken[0] >= _BETWEEN_WORDS:
            spoken[0] = now
            say(f"{words}: {done}/{total}" if total else f"{words}: {done}")

    try:
        yield report
    finally:
        window.close()


def waiting(report: Report, stage: str) -> Callable[[float], None]:
    """A way to wait some seconds in which a press on cancel is noticed, and raised as the report raises it."""

    def wait(seconds: float) -> None:
        begun = time.monotonic()
        while (waited := time.monotonic() - begun) < seconds:
            if seconds > _WORTH_SAYING:
                report(stage, int(waited), int(seconds))
            time.sleep(min(_LOOK_EVERY, seconds - waited))

    return wait


class _Window:
    """The window's process. Everything that goes wrong with it only means that there is no window."""

    def __init__(self, title: str) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._shown: tuple[str, float] = ("", 0.0)
        if os.environ.get(SCRIPT):
            return  # a test, or nobody at the screen
        with contextlib.suppress(OSError):
            self._process = subprocess.Popen(
                python_command("addin.hosts.progress_window"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                env=child_environment(),
            )
            threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True).start()
            self._send({"title": title})

    def cancelled(self) -> bool:
        """Whether cancel was pressed, or the window was closed."""
        return not self._answers.empty()

    def show(self, stage: str, done: int, total: int | None) -> None:
        """Show a stage and its count, not more often than an eye can follow."""
        now = time.monotonic()
        if stage == self._shown[0] and done != total and now - self._shown[1] < _BETWEEN_REPORTS:
            return
        self._shown = (stage, now)
        self._send({"stage": stage, "done": done, "total": total})

    def close(self) -> None:
        """Take the window away."""
        if self._process is None:
            return
        process, self._process = self._process, None
        with contextlib.suppress(OSError):
            assert process.stdin is not None
            process.stdin.close()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _send(self, message: dict[str, object]) -> None:
        if self._process is None or self._process.stdin is None:
            return
        try:
            self._process.stdin.write(json.dumps(message, ensure_ascii=False).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            self.close()

    def _listen(self, pipe: IO[bytes]) -> None:
        with contextlib.suppress(OSError, ValueError), pipe:
            for line in pipe:
                self._answers.put(line)
