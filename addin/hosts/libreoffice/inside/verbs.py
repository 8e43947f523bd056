"""The table of requests: each is a function `(session, **arguments)` registered under a dotted name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .failures import RequestError
from .session import Session

Verb = Callable[..., Any]

VERBS: dict[str, Verb] = {}


HARMLESS = ("cells", "format", "formula", "looks", "names", "notes", "link", "validation", "conditional")
"""Families of requests that leave every cell and sheet in its place."""


def verb(name: str) -> Callable[[Verb], Verb]:
    """Register a function as a request."""

    def register(function: Verb) -> Verb:
        assert name not in VERBS, name
        VERBS[name] = function
        return function

    return register


def perform(session: Session, steps: Sequence[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    """Do the steps in order; stop at the first that fails. What was done before it stays done."""
    results: list[Any] = []
    for name, arguments in steps:
        function = VERBS.get(name)
        try:
            if function is None:
                raise RequestError("value", "no such request")
            results.append(function(session, **arguments))
            if name.partition(".")[0] not in HARMLESS:
                session.sheets_may_have_changed()
        except RequestError as failure:
            return {"error": failed(name, failure.kind, failure.message, len(results))}
        except Exception as error:
            return {"error": failed(name, kind_of(error), described(error), len(results))}
    return {"ok": results}


def failed(name: str, kind: str, message: str, done: int) -> dict[str, Any]:
    """The error member of a reply."""
    return {"verb": name, "kind": kind, "message": message, "done": done}


def kind_of(error: Exception) -> str:
    """The kind of an exception of the office or of Python; see RequestError."""
    name = type(error).__name__.rsplit(".", 1)[-1]
    if name == "DisposedException":
        return "gone"
    if name in ("NoSuchElementException", "IndexOutOfBoundsException"):
        return "missing"
    return "value" if isinstance(error, (TypeError, ValueError, KeyError, IndexError)) else "refused"


def described(error: Exception) -> str:
    """A line about an exception; many of the office's have no text."""
    name = type(error).__name__.rsplit(".", 1)[-1]
    text = str(getattr(error, "Message", "") or error).strip()
    return f"{name}: {text}" if text else name


def load() -> None:
    """Import every module that registers requests."""
    from . import (  # noqa: F401
        books,
        cells,
        conditional,
        formulas,
        layout,
        looks,
        names,
        notes,
        number_formats,
        protection,
        sheets,
        tables,
        validation,
        window,
    )
