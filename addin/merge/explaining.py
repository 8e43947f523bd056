"""The rows, files, sheets and cells behind a figure. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from addin.errors import UsageProblem
from addin.merge.changes import ReportChanges, changes_of
from addin.merge.overview import Origin, Overview, Report, SourcedRow
from validation.findings import Finding, Severity
from validation.money import Tally
from validation.submission import Outcome, Row

EVIDENCE = (
    "registration_code", "lead_author", "is_member", "title", "ip_protected", "registered_on", "status", "approved_on",
    "base_support",
)  # fmt: skip
"""The fields that decide phase, money and count of a row."""


@dataclass(frozen=True, slots=True)
class ExplainedRow:
    """A row and where it stands: in the file as it was received (``cells`` by field), and where it first stood.

    ``findings`` are those that keep it out, where it does not count.
    """

    row: Row
    file: str
    sheet: str
    sha256: str
    cells: dict[str, str]
    origin: Origin
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """A figure's rows. ``unit`` and ``phase`` are None for all of them; ``left_out`` are the rows of the same reports
    that are in no total (rejected, duplicate) or, with a phase, in none; money in đồng."""

    unit: str | None
    name: str | None
    phase: int | None
    tally: Tally
    reports: tuple[Report, ...]
    rows: tuple[ExplainedRow, ...]
    left_out: tuple[ExplainedRow, ...]
    changes: tuple[ReportChanges, ...]


def explain(overview: Overview, unit: str | None = None, phase: int | None = None) -> Explanation:
    """What stands behind the figures of a unit, or of all units below it, in a phase or in all.

    Raises UsageProblem ``unit_not_here`` and ``phase_not_here``.
    """
    phases = [declared.number for declared in overview.programme.phases]
    if phase is not None and phase not in phases:
        raise UsageProblem("phase_not_here", phase=phase, known=", ".join(map(str, phases)))
    codes = _codes(overview, unit)
    reports = tuple(report for report in overview.current if codes is None or report.unit_code in codes)
    rows: list[ExplainedRow] = []
    left_out: list[ExplainedRow] = []
    tally = Tally()
    for report in reports:
        for row in report.rows:
            if row.accepted and row.phase is not None and phase in {None, row.phase}:
                tally.add(row, overview.programme.status.approved)
                rows.append(_explained(SourcedRow(report, row)))
            elif not row.accepted or row.phase is None:
                left_out.append(_explained(SourcedRow(report, row), tuple(_why(report, row))))
    changes = tuple(one for one in changes_of(overview) if codes is None or one.report.unit_code in codes)
    known = overview.tree.get(unit)
    name = known.name if known is not None else None
    return Explanation(unit, name, phase, tally, reports, tuple(rows), tuple(left_out), changes)


def _codes(overview: Overview, unit: str | None) -> set[str] | None:
    """The unit and everything below it; None for all."""
    if unit is None or unit == overview.unit.code:
        return None
    if unit not in overview.tree and all(report.unit_code != unit for report in overview.current):
        raise UsageProblem("unit_not_here", unit=unit)
    return {unit, *(below.code for below in overview.tree.below(unit))}


def _explained(sourced: SourcedRow, findings: tuple[Finding, ...] = ()) -> ExplainedRow:
    report, row = sourced.report, sourced.row
    cells = {name: f"{report.columns[name]}{row.number}" for name in EVIDENCE if name in report.columns}
    return ExplainedRow(row, report.path, report.sheet, report.sha256, cells, sourced.origin, findings)


def _why(report: Report, row: Row) -> Iterator[Finding]:
    for finding in report.findings:
        if finding.row == row.number and (
            finding.severity is Severity.ERROR
            or (row.outcome is Outcome.DUPLICATE and finding.code.startswith("duplicate_code"))
            or (row.accepted and finding.code == "not_registered")
        ):
            yield finding
