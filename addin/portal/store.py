"""Lists of the national portal in the ledger: what each said, and by which file. The newest counts.

Tables of their own in the ledger's file, made when they are first needed. A list is written once and never changed;
its record stands in the journal with a digest of its lines, and the file itself lies in the archive by content.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime

from addin.campaign import journal
from addin.campaign.ledger import Ledger
from validation.portal import PortalEntry

JOURNAL_KIND = "portal"
LISTS, ENTRIES = "portal_list", "portal_entry"


@dataclass(frozen=True, slots=True)
class PortalList:
    """A list that was taken. ``file`` is its name as given, ``ending`` its kind (``.xlsx``, ``.csv``), ``corrections``
    JSON of what the clerk said about its columns, ``only_sheets`` JSON too; ``lines`` counts its entries."""

    seq: int
    sha256: str
    file: str
    ending: str
    corrections: str
    only_sheets: str
    lines: int
    taken_at: str
    taken_by: str


_INTEGERS = frozenset({"seq", "lines", "position", "row"})
_ALWAYS = frozenset({field.name for field in fields(PortalList)} | {"position", "sheet", "row"})
_DAYS = ("registered_on", "approved_on")


def declarations() -> tuple[str, str]:
    """The two tables."""
    lists, entries = (", ".join(_column(f.name) for f in fields(kind)) for kind in (PortalList, PortalEntry))
    owner, key = f"list INTEGER NOT NULL REFERENCES {LISTS} (seq)", "PRIMARY KEY (list, position)"
    return (
        f"CREATE TABLE IF NOT EXISTS {LISTS} ({lists}, PRIMARY KEY (seq)) STRICT, WITHOUT ROWID",
        f"CREATE TABLE IF NOT EXISTS {ENTRIES} ({owner}, {entries}, {key}) STRICT, WITHOUT ROWID",
    )


def _column(name: str) -> str:
    kind = "INTEGER" if name in _INTEGERS else "TEXT"
    return f'"{name}" {kind}{" NOT NULL" if name in _ALWAYS else ""}'


def take(ledger: Ledger, at: datetime, record: PortalList, entries: Sequence[PortalEntry]) -> None:
    """Record a list, within a transaction, with its entry in the journal."""
    for declaration in declarations():
        ledger.connection.execute(declaration)
    values, lines = astuple(record), [_values(entry) for entry in entries]
    ledger.connection.execute(f"INSERT INTO {LISTS} VALUES ({_marks(len(values))})", values)
    ledger.connection.executemany(
        f"INSERT INTO {ENTRIES} VALUES ({_marks(1 + len(fields(PortalEntry)))})",
        ((record.seq, *line) for line in lines),
    )
    ledger.note(at, JOURNAL_KIND, [LISTS, *values, _digest(lines)])


def lists(connection: sqlite3.Connection) -> list[PortalList]:
    """Every list ever taken, oldest first; none in a ledger without."""
    if LISTS not in _tables(connection):
        return []
    return [PortalList(*row) for row in connection.execute(f"SELECT * FROM {LISTS} ORDER BY seq")]


def newest(connection: sqlite3.Connection) -> PortalList | None:
    """The list that counts."""
    return next(reversed(lists(connection)), None)


def entries_of(connection: sqlite3.Connection, record: PortalList) -> list[PortalEntry]:
    """The lines of a list, as the ledger holds them. Raises ValueError for what no line can hold."""
    columns = [field.name for field in fields(PortalEntry)]
    quoted = ", ".join(f'"{name}"' for name in columns)
    result = []
    for line in connection.execute(f"SELECT {quoted} FROM {ENTRIES} WHERE list = ? ORDER BY position", (record.seq,)):
        values = dict(zip(columns, line, strict=True))
        for name in _DAYS:
            values[name] = date.fromisoformat(values[name]) if values[name] is not None else None
        result.append(PortalEntry(**values))
    return result


def problems(connection: sqlite3.Connection) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Where the tables are not what the journal says was written: code of the table ``problem`` and its facts."""
    noted: dict[int, list[object]] = {}
    for (payload,) in connection.execute("SELECT payload FROM journal WHERE kind = ? ORDER BY seq", (JOURNAL_KIND,)):
        try:
            data = json.loads(str(payload))
        except ValueError:
            continue  # the chain is broken there, which is said elsewhere
        match data:
            case [str(table), int(seq), *values] if table == LISTS:
                noted[seq] = [seq, *values]
    held: dict[int, list[object]] = {}
    tables = _tables(connection)
    if LISTS in tables:
        held = {row[0]: [*row] for row in connection.execute(f"SELECT * FROM {LISTS}")}
    if ENTRIES in tables:
        lines: dict[int, list[tuple[object, ...]]] = {}
        for seq, *line in connection.execute(f"SELECT * FROM {ENTRIES} ORDER BY list, position"):
            lines.setdefault(seq, []).append(tuple(line))
        for seq in held.keys() | lines.keys():
            held.setdefault(seq, []).append(_digest(lines.get(seq, [])))
    for seq in sorted(held.keys() | noted.keys(), key=str):
        if held.get(seq) != noted.get(seq):
            yield "portal_differs", {"seq": seq}


def _values(entry: PortalEntry) -> tuple[object, ...]:
    return tuple(value.isoformat() if isinstance(value, date) else value for value in astuple(entry))


def _digest(lines: Iterable[Sequence[object]]) -> str:
    return hashlib.sha256(journal.canonical([list(line) for line in lines]).encode()).hexdigest()


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
