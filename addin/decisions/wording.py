"""Decisions in words, for the master and the terminal."""

from __future__ import annotations

from datetime import datetime

from addin.decisions.entries import RefusedEntry
from addin.decisions.store import Decision, StandingDecision
from validation.decisions import Kind
from validation.fields import COVER_FIELD, ROW_FIELD
from validation.messages import Language, catalogue, text


def about(made: Decision, language: Language = "vi") -> str:
    """What was decided on: the rule by its name and the column, or the registration code."""
    if made.kind == Kind.CHOICE:
        return text("decision_kind", "about_choice", language, number=made.code)
    rules = catalogue(language)["rule"]
    title = str(rules[made.code]["title"]) if made.code in rules else made.code
    field = ROW_FIELD.get(made.field or "") or COVER_FIELD.get(made.field or "")
    return f"{title} – {field.header}" if field is not None else title


def explained(one: StandingDecision, language: Language = "vi") -> str | None:
    """Why it does not hold any more; None where it does, or waits."""
    if one.revocation is not None:
        gone = one.revocation
        day = datetime.fromisoformat(gone.at).date()
        return text("decision_why", "revoked", language, day=day, name=gone.name, reason=gone.reason)
    return text("decision_why", one.why, language) if one.why is not None else None


def sentence_of(refused: RefusedEntry, language: Language = "vi") -> str:
    """Why an entry could not be taken, and what to do."""
    return text("error", refused.code, language, **refused.facts)
