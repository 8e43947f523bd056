"""The ledger's transactions: what is noted and met in them, and what is left where they fail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from addin.campaign import journal
from addin.campaign.ledger import Ledger, open_ledger
from tests.end_to_end.small_campaign import Small, report, row
from validation.submission import Outcome

NOW = datetime(2022, 7, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "so-cai.sqlite", by="mai", now=NOW) as made:
        yield made


def kinds(ledger: Ledger) -> list[str]:
    return [entry.kind for entry in journal.entries(ledger.connection)]


def test_what_is_noted_in_one_transaction_follows_on_the_last_entry_and_on_each_other(ledger: Ledger) -> None:
    with ledger.transaction():
        first = ledger.note(NOW, "first", {"b": 1, "a": "Hoà"})
        second = ledger.note(NOW, "second", None)
    with ledger.transaction():
        ledger.note(NOW, "third", [])
    assert kinds(ledger) == ["opened", "first", "second", "third"]
    opened, *noted = journal.entries(ledger.connection)
    assert [entry.previous for entry in noted] == [opened.hash, first, second]
    assert [entry.hash for entry in noted[:2]] == [first, second]
    assert journal.broken_link(ledger.connection) is None


def test_rows_are_counted_whatever_became_of_them(tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.put("1.xlsx", report("A", "SK-1", "SK-1", row("SK-2", lead_author=None)))
    overview = small.merge().overview
    assert len(list(overview.rows(Outcome.ACCEPTED))) == 1
    with open_ledger(small.campaign, by="mai", now=NOW) as ledger:
        assert ledger.count_rows() == 3


def test_nothing_is_noted_outside_a_transaction(ledger: Ledger) -> None:
    with pytest.raises(AssertionError, match="outside a transaction"):
        ledger.note(NOW, "note", {})


def test_a_transaction_within_another_is_part_of_it(ledger: Ledger) -> None:
    def fail_after_the_inner_one() -> None:
        with ledger.transaction():
            with ledger.transaction():
                ledger.note(NOW, "within", None)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_the_inner_one()
    assert kinds(ledger) == ["opened"]
    with ledger.transaction():
        with ledger.transaction():
            ledger.note(NOW, "within", None)
        ledger.note(NOW, "after", None)
    assert kinds(ledger) == ["opened", "within", "after"]
    assert journal.broken_link(ledger.connection) is None


def test_what_was_met_is_known_at_once_and_forgotten_with_its_transaction(ledger: Ledger) -> None:
    assert ledger.taken_at("nhan/a.xlsx") is None
    with ledger.transaction():
        ledger.met("nhan/a.xlsx", "1", "taken", "rules", NOW)
        assert ledger.taken_at("nhan/a.xlsx") == "1"

    def fail_after_another() -> None:
        with ledger.transaction():
            ledger.met("nhan/a.xlsx", "2", "taken", "rules", NOW)
            assert ledger.taken_at("nhan/a.xlsx") == "2"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_another()
    assert ledger.taken_at("nhan/a.xlsx") == "1"
    assert ledger.knows("nhan/a.xlsx", "1", "taken", "rules", None)
    assert not ledger.knows("nhan/a.xlsx", "1", "taken", "other rules", None)
    assert kinds(ledger) == ["opened", "met"]


def test_the_same_met_again_is_no_entry(ledger: Ledger) -> None:
    for _ in range(2):
        with ledger.transaction():
            ledger.met("nhan/a.xlsx", "1", "quarantined", "rules", NOW, "password", {"day": NOW.date()})
    assert kinds(ledger) == ["opened", "met"]


def test_paths_of_one_outcome_can_be_left_aside(ledger: Ledger) -> None:
    with ledger.transaction():
        ledger.met("nhan/a.xlsx", "1", "taken", "rules", NOW)
        ledger.met("nhan/b.xlsx", "2", "quarantined", "rules", NOW, "password")
    assert list(ledger.arrivals()) == ["nhan/a.xlsx", "nhan/b.xlsx"]
    assert list(ledger.arrivals(but="taken")) == ["nhan/b.xlsx"]
