from dataclasses import replace
from datetime import date

import pytest

from addin.merge.master.directory import Directory
from addin.merge.master.figures import (
    Standing,
    money_by_file,
    months,
    payments,
    phase_at,
    roll_ups,
    standing,
    standings,
    top_units,
)
from addin.merge.master.row_state import RowStates
from addin.merge.master.units_sheet import percent
from tests.addin.merge.master_campaign import MADE_AT, campaign, made_report, made_row, overview_of, unit_tree
from validation.fields import Form
from validation.findings import Finding, Severity
from validation.programme import load_programme, programme_ids
from workbook_templates.checks import row_verdicts

PROGRAMME = load_programme()


@pytest.mark.parametrize(
    ("participation", "word"),
    [
        (0.15, Standing.REACHED),
        (0.1499, Standing.NEAR),
        (0.12, Standing.NEAR),
        (0.1199, Standing.BELOW),
        (0.0, Standing.BELOW),
        (None, Standing.UNKNOWN),
    ],
)
def test_near_is_what_lacks_at_most_a_fifth(participation: float | None, word: Standing) -> None:
    assert standing(participation, 0.15) is word


def test_months_leave_no_gap_and_pass_the_turn_of_the_year() -> None:
    rows = [
        made_row(PROGRAMME, "CS001", 6, registered_on=date(2021, 11, 30), status="Hợp lệ"),
        made_row(PROGRAMME, "CS001", 7, registered_on=date(2022, 2, 1), status="Đang xem xét"),
        made_row(PROGRAMME, "CS001", 8, registered_on=None),
    ]
    by_month = months(overview_of(PROGRAMME, unit_tree(), [made_report(1, "CS001", rows)]))
    assert [(m.first, m.registered, m.approved) for m in by_month] == [
        (date(2021, 11, 1), 1, 1),
        (date(2021, 12, 1), 0, 0),
        (date(2022, 1, 1), 0, 0),
        (date(2022, 2, 1), 1, 0),
    ]


def test_the_direct_superior_pays_also_for_a_unit_in_a_group() -> None:
    overview = campaign()
    paid = payments(overview, Directory(overview))
    assert sorted(paid, key=str) == ["HP", "HP-H-TN", "HP-KKT", "HP-Q-HB"]
    for phase, tally in overview.phases.items():
        assert sum(amounts.get(phase, 0) for amounts in paid.values()) == tally.upper_support


def test_roll_ups_are_a_partition_of_the_units() -> None:
    overview = campaign()
    sums = roll_ups(overview, Directory(overview))
    for phase, tally in overview.phases.items():
        assert sum(s.tally.counted for s in sums if s.phase == phase) == tally.counted
    assert all(len(s.units) == 3 for s in sums)


def test_a_consolidation_gives_the_members_that_its_units_do_not() -> None:
    rows = [made_row(PROGRAMME, "CS001", 6, unit_name="CĐCS số 1", is_member=True, status="Hợp lệ", ip_protected=False)]
    overview = overview_of(PROGRAMME, unit_tree(), [made_report(1, "HP-H-TN", rows, members=10)])
    (first, _) = roll_ups(overview, Directory(overview))
    assert (first.superior, first.members, first.own_members) == ("HP-H-TN", 0, 10)
    assert first.participation == pytest.approx(first.member_authors / 10)


def test_a_unit_that_nobody_knows_has_no_superior_and_its_code_for_a_name() -> None:
    overview = overview_of(PROGRAMME, unit_tree(0), [made_report(1, "LA1", [made_row(PROGRAMME, "LA1", 6)])])
    directory = Directory(overview)
    assert (directory.superior("LA1"), directory.name("LA1"), directory.roll_up("LA1")) == (None, "LA1", None)
    assert directory.roll_up_name(None) == "(không rõ cấp trên)"


def test_top_units_come_first_and_units_without_any_not_at_all() -> None:
    overview = campaign()
    top = top_units(overview, most=3)
    assert len(top) == 3
    assert [number for _, number in top] == sorted((number for _, number in top), reverse=True)
    assert top_units(overview_of(PROGRAMME, unit_tree(), [made_report(1, "CS001", [])])) == []


def test_standings_count_reporting_units_only() -> None:
    overview = campaign()
    assert sum(standings(overview, 1).values()) == len(overview.current)


def test_the_phase_to_show_is_todays() -> None:
    overview = campaign(units=1)
    assert phase_at(overview).number == 2
    assert phase_at(replace(overview, made_at=MADE_AT.replace(year=2030))).number == 2
    assert phase_at(replace(overview, made_at=MADE_AT.replace(year=2020))).number == 1


def test_the_money_of_a_file_is_that_of_its_accepted_rows() -> None:
    overview = campaign(units=1)
    (report,) = overview.current
    rows = [row for row in report.rows if row.accepted]
    money = money_by_file(overview)
    assert money == {report.id: (sum(r.upper_support for r in rows), sum(r.base_counted for r in rows))}


@pytest.mark.parametrize(("share", "shown"), [(0.15, "15 %"), (0.6171, "61,7 %"), (0.0, "0 %"), (12.5, "1.250 %")])
def test_shares_are_written_with_a_comma(share: float, shown: str) -> None:
    assert percent(share) == shown


@pytest.mark.parametrize("programme_id", programme_ids())
@pytest.mark.parametrize("form", [Form.UPPER, Form.CITY])
def test_every_verdict_of_the_form_has_its_condition(form: Form, programme_id: str) -> None:
    programme = load_programme(programme_id)
    approved = programme.status.approved
    faultless = made_row(programme, "CS001", 6, status=approved, ip_protected=False, is_member=True, base_support=None)
    assert RowStates(form, programme).of(faultless) == row_verdicts(form, programme)[-1].message == "ĐẠT"


def test_a_verdict_names_the_warnings_that_it_does_not_say() -> None:
    states = RowStates(Form.CITY, PROGRAMME)
    row = made_row(PROGRAMME, "CS001", 6, status="Hợp lệ", ip_protected=False, base_support=None)
    warning = Finding("date_as_text", Severity.WARNING, row=6)
    assert states.of(row, [warning, warning]) == "LƯU Ý: Ngày gõ dạng chữ."
    protected = row._replace(ip_protected=True)
    said = states.of(protected, [Finding("ip_protected", Severity.WARNING, row=6), warning])
    assert said == "LƯU Ý: đang được bảo hộ SHTT, không được hỗ trợ. Lưu ý: Ngày gõ dạng chữ."
