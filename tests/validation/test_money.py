"""The support rule, each reading both ways; people; totals against a small oracle written from DOMAIN alone."""

from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from validation.assess import assess
from validation.fields import Form, row_fields
from validation.money import Tally, UnitPhase, count_authors, people_of, totals_by_phase, totals_by_unit
from validation.programme import Programme, load_programme
from validation.rules.examples import faultless_row
from validation.submission import Outcome, RawCover, RawRow, RawSubmission, Row

Report = Callable[..., RawSubmission]
MakeRow = Callable[..., dict[str, Any]]


def reading(programme: Programme, **changes: object) -> Programme:
    """The programme with other readings, validated like one from a file."""
    readings = asdict(programme.readings) | changes
    return TypeAdapter(Programme).validate_python(asdict(programme) | {"readings": readings})


def judged(report: Report, programme: Programme, values: dict[str, Any]) -> Row:
    (row,) = assess(report(values), programme).rows
    assert row.outcome is Outcome.ACCEPTED
    return row


# The rule itself, in DOMAIN's own figures


def test_an_approved_initiative_brings_100000_and_what_the_base_spent(first_programme: Programme) -> None:
    values = faultless_row(first_programme)
    assert first_programme.support.upper_amount == 100_000
    rows = _rows_of([values | {"base_support": 150_000}], first_programme)
    assert [(r.phase, r.upper_support, r.base_counted, r.counted) for r in rows] == [(1, 100_000, 150_000, True)]


def test_a_blank_base_support_is_nothing(programme: Programme, report: Report, row: MakeRow) -> None:
    assert judged(report, programme, row(base_support=None)).base_counted == 0
    assert judged(report, programme, row(base_support=None)).base_support is None


def test_registered_in_one_phase_and_approved_in_the_next_counts_in_the_first(
    programme: Programme, report: Report, row: MakeRow
) -> None:
    first, second = programme.phases[:2]
    one = judged(report, programme, row(registered_on=first.last, approved_on=second.first))
    assert (one.phase, one.upper_support) == (first.number, programme.support.upper_amount)


# Each reading both ways


def test_support_is_paid_per_initiative_or_per_author(programme: Programme, report: Report, row: MakeRow) -> None:
    three = row(co_authors="Trần Văn Nam; Lê Thị Mai; trần văn  nam; Nguyễn Thị Hoa")
    amount = programme.support.upper_amount
    assert judged(report, reading(programme, support_per="initiative"), three).upper_support == amount
    assert judged(report, reading(programme, support_per="author"), three).upper_support == 3 * amount
    assert judged(report, reading(programme, support_per="author"), row()).upper_support == amount


def test_the_phase_is_that_of_registration_or_of_approval(programme: Programme, report: Report, row: MakeRow) -> None:
    first, second = programme.phases[:2]
    values = row(registered_on=first.last, approved_on=second.first)
    assert judged(report, reading(programme, phase_date="registered_on"), values).phase == first.number
    by_approval = reading(programme, phase_date="approved_on")
    assert judged(report, by_approval, values).phase == second.number
    waiting = row(status=programme.status.under_review, approved_on=None)
    assert judged(report, by_approval, waiting).phase is None


def test_a_phase_may_need_a_code_or_only_a_day(programme: Programme, report: Report, row: MakeRow) -> None:
    values = row(registration_code=None)
    assert judged(report, reading(programme, phase_needs_code=True), values).phase is None
    without = judged(report, reading(programme, phase_needs_code=False), values)
    assert without.phase == programme.phases[0].number
    assert without.upper_support == 0, "not registered on the portal is not paid, whatever the phase"


def test_base_support_comes_on_top_or_fills_up(programme: Programme, report: Report, row: MakeRow) -> None:
    upper, cap = programme.support.upper_amount, programme.support.base_cap
    on_top = judged(report, reading(programme, base_support_on_top=True), row(base_support=cap))
    assert (on_top.upper_support, on_top.base_counted) == (upper, cap)
    larger = judged(report, reading(programme, base_support_on_top=False), row(base_support=cap))
    assert larger.upper_support + larger.base_counted == max(upper, cap)
    smaller = judged(report, reading(programme, base_support_on_top=False), row(base_support=1_000))
    assert (smaller.upper_support, smaller.base_counted) == (upper, 0)


