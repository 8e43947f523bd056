"""Asks the product's Python for the value of a worksheet function: one child for all workbooks, kept until the office
ends.

A recalculation calls for every cell, so nothing here may wait without a limit, nor wait again and again: after a child
that failed, calls are refused at once for a while, each time for longer.

Wire: the child asks, as everywhere (see serving.py). Once it is ready it asks only "functions.next", with its last
answer, and is answered with the next call when there is one.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from typing import Any

from .child_process import Child, ChildError
from .settings import Settings, SettingsError

ENCODING, SURROGATES = "utf-8", "surrogatepass"
"""As in serving.py, which needs the office."""

NEXT = b'"functions.next"'

START = 30.0
"""Seconds that the child may take to be ready."""

ANSWER = 15.0
"""Seconds that it may take for one call; a list of 5,000 rows is checked in two."""

SHORT = 2048
"""Bytes; every system's pipe holds more. The child has read what came before: it asked for this."""

MOST_REMEMBERED = 50_000
"""Answers to short calls that are kept while the child lives: most recalculations ask what was asked before, and a
function's value depends on nothing but its arguments."""

PAUSE, LONGEST_PAUSE = 5.0, 300.0
"""Seconds in which nothing is asked after a failure; doubled with each further one."""


class QuickChild(Child):
    """Gets short lines without a thread in between: half the time of a call. A pipe takes so little without waiting."""

    def send(self, line: bytes) -> None:
        """Hand a line to the child; raises ChildError("ended") where it is gone."""
        pipe = self._process.stdin
        if len(line) > SHORT or pipe is None:
            super().send(line)
            return
        try:
            pipe.write(line)
            pipe.flush()
        except (OSError, ValueError):
            raise ChildError("ended") from None


class FunctionChild:
    """The child behind the functions. For one thread: the office calculates what calls add-ins in one."""

    def __init__(
        self,
        entry_point: str,
        settings: Callable[[], Settings],
        serve: Callable[[bytes], bytes],
        *,
        start: float = START,
        answer: float = ANSWER,
        pause: float = PAUSE,
    ) -> None:
        """`settings` is called at each start, `serve` replies to what the child asks before it is ready.

        Times are in seconds.
        """
        self._entry_point = entry_point
        self._settings = settings
        self._serve = serve
        self._start = start
        self._answer = answer
        self._first_pause = self._pause = pause
        self._not_before = 0.0
        self._child: QuickChild | None = None
        self._remembered: dict[bytes, dict[str, Any]] = {}
        self._waiting = 0
        self._proven = False

    @property
    def pid(self) -> int | None:
        """The child's process number, None where there is none."""
        return None if self._child is None else self._child.pid

    def ask(self, name: str, arguments: Sequence[Any]) -> dict[str, Any]:
        """The answer to one call.

        Raises ChildError: reasons as in child_process.py, and `settings` (not installed), `ended` (the child is gone),
        `resting` (it failed a moment ago).
        """
        try:
            return self._asked(name, arguments)
        except ChildError as failed:
            again = self._proven and failed.reason in ("ended", "unread")
            self._give_up(failed)
            if not again:
                raise
        self._not_before = 0.0  # it had worked, and was ended meanwhile: a new one is worth a try
        try:
            return self._asked(name, arguments)
        except ChildError as failed:
            self._give_up(failed)
            raise

    def end(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.end(0.0)
            self._child = None

    def _asked(self, name: str, arguments: Sequence[Any]) -> dict[str, Any]:
        child = self._child or self._begun()
        call = json.dumps({"name": name, "arguments": arguments}, ensure_ascii=False).encode(ENCODING, SURROGATES)
        known = self._remembered.get(call)
        if known is not None:
            return known
        child.send(b'{"id": %d, "ok": [%s]}\n' % (self._waiting, call))
        answer = self._brought(self._line(child, time.monotonic() + self._answer))
        if not isinstance(answer, dict):
            raise ChildError("protocol", "no answer")
        self._proven = True
        self._pause = self._first_pause
        if len(call) <= SHORT:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[call] = answer
        return answer

    def _begun(self) -> QuickChild:
        if time.monotonic() < self._not_before:
            raise ChildError("resting")
        try:
            settings = self._settings()
        except SettingsError as error:
            raise ChildError("settings", str(error)) from error
        log = None if settings.log is None else settings.log + ".functions"
        self._proven = False
        self._remembered.clear()
        self._child = child = QuickChild([*settings.command, self._entry_point], log)
        until = time.monotonic() + self._start
        while NEXT not in (line := self._line(child, until)):
            child.send(self._serve(line))
        self._brought(line)
        return child

    def _line(self, child: Child, until: float) -> bytes:
        line = child.next_line(until)
        if line is None:
            raise ChildError("ended")
        return line

    def _brought(self, line: bytes) -> Any:
        """The answer that the child brings with its question for the next call."""
        try:
            question = json.loads(line.decode(ENCODING, SURROGATES))
            ((_verb, brought),) = question["do"]
            self._waiting = question["id"]
            return brought["answer"]
        except (ValueError, TypeError, KeyError) as error:
            raise ChildError("protocol", f"{error} in {line[:200]!r}") from error

    def _give_up(self, failed: ChildError) -> None:
        self.end()
        if failed.reason != "resting":
            self._not_before = time.monotonic() + self._pause
            self._pause = min(2 * self._pause, LONGEST_PAUSE)
