"""What is said of each path met in a run: the ``files`` of the JSON contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from addin.intake.arrivals import Arrival
from addin.intake.refusals import RefusedAs, refused_as
from addin.merge.overview import FileOutcome, Overview, Report
from validation import messages
from validation.errors import Refusal
from validation.submission import RowCounts

_NO_ATTENTION = frozenset({"system_file"})


@dataclass(frozen=True, slots=True)
class FileResult:
    """One path met in this run. ``reason`` is a sentence or None, ``code`` that of a refusal."""

    path: Path
    sha256: str | None
    unit: str | None
    outcome: FileOutcome
    reason: str | None
    counts: RowCounts
    code: str | None = None
    findings: int = 0

    @property
    def needs_attention(self) -> bool:
        """Refused, skipped, or with findings."""
        if self.code is not None:
            return self.code not in _NO_ATTENTION
        return self.findings > 0 and self.outcome is not FileOutcome.SUPERSEDED


def results_of(met: Iterable[tuple[Arrival, Refusal | None, bool]], overview: Overview) -> Iterator[FileResult]:
    """One result per path, in the order met: refusals as they are, reports by where they stand now."""
    by_sha = {report.sha256: report for report in overview.reports}
    current = {report.unit_code: report for report in overview.reports if report.current}
    with_earlier = _units_with_several(overview.reports)
    named: dict[str, Path] = {}
    for arrival, refusal, stored_now in met:
        report = by_sha.get(arrival.sha256 or "")
        if refusal is not None or report is None:
            yield _refused(arrival, refusal)
            continue
        first = named.setdefault(report.sha256, arrival.path)
        newest = current[report.unit_code]
        if not report.current:
            outcome, reason = FileOutcome.SUPERSEDED, _about("superseded", newest)
        elif first != arrival.path:
            outcome, reason = FileOutcome.UNCHANGED, messages.text("reason", "same_content", other=first.name)
        elif not stored_now:
            outcome, reason = FileOutcome.UNCHANGED, messages.text("reason", "unchanged")
        elif report.unit_code in with_earlier:
            outcome, reason = FileOutcome.REPLACED, _about("replaced", with_earlier[report.unit_code])
        else:
            outcome, reason = FileOutcome.ACCEPTED, None
        yield FileResult(
            arrival.path, report.sha256, report.unit_code, outcome, reason, report.counts, findings=len(report.findings)
        )


def _refused(arrival: Arrival, refusal: Refusal | None) -> FileResult:
    refusal = refusal or Refusal("vanished")
    skipped = refused_as(refusal) is RefusedAs.SKIPPED
    unit = refusal.facts.get("unit_code")
    return FileResult(
        path=arrival.path,
        sha256=arrival.sha256,
        unit=str(unit) if unit else None,
        outcome=FileOutcome.SKIPPED if skipped else FileOutcome.QUARANTINED,
        reason=messages.text("refusal", refusal.code, **refusal.facts),
        counts=RowCounts(),
        code=refusal.code,
    )


def _units_with_several(reports: Iterable[Report]) -> dict[str, Report]:
    """Units with more than one report on record → the newest of those that no longer count."""
    result: dict[str, Report] = {}
    for report in reports:
        if report.current:
            continue
        other = result.get(report.unit_code)
        if other is None or _rank(report) > _rank(other):
            result[report.unit_code] = report
    return result


def _rank(report: Report) -> tuple[str, int, int]:
    return (report.cover.report_date.isoformat(), report.cover.report_number, report.id)


def _about(key: str, report: Report) -> str:
    return messages.text(
        "reason",
        key,
        report_date=report.cover.report_date,
        report_number=report.cover.report_number,
        other=report.path.rsplit("/", 1)[-1],
    )
