"""Lists in the ledger: closed for good; nobody alters, adds or takes away anything unseen."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from addin.campaign.ledger import Ledger, open_ledger
from addin.errors import CouldNotSave
from addin.payments import store
from addin.payments.store import Void
from tests.addin.payments.payment_campaign import Book, overview_of_rows, paid_row
from tests.end_to_end.small_campaign import Small

NOW = datetime(2022, 7, 1, 8, 0).astimezone()


def book() -> Book:
    """Every kind of line: with and without code, co-authors, adjustments."""
    one = Book()
    one.pay(overview_of_rows({"A": [paid_row("SK-1", co_authors=("Lê B", "Vũ C")), paid_row("SK-2")]}))
    one.pay(overview_of_rows({"A": [paid_row("SK-1"), paid_row("SK-3")]}))
    return one


LISTS = book().lists
ADJUSTED = next(one.record.key for one in LISTS if one.items[-1].refers)
VOID = Void(LISTS[0].record.key, "ghi nhầm ngày", "Hạnh", NOW)


@pytest.fixture
def small(tmp_path: Path) -> Small:
    one = Small(tmp_path)
    with open_ledger(one.campaign, by="x", now=NOW) as ledger, ledger.transaction():
        for closed in LISTS:
            store.close(ledger, NOW, closed.record, closed.items)
        store.make_void(ledger, VOID)
    return one


def problems(small: Small) -> list[str]:
    connection = sqlite3.connect(small.campaign.ledger)
    try:
        return [code for code, _ in store.problems(connection)]
    finally:
        connection.close()


def _columns() -> list[tuple[str, str]]:
    connection = sqlite3.connect(":memory:")
    store._make_tables(connection)
    names = [(table, row[1]) for table in store.TABLES for row in connection.execute(f"PRAGMA table_info({table})")]
    connection.close()
    return names


def test_what_was_closed_is_there_as_it_was_and_holds(small: Small) -> None:
    with open_ledger(small.campaign, by="x", now=NOW) as ledger:
        held = store.closed_lists(ledger.connection)
    assert held == [replace(one, void=VOID if one.record.key == VOID.list_key else None) for one in LISTS]
    assert problems(small) == []


def test_a_list_is_not_closed_twice_and_a_failed_try_leaves_nothing(small: Small) -> None:
    entries = small.sql("SELECT count(*) FROM journal")
    with open_ledger(small.campaign, by="x", now=NOW) as ledger, pytest.raises(CouldNotSave):
        _close_a_new_one_and_an_old_one(ledger)
    assert small.sql("SELECT count(*) FROM journal") == entries
    assert problems(small) == []


def _close_a_new_one_and_an_old_one(ledger: Ledger) -> None:
    with ledger.transaction():
        store.close(ledger, NOW, replace(LISTS[1].record, key="X", seq=99), LISTS[1].items)
        store.close(ledger, NOW, LISTS[1].record, LISTS[1].items)


@pytest.mark.parametrize(("table", "column"), _columns())
def test_any_altered_column_is_noticed(small: Small, table: str, column: str) -> None:
    ((kind,),) = small.sql(f"SELECT type FROM pragma_table_info('{table}') WHERE name = '{column}'")
    key = {store.LISTS: "seq = 2", store.ITEMS: f"list_key = '{ADJUSTED}' AND refers IS NOT NULL"}.get(table, "1")
    ((value,),) = small.sql(f"SELECT {column} FROM {table} WHERE {key}")
    other = (value or 0) + 1000 if kind == "INTEGER" else f"{value or ''}x"
    small.sql(f"UPDATE {table} SET {column} = ? WHERE {key}", (other,))
    assert problems(small) != []


@pytest.mark.parametrize("table", store.TABLES)
def test_a_row_taken_away_and_a_table_dropped_are_noticed(small: Small, table: str) -> None:
    column = {store.LISTS: "seq", store.ITEMS: "position", store.VOIDS: "at"}[table]
    small.sql(f"DELETE FROM {table} WHERE {column} = (SELECT max({column}) FROM {table})")
    assert problems(small) != []
    small.sql(f"DROP TABLE {table}")
    assert problems(small) != []


def test_a_line_and_a_voiding_slipped_in_are_noticed_and_verify_says_so(small: Small) -> None:
    small.sql("INSERT INTO payment_void VALUES (?, 'x', 'y', '2022')", (LISTS[1].record.key,))
    assert problems(small) == ["payment_void_differs"]
    small.sql("DELETE FROM payment_void WHERE name = 'y'")
    columns = [name for table, name in _columns() if table == store.ITEMS]
    copied = ", ".join("position + 50" if name == "position" else name for name in columns)
    small.sql(f"INSERT INTO payment_item SELECT {copied} FROM payment_item WHERE position = 1 LIMIT 1")
    assert problems(small) == ["payment_differs"]
    assert "payment_differs" in small.problems()


def test_a_ledger_from_before_payments_has_none_and_holds(tmp_path: Path) -> None:
    one = Small(tmp_path)
    with open_ledger(one.campaign, by="x", now=NOW) as ledger:
        assert store.closed_lists(ledger.connection) == []
        assert list(store.problems(ledger.connection)) == []
