"""The effect merely repeats the title."""

from __future__ import annotations

from collections.abc import Iterator

from validation.draft import Draft
from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Context, Hit, Rule
from validation.text.keys import fold

_EDGES = " .,;:-–…"
_MORE_CHARACTERS = 8  # a full stop, spaces, tones typed apart


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """Title and effect are the same words."""
    title, effect = row.title, row.effect
    if title is None or effect is None or abs(len(title) - len(effect)) > _MORE_CHARACTERS:
        return
    if not _begin_apart(title, effect) and fold(title).strip(_EDGES) == fold(effect).strip(_EDGES):
        yield Hit("effect", {"title": title})


def _begin_apart(one: str, other: str) -> bool:
    """Whether it takes no folding to see that they differ: they begin with different plain letters or digits."""
    first, second = one[:1].lower(), other[:1].lower()
    return first != second and (first + second).isascii() and first.isalnum() and second.isalnum()


RULE = Rule(
    code="title_equals_effect",
    severity=Severity.WARNING,
    fields=("effect",),
    since="0.1.0",
    check=check,
    bad=(
        example(title="Cải tiến máy ép nhựa", effect="Cải tiến máy ép nhựa"),
        example(title="Cải tiến máy ép nhựa", effect="cải tiến máy ép nhựa."),
    ),
    good=(example(title="Cải tiến máy ép nhựa", effect="Máy ép nhựa đỡ 20 phút mỗi ca"),),
)
