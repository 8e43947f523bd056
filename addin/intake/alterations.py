"""What has become of the form itself: formulas typed over or gone, headers changed, sheets and dropdowns lost.

None of it hinders reading, which goes by defined names and computes everything anew; a clerk should know all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.intake.book import SheetCells
from addin.intake.form import Layout
from addin.intake.guard import Package
from addin.intake.names import WorkbookNames, column_number
from validation.blank_rows import BlankRows
from validation.fields import COVER_SHEET, FACTS_SHEET, GUIDE_SHEET, LIST_SHEET, Form
from validation.submission import Notice, RawRow
from validation.text.keys import fold
from validation.text.rows import row_spans

_SHEETS = (COVER_SHEET, LIST_SHEET, GUIDE_SHEET, FACTS_SHEET)
_SHOWN = 5
_BLANK_ROWS = BlankRows(Form.GRASSROOTS)


def notices_of_alterations(
    package: Package, names: WorkbookNames, form: Form, layout: Layout, cells: SheetCells, rows: Sequence[RawRow]
) -> Iterator[Notice]:
    """Notices ``formulas_overwritten``, ``formulas_missing``, ``headers_changed``, ``sheets_changed`` and
    ``dropdowns_missing`` of a grassroots report. Consolidations are written by the program, as values."""
    if form is not Form.GRASSROOTS:
        return
    yield from _formulas(layout, cells, rows)
    yield from _headers(layout, cells)
    gone = [title for title in _SHEETS if names.sheet(title) is None]
    if gone:
        yield Notice("sheets_changed", facts={"count": len(gone), "sheets": ", ".join(f"“{title}”" for title in gone)})
    sheet = names.sheet(layout.sheet)
    if sheet is not None and sheet.part is not None and package.part(sheet.part).rfind(b"dataValidation ") < 0:
        yield Notice("dropdowns_missing", cells.title)


def _formulas(layout: Layout, cells: SheetCells, rows: Sequence[RawRow]) -> Iterator[Notice]:
    calculated = {name: column for name, column in layout.columns.items() if not layout.fields[name].typed}
    if not calculated:
        return
    numbers = {name: column_number(column) for name, column in calculated.items()}
    places = cells.facts.formula_places(calculated.values())
    over: dict[int, list[str]] = {}
    without: list[int] = []
    for row in rows:
        lacking = [name for name, column in numbers.items() if (row.number, column) not in places]
        if not lacking or calculated.keys() >= row.values.keys() or _BLANK_ROWS.holds(row):
            continue
        typed_over = [name for name in lacking if row.values.get(name) is not None]
        if typed_over:
            over[row.number] = typed_over
        elif len(lacking) == len(numbers):
            without.append(row.number)
    if without:
        last = max((row for row, _ in places), default=0)  # rows typed below all formulas are as good as any
        without = [number for number in without if number < last]
    if over:
        count = sum(map(len, over.values()))
        overwritten = {name for names in over.values() for name in names}
        headers = ", ".join(layout.fields[name].header for name in numbers if name in overwritten)
        facts = {"count": count, "rows": row_spans(over), "columns": headers}
        yield Notice("formulas_overwritten", cells.title, facts)
    if without:
        yield Notice("formulas_missing", cells.title, {"count": len(without), "rows": row_spans(without)})


def _headers(layout: Layout, cells: SheetCells) -> Iterator[Notice]:
    row = layout.first_row - 1
    changed = []
    for name, column in layout.columns.items():
        found, header = cells.stored(row, column_number(column)), layout.fields[name].header
        if found != header and isinstance(found, str) and found and fold(found) != fold(header):
            changed.append(f"{column}{row}: “{found[:40]}” thay cho “{header}”")
    if changed:
        shown = "; ".join(changed[:_SHOWN]) + (" …" if len(changed) > _SHOWN else "")
        yield Notice("headers_changed", cells.title, {"count": len(changed), "headers": shown})
