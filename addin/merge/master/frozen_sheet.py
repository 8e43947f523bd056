"""“Chốt số liệu”: the states that were kept, and what has changed since the newest of them."""

from __future__ import annotations

from collections.abc import Iterator

from addin.freezing.figures import Difference, differences, state_of
from addin.freezing.store import FIGURES, Frozen, Scope
from addin.merge.master.book import MasterBook
from addin.merge.master.table import Column, List, draw
from addin.merge.master.values import Shape, Value
from validation.messages import text
from validation.text.amounts import format_amount

SHEET = "Chốt số liệu"
AT_MOST = 5_000
"""More than anyone reads; ``freeze --show`` has all."""

_COLUMNS = (
    Column("STT", Shape.ORDINAL, 6),
    Column("Bản chốt", Shape.TEXT, 30),
    Column("Chốt lúc", Shape.MOMENT, 17),
    Column("Phạm vi", Shape.WORD, 13),
    Column("Mã", Shape.CODE, 14),
    Column("Tên", Shape.TEXT, 40),
    Column("Giai đoạn", Shape.TEXT, 16),
    Column("Chỉ số", Shape.TEXT, 24),
    Column("Lúc chốt", Shape.AMOUNT, 18),
    Column("Hiện nay", Shape.AMOUNT, 18),
    Column("Chênh lệch", Shape.AMOUNT, 18),
)


def write_frozen(master: MasterBook) -> int:
    """Add the sheet, where anything was ever kept. Returns the number of figures changed since the newest state."""
    states = master.overview.frozen
    if not states:
        return 0
    now = state_of(master.overview)
    changed = differences(states[-1], now)
    lines = list(_lines(states, now, changed[:AT_MOST]))
    newest = states[-1]
    count = format_amount(len(changed))
    note = (
        f"Bản chốt mới nhất: “{newest.name}”, {newest.at:%d/%m/%Y %H:%M}; từ đó có {count} con số thay đổi.\n"
        f"Các dòng “{_scope(Scope.TOTAL)}” là của mọi bản chốt; các dòng khác so với bản mới nhất. "
        "Bản chốt không sửa được."
    )
    if len(changed) > AT_MOST:
        note += f" Trang này ghi {format_amount(AT_MOST)} thay đổi đầu."
    sheet = master.list_sheet(SHEET, "CHỐT SỐ LIỆU VÀ CHÊNH LỆCH", note)
    draw(master, sheet, List("ChotSoLieu", _COLUMNS, len(lines), lines, "", frozen_columns=2, header_height=36))
    return len(changed)


def _lines(states: tuple[Frozen, ...], now: Frozen, changed: tuple[Difference, ...]) -> Iterator[list[Value]]:
    (present,) = now.of(Scope.TOTAL)
    number = 0
    for state in reversed(states):
        (whole,) = state.of(Scope.TOTAL)
        for name, then, today in zip(FIGURES, whole.figures, present.figures, strict=True):
            number += 1
            yield [
                number, *_of(state), _scope(Scope.TOTAL), whole.code, whole.name, None, _figure(name), then, today,
                today - then,
            ]  # fmt: skip
    newest = states[-1]
    phases = dict(now.phase_names) | dict(newest.phase_names)
    for one in changed:
        if one.scope is Scope.TOTAL:
            continue  # stands above
        number += 1
        phase = phases.get(one.phase or 0)
        yield [
            number, *_of(newest), _scope(one.scope), one.code, one.name, phase, _figure(one.figure), one.before,
            one.after, one.change,
        ]  # fmt: skip


def _of(state: Frozen) -> tuple[Value, Value]:
    return state.name, state.at.replace(tzinfo=None)


def _scope(scope: Scope) -> str:
    return text("freeze_scope", scope.value).capitalize()


def _figure(name: str) -> str:
    return text("freeze_figure", name).capitalize()
