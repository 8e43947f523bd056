"""What the tests of the ground floor share: the programmes, and reports made from faultless rows.

Everything is made from the programme's own dates, amounts and lists, so each test holds for every programme.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from validation.fields import Form, row_fields
from validation.programme import Programme, load_programme, programme_ids
from validation.rules.examples import faultless_report_date, faultless_row
from validation.submission import CellValue, Notice, Oddity, RawCover, RawRow, RawSubmission

FIRST_ROW = 12
SHEET = "Danh sách"
UNIT = "CĐ-01"

Row = Mapping[str, CellValue] | RawRow


def _letters(number: int) -> str:
    return chr(64 + number) if number <= 26 else "A" + chr(38 + number)


@pytest.fixture(scope="session", params=programme_ids())
def programme(request: pytest.FixtureRequest) -> Programme:
    """Each installed programme in turn."""
    return load_programme(request.param)


@pytest.fixture(scope="session")
def first_programme() -> Programme:
    """The default programme, for tests that quote DOMAIN's own figures."""
    return load_programme()


@pytest.fixture(scope="session")
def row(programme: Programme) -> Callable[..., dict[str, CellValue]]:
    """A faultless row with some values changed: ``row(title=None)``."""
    return lambda **changes: faultless_row(programme) | changes


@pytest.fixture(scope="session")
def report(programme: Programme) -> Callable[..., RawSubmission]:
    """A report of rows (values by field, or RawRow), numbered from 12 on; ``cover`` changes the cover's values."""

    def made(
        *rows: Row,
        form: Form = Form.GRASSROOTS,
        cover: Mapping[str, CellValue] | None = None,
        cover_odd: Mapping[str, Oddity] | None = None,
        notices: tuple[Notice, ...] = (),
        without: tuple[str, ...] = (),
        programme_id: str | None = None,
    ) -> RawSubmission:
        report_date: date = faultless_report_date(programme)
        values: dict[str, Any] = {"unit_code": UNIT, "report_date": report_date, "members": 100, "workers": 120}
        values |= cover or {}
        places = {name: ("Bìa", f"C{5 + i}") for i, name in enumerate(values)}
        numbered = (r if isinstance(r, RawRow) else RawRow(FIRST_ROW + i, r) for i, r in enumerate(rows))
        return RawSubmission(
            form=form,
            template_version=1,
            programme_id=programme_id or programme.id,
            cover=RawCover(values, places, cover_odd or {}),
            sheet=SHEET,
            columns={f.name: _letters(i + 1) for i, f in enumerate(row_fields(form)) if f.name not in without},
            rows=tuple(numbered),
            notices=notices,
        )

    return made
