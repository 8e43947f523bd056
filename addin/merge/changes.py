"""What a unit's report changed against the one before it: rows added, changed, gone, and the money of each. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from addin.merge.overview import Overview, Report
from validation.fields import ROW_FIELDS
from validation.submission import Row
from validation.text.keys import fold, person_key

_COMPARED = (
    *(f.name for f in ROW_FIELDS if f.typed and not f.name.startswith(("source_", "unit_"))),
    "phase", "outcome",
)  # fmt: skip


class Change(StrEnum):
    """What became of a row."""

    ADDED = "added"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row before and after; None where it was not. ``fields`` are those that differ."""

    before: Row | None
    after: Row | None
    fields: tuple[str, ...] = ()

    @property
    def kind(self) -> Change:
        """Added, changed or gone."""
        if self.before is None:
            return Change.ADDED
        return Change.GONE if self.after is None else Change.CHANGED

    @property
    def row(self) -> Row:
        """The row as it is, or as it last was."""
        row = self.after if self.after is not None else self.before
        assert row is not None
        return row

    @property
    def upper_support(self) -> int:
        """Difference in upper-level support, in đồng."""
        return (self.after.upper_support if self.after else 0) - (self.before.upper_support if self.before else 0)

    @property
    def base_support(self) -> int:
        """Difference in the base support that counts, in đồng."""
        return (self.after.base_counted if self.after else 0) - (self.before.base_counted if self.before else 0)


@dataclass(frozen=True, slots=True)
class ReportChanges:
    """A unit's report that counts beside the newest one that it replaced."""

    report: Report
    earlier: Report
    rows: tuple[RowChange, ...]


def changes_of(overview: Overview) -> Iterator[ReportChanges]:
    """For each unit whose report replaced an earlier one: what it changed, in the order of unit codes."""
    by_unit: dict[str, list[Report]] = {}
    for report in overview.reports:
        if not report.current and report.withdrawn is None:
            by_unit.setdefault(report.unit_code, []).append(report)
    for report in overview.current:
        earlier = max(
            (
                one
                for one in by_unit.get(report.unit_code, ())
                if one.first_sha256 != report.first_sha256 and _named(one) <= _named(report)
            ),
            key=lambda one: (*_named(one), one.id),
            default=None,
        )
        if earlier is not None:
            yield ReportChanges(report, earlier, tuple(differences(earlier.rows, report.rows)))


def _named(report: Report) -> tuple[str, int]:
    return (report.cover.report_date.isoformat(), report.cover.report_number)


def differences(before: Sequence[Row], after: Sequence[Row]) -> Iterator[RowChange]:
    """Added and changed rows in their order, then those that are gone. A row is known by its registration code, else by
    author and title; where a code was added or mended, by author and title too."""
    left = dict(enumerate(before))
    partner: dict[int, Row] = {}
    for key_of in _KEYS:
        waiting = _grouped(left, key_of)
        for number, row in enumerate(after):
            key = key_of(row)
            if number not in partner and key is not None and waiting.get(key):
                place = waiting[key].pop(0)
                partner[number] = left.pop(place)
    for number, row in enumerate(after):
        was = partner.get(number)
        if was is None:
            yield RowChange(None, row)
        else:
            fields = tuple(name for name in _COMPARED if getattr(was, name) != getattr(row, name))
            if fields:
                yield RowChange(was, row, fields)
    for row in left.values():
        yield RowChange(row, None)


def _by_code(row: Row) -> str | None:
    return row.registration_code


def _by_name(row: Row) -> tuple[str, str] | None:
    name = (person_key(row.lead_author or ""), fold(row.title or ""))
    return name if any(name) else None


_KEYS: tuple[Callable[[Row], object], ...] = (_by_code, _by_name)


def _grouped(rows: dict[int, Row], key_of: Callable[[Row], object]) -> dict[object, list[int]]:
    grouped: dict[object, list[int]] = {}
    for place, row in rows.items():
        key = key_of(row)
        if key is not None:
            grouped.setdefault(key, []).append(place)
    return grouped


def money(rows: Iterable[RowChange]) -> tuple[int, int]:
    """Differences in upper-level and base support over rows, in đồng."""
    listed = list(rows)
    return sum(one.upper_support for one in listed), sum(one.base_support for one in listed)
