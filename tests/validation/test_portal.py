"""The portal's word: what it does to a row under each rule, and what it never does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from validation.money import with_support
from validation.portal import NO_RULE, NO_WORD, PortalEntry, PortalRule, PortalWord
from validation.programme import Programme, load_programme
from validation.submission import Outcome, Row

PLAN = load_programme()
BOTH = PortalRule(replaces_status=True, money_needs_match=True)


def row(code: str | None = "SK-1", programme: Programme = PLAN, **changes: object) -> Row:
    """An approved row of phase 1, with its money."""
    values: dict[str, object] = {
        "number": 6, "unit_code": "A", "outcome": Outcome.ACCEPTED, "registration_code": code,
        "lead_author": "Nguyễn Thị Hoa", "title": "Cải tiến máy cắt", "is_member": True, "ip_protected": False,
        "registered_on": date(2022, 3, 1), "status": "Hợp lệ", "approved_on": date(2022, 5, 1), "base_support": 150_000,
    }  # fmt: skip
    return with_support(Row(**{**values, **changes}), programme)  # type: ignore[arg-type]


def entry(code: str | None = "SK-1", position: int = 1, **said: object) -> PortalEntry:
    return PortalEntry(position, "CSV", position + 1, registration_code=code, **said)  # type: ignore[arg-type]


def word(*entries: PortalEntry, rule: PortalRule = BOTH) -> PortalWord:
    return PortalWord(entries, rule)


def test_by_default_the_report_decides() -> None:
    refused = entry(status="Không hợp lệ")
    assert word(refused, rule=NO_RULE).applied_to(row(), PLAN) == row()
    assert NO_WORD.applied_to(row(), PLAN) is not None
    assert NO_WORD.applied_to(row("SK-9"), PLAN).upper_support == 100_000


def test_the_portals_status_takes_the_money_of_a_row_that_it_refused() -> None:
    found = word(entry(status="Không hợp lệ")).applied_to(row(), PLAN)
    assert (found.status, found.approved_on) == ("Không hợp lệ", None)
    assert (found.upper_support, found.base_counted, found.counted) == (0, 150_000, False)


def test_the_portals_approval_brings_the_money_of_a_row_under_review() -> None:
    waiting = row(status="Đang xem xét", approved_on=None)
    assert waiting.upper_support == 0
    found = word(entry(status="Hợp lệ", approved_on=date(2022, 6, 2))).applied_to(waiting, PLAN)
    assert (found.status, found.approved_on, found.upper_support) == ("Hợp lệ", date(2022, 6, 2), 100_000)


def test_the_portals_day_moves_a_row_into_another_phase() -> None:
    found = word(entry(registered_on=date(2022, 7, 1))).applied_to(row(), PLAN)
    assert (row().phase, found.phase) == (1, 2)
    outside = word(entry(registered_on=date(2020, 7, 1))).applied_to(row(), PLAN)
    assert (outside.phase, outside.upper_support, outside.base_counted, outside.counted) == (None, 0, 0, False)
    assert outside.outcome is Outcome.ACCEPTED


def test_what_the_portal_leaves_blank_stays_as_reported() -> None:
    assert word(entry(title="Một tên khác")).applied_to(row(), PLAN) == row()


def test_lines_of_one_code_that_contradict_each_other_replace_nothing_but_are_a_match() -> None:
    both = word(entry(status="Hợp lệ"), entry(position=2, status="Không hợp lệ"))
    assert both.applied_to(row(), PLAN) == row()
    same = word(entry(status="Không hợp lệ"), entry(position=2, status="Không hợp lệ"))
    assert same.applied_to(row(), PLAN).status == "Không hợp lệ"


@pytest.mark.parametrize("code", ["sk-1", "SK-1 ", "SK-01", "SK-2"])
def test_only_the_very_code_is_a_match(code: str) -> None:
    found = word(entry(code), rule=PortalRule(money_needs_match=True)).applied_to(row(), PLAN)
    assert (found.upper_support, found.base_counted, found.status) == (0, 150_000, "Hợp lệ")


def test_without_any_list_a_rule_that_asks_for_a_match_gives_no_money() -> None:
    assert word(rule=PortalRule(money_needs_match=True)).applied_to(row(), PLAN).upper_support == 0
    assert word(rule=PortalRule(replaces_status=True)).applied_to(row(), PLAN) == row()


def test_base_support_that_upper_support_was_set_off_against_comes_back() -> None:
    readings = replace(PLAN.readings, base_support_on_top=False)
    plan = replace(PLAN, readings=readings)
    before = row(programme=plan)
    assert (before.upper_support, before.base_counted) == (100_000, 50_000)
    found = word(rule=PortalRule(money_needs_match=True)).applied_to(before, plan)
    assert (found.upper_support, found.base_counted) == (0, 150_000)


@pytest.mark.parametrize("outcome", [Outcome.REJECTED, Outcome.DUPLICATE])
def test_a_row_that_does_not_count_is_left_alone(outcome: Outcome) -> None:
    left = row()._replace(outcome=outcome, upper_support=0, base_counted=0)
    assert word(entry(status="Không hợp lệ")).applied_to(left, PLAN) is left
