"""Pace and forecast: how many initiatives a week a phase's target needs, and how many there are. Pure.

Time runs while the portal takes registrations, and in whole days; a forecast carries the average pace on. Both are
readings of ours: the plan only says what must be reached by the end of a phase.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil

from addin.merge.overview import Overview
from validation.money import Tally
from validation.programme import Phase
from validation.text.amounts import format_amount

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Pace:
    """A phase on a day. ``first`` and ``last`` are the days on which its initiatives can be registered."""

    name: str
    target: int
    counted: int
    first: date
    last: date
    day: date

    @property
    def days_gone(self) -> int:
        """Days on which there could have been registrations, the day itself included."""
        return max(0, min(self.day, self.last).toordinal() - self.first.toordinal() + 1)

    @property
    def days_left(self) -> int:
        """Days still to come after this one."""
        return (
            self.last.toordinal() - max(self.day.toordinal(), self.first.toordinal() - 1) if self.day < self.last else 0
        )

    @property
    def lacking(self) -> int:
        """Initiatives still missing; 0 where the target is reached."""
        return max(0, self.target - self.counted)

    @property
    def per_week(self) -> float | None:
        """Counted initiatives a week so far; None before the phase."""
        return self.counted * _WEEK / self.days_gone if self.days_gone else None

    @property
    def needed_per_week(self) -> float | None:
        """What a week must bring from now on; None where no time is left."""
        return self.lacking * _WEEK / self.days_left if self.days_left else None

    @property
    def forecast(self) -> int | None:
        """Counted initiatives at the end of the phase if the pace holds; None before the phase."""
        if not self.days_gone:
            return None
        return self.counted + self.counted * self.days_left // self.days_gone

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.day > self.last


def pace_of(phase: Phase, counted: int, day: date) -> Pace:
    """The pace of a phase on a day."""
    first = min(max(phase.first, phase.portal_opened), phase.last)
    last = max(first, min(phase.last, phase.portal_closed))
    return Pace(phase.name, phase.target, counted, first, last, day)


def paces(overview: Overview) -> list[Pace]:
    """Every phase on the day of the overview."""
    day = overview.made_at.date()
    return [
        pace_of(phase, overview.phases.get(phase.number, Tally()).counted, day) for phase in overview.programme.phases
    ]


def in_words(pace: Pace) -> str:
    """What the pace comes to, as one would say it to the committee."""
    last = f"{pace.last:%d/%m/%Y}"
    if not pace.target:
        return f"{pace.name} chưa đặt chỉ tiêu; đã có {format_amount(pace.counted)} sáng kiến được tính."
    if pace.is_over:
        over = f"{pace.name} đã hết hạn đăng ký ngày {last}"
        if pace.lacking:
            return f"{over}, còn thiếu {format_amount(pace.lacking)} sáng kiến so với chỉ tiêu."
        return f"{over} và {_reached(pace)}."
    if not pace.lacking:
        return f"{pace.name} {_reached(pace)}; còn {_time_left(pace)} đến hạn {last}."
    needed = format_amount(ceil(pace.needed_per_week)) if pace.needed_per_week else None
    if pace.per_week is None or pace.forecast is None:
        start = f"{pace.name} nhận đăng ký từ {pace.first:%d/%m/%Y}"
        return f"{start}; mỗi tuần cần {needed} sáng kiến để đạt chỉ tiêu đến {last}."
    so_far = format_amount(round(pace.per_week))
    if needed is None:
        return f"{pace.name}: hôm nay là ngày cuối, còn thiếu {format_amount(pace.lacking)} sáng kiến so với chỉ tiêu."
    lacking = pace.target - pace.forecast
    end = f"thiếu {format_amount(lacking)}" if lacking > 0 else "đạt chỉ tiêu"
    return (
        f"{pace.name} còn {_time_left(pace)}: mỗi tuần cần {needed} sáng kiến, bình quân đến nay {so_far}. "
        f"Cứ đà này, đến {last} được khoảng {format_amount(pace.forecast)}, {end}."
    )


def _reached(pace: Pace) -> str:
    over = pace.counted - pace.target
    return f"đã đạt chỉ tiêu, vượt {format_amount(over)} sáng kiến" if over else "đã đạt đúng chỉ tiêu"


def _time_left(pace: Pace) -> str:
    if pace.days_left < 2 * _WEEK:
        return f"{pace.days_left} ngày"
    return f"{format_amount(round(pace.days_left / _WEEK))} tuần"


@dataclass(frozen=True, slots=True)
class PlanMonth:
    """A month's end: the plan by then, and what there is; None for months to come."""

    first: date
    plan: int
    registered: int | None
    counted: int | None


def against_plan(overview: Overview) -> list[PlanMonth]:
    """Cumulative figures at the end of each month, from the first registration or the portal's opening to the end of
    the last phase. The plan grows evenly within each phase."""
    registered, counted = _by_month(overview)
    whole = [pace_of(phase, 0, phase.last) for phase in overview.programme.phases]
    first = min([*registered, *(_month(pace.first) for pace in whole)])
    end = max([*registered, *(_month(pace.last) for pace in whole)])
    known_to = max([_month(overview.made_at.date()), *registered])
    result = []
    so_far = counted_so_far = 0
    month = first
    while month <= end:
        so_far += registered.get(month, 0)
        counted_so_far += counted.get(month, 0)
        following = _next(month)
        plan = sum(_planned(pace, following) for pace in whole)
        known = month <= known_to
        result.append(PlanMonth(month, plan, so_far if known else None, counted_so_far if known else None))
        month = following
    return result


def _planned(pace: Pace, before: date) -> int:
    """What of a phase's target the plan has by the days before that one."""
    days = pace.last.toordinal() - pace.first.toordinal() + 1
    gone = min(max(0, before.toordinal() - pace.first.toordinal()), days)
    return pace.target * gone // days


def _by_month(overview: Overview) -> tuple[Mapping[date, int], Mapping[date, int]]:
    registered: Counter[date] = Counter()
    counted: Counter[date] = Counter()
    days = Counter((row.registered_on, row.counted) for row in overview.accepted() if row.phase is not None)
    for (day, is_counted), number in days.items():
        if day is not None:
            registered[_month(day)] += number
            counted[_month(day)] += number if is_counted else 0
    return registered, counted


def _month(day: date) -> date:
    return day.replace(day=1)


def _next(month: date) -> date:
    return month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
