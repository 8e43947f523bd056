"""What is said of each path met in a run: the ``files`` of the JSON contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from addin.intake.arrivals import Arrival, display
from addin.intake.refusals import RefusedAs, refused_as
from addin.merge.overview import FileOutcome, Overview, Report
from validation import messages
from validation.errors import Refusal
from validation.fields import Form
from validation.submission import RowCounts

_COUNT_FOR_NOTHING = frozenset({FileOutcome.SUPERSEDED, FileOutcome.WITHDRAWN})
_NO_ATTENTION = frozenset({"system_file", "campaign_file"})


class Novelty(StrEnum):
    """What a run made of a report's content; the values are keys of the catalogue's table ``reason``."""

    NEW = "new"
    JUDGED_AGAIN = "judged_again"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Remark:
    """Why a file has its outcome: an entry of the catalogue, and the facts that fill its sentence."""

    table: str
    key: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileResult:
    """One path met in this run. ``code`` is that of a refusal, ``findings`` how many the report has."""

    path: Path
    sha256: str | None
    unit: str | None
    outcome: FileOutcome
    remark: Remark | None
    counts: RowCounts
    code: str | None = None
    findings: int = 0

    def reason(self, language: messages.Language = "vi") -> str | None:
        """Why it has its outcome, as a sentence; None where there is nothing to say."""
        if self.remark is None:
            return None
        return messages.text(self.remark.table, self.remark.key, language, **self.remark.facts)

    @property
    def needs_attention(self) -> bool:
        """Refused, skipped, or with findings."""
        if self.code is not None:
            return self.code not in _NO_ATTENTION
        return self.findings > 0 and self.outcome not in _COUNT_FOR_NOTHING


def results_of(met: Iterable[tuple[Arrival, Refusal | None, Novelty]], overview: Overview) -> Iterator[FileResult]:
    """One result per path, in the order met: refusals as they are, reports by where they stand now."""
    by_sha = {report.sha256: report for report in overview.files}
    current = {report.unit_code: report for report in overview.reports if report.current}
    bundles = {bundle.unit_code: bundle for bundle in overview.consolidations if bundle.current}
    with_earlier, bundles_with_earlier = _with_earlier(overview.reports), _with_earlier(overview.consolidations)
    named: dict[str, Path] = {}
    for arrival, refusal, novelty in met:
        report = by_sha.get(arrival.sha256 or "")
        if refusal is not None or report is None:
            yield _refused(arrival, refusal)
            continue
        first = named.setdefault(report.sha256, arrival.path)
        if report.withdrawn is not None:
            out = report.withdrawn
            facts = {"reason": out.reason, "name": out.name, "day": out.at.date()}
            remark: Remark | None = Remark("reason", "withdrawn", facts)
            yield _result(arrival, report, FileOutcome.WITHDRAWN, remark)
            continue
        if report.form is not Form.GRASSROOTS:
            newest, earlier = bundles[report.unit_code], bundles_with_earlier.get(report.unit_code)
        else:
            newest, earlier = current[report.unit_code], with_earlier.get(report.unit_code)
        if not report.current:
            outcome, remark = FileOutcome.SUPERSEDED, _about("superseded", newest)
        elif first != arrival.path:
            facts = {"other": display(Path(first.name))}
            outcome, remark = FileOutcome.UNCHANGED, Remark("reason", "same_content", facts)
        elif novelty is not Novelty.NEW:
            outcome, remark = FileOutcome.UNCHANGED, Remark("reason", novelty.value)
        elif earlier is not None:
            outcome, remark = FileOutcome.REPLACED, _about("replaced", earlier)
        else:
            rows, units = overview.counted_elsewhere(report)
            facts = {"count": rows, "units": units}
            outcome, remark = FileOutcome.ACCEPTED, Remark("reason", "counted_elsewhere", facts) if rows else None
        yield _result(arrival, report, outcome, remark)


def _result(arrival: Arrival, report: Report, outcome: FileOutcome, remark: Remark | None) -> FileResult:
    return FileResult(
        arrival.path, report.sha256, report.unit_code, outcome, remark, report.counts, findings=len(report.findings)
    )


def outcome_of(refusal: Refusal) -> FileOutcome:
    """What a refusal makes of a file: quarantined, or skipped where it was never meant to be a report."""
    if refusal.code == "campaign_file" or refused_as(refusal) is RefusedAs.SKIPPED:
        return FileOutcome.SKIPPED
    return FileOutcome.QUARANTINED


def _refused(arrival: Arrival, refusal: Refusal | None) -> FileResult:
    refusal = refusal or Refusal("vanished")
    unit = refusal.facts.get("unit_code")
    return FileResult(
        path=arrival.path,
        sha256=arrival.sha256,
        unit=str(unit) if unit else None,
        outcome=outcome_of(refusal),
        remark=Remark("refusal", refusal.code, refusal.facts),
        counts=RowCounts(),
        code=refusal.code,
    )


def _with_earlier(reports: Iterable[Report]) -> dict[str, Report]:
    """Units with more than one report on record → the newest of those that no longer count. The report that counts,
    come by another way, is no earlier one."""
    reports = tuple(reports)
    first = {report.unit_code: report.first_sha256 for report in reports if report.current}
    result: dict[str, Report] = {}
    for report in reports:
        if report.current or report.withdrawn is not None or report.first_sha256 == first.get(report.unit_code):
            continue
        other = result.get(report.unit_code)
        if other is None or _rank(report) > _rank(other):
            result[report.unit_code] = report
    return result


def _rank(report: Report) -> tuple[str, int, int]:
    return (report.cover.report_date.isoformat(), report.cover.report_number, report.id)


def _about(key: str, report: Report) -> Remark:
    cover = report.cover
    facts = {
        "report_date": cover.report_date,
        "report_number": cover.report_number,
        "other": display(Path(report.path.rsplit("/", 1)[-1])),
    }
    return Remark("reason", key, facts)
