"""Whatever stands in a file's cells: nothing raises but a Refusal, every row ends in one counted place, every finding
can be told, and nothing comes out that no file could hold."""

import json
import pickle
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from validation.assess import assess
from validation.errors import Refusal
from validation.fields import COVER_FIELDS, Form, row_fields
from validation.messages import LANGUAGES, explain, reason, text
from validation.money import totals_by_phase, totals_by_unit
from validation.programme import load_programme, programme_ids
from validation.rules.examples import faultless_row
from validation.submission import LegacyFont, Oddity, Outcome, RawCover, RawRow, RawSubmission, Submission
from validation.units import Level, Unit, UnitTree

PROGRAMMES = [load_programme(name) for name in programme_ids()]
TREE = UnitTree([Unit("A1", "Một", Level.GRASSROOTS, "TP"), Unit("TP", "Thành phố", Level.CITY)])

TEXTS = (
    st.text(st.characters(exclude_categories=()), max_size=30)
    | st.text("0123456789.,-/ đ\u00a0\u200b\u0301", max_size=14)
    | st.sampled_from(
        [
            "Có",
            "không",
            "Hợp lệ",
            "Tổng cộng",
            "Mã đăng ký",
            "1/2/2022",
            "200.000đ",
            "\ud800",
            "x" * 5_000,
            "_x000D_",
            "{}",
        ]
    )
)
VALUES = (
    st.none()
    | TEXTS
    | st.booleans()
    | st.integers()
    | st.sampled_from([10**400, -(10**4000), 2**53, 44621, 0])
    | st.floats()
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
)
ODDITIES = st.builds(
    Oddity,
    error=st.none() | st.none() | TEXTS,
    formula=st.none() | TEXTS | st.sampled_from(["1+1", "1e999", "=1/0", '"\\d"', "1if 1else 2", "(" * 150]),
    uncached=st.booleans(),
    font=st.none() | st.sampled_from(LegacyFont),
)


def rows_of(form: Form) -> st.SearchStrategy[RawRow]:
    names = st.sampled_from([field.name for field in row_fields(form)])
    changed = st.dictionaries(names, VALUES, max_size=12)
    base = st.sampled_from([{}, *(faultless_row(programme) for programme in PROGRAMMES)])
    values = st.builds(lambda one, other: one | other, base, changed)
    return st.builds(
        RawRow, st.integers(1, 1_048_576), values, st.dictionaries(names, ODDITIES, max_size=3), st.booleans()
    )


@st.composite
def reports(draw: st.DrawFn, hostile_cover: bool = False) -> RawSubmission:
    form = draw(st.sampled_from(Form))
    cover: dict[str, Any] = {"unit_code": "A1", "report_date": date(2022, 6, 30), "members": 10, "workers": 12}
    odd: dict[str, Oddity] = {}
    if hostile_cover:
        names = st.sampled_from([field.name for field in COVER_FIELDS])
        cover |= draw(st.dictionaries(names, VALUES))
        odd = draw(st.dictionaries(names, ODDITIES, max_size=2))
    columns = {field.name: "A" for field in row_fields(form)}
    rows = tuple(draw(st.lists(rows_of(form), max_size=4)))
    programme_id = draw(st.sampled_from(["", "x", *programme_ids()]))
    return RawSubmission(form, 1, programme_id, RawCover(cover, {"members": ("Bìa", "C7")}, odd), "DS", columns, rows)


def hold_together(raw: RawSubmission, submission: Submission) -> None:
    counts = submission.counts()
    assert counts.seen == len(raw.rows) == len(submission.rows) + submission.blank_rows
    assert counts.seen == counts.accepted + counts.rejected + counts.duplicate + counts.blank
    assert Outcome.BLANK not in {row.outcome for row in submission.rows}
    for row in submission.rows:
        assert row.accepted or (row.upper_support, row.base_counted, row.counted) == (0, 0, False)
        assert row.base_counted >= 0


def can_be_told(submission: Submission) -> None:
    for finding in submission.findings:
        for language in LANGUAGES:
            for sentence in (explain(finding, language), reason(finding, language)):
                sentence.encode()
        json.dumps([finding.value, finding.fix, finding.cell, finding.field], ensure_ascii=False).encode()
    for row in submission.rows:
        repr(row).encode()
    repr(submission.cover).encode()
    assert pickle.loads(pickle.dumps(submission)) == submission


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda programme: programme.id)
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(raw=reports())
def test_no_row_raises_and_every_row_is_counted_once(programme: Any, raw: RawSubmission) -> None:
    submission = assess(raw, programme)
    hold_together(raw, submission)
    can_be_told(submission)
    totals = totals_by_unit(submission.rows, programme, {"A1": (10, 12)})
    money = sum(row.upper_support + row.base_counted for row in submission.rows if row.accepted)
    assert sum(tally.total_support for tally in totals_by_phase(totals.values(), programme).values()) == money


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(raw=reports(hostile_cover=True))
@example(raw=RawSubmission(Form.GRASSROOTS, 1, "", RawCover({}, {}), "DS", {}, ()))
def test_no_cover_raises_anything_but_a_refusal(raw: RawSubmission) -> None:
    for tree in (None, TREE):
        submission = _judged_or_refused(raw, tree)
        if submission is not None:
            hold_together(raw, submission)
            can_be_told(submission)


def _judged_or_refused(raw: RawSubmission, tree: UnitTree | None) -> Submission | None:
    try:
        return assess(raw, PROGRAMMES[0], tree)
    except Refusal as refusal:
        text("refusal", refusal.code, **refusal.facts).encode()
        return None


@given(reports())
def test_judging_twice_says_the_same(raw: RawSubmission) -> None:
    assert repr(assess(raw, PROGRAMMES[0])) == repr(assess(raw, PROGRAMMES[0]))
