"""What a phase's pace comes to on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.merge.pace import Pace, against_plan, in_words, pace_of, paces
from tests.addin.merge.master_campaign import campaign, overview_of, unit_tree
from validation.programme import load_programme

PROGRAMME = load_programme()
FIRST = PROGRAMME.phases[0]  # registrations from 08/01/2022 to 31/05/2022: 144 days


def test_time_runs_while_the_portal_is_open() -> None:
    pace = pace_of(FIRST, 100, date(2022, 1, 14))
    assert (pace.first, pace.last) == (date(2022, 1, 8), date(2022, 5, 31))
    assert (pace.days_gone, pace.days_left) == (7, 137)
    assert pace.per_week == 100
    assert pace.needed_per_week == pytest.approx(19_900 * 7 / 137)
    assert pace.forecast == 100 + 100 * 137 // 7


@pytest.mark.parametrize(
    ("day", "gone", "left"),
    [
        (date(2021, 10, 1), 0, 144), (date(2022, 1, 8), 1, 143),
        (date(2022, 5, 31), 144, 0), (date(2023, 1, 1), 144, 0),
    ],
)  # fmt: skip
def test_days_gone_and_left_are_the_whole(day: date, gone: int, left: int) -> None:
    pace = pace_of(FIRST, 5, day)
    assert (pace.days_gone, pace.days_left) == (gone, left)


@given(st.integers(0, 50_000), st.integers(0, 50_000), st.dates(date(2021, 1, 1), date(2024, 1, 1)))
def test_a_pace_is_never_absurd(target: int, counted: int, day: date) -> None:
    pace = Pace("Giai đoạn 1", target, counted, date(2022, 1, 8), date(2022, 5, 31), day)
    assert pace.days_gone + pace.days_left == 144
    assert pace.forecast is None or pace.forecast >= counted
    assert "None" not in in_words(pace)
    assert in_words(pace).startswith("Giai đoạn 1")


@pytest.mark.parametrize(
    ("counted", "day", "words"),
    [
        (5_000, date(2022, 3, 20), ("Giai đoạn 1 còn 10 tuần: mỗi tuần cần 1.459 sáng kiến, bình quân đến nay 486. "
                                   "Cứ đà này, đến 31/05/2022 được khoảng 10.000, thiếu 10.000.")),
        (12_000, date(2022, 3, 20), ("Giai đoạn 1 còn 10 tuần: mỗi tuần cần 778 sáng kiến, bình quân đến nay 1.167. "
                                    "Cứ đà này, đến 31/05/2022 được khoảng 24.000, đạt chỉ tiêu.")),
        (0, date(2021, 12, 1), ("Giai đoạn 1 nhận đăng ký từ 08/01/2022; mỗi tuần cần 973 sáng kiến để đạt chỉ tiêu "
                               "đến 31/05/2022.")),
        (19_990, date(2022, 5, 31), "Giai đoạn 1: hôm nay là ngày cuối, còn thiếu 10 sáng kiến so với chỉ tiêu."),
        (20_000, date(2022, 5, 25), "Giai đoạn 1 đã đạt đúng chỉ tiêu; còn 6 ngày đến hạn 31/05/2022."),
        (19_000, date(2022, 6, 1), ("Giai đoạn 1 đã hết hạn đăng ký ngày 31/05/2022, còn thiếu 1.000 sáng kiến so với "
                                   "chỉ tiêu.")),
        (21_500, date(2022, 6, 1), ("Giai đoạn 1 đã hết hạn đăng ký ngày 31/05/2022 và đã đạt chỉ tiêu, vượt 1.500 "
                                   "sáng kiến.")),
    ],
)  # fmt: skip
def test_the_pace_is_said_in_plain_words(counted: int, day: date, words: str) -> None:
    assert in_words(pace_of(FIRST, counted, day)) == words


def test_the_plan_reaches_each_target_at_its_phases_end() -> None:
    plan = {month.first: month for month in against_plan(campaign())}
    assert plan[date(2022, 5, 1)].plan == 20_000
    assert plan[date(2023, 9, 1)].plan == 45_000
    assert [month.plan for month in plan.values()] == sorted(month.plan for month in plan.values())


def test_months_to_come_have_a_plan_and_no_figures() -> None:
    overview = campaign()
    months = against_plan(overview)
    known = [month for month in months if month.counted is not None]
    assert known[-1].first == overview.made_at.date().replace(day=1)
    assert known[-1].registered == sum(tally.registered for tally in overview.phases.values())
    assert known[-1].counted == sum(tally.counted for tally in overview.phases.values())
    assert len(months) > len(known)


def test_a_campaign_without_rows_has_a_plan_all_the_same() -> None:
    overview = replace(overview_of(PROGRAMME, unit_tree(), []), made_at=datetime(2021, 9, 2, 8, 0))
    assert [pace.per_week for pace in paces(overview)] == [None, None]
    assert {month.counted for month in against_plan(overview)} == {None}
