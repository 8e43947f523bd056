"""What becomes of a row: one test for each line of DOMAIN's table, and what a judged report says as a whole."""

import pickle
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from validation.assess import assess
from validation.fields import Form, row_fields, typed_row_fields
from validation.findings import Severity
from validation.programme import Programme
from validation.rules.examples import faultless_row
from validation.submission import LegacyFont, Oddity, Outcome, RawCover, RawRow, RawSubmission, Row, Submission

Report = Callable[..., RawSubmission]
MakeRow = Callable[..., dict[str, Any]]


def only(submission: Submission) -> Row:
    (row,) = submission.rows
    return row


def codes(submission: Submission) -> list[str]:
    return [finding.code for finding in submission.findings]


@pytest.mark.parametrize(
    "changes",
    [
        {"title": None},
        {"lead_author": "\u200b"},
        {"is_member": None},
        {"solution_kind": None},
        {"effect": None},
        {"recognised_on": None},
        {"applied_on": None},
        {"ip_protected": None},
        {"status": None},
        {"base_support": 10**9},
        {"base_support": -1},
        {"benefit_value": -1},
        {"status": "xong"},
        {"activity_field": "khác"},
        {"registered_on": date(1999, 1, 1), "approved_on": date(1999, 1, 1)},
        {"applied_on": date(1999, 1, 1)},
        {"approved_on": None},
        {"approved_on": date(1999, 1, 1)},
        {"registered_on": "31/02/2022"},
        {"base_support": "nhiều"},
    ],
    ids=lambda changes: ", ".join(f"{name}={value}" for name, value in changes.items()),
)
def test_a_row_that_breaks_a_rule_of_severity_error_is_rejected(
    changes: dict[str, object], programme: Programme, report: Report, row: MakeRow
) -> None:
    submission = assess(report(row(**changes)), programme)
    judged = only(submission)
    assert judged.outcome is Outcome.REJECTED
    assert (judged.phase, judged.upper_support, judged.base_counted, judged.counted) == (None, 0, 0, False)
    assert any(finding.severity is Severity.ERROR for finding in submission.findings)
    assert judged.registration_code == "SK-2022-0417", "what could be read is kept"


@pytest.mark.parametrize(
    ("changes", "odd", "code"),
    [
        ({"applied_on": lambda day: f"{day.day}/{day.month}/{day.year}"}, {}, "date_as_text"),
        ({"base_support": "100.000 đồng"}, {}, "amount_as_text"),
        ({"title": unicodedata.normalize("NFD", "Cải tiến máy")}, {}, "not_nfc"),
        ({"title": " Cải  tiến\u00a0máy "}, {}, "stray_spaces"),
        ({"title": "Cải\u200b tiến máy"}, {}, "invisible_characters"),
        ({"title": "C¶i tiÕn m¸y"}, {"title": Oddity(font=LegacyFont.TCVN3)}, "legacy_font"),
        ({"title": "Caûi tieán maùy"}, {"title": Oddity(font=LegacyFont.VNI)}, "legacy_font"),
        ({"member_number": 12345}, {}, "number_in_text"),
        ({"co_authors": "Trần Văn Nam, Lê Thị Mai"}, {}, "people_separator"),
    ],
    ids=lambda part: part if isinstance(part, str) else None,
)
def test_a_readable_but_untidy_row_is_normalised_and_accepted_with_a_proposed_repair(
    changes: dict[str, Any], odd: dict[str, Oddity], code: str, programme: Programme, report: Report, row: MakeRow
) -> None:
    tidy = row()
    changes = {name: value(tidy[name]) if callable(value) else value for name, value in changes.items()}
    submission = assess(report(RawRow(12, row(**changes), odd)), programme)
    (finding,) = submission.findings
    assert (finding.code, finding.severity) == (code, Severity.WARNING)
    assert finding.fix is not None or code == "number_in_text"
    judged = only(submission)
    assert judged.outcome is Outcome.ACCEPTED
    assert judged.upper_support == programme.support.upper_amount
    if "title" in changes:
        assert judged.title in {"Cải tiến máy", "Cải tiến"}
    if "applied_on" in changes:
        assert judged.applied_on == tidy["applied_on"]
    if "base_support" in changes:
        assert judged.base_support == 100_000


def test_a_text_date_is_read_day_first(first_programme: Programme) -> None:
    raw = _report_of_first_programme({"applied_on": "3/4/2022"}, first_programme)
    assert only(assess(raw, first_programme)).applied_on == date(2022, 4, 3)


def test_a_date_cell_suspected_of_swapped_day_and_month_keeps_its_value(first_programme: Programme) -> None:
    submission = assess(
        _report_of_first_programme({"recognised_on": date(2022, 12, 3)}, first_programme), first_programme
    )
    assert only(submission).recognised_on == date(2022, 12, 3)
    assert only(submission).accepted
    assert codes(submission) == ["date_after_report", "maybe_swapped_date"]