def test_base_support_may_need_approval(programme: Programme, report: Report, row: MakeRow) -> None:
    cap = programme.support.base_cap
    for status in (programme.status.under_review, programme.status.refused):
        values = row(status=status, approved_on=None)
        assert judged(report, reading(programme, base_needs_approval=False), values).base_counted == cap
        assert judged(report, reading(programme, base_needs_approval=True), values).base_counted == 0
    assert judged(report, reading(programme, base_needs_approval=True), row()).base_counted == cap


def test_non_members_may_be_eligible(programme: Programme, report: Report, row: MakeRow) -> None:
    values = row(is_member=programme.answers.no)
    amount = programme.support.upper_amount
    assert judged(report, reading(programme, non_members_eligible=True), values).upper_support == amount
    assert judged(report, reading(programme, non_members_eligible=False), values).upper_support == 0
    assert judged(report, reading(programme, non_members_eligible=False), row()).upper_support == amount


def test_what_counts_may_need_approval(programme: Programme, report: Report, row: MakeRow) -> None:
    waiting = row(status=programme.status.under_review, approved_on=None)
    refused = row(status=programme.status.refused, approved_on=None)
    assert judged(report, reading(programme, counted_needs_approval=False), waiting).counted
    assert not judged(report, reading(programme, counted_needs_approval=True), waiting).counted
    for needs in (True, False):
        assert judged(report, reading(programme, counted_needs_approval=needs), row()).counted
        assert not judged(report, reading(programme, counted_needs_approval=needs), refused).counted


def test_what_is_ip_protected_may_count_and_is_never_paid(programme: Programme, report: Report, row: MakeRow) -> None:
    values = row(ip_protected=programme.answers.yes)
    for counts in (True, False):
        one = judged(report, reading(programme, counts_ip_protected=counts), values)
        assert (one.counted, one.upper_support) == (counts, 0)


@pytest.mark.parametrize("change", [{"payer": "city"}, {"cap_at_target": True}, {"support_per": "team"}, {"other": 1}])
def test_a_reading_that_is_not_built_is_refused(change: dict[str, object], programme: Programme) -> None:
    with pytest.raises(ValidationError):
        reading(programme, **change)


def test_every_reading_is_tested_above() -> None:
    tested = {
        "support_per", "phase_date", "phase_needs_code", "base_support_on_top", "base_needs_approval",
        "non_members_eligible", "payer", "counted_needs_approval", "counts_ip_protected", "cap_at_target",
    }  # fmt: skip
    assert {field.name for field in fields(load_programme().readings)} == tested


# People


def person(name: str = "Nguyễn Thị Hoa", number: str | None = None, co: tuple[str, ...] = (), **more: Any) -> Row:
    values: dict[str, Any] = {"is_member": True, "phase": 1, "counted": True} | more
    return Row(1, "A", Outcome.ACCEPTED, lead_author=name, member_number=number, co_authors=co, **values)


def members(*rows: Row) -> int:
    staff = {"A": (100, 200)}
    return totals_by_unit(rows, load_programme(), staff)["A", 1].member_authors


def test_a_person_is_the_member_number_where_there_is_one() -> None:
    assert members(person(number="01"), person(number="01", name="Hoa")) == 1
    assert members(person(number="01"), person(number="1")) == 2, "leading zeros matter"
    assert members(person(number="01"), person(number="02")) == 2, "namesakes"


def test_without_a_number_a_person_is_the_folded_name_within_the_unit() -> None:
    assert members(person("Nguyễn Thị Hoà"), person("NGUYỄN THỊ HÒA ")) == 1
    assert members(person("Nguyễn Thị Hoa"), person("Nguyễn Thị Hòa")) == 2
    rows = [
        person(),
        Row(2, "B", Outcome.ACCEPTED, lead_author="Nguyễn Thị Hoa", is_member=True, phase=1, counted=True),
    ]
    totals = totals_by_unit(rows, load_programme(), {})
    assert (totals["A", 1].member_authors, totals["B", 1].member_authors) == (1, 1)


