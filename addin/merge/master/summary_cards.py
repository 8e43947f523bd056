"""The big figures of the summary: what each says, and the one line beneath it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from addin.merge.master.figures import Standing, phase_at, standings
from addin.merge.master.units_sheet import percent
from addin.merge.overview import FileOutcome, Overview
from validation.money import Tally
from validation.submission import RowCounts
from validation.text.amounts import format_amount

_IN_A_ROW = 4


@dataclass(frozen=True, slots=True)
class Card:
    """A figure with its name above it and what explains it below."""

    label: str
    figure: int
    detail: str


def cards(overview: Overview, warnings: int) -> list[list[Card]]:
    """Rows of at most four cards: progress; money and participation; what has come in."""
    progress = _progress(overview)
    rows = [progress[start : start + _IN_A_ROW] for start in range(0, len(progress), _IN_A_ROW)]
    return [*rows, [*_money(overview), _participation(overview)], _received(overview, warnings)]


def _progress(overview: Overview) -> list[Card]:
    result = []
    total = target = 0
    for phase in overview.programme.phases:
        counted = overview.phases.get(phase.number, Tally()).counted
        total, target = total + counted, target + phase.target
        result.append(Card(f"{phase.name}: sáng kiến được tính", counted, _against(counted, phase.target)))
    result.append(Card("Cả chương trình: được tính", total, _against(total, target)))
    return result


def _against(counted: int, target: int) -> str:
    if not target:
        return "chưa đặt chỉ tiêu"
    return f"trên chỉ tiêu {format_amount(target)} · {percent(counted / target)}"


def _money(overview: Overview) -> list[Card]:
    total = Tally()
    for tally in overview.phases.values():
        total.merge(tally)
    approved = overview.programme.status.approved
    paid = f"{format_amount(total.approved)} sáng kiến “{approved}”"
    return [
        Card("Cấp trên hỗ trợ (đồng)", total.upper_support, paid),
        Card("CĐCS hỗ trợ (đồng)", total.base_support, f"{format_amount(total.registered)} sáng kiến đã đăng ký"),
        Card("Tổng hỗ trợ (đồng)", total.total_support, "cấp trên và CĐCS"),
    ]


def _participation(overview: Overview) -> Card:
    phase = phase_at(overview)
    stand = standings(overview, phase.number)
    others = f"gần đạt {format_amount(stand[Standing.NEAR])} · chưa đạt {format_amount(stand[Standing.BELOW])}"
    minimum = percent(overview.programme.participation.minimum)
    return Card(f"Đơn vị đạt {minimum} tham gia", stand[Standing.REACHED], f"{phase.name} · {others}")


def _received(overview: Overview, warnings: int) -> list[Card]:
    outcomes = Counter(refused.outcome for refused in overview.refused)
    refused, skipped = outcomes[FileOutcome.QUARANTINED], outcomes[FileOutcome.SKIPPED]
    missing, reporting = len(overview.missing()), len(overview.current)
    rows = _rows(overview)
    gone = f"bị loại {format_amount(rows.rejected)} · trùng {format_amount(rows.duplicate)}"
    return [
        Card("Đơn vị đã báo cáo", reporting, f"còn {format_amount(missing)} đơn vị chưa nộp"),
        Card("Tệp đã nhận", len(overview.files), f"chưa nhận được {refused} · bỏ qua {skipped}"),
        Card("Dòng được nhận", rows.accepted, gone),
        Card("Cảnh báo cần xem lại", warnings, "đã nhận, không làm đổi tổng số"),
    ]


def _rows(overview: Overview) -> RowCounts:
    # Of a consolidation only what concerns nobody else: a row that came by two ways as well is no duplicate to look at.
    strays = [RowCounts(rejected=len(c.rows), blank=c.counts.blank) for c in overview.consolidations if c.current]
    counts = [*(report.counts for report in overview.current), *strays]
    return RowCounts(
        accepted=sum(count.accepted for count in counts),
        rejected=sum(count.rejected for count in counts),
        duplicate=sum(count.duplicate for count in counts),
        blank=sum(count.blank for count in counts),
    )