def test_a_list_value_matches_after_folding_only(programme: Programme, report: Report, row: MakeRow) -> None:
    kind = programme.lists.solution_kind[0]
    folded = assess(report(row(solution_kind=f" {kind.upper()} ")), programme)
    assert only(folded).solution_kind == kind
    assert codes(folded) == ["choice_untidy"]


def test_a_near_list_value_is_proposed_and_stays_an_error(first_programme: Programme) -> None:
    submission = assess(
        _report_of_first_programme({"solution_kind": "giải pháp kĩ thuật"}, first_programme), first_programme
    )
    (finding,) = submission.findings
    assert (finding.code, finding.fix) == ("unknown_choice", "Giải pháp kỹ thuật")
    assert only(submission).outcome is Outcome.REJECTED


def test_under_review_is_accepted_and_registered_without_upper_support(first_programme: Programme) -> None:
    judged = only(
        assess(
            _report_of_first_programme({"status": "Đang xem xét", "approved_on": None}, first_programme),
            first_programme,
        )
    )
    assert (judged.outcome, judged.phase, judged.upper_support) == (Outcome.ACCEPTED, 1, 0)
    assert judged.base_counted == 200_000
    assert judged.counted


def test_refused_is_accepted_and_registered_but_does_not_count(first_programme: Programme) -> None:
    judged = only(
        assess(
            _report_of_first_programme({"status": "Không hợp lệ", "approved_on": None}, first_programme),
            first_programme,
        )
    )
    assert (judged.outcome, judged.phase, judged.upper_support) == (Outcome.ACCEPTED, 1, 0)
    assert judged.base_counted == 200_000
    assert not judged.counted


def test_an_ip_protected_row_is_accepted_and_not_eligible(programme: Programme, report: Report, row: MakeRow) -> None:
    submission = assess(report(row(ip_protected=programme.answers.yes)), programme)
    judged = only(submission)
    assert (judged.outcome, judged.phase, judged.upper_support) == (Outcome.ACCEPTED, programme.phases[0].number, 0)
    assert not judged.counted
    assert judged.base_counted == programme.support.base_cap
    assert codes(submission) == ["ip_protected"]


@pytest.mark.parametrize(
    "changes", [{"registration_code": None}, {"registered_on": None}, {"registration_code": None, "registered_on": ""}]
)
def test_a_row_that_is_not_registered_yet_is_accepted_in_no_phase(
    changes: dict[str, object], programme: Programme, report: Report, row: MakeRow
) -> None:
    submission = assess(report(row(**changes)), programme)
    judged = only(submission)
    assert (judged.outcome, judged.phase, judged.upper_support) == (Outcome.ACCEPTED, None, 0)
    assert judged.base_counted == 0, "base support without a phase is in no total"
    assert judged.base_support == programme.support.base_cap
    assert codes(submission) == ["not_registered"] * len(changes)


def test_the_earliest_registration_of_a_repeated_code_stays(programme: Programme, report: Report, row: MakeRow) -> None:
    early = programme.phases[0].portal_opened
    submission = assess(report(row(), row(registered_on=early), row()), programme)
    assert [r.outcome for r in submission.rows] == [Outcome.DUPLICATE, Outcome.ACCEPTED, Outcome.DUPLICATE]
    duplicate = submission.rows[0]
    assert (duplicate.upper_support, duplicate.base_counted, duplicate.counted) == (0, 0, False)
    assert duplicate.phase == programme.phases[0].number, "kept for reading side by side"
    found = [f for f in submission.findings if f.code == "duplicate_code"]
    assert [(f.row, f.facts["kept_row"]) for f in found] == [(12, 13), (14, 13)]


def test_of_equal_days_the_lower_unit_code_and_then_the_upper_row_stays(
    programme: Programme, report: Report, row: MakeRow
) -> None:
    rows = [row(unit_code=unit) for unit in ("CĐ-02", "CĐ-01", "CĐ-01")]
    submission = assess(report(*rows, form=Form.UPPER), programme)
    assert [r.outcome for r in submission.rows] == [Outcome.DUPLICATE, Outcome.ACCEPTED, Outcome.DUPLICATE]


def test_a_row_without_a_day_of_registration_comes_last_among_duplicates(
    programme: Programme, report: Report, row: MakeRow
) -> None:
    submission = assess(report(row(registered_on=None), row()), programme)
    assert [r.outcome for r in submission.rows] == [Outcome.DUPLICATE, Outcome.ACCEPTED]


def test_rejected_rows_take_no_part_in_duplicates(programme: Programme, report: Report, row: MakeRow) -> None:
    submission = assess(report(row(title=None), row()), programme)
    assert [r.outcome for r in submission.rows] == [Outcome.REJECTED, Outcome.ACCEPTED]
    assert "duplicate_code" not in codes(submission)


