"""A finding: what a rule has to say about one cell, one row or one report. Data only; the catalogue holds the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum
from types import MappingProxyType

NO_FACTS: Mapping[str, object] = MappingProxyType({})


class Severity(StrEnum):
    """Only an error rejects a row; a warning never does."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, and where.

    ``row`` is the sheet's real row number, ``cell`` like ``K12``; both None for what concerns the whole report.
    ``value`` is what stands there, as text; ``facts`` fill the catalogue's sentence; ``fix`` is the proposed content
    of the cell, None where we would have to guess.
    """

    code: str
    severity: Severity
    sheet: str | None = None
    row: int | None = None
    cell: str | None = None
    field: str | None = None
    value: str | None = None
    facts: Mapping[str, object] = dataclass_field(default_factory=lambda: NO_FACTS)
    fix: str | None = None

    def __reduce__(self) -> tuple[object, ...]:
        return (
            Finding,
            (
                self.code,
                self.severity,
                self.sheet,
                self.row,
                self.cell,
                self.field,
                self.value,
                dict(self.facts),
                self.fix,
            ),
        )
