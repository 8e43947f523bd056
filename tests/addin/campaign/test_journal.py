"""The hash-chained journal on its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.campaign import journal


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    made = new()
    yield made
    made.close()


def new() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript((resources.files("addin.campaign") / "schema.sql").read_text(encoding="utf-8"))
    connection.execute("INSERT INTO ledger VALUES (1, 1, 'x', 'y', 0, ?)", (journal.GENESIS,))
    return connection


def append(connection: sqlite3.Connection, kind: str, *payloads: object) -> None:
    chain = journal.Chain(connection)
    for payload in payloads:
        chain.append("2022-07-01T08:00:00+07:00", "mai", kind, payload)
    chain.write()


def test_an_empty_journal_holds(connection: sqlite3.Connection) -> None:
    assert journal.head(connection) == (0, journal.GENESIS)
    assert journal.broken_link(connection) is None


def test_entries_come_back_as_they_were_written(connection: sqlite3.Connection) -> None:
    payloads = [{"b": 1, "a": "Hoà"}, ["x", None], "chữ", 5, None]
    append(connection, "note", *payloads[:2])
    append(connection, "note", *payloads[2:])
    assert [entry.payload for entry in journal.entries(connection)] == payloads
    assert [entry.seq for entry in journal.entries(connection, 4)] == [4, 5]
    assert journal.broken_link(connection) is None


@given(st.data())
def test_no_single_alteration_of_an_entry_keeps_the_chain(data: st.DataObject) -> None:
    connection = new()
    try:
        for number in range(5):
            append(connection, "note", {"number": number})
        seq = data.draw(st.integers(1, 5))
        column = data.draw(st.sampled_from(["at", "by", "kind", "payload", "previous", "hash"]))
        (held,) = connection.execute(f"SELECT {column} FROM journal WHERE seq = ?", (seq,)).fetchone()
        other = data.draw(
            st.text(st.characters(codec="utf-8", exclude_characters="\0")).filter(lambda text: text != held)
        )
        connection.execute(f"UPDATE journal SET {column} = ? WHERE seq = ?", (other, seq))
        broken = journal.broken_link(connection)
        assert broken is not None
        assert broken in (seq, seq + 1)
    finally:
        connection.close()


@given(
    st.dictionaries(
        st.text(st.characters(codec="utf-8")), st.integers() | st.text(st.characters(codec="utf-8")) | st.none()
    )
)
def test_the_same_data_is_the_same_text_in_any_order(data: dict[str, object]) -> None:
    assert journal.canonical(data) == journal.canonical(dict(reversed(data.items())))
