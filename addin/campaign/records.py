"""What the ledger's tables hold of a report, and the way there and back.

A record is a tuple in the order of its table's columns; days are ISO 8601 texts, flags 0 or 1, lists JSON.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from sys import intern
from typing import Any

from addin.campaign import journal
from validation.fields import Form
from validation.findings import Finding, Severity
from validation.submission import Cover, Outcome, Row, Submission, UnitLine

_DATES = ("recognised_on", "applied_on", "registered_on", "approved_on")
_FLAGS = ("hidden", "is_member", "ip_protected", "counted")
ROW_COLUMNS = (
    "number", "unit_code", "outcome", "hidden", "registration_code", "lead_author", "member_number", "is_member",
    "position", "co_authors", "title", "solution_kind", "activity_field", "effect", "benefit_value", "recognised_on",
    "applied_on", "ip_protected", "registered_on", "status", "approved_on", "base_support", "note", "unit_name",
    "source_file", "source_sheet", "source_row", "source_sha256", "phase", "upper_support", "base_counted", "counted",
)  # fmt: skip
_SHARED_AT = tuple(
    ROW_COLUMNS.index(name)
    for name in (
        "unit_code", "lead_author", "position", "solution_kind", "activity_field", "benefit_value", "status",
        "base_support", "unit_name", "source_file", "source_sheet", "source_sha256", "upper_support", "base_counted",
    )
)  # fmt: skip
_DATES_AT = tuple(map(ROW_COLUMNS.index, _DATES))
_FLAGS_AT = tuple(map(ROW_COLUMNS.index, _FLAGS))
_OUTCOME_AT, _CO_AUTHORS_AT = ROW_COLUMNS.index("outcome"), ROW_COLUMNS.index("co_authors")
FINDING_COLUMNS = ("position", "code", "severity", "sheet", "row", "cell", "field", "value", "facts", "fix")
UNIT_COLUMNS = (
    "position", "unit_code", "report_date", "report_number", "members", "workers", "unit_name", "source_file",
    "source_sha256",
)  # fmt: skip
SUBMISSION_COLUMNS = (
    "sha256", "path", "form", "template_version", "programme", "sheet", "columns", "unit", "report_date",
    "report_number", "members", "workers", "cover", "blank_rows", "received_at", "received_by", "judged_by",
)  # fmt: skip
_COVER_APART = ("unit_code", "report_date", "report_number", "members", "workers")
_COVER_KEPT = tuple(field.name for field in fields(Cover) if field.name not in _COVER_APART)
_SEVERITIES = {severity.value: severity for severity in Severity}
_FLAG = {None: None, False: 0, True: 1}
_encode_facts = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_encode_names = json.JSONEncoder(ensure_ascii=False).encode
_encode_lines = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """A judged report as the ledger's tables take it, but for what only the campaign knows: its content, its path and
    when it came. Made where it was judged: plain tuples cross from a reading child at a fraction of the cost.

    ``head`` is the middle of ``SUBMISSION_COLUMNS``, from ``form`` to ``blank_rows``; ``lines`` the JSON of rows,
    findings and units, as ``digest_of`` takes it.
    """

    unit_code: str
    head: tuple[Any, ...]
    rows: tuple[tuple[Any, ...], ...]
    findings: tuple[tuple[Any, ...], ...]
    units: tuple[tuple[Any, ...], ...]
    lines: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Why a report was taken out of the figures, who decided it, and when."""

    reason: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StoredSubmission:
    """A submission as the ledger holds it, with its rows and findings. ``withdrawn``: it is in no figure."""

    id: int
    sha256: str
    path: str
    received_at: datetime
    received_by: str
    judged_by: str
    submission: Submission
    withdrawn: Withdrawal | None = None


@dataclass(frozen=True, slots=True)
class StoredArrival:
    """What was last met under a path. ``outcome`` is taken, quarantined or skipped."""

    path: str
    sha256: str | None
    outcome: str
    code: str | None
    facts: Mapping[str, object]
    judged_by: str
    met_at: datetime


def digest_of(record: Iterable[Any], lines: str) -> str:
    """Digest of a submission's stored record and of its ``lines_json``."""
    return hashlib.sha256(f"[{_encode_lines(tuple(record))},{lines}]".encode()).hexdigest()


def lines_json(*parts: Iterable[Iterable[Any]]) -> str:
    """Rows (in the order of numbers), findings and carried units of a submission, as its digest takes them."""
    return _encode_lines(tuple(map(tuple, parts)))[1:-1]


def as_stamp(at: datetime) -> str:
    """A moment as the ledger holds it."""
    return at.isoformat(timespec="seconds")


def plain_facts(facts: Mapping[str, object]) -> dict[str, object]:
    """Facts as JSON holds them; days are marked so that they come back as days."""
    return {
        key: {"day": value.isoformat()} if isinstance(value, date) else value
        if isinstance(value, int | float | bool | None) else str(value).encode("utf-8", "backslashreplace").decode()
        for key, value in facts.items()
    }  # fmt: skip


def _facts(data: Mapping[str, object]) -> dict[str, object]:
    return {k: date.fromisoformat(str(v["day"])) if isinstance(v, dict) else v for k, v in data.items()}


