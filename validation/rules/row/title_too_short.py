"""A title of one or two words does not say what the initiative is."""

from __future__ import annotations

from collections.abc import Iterator

from validation.draft import Draft
from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Context, Hit, Rule

_FEWEST_WORDS = 3
_FEWEST_CHARACTERS = 12


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """Fewer words, or fewer characters, than a title needs."""
    title = row.title
    if title is None or (len(title) > 40 and " " in title):
        return
    if len(title) < _FEWEST_CHARACTERS or len(title.split()) < _FEWEST_WORDS:
        yield Hit("title")


RULE = Rule(
    code="title_too_short",
    severity=Severity.WARNING,
    fields=("title",),
    since="0.1.0",
    check=check,
    bad=(example(title="Cải tiến"), example(title="SK 01")),
    good=(example(title="Cải tiến máy ép nhựa"), example(title="Giáo án điện tử")),
)
