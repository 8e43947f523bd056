"""The cover: what must be there, what is read as far as it goes, and what the list of units says to it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from validation.assess import assess
from validation.errors import Refusal
from validation.fields import Form
from validation.findings import Severity
from validation.messages import explain, text
from validation.programme import Programme
from validation.rules.examples import faultless_report_date
from validation.submission import Cover, LegacyFont, Notice, Oddity, RawSubmission, Submission
from validation.units import Level, Unit, UnitTree

Report = Callable[..., RawSubmission]

TREE = UnitTree(
    [
        Unit("TP", "Liên đoàn Lao động thành phố", Level.CITY, "TLĐ"),
        Unit("TP-TT", "Công đoàn cơ sở trực thuộc", Level.GROUP, "TP"),
        Unit("Q1", "Liên đoàn Lao động quận 1", Level.UPPER, "TP"),
        Unit("CĐ-01", "Công đoàn Công ty Ánh Sao", Level.GRASSROOTS, "Q1"),
        Unit("CĐ 02", "Công đoàn Bệnh viện", Level.GRASSROOTS, "TP-TT", date(2020, 1, 1), date(2020, 12, 31)),
        Unit("x1", "Một", Level.GRASSROOTS, "Q1"),
        Unit("X1", "Hai", Level.GRASSROOTS, "Q1"),
    ]
)


def codes(submission: Submission) -> list[str]:
    return [finding.code for finding in submission.findings]


@pytest.mark.parametrize(
    ("field", "cell"), [("unit_code", "C5"), ("report_date", "C6"), ("members", "C7"), ("workers", "C8")]
)
@pytest.mark.parametrize("faulty", [None, "", " \u200b", "không rõ"])
def test_what_identifies_the_report_must_be_there_and_readable(
    field: str, cell: str, faulty: str | None, programme: Programme, report: Report
) -> None:
    if field == "unit_code" and faulty == "không rõ":
        faulty = "\u200b"
    with pytest.raises(Refusal) as refused:
        assess(report(cover={field: faulty}), programme)
    assert refused.value.code == "cover_incomplete"
    assert f"Bìa!{cell}" in str(refused.value.facts["cells"])
    assert f"Bìa!{cell}" in text("refusal", "cover_incomplete", **refused.value.facts)


@pytest.mark.parametrize(
    ("field", "faulty"),
    [
        ("members", -1),
        ("members", 12.5),
        ("workers", "-3"),
        ("members", True),
        ("report_date", 2022),
        ("workers", 1e300),
    ],
)
def test_nonsense_is_as_good_as_nothing(field: str, faulty: Any, programme: Programme, report: Report) -> None:
    with pytest.raises(Refusal, match="cover_incomplete"):
        assess(report(cover={field: faulty}), programme)


def test_an_error_or_a_formula_without_a_value_is_not_there(programme: Programme, report: Report) -> None:
    for odd in (Oddity(error="#REF!"), Oddity(formula="B9", uncached=True)):
        with pytest.raises(Refusal, match="cover_incomplete"):
            assess(report(cover_odd={"members": odd}), programme)


def test_every_faulty_cell_is_named(programme: Programme, report: Report) -> None:
    with pytest.raises(Refusal) as refused:
        assess(report(cover={"members": None, "workers": "?"}), programme)
    assert refused.value.facts == {"cells": "“Số đoàn viên” (Bìa!C7), “Số CNVCLĐ” (Bìa!C8)"}


def test_a_plain_cover_is_read_as_it_stands(programme: Programme, report: Report) -> None:
    more = {"unit_name": "Công đoàn Công ty Ánh Sao", "report_number": 3, "reporter_phone": "0901234567"}
    submission = assess(report(cover=more), programme)
    assert submission.cover == Cover(
        "CĐ-01", faultless_report_date(programme), 100, 120, 3, more["unit_name"], None, None, None, "0901234567"
    )  # type: ignore[arg-type]
    assert submission.findings == ()


def test_numbers_and_dates_as_text_are_read_with_a_warning(programme: Programme, report: Report) -> None:
    submission = assess(report(cover={"members": "1.200", "workers": "1 300", "report_date": "5/7/2022"}), programme)
    assert (submission.cover.members, submission.cover.workers) == (1200, 1300)
    assert submission.cover.report_date == date(2022, 7, 5)
    assert [code for code in codes(submission) if code != "report_before_programme"] == ["cover_untidy"] * 3
    assert "Bìa" in explain(submission.findings[0])
    assert "05/07/2022" in explain(submission.findings[0])


def test_a_faulty_optional_cell_is_left_blank_with_a_warning(programme: Programme, report: Report) -> None:
    submission = assess(report(cover={"report_number": "lần hai"}), programme)
    assert submission.cover.report_number == 1
    assert codes(submission) == ["cover_unreadable"]


def test_a_formula_on_the_cover_is_named_as_one(programme: Programme, report: Report) -> None:
    submission = assess(report(cover_odd={"report_date": Oddity(formula="TODAY()")}), programme)
    (finding,) = submission.findings
    assert finding.code == "formula_in_typed_cell"
    assert "TODAY()" in explain(finding)


def test_a_name_in_a_legacy_font_is_converted(programme: Programme, report: Report) -> None:
    odd = {"unit_name": Oddity(font=LegacyFont.TCVN3)}
    submission = assess(report(cover={"unit_name": "C«ng ®oµn"}, cover_odd=odd), programme)
    assert submission.cover.unit_name == "Công đoàn"
    assert codes(submission) == ["cover_untidy"]


def test_fewer_workers_than_members_is_doubted(programme: Programme, report: Report) -> None:
    submission = assess(report(cover={"members": 1200, "workers": 1000}), programme)
    assert codes(submission) == ["fewer_workers_than_members"]
    assert "1.000 ít hơn số đoàn viên 1.200" in explain(submission.findings[0])
    assert assess(report(cover={"members": 7, "workers": 7}), programme).findings == ()


def test_no_finding_on_the_cover_rejects_anything(programme: Programme, report: Report) -> None:
    cover = {"workers": 1, "unit_code": "cđ-01", "superior_code": "Q9", "report_number": "x"}
    submission = assess(report(cover=cover), programme, TREE)
    assert len(submission.findings) == 4
    assert {finding.severity for finding in submission.findings} == {Severity.WARNING}


# Against the list of units


def test_a_known_unit_under_its_superior_raises_no_question(programme: Programme, report: Report) -> None:
    assert assess(report(cover={"superior_code": "q1"}), programme, TREE).findings == ()


@pytest.mark.parametrize("code", ["CĐ-99", "Q", "x 1"])
def test_an_unknown_or_ambiguous_unit_is_refused_with_its_cell(code: str, programme: Programme, report: Report) -> None:
    with pytest.raises(Refusal) as refused:
        assess(report(cover={"unit_code": code}), programme, TREE)
    if code == "x 1":
        assert {unit.code for unit in TREE} >= {"x1", "X1"}
    assert (refused.value.code, refused.value.facts) == ("unknown_unit", {"unit": code, "cell": "Bìa!C5"})


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("cđ-01", "unit_code_untidy"),
        ("CĐ -01", "unit_code_untidy"),
        (" cđ-01", "unit_code_untidy"),
        (" CĐ-01", "cover_untidy"),
        ("CĐ-01\u200b", "cover_untidy"),
    ],
)
def test_an_untidy_code_is_taken_for_the_unit_with_one_warning(
    typed: str, code: str, programme: Programme, report: Report
) -> None:
    submission = assess(report(cover={"unit_code": typed}), programme, TREE)
    assert submission.cover.unit_code == "CĐ-01"
    (finding,) = submission.findings
    assert (finding.code, finding.fix) == (code, "CĐ-01")


def test_a_code_with_a_d_for_a_dj_is_another_code(programme: Programme, report: Report) -> None:
    with pytest.raises(Refusal, match="unknown_unit"):
        assess(report(cover={"unit_code": "CD-01"}), programme, TREE)


def test_a_code_with_a_space_of_its_own_is_found_without_it(programme: Programme, report: Report) -> None:
    submission = assess(report(cover={"unit_code": "cđ02", "report_date": date(2020, 5, 1)}), programme, TREE)
    assert submission.cover.unit_code == "CĐ 02"


def test_a_code_of_digits_may_be_stored_as_a_number(programme: Programme, report: Report) -> None:
    submission = assess(report(cover={"unit_code": 1207}), programme)
    assert submission.cover.unit_code == "1207"
    assert submission.findings == ()


def test_another_superior_than_the_lists_is_doubted(programme: Programme, report: Report) -> None:
    submission = assess(report(cover={"superior_code": "TP"}), programme, TREE)
    (finding,) = submission.findings
    assert (finding.code, finding.fix) == ("superior_differs", "Q1")
    assert "“Q1”" in explain(finding)


@pytest.mark.parametrize("superior", ["TP", "TP-TT"])
def test_the_superior_of_a_unit_under_a_group_is_the_union_above(
    superior: str, programme: Programme, report: Report
) -> None:
    cover = {"unit_code": "CĐ 02", "superior_code": superior, "report_date": date(2020, 5, 1)}
    assert {f.code for f in assess(report(cover=cover), programme, TREE).findings} <= {"report_before_programme"}


@pytest.mark.parametrize(
    ("day", "valid"),
    [
        (date(2020, 1, 1), True),
        (date(2020, 12, 31), True),
        (date(2019, 12, 31), False),
        (date(2021, 1, 1), False),
    ],
)
def test_a_unit_must_exist_on_the_day_of_its_report(
    day: date, valid: bool, programme: Programme, report: Report
) -> None:
    submission = assess(report(cover={"unit_code": "CĐ 02", "report_date": day}), programme, TREE)
    found = [code for code in codes(submission) if code != "report_before_programme"]
    assert found == ([] if valid else ["unit_not_valid"])
    if not valid:
        assert "01/01/2020 – 31/12/2020" in explain(submission.findings[0])


def test_a_grassroots_form_of_an_upper_unit_is_doubted(programme: Programme, report: Report) -> None:
    assert codes(assess(report(cover={"unit_code": "Q1"}), programme, TREE)) == ["grassroots_form_of_upper_unit"]
    assert codes(assess(report(cover={"unit_code": "Q1"}, form=Form.UPPER), programme, TREE)) == []


# The file as a whole


def test_a_readers_notices_become_findings(programme: Programme, report: Report) -> None:
    notices = (Notice("hidden_rows", "Danh sách", {"count": 3, "rows": "13, 15–16"}), Notice("macros_present"))
    submission = assess(report(notices=notices), programme)
    assert codes(submission) == ["hidden_rows", "macros_present"]
    assert explain(submission.findings[0]).startswith("Tệp: có 3 dòng đang ẩn hoặc đang bị lọc (dòng 13, 15–16).")


def test_another_programmes_form_is_judged_by_the_campaigns_with_a_warning(
    programme: Programme, report: Report
) -> None:
    submission = assess(report(programme_id="khac-2030"), programme)
    assert codes(submission) == ["other_programme"]
    assert submission.programme_id == "khac-2030"


def test_the_units_day_is_that_of_the_report_not_of_today(programme: Programme, report: Report) -> None:
    tree = UnitTree([Unit("CĐ-01", "Một", Level.GRASSROOTS, None, None, faultless_report_date(programme))])
    assert assess(report(), programme, tree).findings == ()
    later = {"report_date": faultless_report_date(programme) + timedelta(days=1)}
    assert codes(assess(report(cover=later), programme, tree)) == ["unit_not_valid"]
