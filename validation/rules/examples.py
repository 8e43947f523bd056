"""Examples of rules: rows and reports on which a rule must speak or be silent, under any programme.

An example is a change to a *faultless row*, a paper a change to a *faultless report*. Both are made from the
programme's own dates and lists; what depends on the programme is a function of it, so the same examples hold for every
programme. The guide shows the same examples to the clerk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date, timedelta

from validation.fields import COVER_SHEET, LIST_SHEET, UNIT_FIELDS, Form, row_fields
from validation.programme import Programme
from validation.submission import CellValue, Notice, Oddity, RawCover, RawRow, RawSubmission, RawUnits
from validation.units import Level, Unit

ExampleValue = CellValue | Callable[[Programme], CellValue]

FIRST_ROW = 6
"""Sheet row of an example report's first row."""
UNITS_SHEET = "Đơn vị báo cáo"
UNIT = "CĐ-01"


@dataclass(frozen=True, slots=True)
class Example:
    """One row as a change to a faultless one: values by field, odd cells by field. ``blank``: to an empty row."""

    values: Mapping[str, ExampleValue] = dataclass_field(default_factory=dict)
    odd: Mapping[str, Oddity] = dataclass_field(default_factory=dict)
    blank: bool = False

    def row(self, programme: Programme) -> dict[str, CellValue]:
        """The whole row's values under a programme."""
        return ({} if self.blank else faultless_row(programme)) | _under(programme, self.values)


@dataclass(frozen=True, slots=True)
class Paper:
    """One report as a change to a faultless one of unit ``UNIT``: its rows, its cover, what its reader noticed.

    ``units`` are the lines of a consolidation's table of units; None: it has no such table.
    """

    rows: Sequence[Example] = ()
    cover: Mapping[str, ExampleValue] = dataclass_field(default_factory=dict)
    cover_odd: Mapping[str, Oddity] = dataclass_field(default_factory=dict)
    notices: Sequence[Notice] = ()
    form: Form = Form.GRASSROOTS
    programme_id: str | None = None
    units: Sequence[Mapping[str, ExampleValue]] | None = None

    def raw(self, programme: Programme) -> RawSubmission:
        """The report as its reader would deliver it; rows stand from ``FIRST_ROW`` on."""
        cover = faultless_cover(programme) | _under(programme, self.cover)
        rows = self.rows or (Example(),)
        return RawSubmission(
            form=self.form,
            template_version=1,
            programme_id=self.programme_id or programme.id,
            cover=RawCover(
                {name: value for name, value in cover.items() if value is not None},
                {name: (COVER_SHEET, f"C{5 + number}") for number, name in enumerate(cover)},
                self.cover_odd,
            ),
            sheet=LIST_SHEET,
            columns={field.name: _letters(number) for number, field in enumerate(row_fields(self.form))},
            rows=tuple(
                RawRow(number, {k: v for k, v in one.row(programme).items() if v is not None}, one.odd)
                for number, one in enumerate(rows, FIRST_ROW)
            ),
            notices=tuple(self.notices),
            units=self._units(programme),
        )

    def _units(self, programme: Programme) -> RawUnits | None:
        if self.units is None:
            return None
        columns = {field.name: _letters(number) for number, field in enumerate(UNIT_FIELDS)}
        lines = (RawRow(number, _under(programme, line)) for number, line in enumerate(self.units, FIRST_ROW))
        return RawUnits(UNITS_SHEET, columns, tuple(lines))


@dataclass(frozen=True, slots=True)
class Case:
    """Reports in the order of their arrival, judged together; ``units`` is the list of units, None: no list.

    ``scene`` tells the clerk, in Vietnamese, what cannot be seen in the values.
    """

    papers: Sequence[Paper]
    units: Sequence[Unit] | None = None
    scene: str = ""


def example(odd: Mapping[str, Oddity] | None = None, **values: ExampleValue) -> Example:
    """Shorthand for an Example."""
    return Example(values, odd or {})


def bare(**values: ExampleValue) -> Example:
    """A row in which nothing but ``values`` stands."""
    return Example(values, blank=True)


def cover(*rows: Example, **values: ExampleValue) -> Paper:
    """A report whose cover is changed."""
    return Paper(rows, values)


def rows(*rows: Example) -> Case:
    """A case of one report with these rows."""
    return Case((Paper(rows),))


def consolidation(*rows: Example, units: Sequence[str] | None, **values: ExampleValue) -> Paper:
    """The consolidation of the upper union ``UNIT`` with these rows, and lines of these units in its table."""
    lines = None if units is None else [unit_line(code) for code in units]
    return Paper(rows, values, form=Form.UPPER, units=lines)


def unit_line(code: str) -> Mapping[str, ExampleValue]:
    """A faultless line of a consolidation's table of units."""
    line: dict[str, ExampleValue] = {"unit_code": code, "report_number": 1, "members": 100, "workers": 120}
    line["report_date"] = faultless_report_date
    return line


CONSOLIDATED = (
    Unit("CĐ", "LĐLĐ thành phố Mẫu", Level.CITY),
    Unit("CĐ-01", "LĐLĐ quận Mẫu", Level.UPPER, parent="CĐ"),
    Unit("CĐ-01-07", "CĐCS Công ty Mẫu", Level.GRASSROOTS, parent="CĐ-01"),
    Unit("CĐ-01-08", "CĐCS Trường Mẫu", Level.GRASSROOTS, parent="CĐ-01"),
    Unit("CĐ-02-03", "CĐCS Cảng Mẫu", Level.GRASSROOTS, parent="CĐ"),
)
"""The list of units for examples of consolidations."""


def noticed(code: str, scene: str, **facts: object) -> Case:
    """A case of one report of which its reader noticed something; the readers' own tests show that they do."""
    return Case((Paper(notices=(Notice(code, LIST_SHEET, facts),)),), scene=scene)


def faultless_row(programme: Programme) -> dict[str, CellValue]:
    """A row of the first phase with which no rule finds fault: a member's, registered, approved, with base support."""
    registered = programme.phases[0].portal_opened + timedelta(days=52)
    return {
        "registration_code": "SK-2022-0417",
        "lead_author": "Nguyễn Thị Hoa",
        "member_number": "0012345",
        "is_member": programme.answers.yes,
        "title": "Cải tiến máy ép nhựa",
        "solution_kind": programme.lists.solution_kind[0],
        "effect": "Giảm 20 phút mỗi ca",
        "recognised_on": registered - timedelta(days=50),
        "applied_on": registered - timedelta(days=14),
        "ip_protected": programme.answers.no,
        "registered_on": registered,
        "status": programme.status.approved,
        "approved_on": registered + timedelta(days=61),
        "base_support": programme.support.base_cap,
    }


def faultless_cover(programme: Programme) -> dict[str, CellValue]:
    """The cover of the report in which the examples stand."""
    return {
        "unit_code": UNIT,
        "report_date": faultless_report_date(programme),
        "report_number": 1,
        "members": 100,
        "workers": 120,
    }


def faultless_report_date(programme: Programme) -> date:
    """The date of the report in which the examples stand: a month after the first phase."""
    return programme.phases[0].last + timedelta(days=30)


def _under(programme: Programme, values: Mapping[str, ExampleValue]) -> dict[str, CellValue]:
    return {name: value(programme) if callable(value) else value for name, value in values.items()}


def _letters(number: int) -> str:
    return chr(65 + number) if number < 26 else "A" + chr(39 + number)
