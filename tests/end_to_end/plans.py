"""The two programmes as their plans say them, typed off the domain: nothing here is read from the product."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Plan:
    """What the oracle and the maker need of a programme. Phases are (number, first day, last day, target)."""

    id: str
    phases: tuple[tuple[int, date, date, int], ...]
    window: tuple[date, date]
    upper_amount: int
    base_cap: int
    kinds: tuple[str, ...]
    fields: tuple[str, ...]
    base_needs_approval: bool = False
    non_members_eligible: bool = True
    counted_needs_approval: bool = False

    def phase_of(self, day: date | None) -> int | None:
        if day is None:
            return None
        return next((number for number, first, last, _ in self.phases if first <= day <= last), None)


HAI_PHONG = Plan(
    id="hai-phong-2021-2023",
    phases=((1, date(2021, 9, 1), date(2022, 5, 31), 20_000), (2, date(2022, 6, 1), date(2023, 9, 1), 25_000)),
    window=(date(2021, 9, 1), date(2023, 9, 1)),
    upper_amount=100_000,
    base_cap=200_000,
    kinds=(
        "Giải pháp kỹ thuật",
        "Giải pháp quản lý",
        "Giải pháp tác nghiệp",
        "Giải pháp ứng dụng tiến bộ kỹ thuật, công nghệ",
        "Đề tài nghiên cứu khoa học",
    ),
    fields=("Sản xuất, kinh doanh", "Sản phẩm mới", "Cộng đồng (y tế, giáo dục)"),
)

THREE_PHASES = Plan(
    id="vi-du-ba-giai-doan",
    phases=(
        (1, date(2024, 1, 1), date(2024, 12, 31), 200),
        (2, date(2025, 1, 1), date(2025, 9, 30), 300),
        (3, date(2025, 11, 1), date(2026, 12, 31), 400),
    ),
    window=(date(2024, 1, 1), date(2026, 12, 31)),
    upper_amount=150_000,
    base_cap=350_000,
    kinds=("Cải tiến thiết bị", "Cải tiến quy trình", "Phần mềm", "Nghiên cứu"),
    fields=("Công nghiệp", "Nông nghiệp", "Dịch vụ", "Hành chính"),
    base_needs_approval=True,
    non_members_eligible=False,
    counted_needs_approval=True,
)
