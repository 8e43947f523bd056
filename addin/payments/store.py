"""Payment lists in the ledger: closed when they are written, void by a record of its own, never altered.

Tables of their own in the ledger's file, made when they are first needed. Each list stands in the journal with a digest
of its items, each voiding as it is: tables that say anything else were altered by someone.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime
from typing import Any

from addin.campaign import journal
from addin.campaign.journal_kinds import PAYMENT
from addin.campaign.ledger import Ledger
from validation.payments import Account, Fund, Posting

JOURNAL_KIND = PAYMENT
"""Entries of it change nothing that the master shows."""

LISTS, ITEMS, VOIDS = "payment_list", "payment_item", "payment_void"
TABLES = (LISTS, ITEMS, VOIDS)


@dataclass(frozen=True, slots=True)
class PaymentItem:
    """One line of a list, with all that is printed of it. ``amount`` in đồng, negative where it takes back.

    ``refers`` is the key of the list that it mends, ``reference`` how that list is cited, ``reason`` why; all three are
    None for a payment.
    """

    position: int
    unit: str
    unit_name: str
    identity: str
    registration_code: str | None
    lead_author: str
    co_authors: str
    workplace: str
    title: str
    amount: int
    refers: str | None = None
    reference: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class PaymentList:
    """A closed list: one payer, one fund, one phase, numbered within the year of its day.

    ``issuer`` is the superior whose workbook (``file``, relative to the campaign folder) holds it; ``layout`` is
    ``sign`` or ``bank``; ``level`` that of the payer; ``seq`` counts all lists of the campaign. ``amount`` and
    ``lines`` are sums over the items.
    """

    key: str
    seq: int
    fund: Fund
    payer: str
    payer_name: str
    superior_name: str
    level: str
    issuer: str
    phase: int
    phase_name: str
    programme: str
    place: str
    year: int
    number: int
    day: date
    layout: str
    amount: int
    lines: int
    file: str
    made_at: str
    made_by: str

    @property
    def label(self) -> str:
        """Its number as it stands on the paper: ``01/2022/DSC-GĐ1``."""
        kind = "DSC" if self.fund is Fund.UPPER else "DSC-CS"
        return f"{self.number:02}/{self.year}/{kind}-GĐ{self.phase}"


@dataclass(frozen=True, slots=True)
class Void:
    """Why a list does not hold, who decided it, and when."""

    list_key: str
    reason: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ClosedList:
    """A list as the ledger holds it."""

    record: PaymentList
    items: tuple[PaymentItem, ...]
    void: Void | None = None

    def postings(self) -> Iterator[Posting]:
        """What it says of each account."""
        one = self.record
        for item in self.items:
            yield Posting(Account(one.fund, item.unit, one.phase, item.identity), item.amount, one.key)


_LIST_COLUMNS = tuple(field.name for field in fields(PaymentList))
_ITEM_COLUMNS = tuple(field.name for field in fields(PaymentItem))
_INTEGERS = frozenset({"seq", "phase", "year", "number", "amount", "lines", "position"})
_MAY_BE_NULL = frozenset({"registration_code", "refers", "reference", "reason"})


def list_key(fund: Fund, payer: str, phase: int, year: int, number: int) -> str:
    """What a list is called on the command line and at the foot of its pages."""
    return f"{payer}-GD{phase}-{year}-{number:02}{'-CS' if fund is Fund.BASE else ''}"


def close(ledger: Ledger, at: datetime, record: PaymentList, items: Sequence[PaymentItem]) -> None:
    """Write a list, within a transaction, with its entry in the journal. There is no way to write it again."""
    connection = ledger.connection
    _make_tables(connection)
    values, lines = _list_values(record), [astuple(item) for item in items]
    connection.execute(f"INSERT INTO {LISTS} VALUES ({_marks(len(values))})", values)
    connection.executemany(
        f"INSERT INTO {ITEMS} VALUES ({_marks(1 + len(_ITEM_COLUMNS))})", ((record.key, *line) for line in lines)
    )
    ledger.note(at, JOURNAL_KIND, [LISTS, *values, _digest(lines)])


def make_void(ledger: Ledger, void: Void) -> None:
    """Record that a list does not hold, within a transaction. The list stays as it is."""
    values = (void.list_key, void.reason, void.name, _stamp(void.at))
    ledger.connection.execute(f"INSERT INTO {VOIDS} VALUES ({_marks(len(values))})", values)
    ledger.note(void.at, JOURNAL_KIND, [VOIDS, *values])


def closed_lists(connection: sqlite3.Connection) -> list[ClosedList]:
    """Every list ever made, in the order of making; none in a ledger without payments."""
    if LISTS not in _tables(connection):
        return []
    items: dict[str, list[PaymentItem]] = {}
    for key, *record in connection.execute(f"SELECT * FROM {ITEMS} ORDER BY list_key, position"):
        items.setdefault(key, []).append(PaymentItem(*record))
    voids = {
        key: Void(key, reason, name, datetime.fromisoformat(at))
        for key, reason, name, at in connection.execute(f"SELECT * FROM {VOIDS}")
    }
    return [
        ClosedList(record := _list(values), tuple(items.get(record.key, ())), voids.get(record.key))
        for values in connection.execute(f"SELECT * FROM {LISTS} ORDER BY seq")
    ]


def problems(connection: sqlite3.Connection) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Where the tables are not what the journal says was written: code of the table ``problem`` and its facts."""
    noted, noted_voids = _noted(connection)
    held: dict[str, list[Any]] = {}
    held_voids: dict[str, list[Any]] = {}
    if LISTS in _tables(connection):
        held = {values[0]: [*values] for values in connection.execute(f"SELECT * FROM {LISTS}")}
    if ITEMS in _tables(connection):
        lines: dict[str, list[tuple[Any, ...]]] = {}
        for key, *line in connection.execute(f"SELECT * FROM {ITEMS} ORDER BY list_key, position"):
            lines.setdefault(key, []).append(tuple(line))
        for key in held.keys() | lines.keys():
            held.setdefault(key, []).append(_digest(lines.get(key, [])))
    if VOIDS in _tables(connection):
        held_voids = {values[0]: list(values) for values in connection.execute(f"SELECT * FROM {VOIDS}")}
    for key in sorted(held.keys() | noted.keys(), key=str):
        if held.get(key) != noted.get(key):
            yield "payment_differs", {"number": key}
    for key in sorted(held_voids.keys() | noted_voids.keys(), key=str):
        if held_voids.get(key) != noted_voids.get(key):
            yield "payment_void_differs", {"number": key}


