"""Judging what makes a report a consolidation: whose reports it carries, and that each of its rows is one of theirs.

Source: docs/decisions/0006-consolidations-as-bundles.md. A row of a unit that has no place in the consolidation is
rejected with its reason, never dropped. Pure; never raises but Refusal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from validation.cover import not_valid_facts
from validation.errors import Refusal
from validation.fields import UNIT_FIELD, UNIT_FIELDS, Requirement
from validation.findings import Finding
from validation.normalise import Cleaner, as_shown
from validation.programme import Programme
from validation.rules.registry import all_rules
from validation.submission import Cover, Outcome, RawRow, RawSubmission, RawUnits, Row, UnitLine
from validation.units import Level, UnitTree, fold_code

_CELLS_SHOWN = 12


def judge_units(
    raw: RawSubmission, cover: Cover, rows: Sequence[Row], programme: Programme, tree: UnitTree | None
) -> tuple[tuple[UnitLine, ...], list[Row], list[Finding]]:
    """The reports that a consolidation carries, its rows (those of no such report rejected), and findings.

    Without a table of units (a form filled in by hand) the units are those of the rows, their members unknown.
    Raises Refusal ``units_incomplete`` with the cells that are blank, unreadable, or name a unit a second time.
    """
    judge = _Judge(raw, cover, tree)
    rows = list(judge.rows_of_known_units(rows))
    lines = judge.derived(rows) if raw.units is None else judge.known_units(_lines(raw.units, programme))
    carried = tuple(line for number, line in lines if judge.carries(number, line))
    rows = list(judge.placed(rows, {line.unit_code for line in carried}, {line.unit_code for _, line in lines}))
    return carried, list(judge.of_one_source_each(rows)), judge.findings


@lru_cache(maxsize=4)
def _cleaners(programme: Programme) -> tuple[tuple[str, Cleaner], ...]:
    return tuple((field.name, Cleaner(field, programme)) for field in UNIT_FIELDS)


def _lines(units: RawUnits, programme: Programme) -> list[tuple[int, UnitLine]]:
    lines: list[tuple[int, UnitLine]] = []
    faulty: list[str] = []
    seen: set[str] = set()
    for raw_line in units.lines:
        typed = {name: clean(raw_line.values.get(name), raw_line.odd.get(name)).value
                 for name, clean in _cleaners(programme) if name in units.columns}  # fmt: skip
        if all(value is None for value in typed.values()) and not raw_line.odd:
            continue
        holes = [f.name for f in UNIT_FIELDS if f.required is Requirement.ALWAYS and typed.get(f.name) is None]
        if not holes and fold_code(typed["unit_code"]) in seen:
            holes = ["unit_code"]
        faulty += [units.address(name, raw_line.number) for name in holes]
        if not holes:
            seen.add(fold_code(typed["unit_code"]))
            lines.append((raw_line.number, UnitLine(**typed)))
    if faulty:
        more = " …" if len(faulty) > _CELLS_SHOWN else ""
        raise Refusal("units_incomplete", sheet=units.sheet, cells=", ".join(faulty[:_CELLS_SHOWN]) + more)
    return lines


class _Judge:
    """Judges one consolidation; ``findings`` grows on the way."""

    def __init__(self, raw: RawSubmission, cover: Cover, tree: UnitTree | None) -> None:
        self._raw = raw
        self._cover = cover
        self._tree = tree
        self._raw_rows: dict[int, RawRow] = {}
        self.findings: list[Finding] = []

    def _known(self, code: str) -> str:
        """The code as the list of units has it; as it is where the list has none like it."""
        if self._tree is None or code in self._tree:
            return code
        return self._tree.codes_folded().get(fold_code(code), code)

    def rows_of_known_units(self, rows: Sequence[Row]) -> Iterator[Row]:
        """The rows, with each unit's code as the list has it."""
        for row in rows:
            code = self._known(row.unit_code)
            if code != row.unit_code:
                self._say_of_row("unit_code_untidy", row, {"unit": code}, fix=code)
                row = row._replace(unit_code=code)
            yield row

    def known_units(self, lines: Sequence[tuple[int, UnitLine]]) -> list[tuple[int, UnitLine]]:
        """The lines, with each unit's code as the list has it."""
        return [(number, replace(line, unit_code=self._known(line.unit_code))) for number, line in lines]

    def derived(self, rows: Sequence[Row]) -> list[tuple[int, UnitLine]]:
        """One line for each unit of the rows, reported as the consolidation is."""
        first: dict[str, Row] = {}
        cover = self._cover
        for row in rows:
            if row.outcome is not Outcome.REJECTED or row.unit_code != cover.unit_code:  # given to a row that has none
                first.setdefault(row.unit_code, row)
        if self._tree is not None and first:
            self._say("units_derived", {"count": len(first)})
        return [
            (0, UnitLine(code, cover.report_date, cover.report_number, 0, 0, unit_name=row.unit_name))
            for code, row in first.items()
        ]

    def carries(self, number: int, line: UnitLine) -> bool:
        """Whether the unit belonged to the consolidation's union when it reported, as far as the list of units says."""
        tree = self._tree
        if tree is None:
            return True
        below = tree.is_below(line.unit_code, self._cover.unit_code, line.report_date)
        unit = tree.on(line.unit_code, line.report_date) if below else None
        if unit is None or unit.level is Level.GROUP:
            self._say("unit_outside_union", self._outside(line.unit_code), number, "unit_code", line.unit_code)
            return False
        if not unit.valid_on(line.report_date):
            facts = not_valid_facts(unit, line.report_date)
            self._say("unit_not_valid", facts, number, "report_date", as_shown(line.report_date))
        return True

    def placed(self, rows: Sequence[Row], carried: set[str], listed: set[str]) -> Iterator[Row]:
        """The rows; one whose unit's report is not carried is rejected."""
        for row in rows:
            if row.unit_code not in carried:
                if row.outcome is not Outcome.REJECTED or row.unit_code != self._cover.unit_code:
                    code = "unit_outside_union" if row.unit_code in listed else "unit_not_listed"
                    self._say_of_row(code, row, self._outside(row.unit_code))
                row = rejected(row)
            yield row

    def of_one_source_each(self, rows: Sequence[Row]) -> Iterator[Row]:
        """The rows; of two that claim the same row of the same file the later one keeps its own place only: somebody
        copied a line to write another over it."""
        seen: set[tuple[str, int]] = set()
        for row in rows:
            if row.source_sha256 is None or row.source_row is None:
                yield _of_its_own(row)
            elif (row.source_sha256, row.source_row) in seen:
                self._say_of_row("source_repeated", row, {}, field="source_row")
                yield _of_its_own(row)
            else:
                seen.add((row.source_sha256, row.source_row))
                yield row

    def _outside(self, code: str) -> dict[str, object]:
        unit = self._tree.get(code) if self._tree is not None else None
        union = self._tree.get(self._cover.unit_code) if self._tree is not None else None
        name = f"{code} – {unit.name}" if unit is not None else code
        return {"unit": name, "union": union.name if union is not None else self._cover.unit_code}

    def _say(
        self,
        code: str,
        facts: Mapping[str, object],
        number: int = 0,
        field: str | None = None,
        value: str | None = None,
    ) -> None:
        units = self._raw.units
        place = units.address(field, number) if units is not None and field is not None else None
        header = {"header": UNIT_FIELD[field].header} if field is not None else {}
        self.findings.append(
            Finding(
                code=code,
                severity=all_rules()[code].effective_severity,
                sheet=units.sheet if units is not None and place else None,
                cell=place,
                field=field if place else None,
                value=value,
                facts={**header, **facts},
            )
        )

    def _say_of_row(
        self, code: str, row: Row, facts: Mapping[str, object], field: str = "unit_code", fix: str | None = None
    ) -> None:
        self.findings.append(
            Finding(
                code=code,
                severity=all_rules()[code].effective_severity,
                sheet=self._raw.sheet,
                row=row.number,
                cell=self._raw.address(field, row.number),
                field=field,
                value=as_shown(getattr(row, field)),
                facts=facts,
                fix=fix,
            )
        )


def rejected(row: Row) -> Row:
    """The row in no total; what could be read of it stays."""
    return row._replace(outcome=Outcome.REJECTED, phase=None, upper_support=0, base_counted=0, counted=False)


def _of_its_own(row: Row) -> Row:
    return row._replace(source_file=None, source_sheet=None, source_row=None, source_sha256=None)
