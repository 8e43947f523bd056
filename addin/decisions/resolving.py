"""What exactly is to be decided, looked up among the reports that count. Pure.

Whatever cannot be decided is a UsageProblem that names what is there instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from addin.errors import UsageProblem
from addin.merge.overview import Overview, Report, SourcedRow
from validation.decisions import Choice, Kind, Waiver, content_of, described, may_be_waived, rows_of_content, waiver_of
from validation.findings import Finding, Severity
from validation.messages import shown, title
from validation.submission import Outcome, Row

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """A decision before it is written down."""

    key: Waiver | Choice
    about: str
    row: int | None

    @property
    def kind(self) -> Kind:
        """Its kind."""
        return Kind.CHOICE if isinstance(self.key, Choice) else Kind.WAIVER


def reports_of(overview: Overview, unit: str) -> list[Report]:
    """The unit's report that counts, and its consolidation that counts. Raises ``unit_without_report``."""
    counting = [*overview.current, *(one for one in overview.consolidations if one.current)]
    found = [report for report in counting if report.unit_code == unit]
    if not found:
        known = dict.fromkeys(report.unit_code for report in counting)
        raise UsageProblem("unit_without_report", unit=unit, known=_listed(known))
    return found


def waivers_of_row(overview: Overview, unit: str, number: int, code: str | None, field: str | None) -> list[Wanted]:
    """What to accept of a row: the findings of that rule and field; without a rule all errors of a rejected row, or
    all warnings of an accepted one.

    Raises UsageProblem ``unit_without_report``, ``row_not_here``, ``nothing_to_waive``, ``no_such_finding``,
    ``not_waivable``.
    """
    reports = reports_of(overview, unit)
    for report in reports:
        row = next((row for row in report.rows if row.number == number), None)
        if row is not None:
            return _of_row(report, row, code, field)
    spoken_of = sorted({f.row for report in reports for f in report.findings if f.row is not None})
    raise UsageProblem("row_not_here", unit=unit, row=number, known=_listed(map(str, spoken_of)))


def waivers_of_content(overview: Overview, unit: str, content: str) -> list[Wanted]:
    """All errors of the rejected row that says this. Raises ``decided_row_changed`` and as ``waivers_of_row``."""
    for report in reports_of(overview, unit):
        rows = rows_of_content(report.rows, content, (Outcome.REJECTED,))
        if rows:
            return _of_row(report, rows[0], None, None)
    raise UsageProblem("decided_row_changed", unit=unit)


def waiver_of_finding(overview: Overview, waiver: Waiver) -> Wanted:
    """The finding that a waiver would accept. Raises ``decided_row_changed``, ``not_waivable``."""
    for report in reports_of(overview, waiver.unit):
        rows = {row.number: row for row in report.rows}
        for finding in report.findings:
            same = (finding.code, finding.field) == (waiver.code, waiver.field)
            if same and waiver_of(finding, report.unit_code, report.cover, rows) == waiver:
                return _wanted(report, rows, [finding])[0]
    raise UsageProblem("decided_row_changed", unit=waiver.unit)


def waivers_of_report(overview: Overview, unit: str, code: str, field: str | None) -> list[Wanted]:
    """What a rule says of a unit's report as a whole. Raises UsageProblem as ``waivers_of_row``."""
    known: list[str] = []
    for report in reports_of(overview, unit):
        whole = [finding for finding in report.findings if finding.row is None]
        found = [f for f in whole if f.code == code and field in {None, f.field}]
        if found:
            return _wanted(report, {}, found)
        known += [finding.code for finding in whole]
    raise UsageProblem("no_finding_of_report", unit=unit, rule=code, known=_listed(dict.fromkeys(known)))


def _of_row(report: Report, row: Row, code: str | None, field: str | None) -> list[Wanted]:
    found = [finding for finding in report.findings if finding.row == row.number]
    where: dict[str, object] = {"unit": report.unit_code, "row": row.number}
    if not found:
        raise UsageProblem("nothing_to_waive", **where)
    if code is None:
        severity = Severity.ERROR if row.outcome is Outcome.REJECTED else Severity.WARNING
        chosen = [f for f in found if f.severity is severity and field in {None, f.field}]
    else:
        chosen = [f for f in found if f.code == code and field in {None, f.field}]
    if not chosen:
        known = dict.fromkeys(f"{f.code} ({f.field})" if f.field else f.code for f in found)
        raise UsageProblem("no_such_finding", **where, rule=code or field or "", known=_listed(known))
    return _wanted(report, {row.number: row}, chosen)


def _wanted(report: Report, rows: dict[int, Row], findings: Sequence[Finding]) -> list[Wanted]:
    never = [finding for finding in findings if not may_be_waived(finding.code)]
    if never:
        doubled = any(finding.code.startswith("duplicate_code") for finding in never)
        code = "choose_instead" if doubled else "not_waivable"
        raise UsageProblem(code, what="; ".join(dict.fromkeys(title(finding) for finding in never)))
    wanted = []
    for finding in findings:
        key = waiver_of(finding, report.unit_code, report.cover, rows)
        row = rows.get(finding.row) if finding.row is not None else None
        if key is not None:
            about = described(row) if row is not None else _named(report)
            wanted.append(Wanted(key, about, row.number if row is not None else None))
    return wanted


def _named(report: Report) -> str:
    return f"{shown(report.cover.report_date)} / {report.cover.report_number}"


# -- choices -----------------------------------------------------------------------------------------------------------


def choice_of(overview: Overview, code: str, unit: str, number: int | None) -> Wanted:
    """The row of that code in the unit's report, to be the one that counts.

    Raises UsageProblem ``code_not_doubled``, ``unit_lacks_code``, ``row_of_code_needed``.
    """
    rows = _rows_of_code(overview, code)
    if len(rows) < 2:
        doubled = dict.fromkeys(pair.duplicate.row.registration_code or "" for pair in overview.pairs)
        raise UsageProblem("code_not_doubled", number=code, known=_listed(doubled))
    of_unit = [one for one in rows if one.row.unit_code == unit and number in {None, one.row.number}]
    places = _listed(f"{one.row.unit_code} ({one.row.number})" for one in rows)
    if not of_unit:
        raise UsageProblem("unit_lacks_code", number=code, unit=unit, known=places)
    if len(of_unit) > 1:
        raise UsageProblem("row_of_code_needed", number=code, unit=unit, known=places)
    return _choice(of_unit[0].row)


def choice_of_content(overview: Overview, choice: Choice) -> Wanted:
    """The row that a choice names. Raises ``decided_row_changed``."""
    for one in _rows_of_code(overview, choice.code):
        if one.row.unit_code == choice.unit and content_of(one.row) == choice.content:
            return _choice(one.row)
    raise UsageProblem("decided_row_changed", unit=choice.unit)


def _rows_of_code(overview: Overview, code: str) -> list[SourcedRow]:
    return [
        SourcedRow(report, row)
        for report in overview.current
        for row in report.rows
        if row.registration_code == code and row.outcome is not Outcome.REJECTED
    ]


def _choice(row: Row) -> Wanted:
    return Wanted(Choice(row.registration_code or "", row.unit_code, content_of(row)), described(row), row.number)


def _listed(texts: Iterable[str]) -> str:
    known = list(texts)
    return ", ".join(known[:_SHOWN]) + (" …" if len(known) > _SHOWN else "") or "–"
