"""Where each row stands on the detail, and which rows make a figure.

The detail goes on in a further sheet when it passes the rows that one holds. Rows are sorted by phase, superior and
unit, so that those behind a figure follow one another and one link shows them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from addin.merge.master.book import FIRST_ROW
from addin.merge.master.directory import Directory
from addin.merge.master.links import PlaceLink
from addin.merge.master.values import Linked
from addin.merge.overview import Overview, SourcedRow
from validation.submission import Outcome
from validation.text.amounts import format_amount
from workbook_templates.book import column_letters

SHEET = "Chi tiết"
SHEET_ROWS = 1_048_576
"""What a sheet holds (Excel 2007 and later, LibreOffice)."""


def sheet_name(number: int) -> str:
    """The name of the detail's sheet of that number, from 1 on."""
    return SHEET if number == 1 else f"{SHEET} ({number})"


def row_name(field: str, number: int) -> str:
    """The defined name of a column's body: ``row_<field>`` as in every form, on further sheets ``row2_<field>`` …"""
    return f"row_{field}" if number == 1 else f"row{number}_{field}"


@dataclass(frozen=True, slots=True)
class _Span:
    first: int
    last: int
    count: int


Key = tuple[str, str | None, int]
"""What of (``unit``, ``superior``, ``payer`` or ``phase``), its code, the phase."""


class Placing:
    """The accepted rows in the order of the detail, and the rows behind each figure. ``sheet_rows``: rows that a sheet
    holds, the header's among them; ``columns``: of the detail."""

    def __init__(self, overview: Overview, directory: Directory, columns: int, sheet_rows: int = SHEET_ROWS) -> None:
        groups: dict[tuple[int | None, str], list[SourcedRow]] = {}
        for sourced in overview.rows(Outcome.ACCEPTED):
            groups.setdefault((sourced.row.phase, sourced.row.unit_code), []).append(sourced)
        self.rows: list[SourcedRow] = []
        self._spans: dict[Key, _Span] = {}
        self._last_letters = column_letters(columns - 1)
        self._in_a_sheet = sheet_rows - FIRST_ROW
        for phase, unit in sorted(groups, key=lambda key: _order(key, directory)):
            if phase is not None:
                superior = directory.superior(unit)
                keys: list[Key] = [
                    ("phase", None, phase),
                    ("superior", directory.roll_up(unit), phase),
                    ("payer", superior.code if superior else None, phase),
                    ("unit", unit, phase),
                ]
                self._add(keys, len(groups[phase, unit]))
            self.rows.extend(groups[phase, unit])

    def _add(self, keys: Sequence[Key], count: int) -> None:
        """So many rows more, which belong to all of these figures."""
        first, last = len(self.rows), len(self.rows) + count - 1
        for key in keys:
            span = self._spans.get(key)
            self._spans[key] = (
                _Span(first, last, count) if span is None else _Span(span.first, last, span.count + count)
            )

    def sheets(self) -> Iterator[tuple[int, Sequence[SourcedRow]]]:
        """Number, from 1 on, and rows of each sheet of the detail; the first is there without rows too."""
        for start in range(0, max(len(self.rows), 1), self._in_a_sheet):
            yield start // self._in_a_sheet + 1, self.rows[start : start + self._in_a_sheet]

    def behind(self, what: str, code: str | None, phase: int) -> PlaceLink | None:
        """The link to the rows of a figure; None where there are none, or where they do not follow one another."""
        span = self._span(what, code, phase)
        return None if span is None else self._link(span)

    def named(self, what: str, code: str | None, phase: int) -> Linked | None:
        """The same as a text that says where the rows stand, also to who holds the sheet on paper."""
        span = self._span(what, code, phase)
        if span is None:
            return None
        (first_sheet, first), (last_sheet, last) = map(self._place, (span.first, span.last))
        text = _number(first) if first == last and first_sheet == last_sheet else f"{_number(first)}–{_number(last)}"
        if first_sheet != last_sheet:
            text = f"{sheet_name(first_sheet)}: {_number(first)} – {sheet_name(last_sheet)}: {_number(last)}"
        elif first_sheet > 1:
            text = f"{sheet_name(first_sheet)}: {text}"
        return Linked(text, self._link(span))

    def _span(self, what: str, code: str | None, phase: int) -> _Span | None:
        span = self._spans.get((what, code, phase))
        return span if span is not None and span.last - span.first + 1 == span.count else None

    def _place(self, place: int) -> tuple[int, int]:
        """Number of the sheet, and the row's number on it as a person sees it."""
        return place // self._in_a_sheet + 1, FIRST_ROW + place % self._in_a_sheet + 1

    def _link(self, span: _Span) -> PlaceLink:
        """To the rows; of those on two sheets, to the ones on the first."""
        (sheet, first), (last_sheet, last) = map(self._place, (span.first, span.last))
        if last_sheet != sheet:
            last = FIRST_ROW + self._in_a_sheet
        return PlaceLink(sheet_name(sheet), f"A{first}:{self._last_letters}{last}")


def _order(key: tuple[int | None, str], directory: Directory) -> tuple[bool, int, bool, str, str]:
    phase, unit = key
    superior = directory.roll_up(unit)
    return (phase is None, phase or 0, superior is None, superior or "", unit)


def _number(row: int) -> str:
    return format_amount(row)
