"""Mail in the ledger: nobody alters, adds or takes away a row unseen; ledgers from before mail open as they are."""

from __future__ import annotations

import sqlite3
from dataclasses import fields
from datetime import datetime
from pathlib import Path

import pytest

from addin.campaign.ledger import open_ledger
from addin.mail import store
from addin.mail.store import Collected, CollectedFile, FolderMark, Outgoing, Recipient
from tests.end_to_end.small_campaign import Small

NOW = datetime(2022, 7, 1, 8, 0).astimezone()
KEY = ("q@127.0.0.1", "INBOX", 3, 17)
RECORDS: tuple[store.Record, ...] = (
    Outgoing("<1@x>", "report", "abc", "co-quan", "q@x.vn", "Tổng hợp", "thu-di/report-1.eml", "0" * 64, 99, "2022"),
    Recipient("<1@x>", "tp@x.vn", "", "queued", 0, None, "", "2022"),
    FolderMark("q@127.0.0.1", "INBOX", 3, 17, "2022"),
    Collected(*KEY, "<2@y>", "a@y.vn", None, "Báo cáo", None, "fetched", None, "2022"),
    CollectedFile(*KEY, 1, "A.xlsx", "taken", "1" * 64, "nhan/A.xlsx", None, "{}"),
)


@pytest.fixture
def small(tmp_path: Path) -> Small:
    one = Small(tmp_path)
    with open_ledger(one.campaign, by="x", now=NOW) as ledger, ledger.transaction():
        store.put(ledger, NOW, *RECORDS)
    return one


def problems(small: Small) -> list[str]:
    connection = sqlite3.connect(small.campaign.ledger)
    try:
        return [code for code, _ in store.problems(connection)]
    finally:
        connection.close()


def test_what_was_put_is_there_and_holds(small: Small) -> None:
    with open_ledger(small.campaign, by="x", now=NOW) as ledger:
        assert tuple(one for kind in store.RECORDS for one in store.records(ledger.connection, kind)) == RECORDS
    assert problems(small) == []


def test_the_same_again_is_no_entry(small: Small) -> None:
    entries = small.sql("SELECT count(*) FROM journal")
    with open_ledger(small.campaign, by="x", now=NOW) as ledger, ledger.transaction():
        store.put(ledger, NOW, *RECORDS)
    assert small.sql("SELECT count(*) FROM journal") == entries


def test_a_record_takes_the_place_of_the_one_with_its_key(small: Small) -> None:
    sent = Recipient("<1@x>", "tp@x.vn", "", "sent", 1, 250, "OK", "2022")
    with open_ledger(small.campaign, by="x", now=NOW) as ledger:
        with ledger.transaction():
            store.put(ledger, NOW, sent)
        assert store.records(ledger.connection, Recipient) == [sent]
    assert problems(small) == []


@pytest.mark.parametrize(
    ("table", "column"), [(kind.TABLE, field.name) for kind in store.RECORDS for field in fields(kind)]
)
def test_any_altered_column_is_noticed(small: Small, table: str, column: str) -> None:
    ((value,),) = small.sql(f"SELECT {column} FROM {table}")
    ((kind,),) = small.sql(f"SELECT type FROM pragma_table_info('{table}') WHERE name = '{column}'")
    other = (value or 0) + 1 if kind == "INTEGER" else f"{value or ''}x"
    small.sql(f"UPDATE {table} SET {column} = ?", (other,))
    assert "mail_differs" in problems(small)


@pytest.mark.parametrize("kind", store.RECORDS)
def test_a_row_taken_away_and_a_table_dropped_are_noticed(small: Small, kind: type[store.Record]) -> None:
    small.sql(f"DELETE FROM {kind.TABLE}")
    assert problems(small) == ["mail_differs"]
    small.sql(f"DROP TABLE {kind.TABLE}")
    assert problems(small) == ["mail_differs"]


def test_a_row_slipped_in_is_noticed_and_verify_says_so(small: Small) -> None:
    small.sql(
        "INSERT INTO mail_recipient "
        "SELECT message_id, 'x@x.vn', units, state, tries, code, answer, at FROM mail_recipient"
    )
    assert problems(small) == ["mail_differs"]
    assert "mail_differs" in small.problems()


def test_a_ledger_from_before_mail_has_none_and_holds(tmp_path: Path) -> None:
    one = Small(tmp_path)
    with open_ledger(one.campaign, by="x", now=NOW) as ledger:
        assert store.records(ledger.connection, Outgoing) == []
        assert list(store.problems(ledger.connection)) == []
