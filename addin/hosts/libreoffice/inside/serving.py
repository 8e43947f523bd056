"""One button: start the child, answer its requests on the office's main thread, and come back whatever happens.

Wire: one JSON object per line, UTF-8.

    child   {"id": 7, "do": [["cells.read", {"at": [1, 0, 0, 9, 3]}], …]}
    office  {"id": 7, "ok": [result, …]}
            {"id": 7, "error": {"kind": …, "verb": …, "message": …, "done": requests done before it}}

While it serves, the office's window does not move, as in Excel while a macro runs.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .child_process import Child, ChildError
from .session import Session
from .settings import Settings
from .verbs import perform

ENCODING = "utf-8"
SURROGATES = "surrogatepass"
"""Text in a workbook may hold half a character; it must pass both ways, not stop the work."""


@dataclass(frozen=True)
class Outcome:
    """How a button's run ended: `failure` is None or a ChildError.reason or "exit"; `code` the child's exit code."""

    failure: str | None
    code: int | None
    requests: int
    detail: str = ""


_serving = False


def serve(context: Any, settings: Settings, arguments: Sequence[str]) -> Outcome:
    """Run the child for one button and serve it to its end. Never raises; a second call while one runs is refused."""
    global _serving
    if _serving:
        return Outcome("busy", None, 0)
    _serving = True
    try:
        return _serve(context, settings, arguments)
    finally:
        _serving = False


def _serve(context: Any, settings: Settings, arguments: Sequence[str]) -> Outcome:
    try:
        child = Child([*settings.command, *arguments], settings.log)
    except ChildError as failed:
        return Outcome(failed.reason, None, 0, failed.detail)
    session = Session(context)
    served = 0
    failed_as: ChildError | None = None
    try:
        last = time.monotonic() + settings.total
        while True:
            line = child.next_line(min(last, time.monotonic() + settings.silence))
            if line is None:
                break
            child.send(answer(session, line))
            served += 1
            if time.monotonic() > last:
                raise ChildError("total")
    except ChildError as failed:
        failed_as = failed
    finally:
        session.close()
    code = child.end(0.0 if failed_as else settings.ending)
    if failed_as:
        return Outcome(failed_as.reason, code, served, failed_as.detail)
    return Outcome("exit" if code else None, code, served)


def answer(session: Session, line: bytes) -> bytes:
    """The reply to one line; raises ChildError("protocol") where the line is no request."""
    try:
        request = json.loads(line.decode(ENCODING, SURROGATES))
        number, steps = request["id"], [(str(verb), dict(arguments)) for verb, arguments in request["do"]]
    except (ValueError, TypeError, KeyError) as error:
        raise ChildError("protocol", f"{error} in {line[:200]!r}") from error
    reply = {"id": number}
    reply.update(perform(session, steps))
    return json.dumps(reply, ensure_ascii=False).encode(ENCODING, SURROGATES) + b"\n"
