"""Whatever stands in a list, each cell ends in the form or among what was not used, and nothing breaks."""

from datetime import date, datetime, time

from hypothesis import given, settings
from hypothesis import strategies as st

from addin.adopt.foreign import ForeignBook, ForeignSheet
from addin.adopt.proposal import propose, unaccounted
from addin.intake.sheet_facts import Merge
from validation.normalise import as_shown
from validation.submission import CellValue, LegacyFont, Oddity

HEADER = (
    "TT",
    "Họ và tên",
    "Tên sáng kiến",
    "Số tiền làm lợi (triệu đồng)",
    "Tác giả, đơn vị",
    "QĐ công nhận",
    "Ghi chú",
    "?",
)
texts = st.sampled_from(
    [
        "",
        " ",
        "Tổng cộng",
        "Người lập biểu",
        "I",
        "Tên sáng kiến",
        "Họ và tên",
        "Ghi chú",
        "Nguyễn Văn A - Tổ 1",
        "12,5",
        "1.500",
        "QĐ 1 ngày 2/3/2022",
        "(1)",
        "Hải Phòng, ngày 1 tháng 2 năm 2022",
        "\x01\ud800",
        "x" * 40_000,
    ]
)
values: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    texts,
    st.text(max_size=12),
    st.integers(-(10**16), 10**16),
    st.floats(),
    st.booleans(),
    st.dates(date(1899, 12, 31), date(9999, 12, 31)),
    st.just(datetime(2022, 1, 2, 3, 4)),
    st.just(time(3, 4)),
)
oddities = st.sampled_from(
    [Oddity(error="#N/A"), Oddity(formula="1+1"), Oddity(formula="A1", uncached=True), Oddity(font=LegacyFont.TCVN3)]
)
places = st.tuples(st.integers(4, 14), st.integers(1, 9))


@st.composite
def merges(draw: st.DrawFn) -> Merge:
    row, column = draw(places)
    return Merge(row, column, row + draw(st.integers(0, 3)), column + draw(st.integers(0, 3)))


@settings(max_examples=200)
@given(
    st.lists(st.lists(values, max_size=9), max_size=10),
    st.dictionaries(places, oddities, max_size=6),
    st.lists(merges(), max_size=3),
    st.booleans(),
)
def test_every_cell_of_any_list_is_accounted_for(
    body: list[list[CellValue]], odd: dict[tuple[int, int], Oddity], merged: list[Merge], by_unit: bool
) -> None:
    # The first row below the header is an initiative: without one there is nothing to adopt.
    first: tuple[CellValue, ...] = (1, "Nguyễn Văn An", "Cải tiến", 2)
    grid = (("Danh sách", None, 5), (), HEADER, first, *map(tuple, body))
    odd = {place: one for place, one in odd.items() if place[0] > 4}
    book = ForeignBook((ForeignSheet("S", False, grid, odd, tuple(m for m in merged if m.first_row > 4)),), False)
    proposal = propose(book, by_unit=by_unit)
    assert unaccounted(book, proposal) == []
    left = {(cell.row, cell.column) for cell in proposal.left}
    taken = {row.row: " ".join(as_shown(value) for value in row.values.values()) for row in proposal.rows}
    for row in (4, *taken):
        for column in (2, 3, 7):  # as typed: there, or left over
            value = book.sheets[0].value(row, column)
            if value is not None and (row, column) not in left and (row, column) not in odd:
                assert as_shown(value) in taken[row]