def test_codes_match_exactly_once_they_are_tidy(programme: Programme, report: Report, row: MakeRow) -> None:
    submission = assess(
        report(row(), row(registration_code="sk-2022-0417"), row(registration_code="SK-2022-0417\u200b")), programme
    )
    assert [r.outcome for r in submission.rows] == [Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.DUPLICATE]


def test_empty_rows_totals_and_headers_are_blank(programme: Programme, report: Report, row: MakeRow) -> None:
    headers = {field.name: field.header for field in typed_row_fields(Form.GRASSROOTS)}
    submission = assess(report(row(), {}, {"ordinal": "Tổng cộng", "base_support": 200_000}, headers), programme)
    assert submission.counts().as_json() == {"seen": 4, "accepted": 1, "rejected": 0, "duplicate": 0, "blank": 3}
    assert submission.findings == ()


# What a report says as a whole


def test_findings_stand_in_the_order_of_the_sheet(programme: Programme, report: Report, row: MakeRow) -> None:
    submission = assess(
        report(row(), row(title=" Cải tiến lò sấy "), row(effect=None), cover={"workers": 1}), programme
    )
    assert [finding.row for finding in submission.findings] == [None, 13, 13, 14]
    assert codes(submission) == ["fewer_workers_than_members", "stray_spaces", "duplicate_code", "missing_required"]


def test_a_removed_optional_column_is_not_blank(programme: Programme, report: Report, row: MakeRow) -> None:
    submission = assess(report(row(), without=("position", "co_authors", "base_support")), programme)
    assert submission.findings == ()
    assert only(submission).base_support is None


def test_a_hidden_row_counts_and_says_that_it_is_hidden(programme: Programme, report: Report, row: MakeRow) -> None:
    judged = only(assess(report(RawRow(30, row(), hidden=True)), programme))
    assert judged.hidden
    assert judged.accepted
    assert judged.number == 30


def test_a_row_belongs_to_the_unit_of_the_cover_or_of_its_own_cell(
    programme: Programme, report: Report, row: MakeRow
) -> None:
    assert only(assess(report(row()), programme)).unit_code == "CĐ-01"
    assert only(assess(report(row(unit_code="CĐ-77"), form=Form.UPPER), programme)).unit_code == "CĐ-77"
    missing = assess(report(row(), form=Form.UPPER), programme)
    assert codes(missing) == ["missing_required"]


def test_a_consolidations_rows_keep_where_they_came_from(programme: Programme, report: Report, row: MakeRow) -> None:
    source = {"source_file": "a.xlsx", "source_sheet": "Danh sách", "source_row": 17, "source_sha256": "ab" * 32}
    judged = only(assess(report(row(unit_code="CĐ-77", **source), form=Form.UPPER), programme))
    assert {name: getattr(judged, name) for name in source} == source


def test_calculated_cells_are_never_read(programme: Programme, report: Report, row: MakeRow) -> None:
    lies = row(phase=9, upper_support=10**9, total_support="#REF!", row_state="Hợp lệ", ordinal="x")
    assert assess(report(lies), programme).rows == assess(report(row()), programme).rows


def test_a_moment_is_taken_as_its_day(programme: Programme, report: Report, row: MakeRow) -> None:
    day = row()["applied_on"]
    moment = datetime(day.year, day.month, day.day, 13, 45)
    submission = assess(report(row(applied_on=moment)), programme)
    assert only(submission).applied_on == day
    assert type(only(submission).applied_on) is date
    assert submission.findings == ()


def test_a_form_without_rows_is_a_report_of_none(programme: Programme, report: Report) -> None:
    submission = assess(report(), programme)
    assert (submission.rows, submission.counts().seen) == ((), 0)


def test_dates_after_the_report_warn_and_reject_nothing(programme: Programme, report: Report, row: MakeRow) -> None:
    submission = assess(report(row(), cover={"report_date": row()["approved_on"] - timedelta(days=1)}), programme)
    assert codes(submission) == ["date_after_report"]
    assert only(submission).accepted


def test_a_judged_report_survives_the_way_from_child_to_parent(
    programme: Programme, report: Report, row: MakeRow
) -> None:
    submission = assess(report(row(), row(title="  x"), row(status="?"), {}, cover={"workers": 1}), programme)
    assert submission.findings
    assert pickle.loads(pickle.dumps(submission)) == submission
    raw = report(row(), cover_odd={"members": Oddity(formula="A1")})
    assert pickle.loads(pickle.dumps(raw)) == raw


def _report_of_first_programme(changes: dict[str, Any], programme: Programme) -> RawSubmission:
    cover = {"unit_code": "A1", "report_date": date(2022, 6, 30), "members": 100, "workers": 120}
    columns = {field.name: chr(65 + i) for i, field in enumerate(row_fields(Form.GRASSROOTS))}
    rows = (RawRow(12, faultless_row(programme) | changes),)
    return RawSubmission(Form.GRASSROOTS, 1, programme.id, RawCover(cover, {}), "Danh sách", columns, rows)
