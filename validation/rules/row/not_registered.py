"""Without code and day of registration a row is taken, but stands in no phase and brings no support yet."""

from __future__ import annotations

from collections.abc import Iterator

from validation.draft import Draft
from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Context, Hit, Rule

_NEEDED = dict.fromkeys(("registration_code", "registered_on")).keys()


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """Code or day of registration is blank."""
    if row.filled >= _NEEDED:
        return
    for name in _NEEDED:
        if row.is_blank(name):
            yield Hit(name)


RULE = Rule(
    code="not_registered",
    severity=Severity.WARNING,
    fields=("registration_code", "registered_on"),
    since="0.1.0",
    check=check,
    bad=(example(registration_code=None, registered_on=None), example(registered_on=None)),
    good=(example(),),
)
