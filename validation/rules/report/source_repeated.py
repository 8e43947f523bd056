"""Two rows of a consolidation claim to be the same row of the same file."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import CONSOLIDATED, Case, Example, consolidation, example
from validation.rules.registry import Rule, Scope


def _from(row: int, number: int) -> Example:
    return example(
        unit_code="CĐ-01-07",
        registration_code=f"SK-2022-{number:04}",
        source_file="a.xlsx",
        source_row=row,
        source_sha256="0123456789abcdef" * 4,
    )


RULE = Rule(
    code="source_repeated",
    severity=Severity.WARNING,
    fields=("source_row",),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(Case((consolidation(_from(6, 1), _from(6, 2), units=["CĐ-01-07"]),), CONSOLIDATED),),
    good=(Case((consolidation(_from(6, 1), _from(7, 2), units=["CĐ-01-07"]),), CONSOLIDATED),),
)
