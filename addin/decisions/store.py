"""Decisions in the ledger: written once, revoked by a record of their own, never altered or deleted.

Tables of their own in the ledger's file, made when they are first needed. Every record stands in the journal as it is
(kind ``decision``): replaying the journal must give the tables, or someone has been at them.

The master shows what was decided before it was written; what was decided since waits for the next merge.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from addin.campaign.ledger import Ledger
from validation.decisions import Choice, Decisions, Kind, State, Waiver

JOURNAL_KIND = "decision"
BY_COMMAND, FROM_MASTER = "command", "master:"
"""``source`` of what was decided by a command, and how that of what was entered in the master begins: its sha256
follows."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it was made. ``code`` is a rule's (waiver) or a registration code (choice); ``about`` says in words
    what it was about, for when that is gone; ``row`` is the row's number then, None for a report as a whole."""

    TABLE: ClassVar[str] = "decision"

    id: int
    kind: str
    unit: str
    code: str
    field: str | None
    content: str
    about: str
    row: int | None
    reason: str
    name: str
    at: str
    source: str

    @property
    def key(self) -> Waiver | Choice:
        """What it decides."""
        if self.kind == Kind.CHOICE:
            return Choice(self.code, self.unit, self.content)
        return Waiver(self.unit, self.code, self.field, self.content)


@dataclass(frozen=True, slots=True)
class Revocation:
    """Why a decision holds no more, who decided that, and when. ``id`` is the decision's."""

    TABLE: ClassVar[str] = "decision_revocation"

    id: int
    reason: str
    name: str
    at: str
    source: str


Record = Decision | Revocation
R = TypeVar("R", Decision, Revocation)
RECORDS: tuple[type[Record], ...] = (Decision, Revocation)
_TYPES = {"str": "TEXT NOT NULL", "int": "INTEGER NOT NULL", "str | None": "TEXT", "int | None": "INTEGER"}


@dataclass(frozen=True, slots=True)
class Decided:
    """All decisions ever made, in order, and the revocations by decision. ``new`` and ``newly_revoked`` are numbers of
    decisions that were made, or revoked, since the master was last written."""

    decisions: tuple[Decision, ...]
    revoked: Mapping[int, Revocation]
    new: frozenset[int] = frozenset()
    newly_revoked: frozenset[int] = frozenset()

    def in_effect(self, *, since_merge: bool) -> Decisions:
        """Those that hold: with what was decided since the master was last written, or as the master shows it."""
        gone = self.revoked.keys() if since_merge else (self.revoked.keys() - self.newly_revoked) | self.new
        standing = [one for one in self.decisions if one.id not in gone]
        waivers = {key: one.id for one in standing if isinstance(key := one.key, Waiver)}
        choices = {key.code: (key, one.id) for one in standing if isinstance(key := one.key, Choice)}
        return Decisions(waivers, choices)


@dataclass(frozen=True, slots=True)
class StandingDecision:
    """A decision and whether it holds. ``why`` says why it lapsed, a key of the catalogue's table ``decision_why``."""

    decision: Decision
    state: State
    why: str | None = None
    revocation: Revocation | None = None


def declarations() -> Iterator[str]:
    """The statements that make the tables."""
    for kind in RECORDS:
        columns = ", ".join(
            f"{field.name} {'INTEGER PRIMARY KEY' if field.name == 'id' else _TYPES[str(field.type)]}"
            for field in fields(kind)
        )
        yield f"CREATE TABLE IF NOT EXISTS {kind.TABLE} ({columns}) STRICT"


def next_id(connection: sqlite3.Connection) -> int:
    """The number of the next decision."""
    if Decision.TABLE not in _tables(connection):
        return 1
    return int(connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {Decision.TABLE}").fetchone()[0])


def put(ledger: Ledger, at: datetime, records: Sequence[Record]) -> None:
    """Write records, within a transaction, each with its entry in the journal."""
    connection = ledger.connection
    for statement in declarations():
        connection.execute(statement)
    for record in records:
        values = astuple(record)
        connection.execute(f"INSERT INTO {record.TABLE} VALUES ({', '.join('?' * len(values))})", values)
        ledger.note(at, JOURNAL_KIND, [record.TABLE, *values])


def decided(connection: sqlite3.Connection) -> Decided:
    """The decisions of the ledger."""
    since = list(_noted(connection, after=_last_merge(connection)))
    return Decided(
        tuple(_held(connection, Decision)),
        {one.id: one for one in _held(connection, Revocation)},
        frozenset(one.id for one in since if isinstance(one, Decision)),
        frozenset(one.id for one in since if isinstance(one, Revocation)),
    )


def replayed(connection: sqlite3.Connection) -> Decisions:
    """What held when the master was last written, by the journal alone."""
    noted = list(_noted(connection, up_to=_last_merge(connection)))
    revoked = {one.id: one for one in noted if isinstance(one, Revocation)}
    return Decided(tuple(one for one in noted if isinstance(one, Decision)), revoked).in_effect(since_merge=True)


def problems(connection: sqlite3.Connection) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Where the tables are not what the journal says was written: code of the table ``problem`` and its facts."""
    noted: dict[tuple[str, int], Record] = {(one.TABLE, one.id): one for one in _noted(connection)}
    records: list[Record] = [*_held(connection, Decision), *_held(connection, Revocation)]
    held: dict[tuple[str, int], Record] = {(one.TABLE, one.id): one for one in records}
    for key in sorted(held.keys() | noted.keys()):
        if held.get(key) != noted.get(key):
            yield "decision_differs", {"number": key[1]}


def last_master(connection: sqlite3.Connection) -> Mapping[str, Any] | None:
    """What the journal says of the master that was last written; None where none was."""
    found = connection.execute("SELECT payload FROM journal WHERE seq = ?", (_last_merge(connection),)).fetchone()
    data = _data(found[0]) if found else None
    return data if isinstance(data, dict) else None


def stamp(at: datetime) -> str:
    """A moment as the ledger writes it."""
    return at.isoformat(timespec="seconds")


def _held(connection: sqlite3.Connection, kind: type[R]) -> list[R]:
    if kind.TABLE not in _tables(connection):
        return []
    return [kind(*row) for row in connection.execute(f"SELECT * FROM {kind.TABLE} ORDER BY id")]


def _noted(connection: sqlite3.Connection, *, after: int = 0, up_to: int | None = None) -> Iterator[Record]:
    """The records as the journal has them, in order, within these entries."""
    kinds = {kind.TABLE: kind for kind in RECORDS}
    query = "SELECT payload FROM journal WHERE kind = ? AND seq > ? AND (? IS NULL OR seq <= ?) ORDER BY seq"
    for (payload,) in connection.execute(query, (JOURNAL_KIND, after, up_to, up_to)):
        match _data(payload):
            case [str(table), int(key), *values] if table in kinds and len(values) == len(fields(kinds[table])) - 1:
                yield kinds[table](key, *values)


def _data(payload: object) -> Any:
    try:
        return json.loads(str(payload))
    except ValueError:
        return None  # the chain is broken there, which is said elsewhere


def _last_merge(connection: sqlite3.Connection) -> int:
    """Number of the journal's entry with which the master was last written; 0 for none."""
    return int(connection.execute("SELECT coalesce(max(seq), 0) FROM journal WHERE kind = 'merged'").fetchone()[0])


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
