"""A filled form, recalculated by LibreOffice, shows what the domain says of every row, to the đồng."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.cell import range_boundaries
from python_calamine import CalamineWorkbook

from tests.workbook_templates.form_oracle import Expected, expectations, totals
from tests.workbook_templates.generated_rows import generated_rows
from validation.fields import Form
from validation.programme import Programme, load_programme
from workbook_templates.forms import form_bytes

ROWS = 540
BLANK_AT_THE_END = 10
MEMBERS = 70

Box = tuple[str, int, int, int, int]
"""Sheet, first column, first row, last column, last row; one-based."""


def _other_readings() -> Programme:
    """The three-phase programme with every reading turned the other way."""
    usual = load_programme("vi-du-ba-giai-doan")
    turned = {
        "support_per": "author", "phase_date": "approved_on", "phase_needs_code": False, "base_support_on_top": False,
        "base_needs_approval": False, "non_members_eligible": False, "counted_needs_approval": False,
        "counts_ip_protected": True,
    }  # fmt: skip
    return replace(usual, readings=replace(usual.readings, **turned))


CASES = {
    "default programme": (Form.GRASSROOTS, load_programme()),
    "three phases, consolidation": (Form.UPPER, load_programme("vi-du-ba-giai-doan")),
    "every other reading": (Form.CITY, _other_readings()),
}


@pytest.mark.parametrize("case", CASES)
def test_libreoffice_gets_the_phases_and_amounts_of_the_domain(
    case: str, recalculate: Callable[[Path], Path], tmp_path: Path
) -> None:
    form, programme = CASES[case]
    rows = generated_rows(programme, ROWS, seed=20220108, units=form is not Form.GRASSROOTS)
    expected = expectations(rows, programme)
    _assert_every_kind_of_row_occurs(expected)

    filled = tmp_path / "filled.xlsx"
    boxes = _fill(form, programme, rows, filled)
    shown = CalamineWorkbook.from_path(recalculate(filled))

    wrong = [
        (number, row, want, got)
        for number, (row, want, got) in enumerate(zip(rows, expected, _rows_shown(shown, boxes), strict=False), 1)
        if not _agree(want, got)
    ]
    assert not wrong, "\n".join(map(str, [len(wrong), *wrong[:8]]))
    assert _numbered(shown, boxes) == list(range(1, sum(bool(row) for row in rows) + 1))
    for place, phase in enumerate(programme.phases):
        on_cover = {key: _column(shown, boxes[f"totals_{key}"])[0][place] for key in totals(expected, phase.number)}
        assert on_cover == totals(expected, phase.number), phase.name
        _assert_participation(shown, boxes, place, on_cover["authors"], programme)


def test_a_blank_form_recalculates_to_nothing(recalculate: Callable[[Path], Path], tmp_path: Path) -> None:
    path = tmp_path / "filled.xlsx"
    boxes = _fill(Form.GRASSROOTS, load_programme(), [], path, members=None)
    shown = CalamineWorkbook.from_path(recalculate(path))
    assert all(set(row.values()) == {""} for row in _rows_shown(shown, boxes))
    assert set(_column(shown, boxes["totals_total"])[0]) == {0}
    assert set(_column(shown, boxes["totals_authors"])[0]) == {0}
    assert set(_column(shown, boxes["totals_participation"])[0]) == {""}
    assert set(_column(shown, boxes["totals_verdict"])[0]) == {"Chưa có số đoàn viên"}


def _fill(
    form: Form, programme: Programme, rows: Sequence[Mapping[str, Any]], path: Path, members: int | None = MEMBERS
) -> dict[str, Box]:
    """Type the rows into a blank form, finding every cell by its defined name as a reader does."""
    count = ROWS + BLANK_AT_THE_END
    book = openpyxl.load_workbook(io.BytesIO(form_bytes(form, programme, rows=count)))
    boxes = {
        name: (sheet, *range_boundaries(reference))
        for name, defined in book.defined_names.items()
        for sheet, reference in defined.destinations
    }
    for index, row in enumerate(rows):
        for name, value in row.items():
            sheet, column, first, _, _ = boxes[f"row_{name}"]
            cell = book[sheet].cell(first + index, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "e" if value == "#N/A" else "s"
    sheet, column, line, _, _ = boxes["cover_members"]
    book[sheet].cell(line, column).value = members
    book.save(path)
    return boxes


def _column(book: CalamineWorkbook, box: Box) -> list[list[Any]]:
    sheet, first_column, first_row, last_column, last_row = box
    cells = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return [line[first_column - 1 : last_column] for line in cells[first_row - 1 : last_row]]


def _rows_shown(book: CalamineWorkbook, boxes: Mapping[str, Box]) -> list[dict[str, Any]]:
    names = ("phase", "upper_support", "total_support", "row_state")
    columns = [[line[0] for line in _column(book, boxes[f"row_{name}"])] for name in names]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _agree(want: Expected, got: Mapping[str, Any]) -> bool:
    if want.word is None:
        return set(got.values()) == {""}
    verdict = str(got["row_state"])
    word_agrees = verdict.startswith(want.word) if want.word != "?" else verdict.startswith(("ĐẠT", "LƯU Ý"))
    phase = "" if want.phase is None else want.phase
    return word_agrees and (got["phase"], got["upper_support"], got["total_support"]) == (phase, want.upper, want.total)


def _numbered(book: CalamineWorkbook, boxes: Mapping[str, Box]) -> list[int]:
    return [int(line[0]) for line in _column(book, boxes["row_ordinal"]) if line[0] != ""]


def _assert_participation(
    book: CalamineWorkbook, boxes: Mapping[str, Box], place: int, authors: int, programme: Programme
) -> None:
    share = authors / MEMBERS
    minimum = programme.participation.minimum
    words = "ĐẠT" if share >= minimum else "GẦN ĐẠT" if share >= 0.8 * minimum else "CHƯA ĐẠT"
    assert _column(book, boxes["totals_participation"])[0][place] == pytest.approx(share)
    assert _column(book, boxes["totals_verdict"])[0][place] == words


def _assert_every_kind_of_row_occurs(expected: Sequence[Expected]) -> None:
    words = [e.word for e in expected]
    assert len(words) >= 500
    for word in ("LỖI", "TRÙNG", "LƯU Ý", None):
        assert words.count(word) >= 5, word
    assert sum(e.upper > 0 for e in expected) >= 50
    assert len({e.phase for e in expected}) >= 3
