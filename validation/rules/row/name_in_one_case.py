"""A person's name all in capitals or all in small letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from validation.draft import Draft
from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Context, Hit, Rule

_WORD = re.compile(r"[^\W\d_]+")


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """The lead author's name, or one of the co-authors', is written in one case."""
    if row.lead_author is not None and _in_one_case(row.lead_author):
        yield Hit("lead_author", fix=_as_a_name(row.lead_author))
    if row.co_authors and any(map(_in_one_case, row.co_authors)):
        yield Hit("co_authors", fix=_mended(row.co_authors))


def _in_one_case(name: str) -> bool:
    # A single word may be an abbreviation or a nickname.
    return (name.isupper() or name.islower()) and " " in name


def _as_a_name(name: str) -> str:
    return _WORD.sub(lambda word: word[0].capitalize(), name)


def _mended(names: Sequence[str]) -> str:
    return "; ".join(_as_a_name(name) if _in_one_case(name) else name for name in names)


RULE = Rule(
    code="name_in_one_case",
    severity=Severity.WARNING,
    fields=("lead_author", "co_authors"),
    since="0.1.0",
    check=check,
    bad=(
        example(lead_author="NGUYỄN THỊ HOA"),
        example(lead_author="nguyễn thị hoa"),
        example(co_authors="Trần Văn Nam; LÊ THỊ MAI"),
    ),
    good=(example(lead_author="Nguyễn Thị Hoa"), example(lead_author="H’Hen Niê", co_authors="Y Bhăm; Trần Văn A")),
)
