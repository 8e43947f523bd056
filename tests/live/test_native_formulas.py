"""Native formulas, recalculated by a live LibreOffice, against the product's own Python: row by row, same phase, money
and verdict, and the same totals on the cover. In the installed office and a newer one, for both programmes and forms.

``tests/workbook_templates/test_recalculation.py`` holds the formulas against an oracle; this holds the two halves of
the product together.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from addin.hosts.libreoffice.engine import activate
from addin.hosts.libreoffice.launch import Office
from addin.intake.reader import read_workbook
from tests.live.programs import PROGRAMS, program_of
from tests.workbook_templates.generated_rows import generated_rows
from validation.assess import assess
from validation.fields import Form
from validation.money import UnitPhase, totals_by_unit
from validation.programme import Programme, load_programme, programme_ids
from validation.submission import Outcome, Row, Submission
from workbook_templates.book import new_book
from workbook_templates.forms import add_form_sheets
from workbook_templates.packing import repack

pytestmark = pytest.mark.live

ROWS = 760
FIRST_ROW = 6
"""Of the list, in every form."""

MEMBERS, WORKERS = 60, 90
# What Python reads and the form's formulas cannot, on purpose: it can still be retyped. Such rows are left out.
READ_BY_PYTHON_ONLY = {"date_as_text", "date_as_number", "amount_as_text", "choice_untidy", "stray_spaces"}


@pytest.fixture(scope="module", params=PROGRAMS)
def calc(request: pytest.FixtureRequest, soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office as it is installed, without our extension: a form needs nothing of it."""
    program = program_of(request.param, soffice)
    with Office(tmp_path_factory.mktemp("native"), program=program) as office:
        activate(office.connect()).books.add()  # an office without a workbook ends
        yield office


@pytest.fixture
def recalculated(calc: Office, tmp_path: Path) -> Iterator[Callable[[bytes], xw.Book]]:
    """Open a workbook in the live office and recalculate all of it."""
    books = []

    def do(content: bytes) -> xw.Book:
        file = tmp_path / f"{tmp_path.name}.xlsx"
        file.write_bytes(content)
        app = activate(calc.connect())
        books.append(app.books.open(str(file)))
        app.calculate()
        return books[-1]

    yield do
    for book in books:
        book.close()


@pytest.mark.parametrize("form", [Form.GRASSROOTS, Form.UPPER])
@pytest.mark.parametrize("programme_id", programme_ids())
def test_the_office_and_python_agree_on_every_row_and_every_total(
    programme_id: str, form: Form, recalculated: Callable[[bytes], xw.Book], tmp_path: Path
) -> None:
    programme = load_programme(programme_id)
    book = recalculated(filled(form, programme, tidy_rows(form, programme, seed=46)))
    saved = tmp_path / "saved.xlsx"
    book.save(str(saved))
    submission = assess(read_workbook(saved.read_bytes()), programme)

    shown = columns(book, ("phase", "upper_support", "total_support", "row_state"))
    first = book.names["row_row_state"].refers_to_range.row
    seen = [(row, {name: values[row.number - first] for name, values in shown.items()}) for row in submission.rows]
    wrong = [(row, what) for row, what in seen if not agrees(row, what)]
    assert not wrong, (len(wrong), wrong[:3])
    assert len(seen) >= 500
    assert {row.outcome for row in submission.rows} == {Outcome.ACCEPTED, Outcome.REJECTED, Outcome.DUPLICATE}
    assert cover(book, programme) == python_totals(submission, programme)


def tidy_rows(form: Form, programme: Programme, seed: int) -> list[dict[str, Any]]:
    """Rows of many kinds, as clerks leave them, without those that only Python reads."""
    rows = [
        {name: value for name, value in row.items() if value != "#N/A"}
        for row in generated_rows(programme, ROWS, seed=seed, units=form is not Form.GRASSROOTS)
    ]
    submission = assess(read_workbook(filled(form, programme, rows)), programme)
    untidy = {found.row for found in submission.findings if found.code in READ_BY_PYTHON_ONLY}
    return [row for number, row in enumerate(rows, FIRST_ROW) if number not in untidy]


def filled(form: Form, programme: Programme, rows: Sequence[Mapping[str, Any]]) -> bytes:
    """A form with these rows."""
    raw = io.BytesIO()
    book = new_book(raw, title="Báo cáo")
    sheets = add_form_sheets(book, form, programme, rows=ROWS)
    report_date = programme.phases[-1].last
    sheets.fill_cover({"unit_code": "X-1", "report_date": report_date, "members": MEMBERS, "workers": WORKERS})
    for index, row in enumerate(rows):
        sheets.fill_row(index, row)
    book.close()
    return repack(raw.getvalue(), compress=True)


def columns(book: xw.Book, names: tuple[str, ...]) -> dict[str, list[Any]]:
    """The values of columns of the list, a blank as an empty text."""
    return {
        name: ["" if value is None else value for value in book.names[f"row_{name}"].refers_to_range.value]
        for name in names
    }


def expected(row: Row) -> dict[str, Any]:
    """What the calculated cells of a row show, but for the verdict's words."""
    in_phase = row.phase is not None and row.outcome is not Outcome.REJECTED
    return {
        "phase": row.phase if in_phase else "",
        "upper_support": row.upper_support,
        "total_support": row.upper_support + row.base_counted,
    }


def agrees(row: Row, seen: Mapping[str, Any]) -> bool:
    """Whether figures are the same and the verdict begins with the word for the row's outcome."""
    words: dict[Outcome, tuple[str, ...]] = {Outcome.REJECTED: ("LỖI",), Outcome.DUPLICATE: ("TRÙNG",)}
    figures = {name: value for name, value in seen.items() if name != "row_state"}
    verdict = str(seen["row_state"])
    return figures == expected(row) and verdict.startswith(words.get(row.outcome, ("ĐẠT", "LƯU Ý")))


TOTALS = ("registered", "approved", "counted", "upper", "base", "total")


def cover(book: xw.Book, programme: Programme) -> dict[int, dict[str, float]]:
    """The cover's totals of each phase."""
    lines = {key: book.names[f"totals_{key}"].refers_to_range.options(ndim=1).value for key in TOTALS}
    return {phase.number: {key: lines[key][place] for key in TOTALS} for place, phase in enumerate(programme.phases)}


def python_totals(submission: Submission, programme: Programme) -> dict[int, dict[str, float]]:
    """The same from the judged rows."""
    units: list[UnitPhase] = list(totals_by_unit(submission.rows, programme, {}).values())
    found = {phase.number: dict.fromkeys(TOTALS, 0.0) for phase in programme.phases}
    for unit in units:
        tally = unit.tally
        figures = (
            tally.registered, tally.approved, tally.counted,
            tally.upper_support, tally.base_support, tally.total_support,
        )  # fmt: skip
        for key, figure in zip(TOTALS, figures, strict=True):
            found[unit.phase][key] += figure
    return found
