"""What a clerk is told of a problem at a button: where its usual sentence names a command, one that names a button."""

from __future__ import annotations

from collections.abc import Mapping

from addin.errors import EdgeError
from validation import messages


def sentence(problem: EdgeError) -> str:
    """The sentence for a problem."""
    return sentence_of(problem.error_code, problem.facts)


def sentence_of(code: str, facts: Mapping[str, object]) -> str:
    """The same by code and facts."""
    table = "button_error" if code in messages.catalogue("vi")["button_error"] else "error"
    return messages.text(table, code, "vi", **facts)
