"""A report on an older version of the form, read as one on the current version: by the declared changes and no others.

Addresses stay those of the file. What was divided by rule, worded anew or could not be carried over is said in notices;
nothing is lost in silence. See ``workbook_templates.versions`` for the declarations, decision 0007 for the choices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from validation.fields import Field
from validation.submission import CellValue, Notice, Oddity, RawRow, RawSubmission
from validation.text.keys import fold
from validation.text.legacy import to_unicode
from validation.text.rows import row_spans

if TYPE_CHECKING:
    from workbook_templates.versions.declarations import RenamedValue, Split, Step


def carry_over(raw: RawSubmission, current: int) -> RawSubmission:
    """The report in the columns of version ``current``; as it is where it is on that version already.

    ``template_version`` stays the file's. Raises KeyError for versions that are not declared.
    """
    if raw.template_version >= current:
        return raw
    from workbook_templates.versions.declarations import declared_columns, step_to  # as in form.fields_of

    sheet, changes = raw.sheet, []
    for version in range(raw.template_version + 1, current + 1):
        raw, notices = carry_step(raw, step_to(version), declared_columns(version - 1))
        changes.extend(notices)
    facts = {"version": raw.template_version, "current": current}
    return replace(raw, notices=(*raw.notices, Notice("older_template", sheet, facts), *changes))


def carry_step(raw: RawSubmission, step: Step, before: tuple[Field, ...]) -> tuple[RawSubmission, list[Notice]]:
    """The report in the columns of the next version, and the loss report. ``before``: the columns that it is in."""
    return _Carrying(raw, step, before).carry()


@dataclass(slots=True)
class _Tally:
    """In which rows something happened, by what it happened to."""

    rows: dict[str, list[int]] = field(default_factory=dict)

    def add(self, key: str, row: int) -> None:
        self.rows.setdefault(key, []).append(row)

    def notices(self, code: str, sheet: str, facts: Mapping[str, Mapping[str, object]]) -> Iterator[Notice]:
        for key, rows in self.rows.items():
            yield Notice(code, sheet, {**facts[key], "count": len(rows), "rows": row_spans(rows)})


class _Carrying:
    """One step, over one report."""

    def __init__(self, raw: RawSubmission, step: Step, before: tuple[Field, ...]) -> None:
        self._raw, self._step = raw, step
        self._fields = {one.name: one for one in before}
        self._names = {one.column: one.new_name for one in step.renamed}
        self._splits = {one.column: one for one in step.split}
        self._dropped = {one.column for one in step.dropped}
        self._values = [one for one in step.value if one.programme == raw.programme_id]
        self._divided, self._whole, self._lost, self._worded = _Tally(), _Tally(), _Tally(), _Tally()

    def carry(self) -> tuple[RawSubmission, list[Notice]]:
        rows = tuple(self._row(row) for row in self._raw.rows)
        carried = replace(self._raw, columns=self._columns(), rows=rows)
        return carried, list(self._notices())

    def _columns(self) -> dict[str, str]:
        """Each new column's letters in the file; both parts of a divided column stand in its column."""
        columns: dict[str, str] = {}
        for name, letters in self._raw.columns.items():
            if name in self._splits:
                columns.update({part.name: letters for part in self._splits[name].into})
            elif name not in self._dropped:
                columns[self._names.get(name, name)] = letters
        return columns

    def _row(self, row: RawRow) -> RawRow:
        values: dict[str, CellValue] = {}
        odd: dict[str, Oddity] = {}
        for name in dict.fromkeys((*row.values, *row.odd)):
            value, oddity = row.values.get(name), row.odd.get(name)
            if name in self._dropped:
                self._lost.add(name, row.number)
            elif name in self._splits:
                self._divide(self._splits[name], row.number, value, oddity, values, odd)
            else:
                _put(self._names.get(name, name), *self._reword(name, row.number, value, oddity), values, odd)
        return replace(row, values=values, odd=odd)

    def _divide(
        self,
        split: Split,
        number: int,
        value: CellValue,
        oddity: Oddity | None,
        values: dict[str, CellValue],
        odd: dict[str, Oddity],
    ) -> None:
        """Both parts keep the cell's font; a formula, an error or what holds no separator stays whole, in the first."""
        first, second = split.into
        plain = oddity is None or (oddity.error is None and oddity.formula is None)
        parts = divided(value, split.separators) if plain and isinstance(value, str) else None
        if parts is None:
            _put(first.name, value, oddity, values, odd)
            if value is not None and not (isinstance(value, str) and not value.strip()):
                self._whole.add(split.column, number)
            return
        _put(first.name, parts[0], oddity, values, odd)
        _put(second.name, parts[1], oddity, values, odd)
        self._divided.add(split.column, number)

    def _reword(
        self, name: str, number: int, value: CellValue, oddity: Oddity | None
    ) -> tuple[CellValue, Oddity | None]:
        choices = self._fields[name].choices if name in self._fields else None
        if choices is None or not isinstance(value, str):
            return value, oddity
        font = oddity.font if oddity is not None else None
        said = fold(to_unicode(value, font) if font is not None else value)
        for one in self._values:
            if one.list == choices and fold(one.old) == said:
                self._worded.add(one.old, number)
                formula = oddity is not None and (oddity.formula is not None or oddity.error is not None)
                return one.new, oddity if formula else None
        return value, oddity

    def _notices(self) -> Iterator[Notice]:
        sheet = self._raw.sheet
        headers: dict[str, Mapping[str, object]] = {n: {"column": f.header} for n, f in self._fields.items()}
        into = {s.column: {"column": self._fields[s.column].header, "first": s.into[0].header,
                           "second": s.into[1].header} for s in self._step.split}  # fmt: skip
        worded = {one.old: _wording(one) for one in self._values}
        yield from self._divided.notices("column_divided", sheet, into)
        yield from self._whole.notices("column_not_divided", sheet, into)
        yield from self._worded.notices("list_value_reworded", sheet, worded)
        yield from self._lost.notices("column_not_carried", sheet, headers)


def _put(
    name: str,
    value: CellValue,
    oddity: Oddity | None,
    values: dict[str, CellValue],
    odd: dict[str, Oddity],
) -> None:
    if value is not None:
        values[name] = value
    if oddity is not None:
        odd[name] = oddity


def _wording(one: RenamedValue) -> Mapping[str, object]:
    return {"old": one.old, "new": one.new}


def divided(text: str, separators: Iterable[str]) -> tuple[str, str] | None:
    """What stands before and after the first separator; None where there is none, or nothing on one side of it."""
    places = [(place, one) for one in separators if (place := text.find(one)) >= 0]
    if not places:
        return None
    place, separator = min(places)
    first, second = text[:place].strip(), text[place + len(separator) :].strip()
    return (first, second) if first and second else None
