"""What a clerk is told of a column: where it goes, and why."""

from __future__ import annotations

from addin.adopt.mapping import Column, Way
from validation import messages
from validation.errors import Refusal
from validation.fields import ROW_FIELD

_NO_REASON_NEEDED = frozenset({Way.SCALED, Way.JOINED, Way.AUTHORS, Way.AUTHOR_AND_PLACE, Way.DECISION})


def where_to(column: Column, language: messages.Language = "vi") -> str:
    """The headers of the form's columns that it becomes, or that it is not used."""
    if column.way is Way.UNUSED:
        return messages.text("adopt", "not_used", language)
    return " + ".join(f"“{ROW_FIELD[name].header}”" for name in column.fields)


def reason_of_column(column: Column, language: messages.Language = "vi") -> str:
    """Why it is understood so, and how its cells go over where not simply as they were."""
    why = messages.text("adopt_reason", column.reason.value, language, name=column.like)
    if column.way not in _NO_REASON_NEEDED:
        return why
    return f"{why}; {messages.text('adopt_way', column.way.value, language, amount=column.scale)}"


def sentence_of_refusal(refusal: Refusal, language: messages.Language = "vi") -> str:
    """Why a file is not taken, and how to bring it into a shape in which it is."""
    table = "adopt_refusal" if refusal.code in messages.catalogue(language)["adopt_refusal"] else "refusal"
    return messages.text(table, refusal.code, language, **refusal.facts)
