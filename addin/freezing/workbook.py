"""A frozen state as a workbook: drawn from what the ledger holds of it and nothing else, so that it prints the same."""

from __future__ import annotations

from addin.freezing.store import FIGURES, Frozen, FrozenLine, Scope
from addin.listing import Cell, Column, Listing, listing_bytes
from addin.merge.master.values import Shape

_FIGURE_COLUMNS = (
    Column("Đã đăng ký", Shape.COUNT, 12),
    Column("Hợp lệ", Shape.COUNT, 12),
    Column("Được tính", Shape.COUNT, 12),
    Column("Cấp trên hỗ trợ (đồng)", Shape.AMOUNT, 18),
    Column("CĐCS hỗ trợ (đồng)", Shape.AMOUNT, 18),
)
_PHASE = Column("Giai đoạn", Shape.TEXT, 20)
_EMPTY = "Không có số liệu."


def workbook_bytes(state: Frozen) -> bytes:
    """The .xlsx of a state: the same state gives the same bytes."""
    listings = (_phases(state), _payers(state), _units(state))
    return listing_bytes(listings, title=f"Chốt số liệu – {state.name}", created=state.at)


def _notes(state: Frozen) -> tuple[str, ...]:
    heading = state.heading
    above = f"{heading['superior']} – " if heading.get("superior") else ""
    done = f"{state.reports}/{state.expected} đơn vị đã báo cáo, {state.rows} sáng kiến được nhận."
    return (
        f"{above}{heading['unit']}. {heading['programme']}.",
        f"Chốt lúc {state.at:%d/%m/%Y %H:%M}, người chốt: {state.by}. {done}",
    )


def _title(state: Frozen, of: str) -> str:
    return f"CHỐT SỐ LIỆU “{state.name}”: {of}"


def _phases(state: Frozen) -> Listing:
    columns = (_PHASE, Column("Chỉ tiêu", Shape.COUNT, 12), *_FIGURE_COLUMNS)
    rows: list[tuple[Cell, ...]] = [
        (_phase(state, line), state.targets.get(line.phase or 0), *line.figures) for line in state.of(Scope.PHASE)
    ]
    (whole,) = state.of(Scope.TOTAL)
    total: tuple[Cell, ...] = ("Cộng", sum(state.targets.values()), *whole.figures)
    return Listing("Theo giai đoạn", _title(state, "THEO GIAI ĐOẠN"), _notes(state), columns, rows, _EMPTY, total)


def _payers(state: Frozen) -> Listing:
    columns = (Column("Mã", Shape.CODE, 14), Column("Đơn vị chi", Shape.TEXT, 44), _PHASE, *_FIGURE_COLUMNS)
    rows: list[tuple[Cell, ...]] = [
        (line.code, line.name, _phase(state, line), *line.figures) for line in state.of(Scope.PAYER)
    ]
    total = _total(state, len(columns), Scope.PAYER)
    return Listing("Theo đơn vị chi", _title(state, "THEO ĐƠN VỊ CHI"), _notes(state), columns, rows, _EMPTY, total)


def _units(state: Frozen) -> Listing:
    columns = (
        Column("Mã", Shape.CODE, 14), Column("Đơn vị", Shape.TEXT, 44), _PHASE, *_FIGURE_COLUMNS,
        Column("Đoàn viên", Shape.COUNT, 11), Column("Đoàn viên có sáng kiến", Shape.COUNT, 12),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (line.code, line.name, _phase(state, line), *line.figures, line.members, line.member_authors)
        for line in state.of(Scope.UNIT)
    ]
    total = _total(state, len(columns), Scope.UNIT)
    return Listing("Theo đơn vị", _title(state, "THEO ĐƠN VỊ"), _notes(state), columns, rows, _EMPTY, total)


def _total(state: Frozen, width: int, scope: Scope) -> tuple[Cell, ...]:
    """The last row, added up from the lines above it."""
    lines = state.of(scope)
    sums = [sum(line.figures[place] for line in lines) for place in range(len(FIGURES))]
    return (None, "Cộng", None, *sums, *[None] * (width - 3 - len(sums)))


def _phase(state: Frozen, line: FrozenLine) -> str:
    return state.phase_names.get(line.phase or 0, str(line.phase or ""))
