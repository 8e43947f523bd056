"""Findings of a report, found by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from addin.merge.overview import Report, SourcedRow
from validation.decisions import Accepted
from validation.findings import Finding, Severity


class RowFindings:
    """Looks up the findings of a row. Rows come report by report, so only the last report's are kept."""

    def __init__(self) -> None:
        self._report: Report | None = None
        self._by_row: Mapping[int, Sequence[Finding]] = {}

    def all_of(self, sourced: SourcedRow) -> Sequence[Finding]:
        """Every finding of the row, in the order of its cells."""
        if sourced.report is not self._report:
            by_row: dict[int, list[Finding]] = {}
            for finding in sourced.report.findings:
                if finding.row is not None:
                    by_row.setdefault(finding.row, []).append(finding)
            self._report, self._by_row = sourced.report, by_row
        return self._by_row.get(sourced.row.number, ())

    def warnings(self, sourced: SourcedRow) -> list[Finding]:
        """Those that only warn."""
        return [finding for finding in self.all_of(sourced) if finding.severity is Severity.WARNING]

    def accepted(self, sourced: SourcedRow) -> list[Accepted]:
        """Those that somebody accepted."""
        found = sourced.report.accepted
        return [one for one in found if one.finding.row == sourced.row.number] if found else []

    def errors(self, sourced: SourcedRow) -> list[Finding]:
        """Those that reject."""
        return [finding for finding in self.all_of(sourced) if finding.severity is Severity.ERROR]
