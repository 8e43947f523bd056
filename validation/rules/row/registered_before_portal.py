"""The portal was not open yet on that day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from validation.draft import Draft
from validation.findings import Severity
from validation.rules.registry import Context, Hit, Rule, example


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """Registered inside a phase, on a day on which the portal took no registrations."""
    phase = context.programme.phase_of(row.registered_on)
    if phase is not None and row.registered_on is not None and row.registered_on < phase.portal_opened:
        yield Hit("registered_on", {"opened": phase.portal_opened, "phase": phase.name})


RULE = Rule(
    code="registered_before_portal",
    severity=Severity.WARNING,
    fields=("registered_on",),
    since="0.1.0",
    check=check,
    bad=(example(registered_on=date(2021, 12, 20)),),
    good=(example(registered_on=date(2022, 1, 8)),),
)
