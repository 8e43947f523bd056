"""What a campaign amounts to at one moment: the one picture that the master, ``status`` and the JSON are drawn from.

Pure: built from judged reports and the tree of units, no ledger and no clock in here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from addin.campaign.ledger import Withdrawal
from addin.decisions.entries import RefusedEntry
from addin.decisions.store import StandingDecision
from addin.freezing.store import Frozen
from validation.decisions import Accepted
from validation.fields import Form
from validation.findings import Finding
from validation.money import Tally, UnitPhase, totals_by_phase, totals_by_unit
from validation.portal import NO_RULE, PortalRule
from validation.programme import Programme
from validation.submission import Cover, Outcome, Row, RowCounts, UnitLine
from validation.units import Level, Unit, UnitTree


class FileOutcome(StrEnum):
    """What became of a file; the ``outcome`` of the JSON contract, and ``withdrawn`` for a report taken out."""

    ACCEPTED = "accepted"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    SUPERSEDED = "superseded"
    QUARANTINED = "quarantined"
    SKIPPED = "skipped"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Report:
    """A readable report on record. ``path`` is relative to the campaign folder where it lies inside it.

    ``current``: it is the report of its unit that counts. ``reason`` is a Vietnamese sentence or None. ``columns`` maps
    field name → column letters on ``sheet``. ``line``: a consolidation carried it, with this line of its table of
    units; ``path``, ``sha256``, ``sheet`` and the rows' numbers are then the consolidation's. ``withdrawn``: somebody
    took its file out of the figures. ``accepted`` are findings that somebody accepted; they are no longer among
    ``findings``.
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
    line: UnitLine | None = None
    withdrawn: Withdrawal | None = None
    accepted: tuple[Accepted, ...] = ()

    @property
    def unit_code(self) -> str:
        """The unit that reports."""
        return self.cover.unit_code

    @property
    def first_file(self) -> str:
        """The first file of the report, as far as it is known."""
        return (self.line.source_file if self.line is not None else None) or self.path

    @property
    def first_sha256(self) -> str:
        """That file's sha256."""
        return (self.line.source_sha256 if self.line is not None else None) or self.sha256


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


class Origin(NamedTuple):
    """The first place of a row: file as it was called there, sheet, row number, sha256 of the file."""

    file: str
    sheet: str | None
    row: int
    sha256: str


class SourcedRow(NamedTuple):
    """A row with its report; ``report.path``, ``report.sheet`` and ``row.number`` lead back to the cell."""

    report: Report
    row: Row

    @property
    def origin(self) -> Origin:
        """Where the row first stood: the same whether it came in its own file or through consolidations."""
        row, report = self.row, self.report
        if row.source_sha256 is not None and row.source_row is not None:
            return Origin(row.source_file or report.first_file, row.source_sheet, row.source_row, row.source_sha256)
        return Origin(report.path, report.sheet, row.number, report.sha256)


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """A duplicate beside the row that stays."""

    duplicate: SourcedRow
    kept: SourcedRow


@dataclass(frozen=True, slots=True)
class PortalUse:
    """The national portal's newest list and what its word does here. ``file`` is None where there is no list.

    ``changed`` counts rows that count otherwise by its word, ``unmatched`` accepted rows whose code it does not hold;
    both are 0 where the rule is not in force. ``taken_at`` is an ISO 8601 text.
    """

    rule: PortalRule = NO_RULE
    file: str | None = None
    sha256: str | None = None
    taken_at: str | None = None
    lines: int = 0
    changed: int = 0
    unmatched: int = 0


NO_PORTAL = PortalUse()


@dataclass(frozen=True, slots=True)
class Baseline:
    """The campaign as a master showed it: when that was written, accepted rows, support in đồng."""

    at: datetime
    rows: int
    upper_support: int
    base_support: int


