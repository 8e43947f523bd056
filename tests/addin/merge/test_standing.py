"""Which report counts and which row stays, against brute force."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from addin.campaign.ledger import StoredSubmission
from addin.merge.standing import rows_gone, settle
from addin.merge.verify import recompute
from tests.end_to_end.small_campaign import UNITS
from validation.fields import Form
from validation.programme import load_programme
from validation.submission import Cover, Outcome, Row, Submission
from validation.units import UnitTree

TREE = UnitTree(UNITS)
PLAN = load_programme()
DAYS = [date(2022, 1, 1) + timedelta(days=n) for n in range(3)]


@st.composite
def rows(draw: st.DrawFn, unit: str) -> tuple[Row, ...]:
    made = []
    for number in range(6, 6 + draw(st.integers(0, 4))):
        outcome = draw(st.sampled_from([Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.REJECTED]))
        code = draw(st.sampled_from([None, "SK-1", "SK-2", "SK-3"]))
        registered = draw(st.sampled_from([None, *DAYS]))
        phase = 1 if code and registered and outcome is Outcome.ACCEPTED else None
        made.append(
            Row(
                number, unit, outcome, registration_code=code, registered_on=registered, title=f"{unit} {number}",
                lead_author="Hoa", phase=phase, upper_support=100 if phase else 0, base_counted=7 if phase else 0,
            )
        )  # fmt: skip
    return tuple(made)


@st.composite
def submissions(draw: st.DrawFn) -> list[StoredSubmission]:
    stored = []
    for key in range(1, draw(st.integers(1, 7)) + 1):
        unit = draw(st.sampled_from("ABC"))
        cover = Cover(unit, draw(st.sampled_from(DAYS)), 10, 10, report_number=draw(st.integers(1, 2)))
        submission = Submission(Form.GRASSROOTS, 1, "x", cover, "Danh sách", {}, draw(rows(unit)), 0, ())
        stored.append(
            StoredSubmission(key, f"sha{key}", f"nhan/{key}.xlsx", datetime(2022, 7, 1), "x", "y", submission)
        )
    return stored


@settings(max_examples=300)
@given(submissions())
def test_the_newest_report_of_each_unit_counts(stored: list[StoredSubmission]) -> None:
    standing = settle(stored, TREE, PLAN)
    for one in stored:
        cover = one.submission.cover
        beaten = any(
            (other.submission.cover.report_date, other.submission.cover.report_number, other.id)
            > (cover.report_date, cover.report_number, one.id)
            for other in stored
            if other.submission.cover.unit_code == cover.unit_code
        )
        report = next(report for report in standing.reports if report.id == one.id)
        assert report.current is not beaten


@settings(max_examples=300)
@given(submissions())
def test_of_each_code_the_earliest_row_stays_and_no_other(stored: list[StoredSubmission]) -> None:
    standing = settle(stored, TREE, PLAN)
    current = [report for report in standing.reports if report.current]
    before = {
        (one.id, row.number): row
        for one in stored
        if any(report.id == one.id for report in current)
        for row in one.submission.rows
    }
    for report in current:
        for row in report.rows:
            was = before[report.id, row.number]
            rivals = [
                (other.registered_on or date.max, other.unit_code, other.number)
                for other in before.values()
                if was.registration_code
                and other.registration_code == was.registration_code
                and other.outcome is not Outcome.REJECTED
            ]
            mine = (was.registered_on or date.max, was.unit_code, was.number)
            expected = was.outcome
            if was.outcome is Outcome.ACCEPTED and rivals and mine != min(rivals):
                expected = Outcome.DUPLICATE
            assert row.outcome is expected
            assert row.outcome is not Outcome.DUPLICATE or row.upper_support == row.base_counted == 0
    assert all(pair.kept.row.outcome is Outcome.ACCEPTED for pair in standing.pairs)
    assert len(standing.pairs) == sum(report.counts.duplicate for report in current)


@settings(max_examples=300)
@given(submissions())
def test_rows_are_conserved(stored: list[StoredSubmission]) -> None:
    for report in settle(stored, TREE, PLAN).reports:
        assert report.counts.seen == len(report.rows)


@settings(max_examples=200)
@given(submissions())
def test_the_second_way_to_the_figures_comes_to_the_same(stored: list[StoredSubmission]) -> None:
    """What verify recomputes, without the standing's code."""
    current = [report for report in settle(stored, TREE, PLAN).reports if report.current]
    accepted = [(report.sha256, row) for report in current for row in report.rows if row.outcome is Outcome.ACCEPTED]
    recomputed = recompute({one.sha256: one.submission for one in stored}, PLAN)
    assert set(recomputed.accepted) == {(row.unit_code, sha, row.number) for sha, row in accepted}
    assert recomputed.counts.upper_support == sum(row.upper_support for _, row in accepted)


@settings(max_examples=200)
@given(submissions(), st.randoms())
def test_the_order_of_reading_does_not_matter(stored: list[StoredSubmission], random: object) -> None:
    shuffled = list(stored)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first = {report.id: (report.current, report.rows) for report in settle(stored, TREE, PLAN).reports}
    assert {report.id: (report.current, report.rows) for report in settle(shuffled, TREE, PLAN).reports} == first


def test_a_row_is_gone_when_neither_code_nor_person_and_title_are_left() -> None:
    def made(code: str | None, title: str, outcome: Outcome = Outcome.ACCEPTED) -> Row:
        return Row(6, "A", outcome, registration_code=code, title=title, lead_author="Nguyễn Thị Hòa")

    newer = [made("SK-1", "Đổi tên"), made("SK-9", "CẢI TIẾN MÁY")]
    earlier = [
        made("SK-1", "Tên cũ"),
        made("SK-2", "Cải tiến máy"),
        made("SK-3", "Mất hẳn"),
        made(None, "Chưa đăng ký"),
        made("SK-4", "Bị loại", Outcome.REJECTED),
    ]
    assert [row.title for row in rows_gone(earlier, newer)] == ["Mất hẳn", "Chưa đăng ký"]
