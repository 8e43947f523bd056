"""Native formulas, recalculated by LibreOffice, against the product's own Python: row by row, same phase and money.

``test_recalculation`` holds the formulas against an oracle; this holds the two halves of the product together.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from addin.intake.reader import read_workbook
from tests.workbook_templates.generated_rows import generated_rows
from validation.assess import assess
from validation.fields import Form
from validation.programme import load_programme, programme_ids
from validation.submission import Outcome
from workbook_templates.book import new_book
from workbook_templates.forms import add_form_sheets
from workbook_templates.packing import repack

ROWS = 760
# What Python reads and the form's formulas cannot: their rows are LỖI in the form, and judged by their content here.
READ_BY_PYTHON_ONLY = {"date_as_text", "date_as_number", "amount_as_text", "choice_untidy", "stray_spaces"}


@pytest.mark.parametrize("programme_id", programme_ids())
def test_libreoffice_and_python_agree_on_every_row(
    programme_id: str, recalculate: Callable[[Path], Path], tmp_path: Path
) -> None:
    programme = load_programme(programme_id)
    raw = io.BytesIO()
    book = new_book(raw, title="Báo cáo")
    sheets = add_form_sheets(book, Form.GRASSROOTS, programme, rows=ROWS)
    report_date = programme.phases[-1].last
    sheets.fill_cover({"unit_code": "X-1", "report_date": report_date, "members": 60, "workers": 90})
    for index, row in enumerate(generated_rows(programme, ROWS, seed=46, units=False)):
        sheets.fill_row(index, {name: value for name, value in row.items() if not _is_error_text(value)})
    book.close()
    filled = tmp_path / "filled.xlsx"
    filled.write_bytes(repack(raw.getvalue(), compress=True))

    recalculated = recalculate(filled)
    submission = assess(read_workbook(recalculated.read_bytes()), programme)
    shown = _shown(recalculated)
    untidy = {f.row for f in submission.findings if f.code in READ_BY_PYTHON_ONLY}

    compared = 0
    for row in submission.rows:
        if row.number in untidy:
            continue
        compared += 1
        in_phase = row.phase is not None and row.outcome is not Outcome.REJECTED
        expected = (
            row.phase if in_phase else "",
            row.upper_support,
            row.upper_support + row.base_counted,
        )
        assert shown[row.number] == expected, (row, shown[row.number])
    assert compared >= 500
    assert {row.outcome for row in submission.rows} == {Outcome.ACCEPTED, Outcome.REJECTED, Outcome.DUPLICATE}


def _is_error_text(value: object) -> bool:
    return isinstance(value, str) and value.startswith("#")


def _shown(file: Path) -> dict[int, tuple[object, object, object]]:
    raw = read_workbook(file.read_bytes())
    cells = CalamineWorkbook.from_path(file).get_sheet_by_name(raw.sheet).to_python(skip_empty_area=False)

    def value(number: int, field: str) -> object:
        return cells[number - 1][_column(raw.columns[field])]

    return {
        row.number: (value(row.number, "phase"), value(row.number, "upper_support"), value(row.number, "total_support"))
        for row in raw.rows
    }


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def test_the_days_around_each_phase_fall_the_same_way() -> None:
    for programme in map(load_programme, programme_ids()):
        for phase in programme.phases:
            assert programme.phase_of(phase.first) is phase
            assert programme.phase_of(phase.last) is phase
            assert programme.phase_of(date.fromordinal(phase.first.toordinal() - 1)) is not phase
            assert programme.phase_of(date.fromordinal(phase.last.toordinal() + 1)) is not phase
