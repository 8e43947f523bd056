"""Days and amounts at the edges of every programme: end days are included, the next one is not."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from validation.assess import assess
from validation.draft import Draft
from validation.programme import Programme
from validation.rules.registry import Context
from validation.rules.row import title_equals_effect
from validation.rules.row.maybe_swapped_date import check
from validation.submission import Outcome, RawRow, RawSubmission, Row, Submission

Report = Callable[..., RawSubmission]
MakeRow = Callable[..., dict[str, object]]
DAY = timedelta(days=1)


def codes(submission: Submission) -> set[str]:
    return {finding.code for finding in submission.findings}


def only_row(submission: Submission) -> Row:
    (judged,) = submission.rows
    return judged


def test_both_end_days_of_each_phase_belong_to_it(programme: Programme, report: Report, row: MakeRow) -> None:
    for phase in programme.phases:
        for day in (phase.first, phase.last):
            judged = only_row(assess(report(row(registered_on=day, approved_on=day)), programme))
            assert (judged.outcome, judged.phase) == (Outcome.ACCEPTED, phase.number)
            assert judged.upper_support == programme.support.upper_amount


def test_days_between_and_beyond_phases_are_rejected(programme: Programme, report: Report, row: MakeRow) -> None:
    edges = {phase.first - DAY for phase in programme.phases} | {phase.last + DAY for phase in programme.phases}
    outside = {day for day in edges if not any(p.first <= day <= p.last for p in programme.phases)}
    assert len(outside) >= 2
    for day in outside:
        submission = assess(report(row(registered_on=day, approved_on=day)), programme)
        assert only_row(submission).outcome is Outcome.REJECTED
        (finding,) = (f for f in submission.findings if f.code == "registered_outside_phases")
        assert all(phase.name in str(finding.facts["phases"]) for phase in programme.phases)


def test_registration_before_the_portal_opens_warns_in_its_phase(
    programme: Programme, report: Report, row: MakeRow
) -> None:
    for phase in programme.phases:
        early = phase.portal_opened - DAY
        expected = early in phase
        submission = assess(report(row(registered_on=early, approved_on=phase.last)), programme)
        assert ("registered_before_portal" in codes(submission)) is expected
        opened = assess(report(row(registered_on=phase.portal_opened, approved_on=phase.last)), programme)
        assert "registered_before_portal" not in codes(opened)


def test_the_cap_itself_may_be_spent(programme: Programme, report: Report, row: MakeRow) -> None:
    cap = programme.support.base_cap
    assert only_row(assess(report(row(base_support=cap)), programme)).base_counted == cap
    assert only_row(assess(report(row(base_support=cap + 1)), programme)).outcome is Outcome.REJECTED


def test_no_order_of_days_is_demanded_but_approval_after_registration(
    programme: Programme, report: Report, row: MakeRow
) -> None:
    phase = programme.phases[0]
    backwards = row(recognised_on=phase.last, applied_on=phase.last - DAY, registered_on=phase.portal_opened)
    assert only_row(assess(report(backwards), programme)).outcome is Outcome.ACCEPTED


def test_a_swapped_date_is_suspected_only_where_the_exchange_mends_it(
    first_programme: Programme,
) -> None:
    def suspected(**typed: date) -> list[str | None]:
        context = Context(first_programme, date(2022, 6, 30))
        return [hit.field for hit in check(Draft(RawRow(1, dict(typed)), typed), context)]

    assert suspected(applied_on=date(2022, 12, 3)) == ["applied_on"]
    assert suspected(applied_on=date(2022, 12, 12)) == []  # the exchanged day is the same day
    assert suspected(applied_on=date(2022, 12, 13)) == []  # there is no month 13
    assert suspected(applied_on=date(2022, 12, 8)) == []  # after the report either way
    assert suspected(registered_on=date(2021, 1, 10)) == ["registered_on"]
    assert suspected(registered_on=date(2022, 3, 1), approved_on=date(2022, 2, 4)) == ["approved_on"]


@pytest.mark.parametrize(
    ("title", "effect", "same"),
    [
        ("Uỷ quyền ký số", "Ủy quyền ký số.", True),  # the tone stands on another letter
        ("Ðổi mới máy ép", "đổi mới máy ép", True),
        ("CẢI TIẾN MÁY ÉP", "cải tiến máy ép", True),
        ("- Cải tiến máy ép", "Cải tiến máy ép", True),
        ("Cải tiến máy ép", "Giải tiến máy ép", False),
        ("5S tại kho", "6S tại kho", False),
        ("Uỷ quyền ký số", "Úy quyền ký số", False),
    ],
)
def test_an_effect_that_begins_otherwise_may_still_repeat_the_title(
    title: str, effect: str, same: bool, first_programme: Programme
) -> None:
    typed = {"title": title, "effect": effect}
    hits = [*title_equals_effect.check(Draft(RawRow(1, typed), typed), Context(first_programme, date(2022, 6, 30)))]
    assert [hit.field for hit in hits] == ["effect"] * same
