"""Histories of reports, decisions and revocations: whatever happens, rows and money are conserved, both ways to the
figures agree, and a decision holds exactly as long as what it was about is there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from addin.campaign.ledger import Ledger, StoredSubmission
from addin.decisions.deciding import record
from addin.decisions.resolving import Wanted
from addin.decisions.states import states_of
from addin.decisions.store import BY_COMMAND, Revocation, decided, problems, put, replayed
from addin.merge.overview import Report
from addin.merge.standing import Standing, settle
from addin.merge.verify import recompute
from tests.end_to_end.small_campaign import UNITS
from validation.decisions import Choice, Decisions, State, Waiver, content_of, may_be_waived, waiver_of
from validation.fields import Form
from validation.findings import Finding, Severity
from validation.money import with_support
from validation.programme import load_programme
from validation.reconcile import as_duplicate, later_duplicates
from validation.submission import Cover, Outcome, Row, Submission
from validation.units import UnitTree

TREE, PLAN = UnitTree(UNITS), load_programme()
NOW = datetime(2022, 7, 1).astimezone()
ERRORS = (
    ("applied_outside_window", "applied_on"),
    ("approved_before_registered", "approved_on"),
    ("base_over_cap", None),
)


@st.composite
def reports(draw: st.DrawFn) -> tuple[str, tuple[tuple[str | None, int, int], ...]]:
    """A unit, and for each row: code, day of registration, which of the errors it has (as bits)."""
    row = st.tuples(
        st.sampled_from([None, "SK-1", "SK-2"]), st.integers(0, 2), st.sampled_from([0, 0, 0, 1, 1, 2, 3, 4, 5])
    )
    return draw(st.sampled_from("ABC")), tuple(draw(st.lists(row, max_size=4)))


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("report"), reports()),
        st.tuples(st.just("waive"), st.integers(0, 9)),
        st.tuples(st.just("choose"), st.integers(0, 9)),
        st.tuples(st.just("revoke"), st.integers(0, 9)),
        st.tuples(st.just("merge"), st.none()),
    ),
    max_size=14,
)


class History:
    """Reports in memory, decisions in a real ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.stored: list[StoredSubmission] = []

    def take(self, unit: str, lines: tuple[tuple[str | None, int, int], ...]) -> None:
        key = len(self.stored) + 1
        rows, findings = [], []
        for number, (code, day, errors) in enumerate(lines, 6):
            row = Row(
                number, unit, Outcome.REJECTED, registration_code=code, lead_author="Hoa", is_member=True,
                title=f"{day}", registered_on=date(2022, 3, 1) + timedelta(day), status="Hợp lệ",
                approved_on=date(2022, 5, 1), base_support=10_000, effect=str(errors),
            )  # fmt: skip
            said = [one for bit, one in enumerate(ERRORS) if errors >> bit & 1]
            findings += [Finding(rule, Severity.ERROR, "DS", number, None, field) for rule, field in said]
            rows.append(row if said else with_support(row, PLAN))
        for place in later_duplicates(enumerate(rows)):
            rows[place] = as_duplicate(rows[place])
        cover = Cover(unit, date(2022, 6, 1) + timedelta(key), 10, 10)
        submission = Submission(Form.GRASSROOTS, 1, "x", cover, "DS", {}, tuple(rows), 0, tuple(findings))
        self.stored.append(StoredSubmission(key, f"sha{key}", f"{key}.xlsx", NOW, "x", "y", submission))

    def decisions(self, *, since_merge: bool = True) -> Decisions:
        return decided(self.ledger.connection).in_effect(since_merge=since_merge)

    def standing(self) -> Standing:
        return settle(self.stored, TREE, PLAN, self.decisions())

    def current(self) -> list[Report]:
        return [report for report in self.standing().reports if report.current]

    def waive(self, which: int) -> None:
        """Accept one error of a row, whether or not it can be."""
        found = [(report, finding) for report in self.current() for finding in report.findings if finding.row]
        if not found:
            return
        report, finding = found[which % len(found)]
        key = waiver_of(finding, report.unit_code, report.cover, {row.number: row for row in report.rows})
        assert key is not None
        self.put(key, finding.row)

    def choose(self, which: int) -> None:
        """Let a duplicate count."""
        pairs = self.standing().pairs
        if pairs:
            row = pairs[which % len(pairs)].duplicate.row
            self.put(Choice(row.registration_code or "", row.unit_code, content_of(row)), row.number)

    def put(self, key: Waiver | Choice, row: int | None) -> None:
        record(self.ledger, [Wanted(key, "về dòng này", row)], "vì thế", "Hạnh", BY_COMMAND, NOW)

    def revoke(self, which: int) -> None:
        made = decided(self.ledger.connection)
        left = [one.id for one in made.decisions if one.id not in made.revoked]
        if left:
            with self.ledger.transaction():
                gone = Revocation(left[which % len(left)], "nhầm", "Hạnh", NOW.isoformat(), BY_COMMAND)
                put(self.ledger, NOW, [gone])

    def merge(self, _: None = None) -> None:
        with self.ledger.transaction():
            self.ledger.note(NOW, "merged", {})