def report_record(submission: Submission) -> ReportRecord:
    """What the ledger's tables hold of a judged report."""
    cover = submission.cover
    others = {name: getattr(cover, name) for name in _COVER_KEPT}
    head = (
        submission.form.value, submission.template_version, submission.programme_id, submission.sheet,
        _columns_json(tuple(submission.columns.items())), cover.unit_code, cover.report_date.isoformat(),
        cover.report_number, cover.members, cover.workers, journal.canonical(others), submission.blank_rows,
    )  # fmt: skip
    rows = row_records(submission.rows)
    findings = tuple(finding_record(position, one) for position, one in enumerate(submission.findings))
    units = tuple(unit_record(position, line) for position, line in enumerate(submission.units))
    return ReportRecord(cover.unit_code, head, rows, findings, units, lines_json(rows, findings, units))


def row_records(rows: Sequence[Row]) -> tuple[tuple[Any, ...], ...]:
    """The records of rows in ``initiative``. Made column by column: that takes half the time."""
    columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
    if not columns:
        return ()
    columns[_OUTCOME_AT] = [outcome._value_ for outcome in columns[_OUTCOME_AT]]  # .value itself is slow
    columns[_CO_AUTHORS_AT] = [_encode_names(names) if names else "[]" for names in columns[_CO_AUTHORS_AT]]
    for at in _DATES_AT:
        columns[at] = [day and day.isoformat() for day in columns[at]]
    for at in _FLAGS_AT:
        columns[at] = map(_FLAG.get, columns[at])
    return tuple(zip(*columns, strict=True))


class _Made(dict[Any, Any]):
    """What values stand for, each made once."""

    def __init__(self, make: Callable[[Any], object], known: Mapping[Any, object]) -> None:
        super().__init__(known)
        self._make = make

    def __missing__(self, value: Any) -> object:
        made = self[value] = self._make(value)
        return made


class Rows:
    """Makes rows of records, each value that many rows have held once: a city's rows take half the memory so."""

    def __init__(self) -> None:
        self._known: dict[Any, Any] = {}
        self._days = _Made(date.fromisoformat, {None: None})
        self._flags = _Made(bool, {None: None})
        self._outcomes = _Made(Outcome, {})
        self._co_authors = _Made(lambda text: tuple(json.loads(text)), {"[]": ()})

    def of(self, columns_of_records: Iterable[Sequence[Any]]) -> list[Row]:
        """The rows of records that are given column by column. Raises ValueError for what no row can hold."""
        columns: list[Iterable[Any]] = list(columns_of_records)
        for at in _SHARED_AT:
            columns[at] = map(self._known.setdefault, columns[at], columns[at])
        made = ((self._days, _DATES_AT), (self._flags, _FLAGS_AT))
        for makes, places in (*made, (self._outcomes, (_OUTCOME_AT,)), (self._co_authors, (_CO_AUTHORS_AT,))):
            for at in places:
                columns[at] = map(makes.__getitem__, columns[at])
        return list(map(Row._make, zip(*columns, strict=True)))


def unit_record(position: int, line: UnitLine) -> tuple[Any, ...]:
    """The record of a carried report in ``bundle_unit``."""
    return (
        position, line.unit_code, line.report_date.isoformat(), line.report_number, line.members, line.workers,
        line.unit_name, line.source_file, line.source_sha256,
    )  # fmt: skip


def unit_line_of(record: list[Any]) -> UnitLine:
    """The carried report of a record without its position."""
    code, day, *others = record
    return UnitLine(code, date.fromisoformat(day), *others)


def finding_record(position: int, finding: Finding) -> tuple[Any, ...]:
    """The record of a finding in ``finding``."""
    return (
        position, finding.code, finding.severity._value_, finding.sheet, finding.row, finding.cell, finding.field,
        finding.value, _encode_facts(plain_facts(finding.facts)), finding.fix,
    )  # fmt: skip


def finding_of(record: list[Any]) -> Finding:
    """The finding of a record without its position."""
    code, severity, sheet, row, cell, field, value, facts, fix = record
    code, sheet, cell, field = (one and intern(one) for one in (code, sheet, cell, field))  # the same in every report
    severity = _SEVERITIES.get(severity) or Severity(severity)
    return Finding(code, severity, sheet, row, cell, field, value, _facts_of(facts), fix)


@lru_cache(maxsize=1_024)
def _facts_of(text: str) -> Mapping[str, object]:
    """A finding's facts: the same in many."""
    return _facts(json.loads(text))


@lru_cache(maxsize=256)
def _columns_json(columns: tuple[tuple[str, str], ...]) -> str:
    return journal.canonical(dict(columns))


@lru_cache(maxsize=256)
def _columns(text: str) -> Mapping[str, str]:
    """Where a form's fields stand: the same in nearly every report."""
    columns: dict[str, str] = json.loads(text)
    return columns


def stored_submission(
    key: int, record: list[Any], rows: list[Row], findings: list[Finding], units: list[UnitLine],
    withdrawn: Withdrawal | None = None,
) -> StoredSubmission:  # fmt: skip
    """The report of a record with what belongs to it."""
    values = dict(zip(SUBMISSION_COLUMNS, record, strict=True))
    cover = Cover(
        unit_code=values["unit"],
        report_date=date.fromisoformat(values["report_date"]),
        report_number=values["report_number"],
        members=values["members"],
        workers=values["workers"],
        **json.loads(values["cover"]),
    )
    submission = Submission(
        form=Form(values["form"]),
        template_version=values["template_version"],
        programme_id=values["programme"],
        cover=cover,
        sheet=values["sheet"],
        columns=_columns(values["columns"]),
        rows=tuple(rows),
        blank_rows=values["blank_rows"],
        findings=tuple(findings),
        units=tuple(units),
    )
    received = datetime.fromisoformat(values["received_at"])
    return StoredSubmission(
        key,
        values["sha256"],
        values["path"],
        received,
        values["received_by"],
        values["judged_by"],
        submission,
        withdrawn,
    )
