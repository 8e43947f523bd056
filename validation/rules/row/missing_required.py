"""A cell that must not be blank is blank."""

from __future__ import annotations

from collections.abc import Iterator

from validation.draft import Draft
from validation.fields import ROW_FIELDS, Requirement
from validation.findings import Severity
from validation.rules.examples import example
from validation.rules.registry import Context, Hit, Rule

_REQUIRED = dict.fromkeys(f.name for f in ROW_FIELDS if f.typed and f.required is Requirement.ALWAYS).keys()


def check(row: Draft, context: Context) -> Iterator[Hit]:
    """One hit for each required cell that is blank on a form that has the column."""
    if row.filled >= _REQUIRED:
        return
    for name in _REQUIRED:
        if getattr(row, name) is None and name not in row.unreadable:
            yield Hit(name)


RULE = Rule(
    code="missing_required",
    severity=Severity.ERROR,
    fields=(),
    since="0.1.0",
    check=check,
    bad=(example(title=None), example(lead_author=" "), example(status=None)),
    good=(example(),),
)
