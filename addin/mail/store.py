"""Mail in the ledger: what is to be sent and to whom, what was fetched and from where.

Tables of their own in the ledger's file, made when they are first needed, so that ledgers from before mail open as
they are. Rows are only ever added or replaced, and every such write stands in the journal as it is (kind ``mail``):
replaying the journal must give the tables, or someone has been at them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

from addin.campaign import journal
from addin.campaign.journal_kinds import MAIL
from addin.campaign.ledger import Ledger

JOURNAL_KIND = MAIL
"""Entries of it change nothing that the master shows."""


class State(StrEnum):
    """Where a message stands for one recipient.

    ``unknown``: it may have been delivered; only a person decides to hand it over again. ``drafted``: it lies in the
    clerk's own mail program. ``withdrawn``: a newer message took its place before it was sent.
    """

    QUEUED = "queued"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    DRAFTED = "drafted"
    WITHDRAWN = "withdrawn"


class Kind(StrEnum):
    """What a message is: the report upward, a report sent back, a reminder."""

    REPORT = "report"
    RETURN = "return"
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message as it was made, once: retries send the same bytes. ``about`` says what it is about (see ``outbox``).

    ``file`` is relative to the campaign folder; ``size`` in bytes.
    """

    TABLE: ClassVar[str] = "mail_outgoing"
    KEYS: ClassVar[int] = 1

    message_id: str
    kind: str
    about: str
    account: str
    sender: str
    subject: str
    file: str
    sha256: str
    size: int
    made_at: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """One recipient of a message. ``units`` are the codes it concerns, joined by spaces; ``answer`` the server's."""

    TABLE: ClassVar[str] = "mail_recipient"
    KEYS: ClassVar[int] = 2

    message_id: str
    address: str
    units: str
    state: str
    tries: int
    code: int | None
    answer: str
    at: str


@dataclass(frozen=True, slots=True)
class FolderMark:
    """How far a folder of a mailbox was gone through: every message up to ``last_uid`` was looked at."""

    TABLE: ClassVar[str] = "mail_folder"
    KEYS: ClassVar[int] = 3

    mailbox: str
    folder: str
    uidvalidity: int
    last_uid: int
    at: str


@dataclass(frozen=True, slots=True)
class Collected:
    """A message with attachments that was fetched. ``unit``: whose address the sender's is; None: nobody's we know."""

    TABLE: ClassVar[str] = "mail_collected"
    KEYS: ClassVar[int] = 4

    mailbox: str
    folder: str
    uidvalidity: int
    uid: int
    message_id: str
    sender: str
    unit: str | None
    subject: str
    sent_at: str | None
    outcome: str
    code: str | None
    at: str


@dataclass(frozen=True, slots=True)
class CollectedFile:
    """An attachment, or a file in a zip that was attached. ``path`` in the inbox, relative to the campaign folder."""

    TABLE: ClassVar[str] = "mail_file"
    KEYS: ClassVar[int] = 5

    mailbox: str
    folder: str
    uidvalidity: int
    uid: int
    position: int
    name: str
    outcome: str
    sha256: str | None
    path: str | None
    code: str | None
    facts: str


Record = Outgoing | Recipient | FolderMark | Collected | CollectedFile
R = TypeVar("R", Outgoing, Recipient, FolderMark, Collected, CollectedFile)
RECORDS: tuple[type[Record], ...] = (Outgoing, Recipient, FolderMark, Collected, CollectedFile)
_TYPES = {"str": "TEXT NOT NULL", "int": "INTEGER NOT NULL", "str | None": "TEXT", "int | None": "INTEGER"}


def put(ledger: Ledger, at: datetime, *records: Record) -> None:
    """Add or replace records, within a transaction, each with its entry in the journal. No change, no entry."""
    connection = ledger.connection
    for record in records:
        kind = type(record)
        connection.execute(_declaration(kind))
        values = astuple(record)
        key = values[: kind.KEYS]
        if connection.execute(f"SELECT * FROM {kind.TABLE} WHERE {_where(kind)}", key).fetchone() == values:
            continue
        marks = ", ".join("?" * len(values))
        connection.execute(f"INSERT OR REPLACE INTO {kind.TABLE} VALUES ({marks})", values)
        ledger.note(at, JOURNAL_KIND, [kind.TABLE, *values])


def records(connection: sqlite3.Connection, record: type[R], /, **equal: object) -> list[R]:
    """Records of a type whose columns have these values, in the order of their keys; none in a ledger without mail."""
    if record.TABLE not in _tables(connection):
        return []
    where = " AND ".join(f"{column} = ?" for column in equal) or "1"
    order = ", ".join(_columns(record)[: record.KEYS])
    query = f"SELECT * FROM {record.TABLE} WHERE {where} ORDER BY {order}"
    return [record(*row) for row in connection.execute(query, tuple(equal.values()))]


def problems(connection: sqlite3.Connection) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Where the tables are not what the journal says was written: code of the table ``problem`` and its facts."""
    noted: dict[str, dict[tuple[Any, ...], tuple[Any, ...]]] = {kind.TABLE: {} for kind in RECORDS}
    keys = {kind.TABLE: kind.KEYS for kind in RECORDS}
    query = "SELECT payload FROM journal WHERE kind = ? ORDER BY seq"
    for (payload,) in connection.execute(query, (JOURNAL_KIND,)):
        match _data(payload):
            case [str(table), *values] if table in noted:
                noted[table][tuple(values[: keys[table]])] = tuple(values)
    tables = _tables(connection)
    for kind in RECORDS:
        rows = connection.execute(f"SELECT * FROM {kind.TABLE}") if kind.TABLE in tables else ()
        held = {tuple(row[: kind.KEYS]): tuple(row) for row in rows}
        for key in sorted(held.keys() | noted[kind.TABLE].keys(), key=str):
            if held.get(key) != noted[kind.TABLE].get(key):
                yield "mail_differs", {"what": ", ".join(map(str, key))}


def stamp(at: datetime) -> str:
    """A moment as the ledger writes it."""
    return at.isoformat(timespec="seconds")


def facts_text(facts: Mapping[str, object]) -> str:
    """Facts of a refusal as the ledger holds them."""
    return journal.canonical(
        {k: v if isinstance(v, str | int | float | bool | None) else str(v) for k, v in facts.items()}
    )


def _data(payload: object) -> object:
    try:
        return json.loads(str(payload))
    except ValueError:
        return None  # the chain is broken there, which is said elsewhere


def _columns(kind: type[Record]) -> list[str]:
    return [field.name for field in fields(kind)]


def _declaration(kind: type[Record]) -> str:
    columns = ", ".join(f"{field.name} {_TYPES[str(field.type)]}" for field in fields(kind))
    keys = ", ".join(_columns(kind)[: kind.KEYS])
    return f"CREATE TABLE IF NOT EXISTS {kind.TABLE} ({columns}, PRIMARY KEY ({keys})) STRICT, WITHOUT ROWID"


def _where(kind: type[Record]) -> str:
    return " AND ".join(f"{column} = ?" for column in _columns(kind)[: kind.KEYS])


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
