"""Digits in a person's name: a telephone number, a count, or a slip."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validation.draft import Draft
from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Context, Hit, Rule

_DIGIT = re.compile("[0-9]")


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """The lead author's name, or one of the co-authors', has a digit in it."""
    if row.lead_author is not None and _DIGIT.search(row.lead_author):
        yield Hit("lead_author", {"name": row.lead_author})
    if row.co_authors:
        name = next(filter(_DIGIT.search, row.co_authors), None)
        if name is not None:
            yield Hit("co_authors", {"name": name})


RULE = Rule(
    code="name_with_digits",
    severity=Severity.WARNING,
    fields=("lead_author", "co_authors"),
    since="0.1.0",
    check=check,
    bad=(example(lead_author="Nguyễn Thị Hoa 0912000111"), example(co_authors="Trần Văn Nam; Lê Thị Mai và 2 người")),
    good=(example(lead_author="Nguyễn Thị Hoa"), example(co_authors="1. Trần Văn Nam; 2. Lê Thị Mai")),
)
