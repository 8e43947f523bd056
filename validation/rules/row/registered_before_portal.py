"""The portal was not open yet on that day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from validation.draft import Draft
from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Basis, Context, Hit, Rule


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """Registered inside a phase, on a day on which the portal took no registrations."""
    phase = context.programme.phase_of(row.registered_on)
    if phase is not None and row.registered_on is not None and row.registered_on < phase.portal_opened:
        facts = {"day": row.registered_on, "opened": phase.portal_opened, "phase": phase.name}
        yield Hit("registered_on", facts)


RULE = Rule(
    code="registered_before_portal",
    severity=Severity.WARNING,
    fields=("registered_on",),
    since="0.1.0",
    check=check,
    basis=Basis.VALUE,
    bad=(example(registered_on=lambda p: p.phases[0].portal_opened - timedelta(days=1)),),
    good=(example(registered_on=lambda p: p.phases[0].portal_opened),),
)
