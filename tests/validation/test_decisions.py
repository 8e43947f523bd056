"""Contents, waivers and choices: what they are about, what they change, and what they never change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validation.decisions import (
    Choice,
    Waiver,
    chosen_rows,
    content_of,
    content_of_report,
    may_be_waived,
    waive,
    waiver_of,
)
from validation.fields import Form, typed_row_fields
from validation.findings import Finding, Severity
from validation.money import with_support
from validation.programme import load_programme
from validation.reconcile import later_duplicates
from validation.rules.registry import all_rules
from validation.submission import Cover, Outcome, Row, RowCounts

PLAN = load_programme()
COVER = Cover("A", date(2022, 6, 30), 50, 60)
WAIVABLE_ERRORS = {"applied_outside_window", "approved_before_registered", "registered_outside_phases"}
TYPED = [field.name for field in typed_row_fields(Form.GRASSROOTS)]
ROW = Row(
    7, "A", Outcome.REJECTED, registration_code="SK-1", lead_author="Nguyễn Thị Hoa", member_number="0012",
    is_member=True, position="Tổ trưởng", co_authors=("Lê A",), title="Cải tiến máy may",
    solution_kind="Giải pháp kỹ thuật", activity_field="Sản phẩm mới", effect="Giảm 20 phút",
    benefit_value=5_000_000, recognised_on=date(2022, 1, 10),
    applied_on=date(2020, 1, 1), ip_protected=False, registered_on=date(2022, 3, 1), status="Hợp lệ",
    approved_on=date(2022, 5, 1), base_support=150_000, note="x",
)  # fmt: skip


def error(code: str = "applied_outside_window", field: str = "applied_on", row: int = 7) -> Finding:
    return Finding(code, Severity.ERROR, "DS", row, f"N{row}", field)


def waived(rows: tuple[Row, ...], findings: tuple[Finding, ...], *accepted: Finding) -> object:
    by_number = {row.number: row for row in rows}
    waivers = {waiver_of(one, "A", COVER, by_number): number for number, one in enumerate(accepted, 1)}
    counts = RowCounts(
        sum(r.outcome is Outcome.ACCEPTED for r in rows), sum(r.outcome is Outcome.REJECTED for r in rows), 0, 3
    )
    return waive("A", COVER, rows, findings, counts, waivers, PLAN)  # type: ignore[arg-type]


# -- contents ----------------------------------------------------------------------------------------------------------


def test_place_file_outcome_and_money_are_no_content() -> None:
    elsewhere = ROW._replace(
        number=99, outcome=Outcome.ACCEPTED, hidden=True, unit_name="CĐCS A", source_file="a.xlsx", source_row=3,
        source_sheet="DS", source_sha256="f", phase=1, upper_support=100_000, base_counted=1, counted=True,
    )  # fmt: skip
    assert content_of(elsewhere) == content_of(ROW)


def test_content_is_the_same_digest_in_every_version() -> None:
    """Decisions in the ledgers of clerks are about these digests."""
    assert content_of(ROW) == "0d979f9661a46606062bbd87fff19a233cc69349bd0f8e09d9bfa38df2f5858b"


def test_every_typed_value_is_content() -> None:
    others = [ROW._replace(**{name: None if name != "co_authors" else ()}) for name in TYPED]  # type: ignore[arg-type]
    assert len({content_of(one) for one in (ROW, *others)}) == len(TYPED) + 1
    assert {"registration_code", "status", "base_support", "note"} <= set(TYPED) <= {*Row._fields}


def test_a_number_and_its_text_are_not_the_same_content() -> None:
    assert content_of(ROW._replace(note="1")) != content_of(ROW._replace(note=None, position="1"))
    assert content_of(ROW._replace(co_authors=("A", "B"))) != content_of(ROW._replace(co_authors=("A; B",)))


def test_what_is_said_of_a_report_is_about_its_cover_and_its_facts() -> None:
    one = Finding("rows_gone", Severity.WARNING, facts={"count": 2, "day": date(2022, 1, 1)})
    assert content_of_report(COVER, one) == content_of_report(replace(COVER), replace(one))
    assert content_of_report(COVER, one) != content_of_report(COVER, replace(one, facts={"count": 3}))
    assert content_of_report(COVER, one) != content_of_report(replace(COVER, members=51), one)


# -- which rules -------------------------------------------------------------------------------------------------------


def test_the_errors_that_can_be_waived_are_those_of_the_decision_record() -> None:
    errors = {code for code, rule in all_rules().items() if rule.effective_severity is Severity.ERROR}
    assert {code for code in errors if may_be_waived(code)} == WAIVABLE_ERRORS


def test_warnings_can_be_waived_but_duplicates_are_chosen() -> None:
    warnings = {code for code, rule in all_rules().items() if rule.effective_severity is Severity.WARNING}
    assert {code for code in warnings if not may_be_waived(code)} == {
        "duplicate_code", "duplicate_code_in_another_report",
    }  # fmt: skip
    assert not may_be_waived("no_such_rule")


# -- waivers -----------------------------------------------------------------------------------------------------------


def test_a_row_all_of_whose_errors_are_accepted_is_accepted_with_its_money() -> None:
    after = waived((ROW,), (error(),), error())
    (row,) = after.rows
    assert (row.outcome, row.phase, row.upper_support, row.base_counted) == (Outcome.ACCEPTED, 1, 100_000, 150_000)
    assert (after.findings, [one.decision for one in after.accepted]) == ((), [1])
    assert after.counts == RowCounts(1, 0, 0, 3)


def test_one_error_left_keeps_the_row_out() -> None:
    other = error("approved_before_registered", "approved_on")
    after = waived((ROW,), (error(), other), error())
    assert after.rows == (ROW,)
    assert after.findings == (other,)
    assert after.counts.rejected == 1


def test_a_waiver_of_an_error_that_none_can_accept_changes_nothing() -> None:
    cap = error("base_over_cap", "base_support")
    after = waived((ROW,), (cap,), cap)
    assert (after.rows, after.findings, after.accepted) == ((ROW,), (cap,), ())


def test_a_row_registered_outside_every_phase_brings_no_money() -> None:
    row = ROW._replace(registered_on=date(2020, 1, 1))
    outside = error("registered_outside_phases", "registered_on")
    (after,) = waived((row,), (outside,), outside).rows
    assert (after.outcome, after.phase, after.upper_support, after.base_counted) == (Outcome.ACCEPTED, None, 0, 0)


@pytest.mark.parametrize("name", TYPED)
def test_a_changed_row_loses_its_waiver(name: str) -> None:
    value = {str: "khác", int: 1, bool: False, date: date(2021, 12, 1), tuple: ("khác",)}[type(getattr(ROW, name))]
    if name == "ip_protected":
        value = True
    changed = ROW._replace(**{name: value})  # type: ignore[arg-type]
    waivers = {waiver_of(error(), "A", COVER, {7: ROW}): 1}
    after = waive("A", COVER, (changed,), (error(),), RowCounts(0, 1, 0, 0), waivers, PLAN)  # type: ignore[arg-type]
    assert (after.rows, after.accepted) == ((changed,), ())


def test_an_accepted_warning_only_leaves_the_open_ones() -> None:
    row = with_support(ROW, PLAN)
    warning = Finding("title_too_short", Severity.WARNING, "DS", 7, "H7", "title")
    after = waived((row,), (warning,), warning)
    assert (after.rows, after.findings, len(after.accepted)) == ((row,), (), 1)
    assert after.counts == RowCounts(1, 0, 0, 3)


def test_a_waiver_of_another_unit_field_or_row_is_no_waiver_here() -> None:
    content = content_of(ROW)
    for waiver in (
        Waiver("B", "applied_outside_window", "applied_on", content),
        Waiver("A", "applied_outside_window", None, content),
        Waiver("A", "registered_outside_phases", "applied_on", content),
        Waiver("A", "applied_outside_window", "applied_on", "0" * 64),
    ):
        after = waive("A", COVER, (ROW,), (error(),), RowCounts(0, 1, 0, 0), {waiver: 1}, PLAN)
        assert after.findings == (error(),)


CODES = sorted(WAIVABLE_ERRORS | {"base_over_cap", "missing_required", "title_too_short"})


@given(
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from(CODES)), max_size=10, unique=True),
    st.sets(st.integers(0, 9)),
)
def test_rows_and_findings_are_conserved_and_no_error_is_left_behind(
    said: list[tuple[int, str]], accepted: set[int]
) -> None:
    findings = tuple(
        Finding(code, all_rules()[code].effective_severity, "DS", number, None, "title") for number, code in said
    )
    bad = {finding.row for finding in findings if finding.severity is Severity.ERROR}
    rows = tuple(
        ROW._replace(number=number, title=f"Tên {number}") if number in bad
        else with_support(ROW._replace(number=number, title=f"Tên {number}"), PLAN)
        for number in range(4)
    )  # fmt: skip
    after = waived(rows, findings, *(one for place, one in enumerate(findings) if place in accepted))
    assert sorted(map(repr, (*after.findings, *(one.finding for one in after.accepted)))) == sorted(map(repr, findings))
    assert after.counts.seen == 4 + 3
    left = {finding.row for finding in after.findings if finding.severity is Severity.ERROR}
    for row in after.rows:
        assert (row.outcome is Outcome.REJECTED) is (row.number in left)
        assert row.outcome is Outcome.ACCEPTED or row.upper_support == row.base_counted == 0
    assert all(may_be_waived(one.finding.code) for one in after.accepted)


# -- choices -----------------------------------------------------------------------------------------------------------


def rows_of_one_code(count: int) -> dict[int, Row]:
    return {
        number: with_support(
            ROW._replace(number=number, unit_code="AB"[number % 2], registered_on=date(2022, 3, 1) + timedelta(number)),
            PLAN,
        )
        for number in range(count)
    }


@given(st.integers(2, 6), st.data())
def test_the_chosen_row_stays_and_all_others_are_duplicates_of_it(count: int, data: st.DataObject) -> None:
    rows = rows_of_one_code(count)
    number = data.draw(st.sampled_from(sorted(rows)))
    choice = Choice("SK-1", rows[number].unit_code, content_of(rows[number]))
    chosen = chosen_rows(rows.items(), {"SK-1": (choice, 1)})
    assert chosen == {"SK-1": number}
    assert later_duplicates(rows.items(), chosen) == {other: number for other in rows if other != number}


def test_a_choice_whose_row_is_gone_changed_or_rejected_decides_nothing() -> None:
    rows = rows_of_one_code(3)
    for gone in (
        Choice("SK-1", "B", content_of(rows[0])),
        Choice("SK-1", "A", "0" * 64),
        Choice("SK-2", "A", content_of(rows[0])),
    ):
        assert chosen_rows(rows.items(), {gone.code: (gone, 1)}) == {}
    rejected = {0: rows[0]._replace(outcome=Outcome.REJECTED)}
    assert chosen_rows(rejected.items(), {"SK-1": (Choice("SK-1", "A", content_of(rows[0])), 1)}) == {}


def test_of_rows_that_say_the_same_the_first_is_chosen() -> None:
    rows = {place: with_support(ROW._replace(number=number), PLAN) for place, number in enumerate((9, 7, 8))}
    assert chosen_rows(rows.items(), {"SK-1": (Choice("SK-1", "A", content_of(ROW)), 1)}) == {"SK-1": 1}