def test_co_authors_count_as_members_where_the_row_says_so() -> None:
    assert members(person(co=("Trần Văn Nam", "Lê Thị Mai"))) == 3
    assert members(person(co=("Trần Văn Nam",), is_member=False)) == 0
    assert members(person(co=("Trần Văn Nam",)), person("Trần Văn Nam")) == 2


def test_an_author_named_again_among_the_co_authors_is_one_person() -> None:
    assert members(person(number="01", co=("nguyễn thị hoa", "Nguyễn Thị Hoa."))) == 1
    assert people_of(person(number="01", co=("nguyễn thị hoa",))) == ("#01",)
    assert count_authors("Nguyễn Thị Hoa", ("nguyễn thị hoa", "Lê Thị Mai", "LÊ THỊ MAI")) == 2
    assert count_authors("Nguyễn Thị Hoa", ()) == 1
    assert count_authors(None, ("Lê Thị Mai",)) == 1


def test_only_what_counts_makes_participation() -> None:
    assert members(person(counted=False)) == 0
    assert members(person(phase=None)) == 0


def test_participation_is_members_with_an_initiative_over_members_and_unknown_for_none() -> None:
    rows = [person(number=str(i)) for i in range(15)] + [person("Lê Thị Mai", is_member=False)]
    entry = totals_by_unit(rows, load_programme(), {"A": (100, 200)})["A", 1]
    assert entry.participation == 0.15
    assert entry.worker_participation == 16 / 200
    assert UnitPhase("A", 1, Tally()).participation is None
    assert UnitPhase("A", 1, Tally()).worker_participation is None


def test_a_unit_without_rows_has_its_entries_and_a_unit_without_staff_too() -> None:
    totals = totals_by_unit([person()], load_programme(), {"B": (5, 6)})
    assert set(totals) == {("A", 1), ("B", 1), ("B", 2)}
    assert (totals["B", 2].members, totals["B", 2].workers, totals["B", 2].tally) == (5, 6, Tally())


def test_totals_of_a_phase_have_every_phase(programme: Programme) -> None:
    assert totals_by_phase([], programme) == {phase.number: Tally() for phase in programme.phases}


# Totals against an oracle

_NAMES = ["Nguyễn Văn An", "Trần Thị Bình", "NGUYỄN VĂN AN", "Lê Hoà", "Lê Hòa"]
_SAME_PERSON = {"NGUYỄN VĂN AN": "Nguyễn Văn An", "Lê Hòa": "Lê Hoà"}  # what the names fold to, by hand


@st.composite
def initiatives(draw: st.DrawFn, programme: Programme) -> dict[str, Any]:
    days = [day for p in programme.phases for day in (p.first, p.last, p.portal_opened)]
    days += [programme.phases[0].first - timedelta(days=1), programme.phases[-1].last + timedelta(days=1)]
    registered = draw(st.none() | st.sampled_from(days))
    status = draw(st.sampled_from(programme.choices("status")))
    return {
        **faultless_row(programme),
        "unit_code": draw(st.sampled_from(["U1", "U2", "U3"])),
        "registration_code": draw(
            st.none() | st.sampled_from(["A", "B", "C", "D"]) | st.integers(0, 99).map("E{}".format)
        ),
        "registered_on": registered,
        "approved_on": (registered or programme.phases[-1].last) if status == programme.status.approved else None,
        "status": status,
        "ip_protected": draw(st.sampled_from(programme.choices("yes_no"))),
        "is_member": draw(st.sampled_from(programme.choices("yes_no"))),
        "base_support": draw(st.none() | st.integers(-1, programme.support.base_cap + 1)),
        "lead_author": draw(st.none() | st.sampled_from(_NAMES)),
        "member_number": draw(st.none() | st.sampled_from(["01", "1"])),
        "co_authors": draw(st.none() | st.lists(st.sampled_from(_NAMES), max_size=2).map("; ".join)),
    }


