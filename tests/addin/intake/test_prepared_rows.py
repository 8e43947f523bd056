"""The prepared rows at the end of a sheet: whatever is known of them, a sheet is read as if it were the first."""

import io
import re
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from addin.intake import prepared_rows as prepared
from addin.intake.book import Book
from addin.intake.exact_scan import exact_scan
from addin.intake.guard import open_package
from addin.intake.names import read_names
from addin.intake.quick_scan import canonical_sheet, quick_scan
from addin.intake.sheet_facts import SheetFacts
from tests.addin.intake.test_scan import sheet
from tests.addin.intake.workbooks import LIST, form, with_list
from validation.errors import Refusal

COLUMNS = "ABCDEFGH"
FORM = form()
BLANK = [
    '<c r="{at}"/>',
    '<c r="{at}" s="3"/>',
    '<c r="{at}" s="3" t="n"></c>',
    '<c r="{at}" s="3"><f>IF(DanhSach[[#This Row],[Mã]]&lt;&gt;"",1,"")</f><v></v></c>',
    '<c r="{at}" t="str"><f aca="false">IF(A1="","",1)</f><v></v></c>',
    '<c r="{at}" t="str"><f t="shared" si="0"/><v></v></c>',
    '<c r="{at}" t="str"/>',
    '<c r="{at}"><f>A1</f></c>',
    '<c r="{at}"><f>A1</f><v/></c>',
]
FILLED = ['<c r="{at}"><v>1</v></c>', '<c r="{at}" t="inlineStr"><is><t>Ánh</t></is></c>']
ODD = [
    '<c r="{at}" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
    '<c r="{at}" t="str"><f>A1</f><v>7</v></c>',
    '<c r="{at}" t="b"><f>A1</f><v></v></c>',
    '<c r="{at}" cm="1"/>',
]


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    prepared._kept.clear()
    yield
    prepared._kept.clear()


def row(number: int, cells: list[str], rest: str = "") -> str:
    inside = "".join(cell.format(at=f"{column}{number}") for column, cell in zip(COLUMNS, cells, strict=False))
    return f'<row r="{number}"{rest}>{inside}</row>'


def told(part: bytes) -> object:
    canonical = canonical_sheet.__wrapped__(part)  # type: ignore[attr-defined]
    return facts_told(quick_scan("S", canonical, {}, {}))


def facts_told(facts: SheetFacts | None) -> object:
    assert facts is not None
    places = facts.formula_places(COLUMNS)
    one_by_one = {(r, c) for r in range(70) for c in range(9) if (r, c) in places}
    assert one_by_one == set(places)
    return facts.filled, facts.hidden_rows, facts.errors, facts.merges, facts.formulas_in(COLUMNS), one_by_one


def grid(data: bytes) -> object:
    package = open_package(data)
    try:
        return Book(package, read_names(package)).sheet(LIST).grid
    except Refusal as refusal:
        return refusal.code


rests = st.sampled_from(["", "", "", ' hidden="false" ht="15"', ' hidden="1"', ' ht="0"', ' s="1" customFormat="1"'])
blank_rows = st.lists(st.tuples(st.lists(st.sampled_from(BLANK), max_size=4), rests), min_size=1, max_size=8)
heads = st.lists(st.lists(st.sampled_from(BLANK + FILLED + ODD), max_size=5), max_size=4)


@st.composite
def sheets_of_one_form(draw: st.DrawFn) -> list[bytes]:
    """Sheets with the same prepared rows, of which each has overwritten some from above; a few in disorder."""
    ends = draw(blank_rows)
    sheets = []
    for head in draw(st.lists(heads, min_size=2, max_size=4)):
        rows = [row(number, cells) for number, cells in enumerate(head, 1)]
        rows += [row(number, *end) for number, end in enumerate(ends, 1) if number > len(head)]
        if draw(st.integers(0, 9)) == 0:
            rows.insert(0, rows.pop())
        if draw(st.integers(0, 9)) == 0:
            rows.append(draw(st.sampled_from(rows)))
        sheets.append(sheet("".join(rows)))
    return sheets


