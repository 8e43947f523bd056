"""Lists as offices make them: each becomes the form's rows, and no cell is lost."""

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from addin.adopt.corrections import read_correction
from addin.adopt.foreign import ForeignBook, read_foreign
from addin.adopt.mapping import Way
from addin.adopt.proposal import Proposal, propose, unaccounted
from addin.adopt.unused_sheet import UNUSED_SHEET
from addin.adopt.writing import filled_form
from addin.intake.reader import read_workbook
from validation.normalise import as_shown
from validation.programme import load_programme
from validation.units import Level, Unit

from .layouts import LAYOUTS, Layout

UNIT = Unit("CĐ-01", "CĐCS Công ty Ví Dụ", Level.GRASSROOTS, "Q-1")


def proposed(layout: Layout) -> tuple[ForeignBook, Proposal]:
    book = read_foreign(layout.data())
    return book, propose(book, [read_correction(text) for text in layout.corrections])


def written(layout: Layout) -> tuple[Proposal, bytes]:
    _, proposal = proposed(layout)
    rows = range(len(proposal.rows))
    return proposal, filled_form(proposal, rows, load_programme(), "danh-sach.xlsx", unit=UNIT)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_list_becomes_the_rows_that_its_maker_meant(layout: Layout) -> None:
    _, proposal = proposed(layout)
    assert len(proposal.rows) == len(layout.rows)
    for taken, expected in zip(proposal.rows, layout.rows, strict=True):
        assert {name: _day(taken.values.get(name)) for name in expected} == dict(expected)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_the_proposal_says_what_is_not_used_and_what_to_look_at(layout: Layout) -> None:
    _, proposal = proposed(layout)
    unused = [c.header for one in proposal.lists for c in one.columns if c.way is Way.UNUSED]
    assert unused == layout.unused
    assert {remark.code for remark in proposal.remarks} - {"missing_columns"} == set(layout.remarks)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_no_cell_is_lost(layout: Layout) -> None:
    book, proposal = proposed(layout)
    assert unaccounted(book, proposal) == []
    # And by what is shown, which does not rest on the proposal's own account: every text of the original is in the
    # new workbook, in the list, among the unused cells or as a header.
    _, data = written(layout)
    there = _texts(data)
    for sheet in book.sheets:
        for row in range(1, sheet.last_row + 1):
            for column in sheet.filled(row):
                value, shown = sheet.stored(row, column), sheet.value(row, column)
                if isinstance(value, str) and len(value) > 3:
                    assert any(value in text or _close(str(shown)) in _close(text) for text in there), value


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_the_form_is_a_form_and_holds_what_was_proposed(layout: Layout) -> None:
    proposal, data = written(layout)
    raw = read_workbook(data)
    assert raw.cover.values["unit_code"] == "CĐ-01"
    assert raw.cover.values["superior_code"] == "Q-1"
    for row, taken in zip(raw.rows, proposal.rows, strict=False):
        assert {name: as_shown(row.values.get(name)) for name in taken.values} == {
            name: as_shown(value) for name, value in taken.values.items()
        }
    assert len(raw.rows) == len(proposal.rows)


def test_unused_cells_have_their_original_addresses() -> None:
    layout = next(one for one in LAYOUTS if one.name == "motto above, signatures below")
    _, data = written(layout)
    sheet = openpyxl.load_workbook(io.BytesIO(data))[UNUSED_SHEET]
    told = {(row[1].value, row[4].value): (row[2].value, row[5].value) for row in sheet.iter_rows(min_row=4)}
    assert told["F8", "QĐ số 12/QĐ-CT ngày 05/03/2022"] == (6, "nguyên văn của ô đã được đọc sang dạng khác")
    assert told["F9", "Số 15/QĐ-CT"][0] == 7
    assert told["A1", "LIÊN ĐOÀN LAO ĐỘNG QUẬN VÍ DỤ"] == (None, "nằm trên bảng")
    assert told["B10", "Tổng cộng"] == (None, "dòng cộng")
    assert told["E16", "Vũ Văn Minh"] == (None, "nằm dưới bảng")


def test_the_original_of_an_old_font_is_kept_in_that_font() -> None:
    layout = next(one for one in LAYOUTS if one.name == "fonts of before Unicode")
    _, data = written(layout)
    sheet = openpyxl.load_workbook(io.BytesIO(data))[UNUSED_SHEET]
    fonts = {row[4].value: row[4].font.name for row in sheet.iter_rows(min_row=4)}
    assert fonts["NguyÔn ThÞ Hoa"] == ".VnTime"
    assert fonts["trÇn v¨n b×nh"] == ".VnTimeH"


def test_a_validator_of_the_format_finds_nothing(tmp_path: Path) -> None:
    for number in (1, 5, 9):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(written(LAYOUTS[number])[1])
        result = OpenXmlValidator(file_format=FileFormat.OFFICE_2010).validate(path)
        assert [error.description for error in result.errors] == []


def test_there_are_enough_layouts() -> None:
    assert len(LAYOUTS) >= 12
    assert len({layout.name for layout in LAYOUTS}) == len(LAYOUTS)


def _day(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


def _texts(data: bytes) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [
        cell.value
        for title in ("Danh sách", UNUSED_SHEET)
        for row in book[title].iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]


def _close(text: str) -> str:
    return "".join(text.split()).casefold()