def _noted(connection: sqlite3.Connection) -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
    """What the journal says was written: lists with the digest of their items, and voidings."""
    lists: dict[str, list[Any]] = {}
    voids: dict[str, list[Any]] = {}
    for (payload,) in connection.execute("SELECT payload FROM journal WHERE kind = ? ORDER BY seq", (JOURNAL_KIND,)):
        try:
            data = json.loads(str(payload))
        except ValueError:
            continue  # the chain is broken there, which is said elsewhere
        match data:
            case [str(table), str(key), *values] if table == LISTS:
                lists[key] = [key, *values]
            case [str(table), str(key), *values] if table == VOIDS:
                voids[key] = [key, *values]
    return lists, voids


def _list_values(record: PaymentList) -> tuple[Any, ...]:
    values = (getattr(record, name) for name in _LIST_COLUMNS)
    return tuple(
        value.isoformat() if isinstance(value, date) else value.value if isinstance(value, Fund) else value
        for value in values
    )


def _list(values: Iterable[Any]) -> PaymentList:
    named = dict(zip(_LIST_COLUMNS, values, strict=True))
    return PaymentList(**named | {"fund": Fund(named["fund"]), "day": date.fromisoformat(named["day"])})


def _digest(lines: Iterable[Sequence[Any]]) -> str:
    return hashlib.sha256(journal.canonical([list(line) for line in lines]).encode()).hexdigest()


def _make_tables(connection: sqlite3.Connection) -> None:
    lists, items = (", ".join(map(_column, names)) for names in (_LIST_COLUMNS, _ITEM_COLUMNS))
    owner = f"list_key TEXT NOT NULL REFERENCES {LISTS} (key)"
    for declaration in (
        f"{LISTS} ({lists}, PRIMARY KEY (key), UNIQUE (seq))",
        f"{ITEMS} ({owner}, {items}, PRIMARY KEY (list_key, position))",
        f"{VOIDS} ({owner} PRIMARY KEY, reason TEXT NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL)",
    ):
        connection.execute(f"CREATE TABLE IF NOT EXISTS {declaration} STRICT, WITHOUT ROWID")


def _column(name: str) -> str:
    kind = "INTEGER" if name in _INTEGERS else "TEXT"
    return f"{name} {kind}{'' if name in _MAY_BE_NULL else ' NOT NULL'}"


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