@settings(max_examples=300, deadline=None)
@given(sheets_of_one_form())
def test_what_is_known_of_other_sheets_changes_no_facts(sheets: list[bytes]) -> None:
    for part in sheets:
        found = told(part)
        prepared._kept.clear()
        assert told(part) == found
        if len(set(re.findall(rb'<row r="[0-9]+"', part))) == part.count(b"<row "):
            assert facts_told(exact_scan("S", part, {}, {})) == found


@settings(max_examples=150, deadline=None)
@given(sheets_of_one_form())
@example([sheet(row(1, FILLED) + row(2, [BLANK[4]] * 5) + row(3, [BLANK[1]]))] * 2)
@example([sheet(row(1, FILLED) + row(1, [BLANK[4]] * 2))])
def test_the_grid_is_the_one_that_calamine_makes_of_the_whole_sheet(sheets: list[bytes]) -> None:
    for part in sheets:
        data = with_list(FORM, part)
        whole = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(LIST)
        assert grid(data) in (whole.to_python(skip_empty_area=False), "readers_disagree")
        if len(set(re.findall(rb'<row r="[0-9]+"', part))) == part.count(b"<row "):
            assert grid(data) != "readers_disagree"


def found_in(rows: str) -> prepared.PreparedRows | None:
    data = rows.encode()
    return prepared.prepared_rows(data, 0, len(data))


def test_rows_that_are_known_are_not_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    ends = [row(number, [BLANK[3]] * 8) for number in range(5, 60)]
    assert found_in(row(4, FILLED) + "".join(ends)) is not None
    monkeypatch.setattr(prepared, "_PREPARED_ROW", None)
    found = found_in("".join(ends[9:]))
    assert found is not None
    assert (found.first, found.last, len(list(found.formulas()))) == (14, 59, 46 * 8)


def test_the_longest_end_is_remembered_and_shorter_ones_are_parts_of_it() -> None:
    ends = [row(number, [BLANK[1]]) for number in range(2, 30)]
    for filled in (20, 3, 11):
        found = found_in("".join([row(filled, FILLED), *ends[filled - 1 :]]))
        assert found is not None
        assert found.first == filled + 1
    known = prepared._kept.get(ends[-1].encode())
    assert known is not None
    assert known.first == 4


def test_a_longer_end_of_another_kind_does_not_stand_in_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    last = row(60, [BLANK[1]])
    ours = "".join(row(number, [BLANK[1]]) for number in range(10, 60)) + last
    found_in("".join(row(number, [BLANK[3]] * 8) for number in range(2, 60)) + last)
    found_in(ours)
    monkeypatch.setattr(prepared, "_PREPARED_ROW", None)
    found = found_in(ours)
    assert found is not None
    assert found.first == 10


def test_an_end_that_differs_in_one_byte_is_another() -> None:
    ends = "".join(row(number, [BLANK[1]]) for number in range(2, 30))
    found_in(ends)
    found = found_in(ends.replace('<c r="A17" s="3"/>', '<c r="A17"><v>3</v></c>'))
    assert found is not None
    assert found.first == 18


@pytest.mark.parametrize("cell", FILLED + ODD)
def test_a_row_with_anything_else_ends_them(cell: str) -> None:
    found = found_in(row(1, [cell]) + row(2, [BLANK[0]]))
    assert found is not None
    assert found.first == 2
    assert found_in(row(1, [BLANK[0]]) + row(2, [cell])) is None


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, 100):
        found_in(row(number, [BLANK[1]]))
    assert len(prepared._kept) == prepared._KEPT
    monkeypatch.setattr(prepared, "MAX_RUN", 1_000)
    found = found_in("".join(row(number, [BLANK[1]]) for number in range(1, 100)))
    assert found is not None
    assert 900 < len(found.known) <= 1_000


def test_rows_far_down_are_all_read() -> None:
    assert found_in(row(prepared.LAST_PREPARED_ROW, [BLANK[0]])) is None
    assert found_in(row(prepared.LAST_PREPARED_ROW - 1, [BLANK[0]])) is not None


def test_a_hidden_row_ends_them() -> None:
    assert found_in(row(1, [BLANK[0]], ' hidden="1"')) is None
    assert found_in(row(1, [BLANK[0]], ' ht="0.00"')) is None
