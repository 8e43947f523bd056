"""“Quyết định”: what was entered in the last master and was not taken, then every decision and whether it holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from addin.decisions.entries import NO_KEY, Entry, Listed, RefusedEntry
from addin.decisions.store import FROM_MASTER, StandingDecision
from addin.decisions.wording import about, explained, sentence_of
from addin.merge.master.book import MasterBook
from addin.merge.master.directory import Directory
from addin.merge.master.entry_columns import EntryCells, entry_columns, open_for_entry
from addin.merge.master.table import Column, List, colour_words, draw
from addin.merge.master.values import Shape, Value
from validation.decisions import State
from validation.messages import text
from workbook_templates.styles import CALCULATED, ERROR, NOTICE, PASSED

SHEET = "Quyết định"
NOT_TAKEN = "Chưa nhận"

_COLUMNS = (
    Column("Số", Shape.ORDINAL, 6),
    Column("Tình trạng", Shape.WORD, 15),
    Column("Loại", Shape.WORD, 15),
    Column("Mã đơn vị", Shape.CODE, 14),
    Column("Tên đơn vị", Shape.TEXT, 28),
    Column("Quyết định về", Shape.TEXT, 34),
    Column("Dòng", Shape.TEXT, 44),
    Column("Giải thích", Shape.TEXT, 46),
    Column("Lúc", Shape.MOMENT, 16),
    Column("Nơi ghi", Shape.WORD, 14),
    *entry_columns(Listed.LEFT),
)
_TONES = {
    State.IN_FORCE: PASSED, State.WAITING: NOTICE, State.LAPSED: NOTICE, State.REVOKED: CALCULATED,
}  # fmt: skip


def write_decisions(master: MasterBook, directory: Directory, entries: EntryCells) -> int:
    """Add the sheet, after the lists in which entries stand again. Returns the number of its lines."""
    overview = master.overview
    refused, made = overview.entries, overview.decisions
    count = len(refused) + len(made)
    note = (
        "Quyết định gắn với nội dung của dòng: còn hiệu lực khi tổng hợp lại, hết hiệu lực khi dòng đổi nội dung. "
        "Không xoá được quyết định, chỉ huỷ bằng lệnh sangkien decisions --revoke."
    )
    if refused:
        note += (
            "\nNhững dòng “Chưa nhận” đã ghi trong bản tổng hợp trước nhưng chưa thành quyết định: xin sửa ở trang đã "
            "ghi, hoặc xoá nội dung các ô nếu không cần giữ."
        )
    sheet = master.list_sheet(SHEET, "QUYẾT ĐỊNH: LỖI ĐƯỢC CHẤP NHẬN, DÒNG TRÙNG ĐƯỢC CHỌN", note)
    lines = [_of_entry(one, entries) for one in refused]
    lines += [[*_of_decision(one, directory)] for one in made]
    draw(master, sheet, List("QuyetDinh", _COLUMNS, count, lines, "Chưa có quyết định nào.", frozen_columns=2))
    open_for_entry(master, sheet, SHEET, Listed.LEFT, _COLUMNS, count)
    tones = {text("decision_state", state.value): tone for state, tone in _TONES.items()}
    colour_words(master, sheet, 1, count, {NOT_TAKEN: ERROR, **tones})
    return count


def _of_entry(refused: RefusedEntry, entries: EntryCells) -> list[Value]:
    """A line whose entry stands in its list again is only shown here; any other keeps its key, to be read again."""
    entry = refused.entry
    where = f"Trang “{entry.sheet}”, ô {entry.cell}" if entry is not None else None
    head: list[Value] = [None, NOT_TAKEN, None, None, None, None, where, sentence_of(refused), None, "bản tổng hợp"]
    return [*head, *_kept(entry, entries)]


def _kept(entry: Entry | None, entries: EntryCells) -> tuple[Value, ...]:
    if entry is None:
        return (None, None, None, None)
    key = None if entries.is_placed(entry) else entry.key or NO_KEY
    return (entry.accept or None, entry.reason or None, entry.name or None, key)


def _of_decision(one: StandingDecision, directory: Directory) -> Iterator[Value]:
    made = one.decision
    yield from (made.id, text("decision_state", one.state.value), text("decision_kind", made.kind))
    yield from (made.unit, directory.name(made.unit), about(made), _row(one), explained(one))
    yield datetime.fromisoformat(made.at)
    yield "bản tổng hợp" if made.source.startswith(FROM_MASTER) else "câu lệnh"
    yield from (None, made.reason, made.name, None)


def _row(one: StandingDecision) -> str:
    made = one.decision
    return made.about if made.row is None else f"{made.about} (dòng {made.row})"
