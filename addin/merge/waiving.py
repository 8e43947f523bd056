"""Accepted findings taken out of the reports' open ones, and rows let in by them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from addin.merge.overview import Report
from validation.decisions import Waiver, waive
from validation.programme import Programme


def with_waivers(reports: Iterable[Report], waivers: Mapping[Waiver, int], programme: Programme) -> list[Report]:
    """The reports in their order. Applying the same waivers again changes only what was found in between."""
    units = {waiver.unit for waiver in waivers}
    return [_waived(report, waivers, programme) if report.unit_code in units else report for report in reports]


def _waived(report: Report, waivers: Mapping[Waiver, int], programme: Programme) -> Report:
    after = waive(
        report.unit_code, report.cover, report.rows, report.findings, report.counts, waivers, programme
    )  # fmt: skip
    if not after.accepted:
        return report
    accepted = report.accepted + after.accepted
    return replace(report, rows=after.rows, findings=after.findings, counts=after.counts, accepted=accepted)
