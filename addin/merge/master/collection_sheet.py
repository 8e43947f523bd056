"""“Tình hình nộp”: one line for each unit that owes a report: what came, when, how many days late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.merge.collection import CollectionState, UnitCollection, collection_of, due_phase, tally_of
from addin.merge.master.book import MasterBook
from addin.merge.master.directory import Directory
from addin.merge.master.links import file_link
from addin.merge.master.table import Column, List, colour_words, draw
from addin.merge.master.values import Linked, Shape, Value
from addin.merge.overview import Overview, Trend
from validation.messages import text
from validation.text.amounts import format_amount
from workbook_templates.styles import ERROR, NOTICE, PASSED

SHEET = "Tình hình nộp"
_STATE_COLUMN = 5
_TONES = {
    CollectionState.RECEIVED: PASSED,
    CollectionState.LATE: NOTICE,
    CollectionState.REFUSED: ERROR,
    CollectionState.WITHDRAWN: ERROR,
    CollectionState.NEVER: ERROR,
}


def write_collection(master: MasterBook, directory: Directory) -> int:
    """Add the sheet. Returns the number of units that owe a report."""
    overview = master.overview
    units = collection_of(overview)
    sheet = master.list_sheet(SHEET, "TÌNH HÌNH NỘP BÁO CÁO", _note(overview, units))
    columns = _columns(overview)
    lines, empty = _lines(units, directory), "Danh sách đơn vị không có CĐCS nào phải báo cáo."
    listed = List("TinhHinhNop", columns, len(units), lines, empty, frozen_columns=3, header_height=48)
    draw(master, sheet, listed)
    colour_words(master, sheet, _STATE_COLUMN, len(units), {_word(state): tone for state, tone in _TONES.items()})
    return len(units)


def _columns(overview: Overview) -> tuple[Column, ...]:
    phases = (
        column
        for phase in overview.programme.phases
        for column in (
            Column(f"{phase.name}: nộp lần đầu", Shape.DAY, 13),
            Column(f"{phase.name}: muộn (ngày)", Shape.COUNT, 11),
        )
    )
    return (
        Column("STT", Shape.ORDINAL, 6),
        Column("Mã đơn vị", Shape.CODE, 14),
        Column("Tên đơn vị", Shape.TEXT, 38),
        Column("Mã cấp trên", Shape.CODE, 12),
        Column("Công đoàn cấp trên trực tiếp", Shape.TEXT, 32),
        Column("Tình trạng", Shape.WORD, 16),
        Column("Ngày báo cáo đang tính", Shape.DAY, 13),
        Column("Nhận lúc", Shape.MOMENT, 16),
        *phases,
        Column("Tệp chưa nhận được", Shape.TEXT, 34),
        Column("Thư điện tử", Shape.TEXT, 26),
    )


def _note(overview: Overview, units: Sequence[UnitCollection]) -> str:
    phases = overview.programme.phases
    deadlines = "; ".join(f"{phase.name.lower()} {overview.deadline(phase.number):%d/%m/%Y}" for phase in phases)
    states = ", ".join(f"{count} {_word(state).lower()}" for state, count in tally_of(tuple(units)).items() if count)
    due = overview.programme.phase(due_phase(overview)).name.lower()
    said = f"Hạn nộp: {deadlines}. {len(units)} đơn vị phải báo cáo, xét theo {due}: {states or '0'}."
    trend = overview.trend()
    return said if trend is None else f"{said}\n{_said_of(trend)}"


def _said_of(trend: Trend) -> str:
    return text(
        "screen", "trend", since=f"{trend.since:%d/%m/%Y %H:%M}", files=trend.files, units=trend.units,
        rows=signed(trend.rows), upper=signed(trend.upper_support), base=signed(trend.base_support),
    )  # fmt: skip


def signed(value: int) -> str:
    """A difference with its sign and the thousands set apart."""
    return f"{'+' if value > 0 else ''}{format_amount(value)}"


def _word(state: CollectionState) -> str:
    return text("collection", state.value).capitalize()


def _lines(units: Sequence[UnitCollection], directory: Directory) -> Iterator[list[Value]]:
    for number, one in enumerate(units, 1):
        superior = directory.superior(one.unit.code)
        code = superior.code if superior else one.unit.parent
        received = one.received_at.replace(tzinfo=None) if one.received_at is not None else None
        phases: list[Value] = []
        for phase in one.phases:
            phases += [phase.first, phase.days_late or None]
        refused = one.refused[0].path if one.refused else None
        yield [
            number,
            one.unit.code,
            one.unit.name,
            code,
            directory.name(code),
            _word(one.state),
            one.newest,
            received,
            *phases,
            Linked(refused, file_link(refused)) if refused is not None else None,
            one.unit.email,
        ]
