"""Examples of rules: rows on which a rule must speak or be silent, under any programme.

An example is a change to a *faultless row*, which is made from the programme's own dates and lists; what depends on
the programme is a function of it, so the same examples hold for every programme.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date, timedelta

from validation.programme import Programme
from validation.submission import CellValue, Oddity

ExampleValue = CellValue | Callable[[Programme], CellValue]


@dataclass(frozen=True, slots=True)
class Example:
    """One row as a change to a faultless one: values by field, odd cells by field."""

    values: Mapping[str, ExampleValue] = dataclass_field(default_factory=dict)
    odd: Mapping[str, Oddity] = dataclass_field(default_factory=dict)

    def row(self, programme: Programme) -> dict[str, CellValue]:
        """The whole row's values under a programme."""
        changes = {name: value(programme) if callable(value) else value for name, value in self.values.items()}
        return faultless_row(programme) | changes


def example(odd: Mapping[str, Oddity] | None = None, **values: ExampleValue) -> Example:
    """Shorthand for an Example."""
    return Example(values, odd or {})


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


def faultless_report_date(programme: Programme) -> date:
    """The date of the report in which the examples stand: a month after the first phase."""
    return programme.phases[0].last + timedelta(days=30)
