"""What a campaign amounts to at one moment: the one picture that the master, ``status`` and the JSON are drawn from.

Pure: built from judged reports and the tree of units, no ledger and no clock in here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from validation.fields import Form
from validation.findings import Finding
from validation.money import Tally, UnitPhase, totals_by_phase, totals_by_unit
from validation.programme import Programme
from validation.submission import Cover, Outcome, Row, RowCounts
from validation.units import Level, Unit, UnitTree


class FileOutcome(StrEnum):
    """What became of a file; the ``outcome`` of the JSON contract, and ``withdrawn`` for a report taken out."""

    ACCEPTED = "accepted"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    SUPERSEDED = "superseded"
    QUARANTINED = "quarantined"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Report:
    """A readable report on record. ``path`` is relative to the campaign folder where it lies inside it.

    ``current``: it is the report of its unit that counts. ``reason`` is a Vietnamese sentence or None. ``columns`` maps
    field name → column letters on ``sheet``.
    """

    id: int
    path: str
    sha256: str
    form: Form
    template_version: int
    sheet: str
    cover: Cover
    received_at: datetime
    current: bool
    counts: RowCounts
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    reason: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def unit_code(self) -> str:
        """The unit that reports."""
        return self.cover.unit_code


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that could not be taken: why, as a code with its facts, and as a Vietnamese sentence of what to do."""

    path: str
    sha256: str | None
    outcome: FileOutcome
    code: str
    reason: str
    met_at: datetime
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourcedRow:
    """A row with its report; ``report.path``, ``report.sheet`` and ``row.number`` lead back to the cell."""

    report: Report
    row: Row


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """A duplicate beside the row that stays."""

    duplicate: SourcedRow
    kept: SourcedRow


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the master shows. Money in đồng; ``units`` covers every reporting unit and phase."""

    programme: Programme
    tree: UnitTree
    unit: Unit
    made_at: datetime
    made_by: str
    reports: tuple[Report, ...]
    refused: tuple[RefusedFile, ...]
    pairs: tuple[DuplicatePair, ...]
    units: dict[tuple[str, int], UnitPhase]
    phases: dict[int, Tally] = field(default_factory=dict)

    @property
    def form(self) -> Form:
        """The form that the master is: the city's, or an upper union's consolidation."""
        return Form.CITY if self.unit.level is Level.CITY else Form.UPPER

    @property
    def current(self) -> tuple[Report, ...]:
        """The reports that count, in the order of unit codes."""
        return tuple(sorted((r for r in self.reports if r.current), key=lambda r: r.unit_code))

    def rows(self, outcome: Outcome) -> Iterator[SourcedRow]:
        """Rows of the reports that count, by unit and row."""
        for report in self.current:
            for row in report.rows:
                if row.outcome is outcome:
                    yield SourcedRow(report, row)

    def accepted_rows(self) -> int:
        """Number of accepted rows of the whole campaign."""
        return sum(report.counts.accepted for report in self.reports if report.current)

    def missing(self) -> tuple[Unit, ...]:
        """Grassroots unions below the campaign's unit, valid on the day, that have no report that counts."""
        reporting = {report.unit_code for report in self.reports if report.current}
        day = self.made_at.date()
        last_day = max(phase.report_deadline for phase in self.programme.phases)
        # A programme that is over is judged by the units that existed when its last reports were due.
        day = min(day, last_day)
        return tuple(
            unit
            for unit in self.tree.below(self.unit.code)
            if unit.level is Level.GRASSROOTS and unit.valid_on(day) and unit.code not in reporting
        )

    def superior_of(self, code: str) -> Unit | None:
        """The directly superior union of a unit, as far as the campaign knows the tree."""
        return self.tree.superior(code)

    def members(self) -> int:
        """Members over all reporting units."""
        return sum(report.cover.members for report in self.reports if report.current)

    def workers(self) -> int:
        """Workers over all reporting units."""
        return sum(report.cover.workers for report in self.reports if report.current)


def draw(
    *,
    programme: Programme,
    tree: UnitTree,
    unit: Unit,
    made_at: datetime,
    made_by: str,
    reports: Sequence[Report],
    refused: Sequence[RefusedFile],
    pairs: Sequence[DuplicatePair],
) -> Overview:
    """Compute the totals over the reports that count."""
    current = [report for report in reports if report.current]
    staff = {report.unit_code: (report.cover.members, report.cover.workers) for report in current}
    units = totals_by_unit((row for report in current for row in report.rows), programme, staff)
    return Overview(
        programme=programme,
        tree=tree,
        unit=unit,
        made_at=made_at,
        made_by=made_by,
        reports=tuple(reports),
        refused=tuple(refused),
        pairs=tuple(pairs),
        units=units,
        phases=totals_by_phase(units.values(), programme),
    )
