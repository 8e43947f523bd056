"""The filled forms of a confirmed proposal."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from addin.adopt.proposal import Proposal
from addin.adopt.unused_sheet import write_unused_sheet
from validation.fields import FORM_TITLES, Form
from validation.programme import Programme
from validation.units import Unit
from workbook_templates.book import new_book
from workbook_templates.forms import add_form_sheets, known_of
from workbook_templates.layout import DEFAULT_ROWS, MAXIMUM_ROWS
from workbook_templates.packing import repack


def filled_form(
    proposal: Proposal,
    rows: Sequence[int],
    programme: Programme,
    source: str,
    *,
    unit: Unit | None,
    superior: Unit | None = None,
    whole: bool = True,
) -> bytes:
    """A grassroots form with some rows of the proposal (by their places in it), and its sheet of what was not used.

    ``source`` is the name of the original. ``whole``: what belongs to no row (titles, totals, other sheets) is listed
    too; else only what belongs to these rows.
    """
    raw = io.BytesIO()
    book = new_book(raw, title=FORM_TITLES[Form.GRASSROOTS])
    prepared = min(max(len(rows), DEFAULT_ROWS), MAXIMUM_ROWS)
    sheets = add_form_sheets(book, Form.GRASSROOTS, programme, rows=prepared, superior=superior)
    if unit is not None:
        sheets.fill_cover(known_of(unit, superior))
    for place, index in enumerate(rows):
        sheets.fill_row(place, proposal.rows[index].values)
    places: Mapping[int, int] = {index: place for place, index in enumerate(rows)}
    left = [c for c in proposal.left if (whole if c.row_of_form is None else c.row_of_form in places)]
    columns = [column for one in proposal.lists for column in one.columns]
    write_unused_sheet(book, sheets.styles, columns, left, places.get, source)
    book.close()
    return repack(raw.getvalue(), compress=True)
