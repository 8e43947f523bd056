"""What a clerk is told of a problem at a button: where its usual sentence names a command, one that names a button or
whom to call."""

from __future__ import annotations

from collections.abc import Mapping

from addin.actions import local_now
from addin.errors import EdgeError
from addin.incidents import record
from validation import messages

_INCIDENT = "{incident}"


def sentence(problem: EdgeError) -> str:
    """The sentence for a problem. One that sends the clerk to the IT person gets an incident: the whole story is then
    in the log, and the sentence names both."""
    code, facts = problem.error_code, problem.facts
    if _INCIDENT in _pattern(code):
        incident, log = record(problem, local_now())
        facts = {**facts, "incident": incident, "log": log}
    return sentence_of(code, facts)


def sentence_of(code: str, facts: Mapping[str, object]) -> str:
    """The same by code and facts, which are all that it names."""
    return messages.text(_table(code), code, "vi", **facts)


def _table(code: str) -> str:
    return "button_error" if code in messages.catalogue("vi")["button_error"] else "error"


def _pattern(code: str) -> str:
    pattern: str = messages.catalogue("vi")[_table(code)][code]
    return pattern
