"""The hash-chained journal: what happened, in order, such that no entry can be altered, removed or slipped in unseen.

Each entry's hash covers its content and the hash before it. The head's hash is also written into every master.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``payload`` is JSON data."""

    seq: int
    at: str
    by: str
    kind: str
    payload: Any
    previous: str
    hash: str


_AS_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def canonical(data: object) -> str:
    """JSON text that is the same for the same data, always."""
    return _AS_JSON(data)


def entry_hash(seq: int, at: str, by: str, kind: str, payload: str, previous: str) -> str:
    """The hash of an entry whose payload is canonical JSON text."""
    return hashlib.sha256("\n".join((previous, str(seq), at, by, kind, payload)).encode()).hexdigest()


def head(connection: sqlite3.Connection) -> tuple[int, str]:
    """Number and hash of the last entry, as the ledger states it; (0, GENESIS) of an empty journal."""
    seq, digest = connection.execute("SELECT head_seq, head_hash FROM ledger").fetchone()
    return int(seq), str(digest)


class Chain:
    """The end of the journal for the time of one transaction: entries are linked here and written all at once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._seq, self._hash = head(connection)
        self._entries: list[tuple[int, str, str, str, str, str, str]] = []

    def append(self, at: str, by: str, kind: str, payload: object) -> str:
        """Link an entry; returns its hash."""
        previous, text = self._hash, canonical(payload)
        self._seq += 1
        self._hash = entry_hash(self._seq, at, by, kind, text, previous)
        self._entries.append((self._seq, at, by, kind, text, previous, self._hash))
        return self._hash

    def write(self) -> None:
        """Write what was linked, within the caller's transaction."""
        self._connection.executemany("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)", self._entries)
        self._connection.execute("UPDATE ledger SET head_seq = ?, head_hash = ?", (self._seq, self._hash))
        self._entries.clear()


def entries(connection: sqlite3.Connection, first: int = 1) -> Iterator[Entry]:
    """The entries from number ``first`` on in order, unchecked."""
    for seq, at, by, kind, payload, previous, digest in connection.execute(
        "SELECT * FROM journal WHERE seq >= ? ORDER BY seq", (first,)
    ):
        try:
            data = json.loads(payload)
        except ValueError:
            data = None
        yield Entry(seq, at, by, kind, data, previous, digest)


def broken_link(connection: sqlite3.Connection) -> int | None:
    """Number of the first entry that does not follow from the one before; None where the chain holds."""
    previous, expected = GENESIS, 1
    for seq, at, by, kind, payload, stated_previous, digest in connection.execute("SELECT * FROM journal ORDER BY seq"):
        if seq != expected or stated_previous != previous:
            return expected
        if entry_hash(seq, at, by, kind, payload, previous) != digest:
            return expected
        previous, expected = digest, expected + 1
    return None if head(connection) == (expected - 1, previous) else expected