@contextmanager
def ledger() -> Iterator[Ledger]:
    with TemporaryDirectory() as folder, Ledger(Path(folder) / "so-cai.sqlite", by="thử", now=NOW) as opened:
        opened.connection.execute("PRAGMA synchronous = OFF")
        yield opened


def replay(history: History, steps: list[tuple[str, object]]) -> None:
    for step, argument in steps:
        match step, argument:
            case "report", (str(unit), tuple(lines)):
                history.take(unit, lines)
            case "report", _:
                raise AssertionError(argument)
            case _:
                getattr(history, step)(argument)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_rows_and_money_are_conserved_and_both_ways_to_the_figures_agree(steps: list[tuple[str, object]]) -> None:
    with ledger() as opened:
        history = History(opened)
        replay(history, steps)
        standing = history.standing()
        accepted = {}
        for report in standing.reports:
            assert report.counts.seen == len(report.rows)
            assert report.counts.accepted == sum(row.accepted for row in report.rows)
            assert report.counts.duplicate == sum(row.outcome is Outcome.DUPLICATE for row in report.rows)
            for row in report.rows:
                left = [f for f in report.findings if f.row == row.number and f.severity is Severity.ERROR]
                assert (row.outcome is Outcome.REJECTED) is bool(left)
                if row.accepted:
                    assert row == with_support(row, PLAN), "no money but what the rule says"
                    if report.current:
                        accepted[report.unit_code, report.sha256, row.number] = row
                else:
                    assert row.upper_support == row.base_counted == 0
        codes = [row.registration_code for row in accepted.values() if row.registration_code]
        assert len(codes) == len(set(codes)), "one code counts once"
        again = recompute({one.sha256: one.submission for one in history.stored}, PLAN, history.decisions())
        assert again.accepted == accepted
        assert len(standing.pairs) == sum(report.counts.duplicate for report in standing.reports if report.current)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_a_decision_holds_as_long_as_what_it_is_about_is_there(steps: list[tuple[str, object]]) -> None:
    with ledger() as opened:
        history = History(opened)
        replay(history, steps)
        made, standing = decided(opened.connection), history.standing()
        states = states_of(made, standing.reports, standing.followed, since_merge=True)
        assert [one.decision for one in states] == list(made.decisions), "none is ever deleted"
        fresh = {report.unit_code: history.stored[report.id - 1].submission for report in history.current()}
        for one in states:
            decision = one.decision
            submission = fresh.get(decision.unit)
            rows = [row for row in submission.rows if content_of(row) == decision.content] if submission else []
            if decision.id in made.revoked:
                assert one.state is State.REVOKED
            elif not rows:
                assert (one.state, one.why) == (State.LAPSED, "row_changed")
            elif isinstance(decision.key, Waiver):
                assert (one.state is State.IN_FORCE) is may_be_waived(decision.code)
        for code, (choice, number) in made.in_effect(since_merge=True).choices.items():
            counting = [
                row
                for report in history.current()
                for row in report.rows
                if row.accepted and row.registration_code == code
            ]
            if number in standing.followed:
                assert [(row.unit_code, content_of(row)) for row in counting] == [(choice.unit, choice.content)]


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_the_journal_alone_gives_what_the_last_master_was_written_by(steps: list[tuple[str, object]]) -> None:
    with ledger() as opened:
        history = History(opened)
        at_merge = Decisions()
        for step in steps:
            replay(history, [step])
            if step[0] == "merge":
                at_merge = history.decisions()
        assert list(problems(opened.connection)) == []
        assert replayed(opened.connection) == at_merge
        assert history.decisions(since_merge=False) == at_merge


def test_a_row_that_comes_back_as_it_was_brings_its_decision_back() -> None:
    with ledger() as opened:
        history = History(opened)
        history.take("A", (("SK-1", 0, 1),))
        history.waive(0)
        assert [report.counts.accepted for report in history.current()] == [1]
        history.take("A", (("SK-1", 1, 1),))
        assert [report.counts.accepted for report in history.current()] == [0]
        history.take("A", (("SK-2", 2, 0), ("SK-1", 0, 1)))
        assert [report.counts.accepted for report in history.current()] == [2], "sorted and added to, and still decided"


def test_a_table_that_was_altered_is_found() -> None:
    with ledger() as opened:
        history = History(opened)
        history.take("A", (("SK-1", 0, 1),))
        history.waive(0)
        opened.connection.execute("UPDATE decision SET name = 'Ai đó'")
        assert list(problems(opened.connection)) == [("decision_differs", {"number": 1})]
        opened.connection.execute("DROP TABLE decision")
        assert list(problems(opened.connection)) == [("decision_differs", {"number": 1})]


def test_a_ledger_from_before_decisions_has_none() -> None:
    with ledger() as opened:
        assert decided(opened.connection).decisions == ()
        assert list(problems(opened.connection)) == []
        assert "decision" not in {name for (name,) in opened.connection.execute("SELECT name FROM sqlite_schema")}
        assert isinstance(opened.connection, sqlite3.Connection)
        assert replace(Decisions()) == replayed(opened.connection)
