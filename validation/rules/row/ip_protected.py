"""A solution under protection of intellectual property is not eligible (46/HD-TLĐ)."""

from __future__ import annotations

from collections.abc import Iterator

from validation.draft import Draft
from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Basis, Context, Hit, Rule


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """Marked as protected."""
    if row.ip_protected:
        yield Hit("ip_protected", {"yes": context.programme.answers.yes})


RULE = Rule(
    code="ip_protected",
    severity=Severity.WARNING,
    fields=("ip_protected",),
    since="0.1.0",
    check=check,
    basis=Basis.VALUE,
    bad=(example(ip_protected=lambda p: p.answers.yes),),
    good=(example(ip_protected=lambda p: p.answers.no),),
)
