"""The day of registration lies in no phase of the programme."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from validation.draft import Draft
from validation.findings import Severity
from validation.rules.registry import Context, Hit, Rule, example


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """The day of registration is in no phase."""
    if row.registered_on is not None and context.programme.phase_of(row.registered_on) is None:
        phases = context.programme.phases
        yield Hit("registered_on", {"first": phases[0].first, "last": phases[-1].last})


RULE = Rule(
    code="registered_outside_phases",
    severity=Severity.ERROR,
    fields=("registered_on",),
    since="0.1.0",
    check=check,
    bad=(
        example(registered_on=date(2021, 8, 31)),
        example(registered_on=date(2023, 9, 2), approved_on=date(2023, 9, 3)),
    ),
    good=(example(registered_on=date(2022, 5, 31), approved_on=date(2022, 6, 10)),),
)
