"""Which findings have a safe repair: every rule is accounted for, and a proposal never guesses."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.rule_trials import said_by
from validation.fields import ROW_FIELDS
from validation.findings import Finding, Severity
from validation.fixes.contents import as_day, as_number
from validation.fixes.registry import FIXES, propose, repairable
from validation.programme import load_programme
from validation.rules.registry import all_rules

PROGRAMME = load_programme()
QUESTIONS = {"maybe_swapped_date", "number_in_text", "superior_differs", "suspiciously_small_amount", "unknown_choice"}


def finding(code: str, field: str, value: str, fix: str | None, **facts: object) -> Finding:
    rule = all_rules()[code]
    return Finding(code, rule.effective_severity, "Danh sách", 7, "B7", field, value, facts, fix)


def test_every_fix_belongs_to_a_rule() -> None:
    assert FIXES.keys() <= all_rules().keys()
    assert all(fix.code == code for code, fix in FIXES.items())


@pytest.mark.parametrize(("code", "number"), [(c, n) for c, r in all_rules().items() for n in range(len(r.bad))])
def test_every_rule_that_proposes_something_has_a_fix(code: str, number: int) -> None:
    rule = all_rules()[code]
    found = said_by(rule, rule.bad[number], PROGRAMME)
    assert all(one.fix is None or code in FIXES for one in found)
    if repairable(code):
        assert found
        understood = [p for p in propose(found) if p.automatic]
        assert understood or code == "formula_in_typed_cell", "only the clerk knows what a formula is to follow"


@pytest.mark.parametrize("code", sorted(QUESTIONS))
def test_what_has_two_readings_stays_a_question(code: str) -> None:
    assert not repairable(code)
    assert not [p for p in propose([finding(code, "status", "a", "b")]) if p.automatic]


@pytest.mark.parametrize("code", sorted(code for code, fix in FIXES.items() if fix.automatic))
def test_what_is_repaired_never_rejects_a_row(code: str) -> None:
    assert all_rules()[code].effective_severity is Severity.WARNING


@pytest.mark.parametrize(
    ("code", "field", "fix", "content"),
    [
        ("date_as_text", "applied_on", "05/03/2022", date(2022, 3, 5)),
        ("date_as_number", "applied_on", "05/03/2022", date(2022, 3, 5)),
        ("amount_as_text", "base_support", "150000", 150_000),
        ("choice_untidy", "status", "Hợp lệ", "Hợp lệ"),
        ("people_separator", "co_authors", "An; Bình", "An; Bình"),
        ("stray_spaces", "title", "Máy ép", "Máy ép"),
        ("legacy_font", "title", "Sáng kiến", "Sáng kiến"),
        ("cover_untidy", "report_date", "05/03/2022", date(2022, 3, 5)),
        ("cover_untidy", "members", "120", 120),
        ("cover_untidy", "unit_name", "CĐCS", "CĐCS"),
    ],
)
def test_the_content_is_typed_as_the_field_is(code: str, field: str, fix: str, content: object) -> None:
    (proposal,) = propose([finding(code, field, "như cũ", fix)])
    assert (proposal.content, proposal.before, proposal.after) == (content, "như cũ", fix)
    assert type(proposal.content) is type(content)


def test_of_several_findings_on_a_cell_the_last_decides() -> None:
    found = [
        finding("legacy_font", "applied_on", "x", "05/03/2022"),
        finding("date_as_text", "applied_on", "x", "05/03/2022"),
    ]
    (proposal,) = propose(found)
    assert proposal.codes == ("legacy_font", "date_as_text")
    assert proposal.content == date(2022, 3, 5)


def test_a_question_does_not_keep_the_safe_repair_of_its_cell_back() -> None:
    found = [finding("legacy_font", "status", "x", "Hop le"), finding("unknown_choice", "status", "x", "Hợp lệ")]
    assert [(p.content, p.automatic) for p in propose(found)] == [("Hop le", True), ("Hợp lệ", False)]


@pytest.mark.parametrize("code", ["error_value", "formula_for_money", "formula_without_value"])
def test_a_formula_that_is_not_understood_is_never_touched(code: str) -> None:
    assert propose([finding(code, "title", "x", None), finding("stray_spaces", "title", "x", "y")]) == []


def test_only_plain_arithmetic_becomes_its_result() -> None:
    plain = finding("formula_in_typed_cell", "base_support", "150000", "150000", formula="100000+50000")
    (proposal,) = propose([plain])
    assert proposal.content == 150_000
    for field, formula in (("base_support", "S5+1"), ("base_support", "100000+1"), ("title", "100000+50000")):
        other = finding("formula_in_typed_cell", field, "150000", "150000", formula=formula)
        assert propose([other, finding("stray_spaces", field, "x", "y")]) == []


def test_a_finding_without_a_cell_or_a_proposal_has_no_repair() -> None:
    nowhere = Finding("stray_spaces", Severity.WARNING, "Danh sách", 7, None, "title", "a", fix="b")
    assert (
        propose([nowhere, finding("stray_spaces", "title", "a", None), finding("hidden_rows", "title", "a", "b")]) == []
    )


@given(st.text())
def test_a_day_or_number_is_never_guessed(text: str) -> None:
    found = finding("date_as_text", "applied_on", "x", text)
    day = as_day(found, ROW_FIELDS[0])
    assert day is None or f"{day:%d/%m/%Y}" == text
    number = as_number(found, ROW_FIELDS[0])
    assert number is None or number == int(text)


@given(st.dates(date(1901, 1, 1), date(9999, 12, 31)), st.integers(-(10**15) + 1, 10**15 - 1))
def test_days_and_numbers_come_back(day: date, number: int) -> None:
    shown = f"{day.day:02}/{day.month:02}/{day.year:04}"
    assert as_day(finding("date_as_text", "applied_on", "x", shown), ROW_FIELDS[0]) == day
    assert as_number(finding("amount_as_text", "base_support", "x", str(number)), ROW_FIELDS[0]) == number
