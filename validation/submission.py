"""The submission, as it is read (raw) and as it is judged; what the rest of the house speaks.

A *raw* submission is what stands in the file, each value with its real place, nothing interpreted. ``assess`` (see
``validation.assess``) turns it into a ``Submission``: rows with typed values, outcomes, money, and findings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from validation.fields import Form
from validation.findings import Finding

CellValue = str | float | int | bool | date | datetime | time | timedelta | None
"""A cell's stored value; None is a cell that is absent or empty."""


class LegacyFont(StrEnum):
    """Encoding that a cell's font name stands for; ``_UPPER`` fonts show lower case as capitals."""

    TCVN3 = "tcvn3"
    TCVN3_UPPER = "tcvn3_upper"
    VNI = "vni"


@dataclass(frozen=True, slots=True)
class Oddity:
    """What a plain value cannot say of its cell. ``formula`` is the formula's text; with ``uncached`` the file stores
    no value for it. ``error`` is an error value such as ``#REF!``."""

    error: str | None = None
    formula: str | None = None
    uncached: bool = False
    font: LegacyFont | None = None


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row of the list: its real row number, values by field name (absent = blank), and the odd cells among them.

    ``outside`` holds texts of the row that stand in columns which are no field's.
    """

    number: int
    values: Mapping[str, CellValue]
    odd: Mapping[str, Oddity] = field(default_factory=dict)
    hidden: bool = False
    outside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawCover:
    """The cover's cells by field name, and the place of each."""

    values: Mapping[str, CellValue]
    places: Mapping[str, tuple[str, str]]  # field → (sheet, address)
    odd: Mapping[str, Oddity] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the whole file that its reader noticed: code of a report rule, and the facts of its sentence."""

    code: str
    sheet: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RawUnits:
    """A consolidation's table of units (``fields.UNIT_FIELDS``): its lines, and where its columns stand."""

    sheet: str
    columns: Mapping[str, str]
    lines: tuple[RawRow, ...]

    def address(self, field_name: str, row_number: int) -> str:
        """The cell of a field in a line, like ``B7``."""
        return f"{self.columns[field_name]}{row_number}"


@dataclass(frozen=True, slots=True)
class RawSubmission:
    """A readable workbook of one of our forms. ``columns`` maps field name → column letters on ``sheet``; ``units`` is
    None where the workbook has no table of units."""

    form: Form
    template_version: int
    programme_id: str
    cover: RawCover
    sheet: str
    columns: Mapping[str, str]
    rows: tuple[RawRow, ...]
    notices: tuple[Notice, ...] = ()
    units: RawUnits | None = None

    def address(self, field_name: str, row_number: int) -> str | None:
        """The cell of a field in a row, like ``K12``; None where the form has no such column any more."""
        column = self.columns.get(field_name)
        return f"{column}{row_number}" if column else None


class Outcome(StrEnum):
    """The counted place in which every row of every file ends."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    BLANK = "blank"


class Row(NamedTuple):
    """One initiative as judged. Money in đồng; a rejected row carries what could be read of it and no money.

    ``phase`` is None outside every phase. ``unit_code`` is the grassroots union that owns it. ``base_support`` is what
    was entered, ``base_counted`` the part of it that stands in totals.

    A named tuple, since a city has 43,000 of them: a frozen dataclass of so many fields takes ten times as long to make
    (docs/decisions/0021).
    """

    number: int
    unit_code: str
    outcome: Outcome
    hidden: bool = False
    registration_code: str | None = None
    lead_author: str | None = None
    member_number: str | None = None
    is_member: bool | None = None
    position: str | None = None
    co_authors: tuple[str, ...] = ()
    title: str | None = None
    solution_kind: str | None = None
    activity_field: str | None = None
    effect: str | None = None
    benefit_value: int | None = None
    recognised_on: date | None = None
    applied_on: date | None = None
    ip_protected: bool | None = None
    registered_on: date | None = None
    status: str | None = None
    approved_on: date | None = None
    base_support: int | None = None
    note: str | None = None
    unit_name: str | None = None
    source_file: str | None = None
    source_sheet: str | None = None
    source_row: int | None = None
    source_sha256: str | None = None
    phase: int | None = None
    upper_support: int = 0
    base_counted: int = 0
    counted: bool = False

    @property
    def accepted(self) -> bool:
        """Whether it is in the totals."""
        return self.outcome is Outcome.ACCEPTED

    @property
    def first_row(self) -> int:
        """Its row number in the first file that it stood in: the same by whichever way it comes."""
        return self.number if self.source_row is None else self.source_row


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover as judged."""

    unit_code: str
    report_date: date
    members: int
    workers: int
    report_number: int = 1
    unit_name: str | None = None
    superior_code: str | None = None
    reporter_name: str | None = None
    reporter_position: str | None = None
    reporter_phone: str | None = None
    reporter_email: str | None = None


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit's report within a consolidation, as judged. ``source_file`` and ``source_sha256`` are the first file's
    of it, where known; ``members`` and ``workers`` are 0 where unknown."""

    unit_code: str
    report_date: date
    report_number: int
    members: int
    workers: int
    unit_name: str | None = None
    source_file: str | None = None
    source_sha256: str | None = None

    def cover(self) -> Cover:
        """The cover that the unit's own report would have, as far as it is known."""
        return Cover(
            self.unit_code, self.report_date, self.members, self.workers, self.report_number, unit_name=self.unit_name
        )


@dataclass(frozen=True, slots=True)
class RowCounts:
    """Where the rows of a file went: ``seen = accepted + rejected + duplicate + blank``, always."""

    accepted: int = 0
    rejected: int = 0
    duplicate: int = 0
    blank: int = 0

    @property
    def seen(self) -> int:
        """All rows from the first to the last with anything typed in it."""
        return self.accepted + self.rejected + self.duplicate + self.blank

    def as_json(self) -> dict[str, int]:
        """The ``rows`` object of the JSON contract."""
        return {
            "seen": self.seen,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "duplicate": self.duplicate,
            "blank": self.blank,
        }


@dataclass(frozen=True, slots=True)
class Submission:
    """A judged report: cover, rows (blank ones only counted), findings in the order of the sheet.

    ``units`` are the reports that a consolidation carries; a grassroots union's own report has none.
    """

    form: Form
    template_version: int
    programme_id: str
    cover: Cover
    sheet: str
    columns: Mapping[str, str]
    rows: tuple[Row, ...]
    blank_rows: int
    findings: tuple[Finding, ...]
    units: tuple[UnitLine, ...] = ()

    @property
    def is_consolidation(self) -> bool:
        """Whether it carries the reports of many units."""
        return self.form is not Form.GRASSROOTS

    def counts(self) -> RowCounts:
        """Rows by outcome."""
        tally = dict.fromkeys(Outcome, 0)
        for row in self.rows:
            tally[row.outcome] += 1
        return RowCounts(tally[Outcome.ACCEPTED], tally[Outcome.REJECTED], tally[Outcome.DUPLICATE], self.blank_rows)