def _oracle(rows: list[dict[str, Any]], programme: Programme) -> dict[tuple[str, int], dict[str, Any]]:
    """DOMAIN's rules in the plainest way, for rows such as the strategy makes."""
    sound = [(i, r) for i, r in enumerate(rows) if not _faulty(r, programme)]
    kept = []
    for i, r in sound:
        same = [
            (q["registered_on"] or date.max, q["unit_code"], j)
            for j, q in sound
            if q["registration_code"] == r["registration_code"]
        ]
        if r["registration_code"] is None or min(same)[2] == i:
            kept.append(r)
    totals: dict[tuple[str, int], dict[str, Any]] = {
        (unit, phase.number): dict.fromkeys(("registered", "approved", "counted", "upper", "base"), 0)
        | {"members": set(), "people": set()}
        for unit in ("U1", "U2", "U3")
        for phase in programme.phases
    }
    asks = programme.readings
    for r in kept:
        phase = next(
            (p for p in programme.phases if r["registered_on"] and p.first <= r["registered_on"] <= p.last), None
        )
        if phase is None or r["registration_code"] is None:
            continue
        entry = totals[r["unit_code"], phase.number]
        approved, protected, member = r["status"] == "Hợp lệ", r["ip_protected"] == "Có", r["is_member"] == "Có"
        entry["registered"] += 1
        entry["approved"] += approved
        if approved and not protected and (member or asks.non_members_eligible):
            entry["upper"] += programme.support.upper_amount
        if approved or not asks.base_needs_approval:
            entry["base"] += r["base_support"] or 0
        if r["status"] != "Không hợp lệ" and not protected and (approved or not asks.counted_needs_approval):
            entry["counted"] += 1
            names = [
                _SAME_PERSON.get(n, n) for n in [r["lead_author"], *filter(None, (r["co_authors"] or "").split("; "))]
            ]
            lead = ("number", r["member_number"]) if r["member_number"] else names[0]
            people = {lead, *(n for n in names[1:] if n != names[0])}
            entry["people"] |= people
            entry["members"] |= people if member else set()
    return totals


def _faulty(r: dict[str, Any], programme: Programme) -> bool:
    outside = r["registered_on"] is not None and not any(
        p.first <= r["registered_on"] <= p.last for p in programme.phases
    )
    base = r["base_support"] or 0
    return outside or r["lead_author"] is None or not 0 <= base <= programme.support.base_cap


@pytest.mark.parametrize("programme_id", ["hai-phong-2021-2023", "vi-du-ba-giai-doan"])
@given(st.data())
def test_totals_are_those_of_the_oracle(programme_id: str, data: st.DataObject) -> None:
    programme = load_programme(programme_id)
    values = data.draw(st.lists(initiatives(programme), max_size=12))
    rows = _rows_of(values, programme, Form.UPPER)
    totals = totals_by_unit(rows, programme, dict.fromkeys(["U1", "U2", "U3"], (10, 20)))
    expected = _oracle(values, programme)
    found = {
        key: {
            "registered": e.tally.registered, "approved": e.tally.approved, "counted": e.tally.counted,
            "upper": e.tally.upper_support, "base": e.tally.base_support,
            "members": e.member_authors, "people": e.authors,
        }
        for key, e in totals.items()
    }  # fmt: skip
    for entry in expected.values():
        entry["members"], entry["people"] = len(entry["members"]), len(entry["people"])
    assert found == expected
    phases = totals_by_phase(totals.values(), programme)
    for phase in programme.phases:
        of_units = [e.tally for (_, number), e in totals.items() if number == phase.number]
        assert phases[phase.number].total_support == sum(tally.total_support for tally in of_units)
        assert phases[phase.number].registered == sum(tally.registered for tally in of_units)
    money = sum(row.upper_support + row.base_counted for row in rows if row.accepted)
    assert money == sum(tally.total_support for tally in phases.values())
    assert all(row.upper_support == row.base_counted == 0 for row in rows if not row.accepted)


def _rows_of(values: list[dict[str, Any]], programme: Programme, form: Form = Form.GRASSROOTS) -> tuple[Row, ...]:
    cover = {"unit_code": "U1", "report_date": date(2030, 1, 1), "members": 10, "workers": 20}
    columns = {field.name: "A" for field in row_fields(form)}
    rows = tuple(RawRow(12 + i, one) for i, one in enumerate(values))
    submission = assess(RawSubmission(form, 1, programme.id, RawCover(cover, {}), "DS", columns, rows), programme)
    counts = submission.counts()
    assert counts.seen == len(values)
    return submission.rows