@dataclass(frozen=True, slots=True)
class Trend:
    """What is new since ``since``: report files, units that had none before; rows and đồng more (or less)."""

    since: datetime
    files: int
    units: int
    rows: int
    upper_support: int
    base_support: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the master shows. Money in đồng; ``units`` covers every reporting unit and phase.

    ``reports`` are units' reports, by whichever way they came. ``consolidations`` are the files that carried reports of
    many units: their cover, what is to be said of the file as a whole, and those rows that belong to no report in it
    (all rejected); their ``counts`` are of the whole file. ``report_number`` is the number of the master as a report.
    ``decisions`` are all ever made; ``entries`` what was entered in the master and could not be taken as a decision.
    ``unaltered`` are the reports as they say, where the portal's word may have changed their rows; else none.
    ``deadlines`` are the campaign's own, by phase; ``baseline`` is the master before this one; ``frozen`` are the
    states that were kept, oldest first.
    """

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
    consolidations: tuple[Report, ...] = ()
    report_number: int = 1
    decisions: tuple[StandingDecision, ...] = ()
    entries: tuple[RefusedEntry, ...] = ()
    deadlines: Mapping[int, date] = field(default_factory=dict)
    portal: PortalUse = NO_PORTAL
    baseline: Baseline | None = None
    frozen: tuple[Frozen, ...] = ()
    unaltered: tuple[Report, ...] = ()
    current: tuple[Report, ...] = field(init=False, repr=False, compare=False)
    """The reports that count, in the order of unit codes."""

    def __post_init__(self) -> None:
        current = sorted((report for report in self.reports if report.current), key=lambda report: report.unit_code)
        object.__setattr__(self, "current", tuple(current))  # once: everybody asks for them

    @property
    def files(self) -> tuple[Report, ...]:
        """One entry for each readable file: units' own reports, and consolidations."""
        return (*(report for report in self.reports if report.line is None), *self.consolidations)

    def counted_elsewhere(self, file: Report) -> tuple[int, int]:
        """Of a consolidation that counts: how many rows, of how many units, another file counts for."""
        if not file.current or file.form is Form.GRASSROOTS:
            return 0, 0
        others = [r for r in self.reports if r.id == file.id and not r.current and r.counts.seen > r.counts.rejected]
        return sum(r.counts.seen - r.counts.rejected for r in others), len(others)

    def whole(self, file: Report) -> Report:
        """One of ``files`` with all its rows and findings as they now stand, in the order of its sheet."""
        carried = [report for report in self.reports if report.id == file.id and report.line is not None]
        if not carried:
            return file
        rows = sorted((row for part in (file, *carried) for row in part.rows), key=lambda row: row.number)
        findings = [finding for part in (file, *carried) for finding in part.findings]
        findings.sort(key=lambda finding: finding.row or 0)
        return replace(file, rows=tuple(rows), findings=tuple(findings))

    @property
    def form(self) -> Form:
        """The form that the master is: the city's, or an upper union's consolidation."""
        return Form.CITY if self.unit.level is Level.CITY else Form.UPPER

    @property
    def counting(self) -> tuple[Report, ...]:
        """The reports that count, then the consolidations that do, for their rows that belong to no report in them."""
        return (*self.current, *(bundle for bundle in self.consolidations if bundle.current))

    def rows(self, outcome: Outcome) -> Iterator[SourcedRow]:
        """Rows of the reports that count, by unit and row; then those that belong to no report of a consolidation."""
        for report in self.counting:
            for row in report.rows:
                if row.outcome is outcome:
                    yield SourcedRow(report, row)

    def accepted(self) -> list[Row]:
        """The accepted rows in the same order, without their reports."""
        return [row for report in self.counting for row in report.rows if row.outcome is Outcome.ACCEPTED]

    def accepted_rows(self) -> int:
        """Number of accepted rows of the whole campaign."""
        return sum(report.counts.accepted for report in self.reports if report.current)

    def reported(self, report: Report) -> Report:
        """The report as it says itself, whatever the portal says: what decisions are about."""
        same = (one for one in self.unaltered if (one.id, one.unit_code) == (report.id, report.unit_code))
        return next(same, report)

    def as_reported(self, sourced: SourcedRow) -> Row:
        """The row as its report says it."""
        rows = self.reported(sourced.report).rows if self.unaltered else ()
        return next((row for row in rows if row.number == sourced.row.number), sourced.row)

    def missing(self) -> tuple[Unit, ...]:
        """Grassroots unions below the campaign's unit, valid on the day, that have no report that counts."""
        reporting = {report.unit_code for report in self.reports if report.current}
        day = self.made_at.date()
        last_day = max(self.deadline(phase.number) for phase in self.programme.phases)
        # A programme that is over is judged by the units that existed when its last reports were due.
        day = min(day, last_day)
        return tuple(
            unit
            for unit in self.tree.below(self.unit.code, day)
            if unit.level is Level.GRASSROOTS and unit.valid_on(day) and unit.code not in reporting
        )

    def deadline(self, phase: int) -> date:
        """The last day for reports of a phase: the campaign's, else the programme's."""
        return self.deadlines.get(phase, self.programme.phase(phase).report_deadline)

    def trend(self) -> Trend | None:
        """What is new since the master before this one; None where there was none."""
        before = self.baseline
        if before is None:
            return None
        new = [file for file in self.files if file.received_at > before.at and file.withdrawn is None]
        old_units = {report.unit_code for report in self.reports if report.received_at <= before.at}
        return Trend(
            since=before.at,
            files=len(new),
            units=len({report.unit_code for report in self.current} - old_units),
            rows=self.accepted_rows() - before.rows,
            upper_support=sum(tally.upper_support for tally in self.phases.values()) - before.upper_support,
            base_support=sum(tally.base_support for tally in self.phases.values()) - before.base_support,
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
    consolidations: Sequence[Report] = (),
    report_number: int = 1,
    decisions: Sequence[StandingDecision] = (),
    entries: Sequence[RefusedEntry] = (),
    deadlines: Mapping[int, date] = MappingProxyType({}),
    portal: PortalUse = NO_PORTAL,
    baseline: Baseline | None = None,
    frozen: Sequence[Frozen] = (),
    unaltered: Sequence[Report] = (),
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
        consolidations=tuple(consolidations),
        report_number=report_number,
        decisions=tuple(decisions),
        entries=tuple(entries),
        deadlines=dict(deadlines),
        portal=portal,
        baseline=baseline,
        frozen=tuple(frozen),
        unaltered=tuple(unaltered),
    )
