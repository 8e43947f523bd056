"""The day of registration lies in no phase of the programme."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from validation.draft import Draft
from validation.findings import Severity
from validation.normalise import as_shown
from validation.rules.examples import example
from validation.rules.registry import Basis, Context, Hit, Rule


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """The day of registration is in no phase."""
    programme = context.programme
    if row.registered_on is not None and programme.phase_of(row.registered_on) is None:
        phases = "; ".join(f"{p.name}: {as_shown(p.first)} – {as_shown(p.last)}" for p in programme.phases)
        yield Hit("registered_on", {"day": row.registered_on, "phases": phases})


RULE = Rule(
    code="registered_outside_phases",
    severity=Severity.ERROR,
    fields=("registered_on",),
    since="0.1.0",
    check=check,
    basis=Basis.VALUE,
    waivable=True,
    bad=(
        example(registered_on=lambda p: p.phases[0].first - timedelta(days=1)),
        example(registered_on=lambda p: p.phases[-1].last + timedelta(days=1)),
    ),
    good=(
        example(registered_on=lambda p: p.phases[0].first),
        example(registered_on=lambda p: p.phases[0].last),
        example(registered_on=lambda p: p.phases[-1].last),
    ),
)
