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


def canonical(data: object) -> str:
    """JSON text that is the same for the same data, always."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def entry_hash(seq: int, at: str, by: str, kind: str, payload: str, previous: str) -> str:
    """The hash of an entry whose payload is canonical JSON text."""
    return hashlib.sha256("\n".join((previous, str(seq), at, by, kind, payload)).encode()).hexdigest()


def head(connection: sqlite3.Connection) -> tuple[int, str]:
    """Number and hash of the last entry, as the ledger states it; (0, GENESIS) of an empty journal."""
    seq, digest = connection.execute("SELECT head_seq, head_hash FROM ledger").fetchone()
    return int(seq), str(digest)


def append(connection: sqlite3.Connection, at: str, by: str, kind: str, payload: object) -> str:
    """Append an entry within the caller's transaction; returns its hash."""
    seq, previous = head(connection)
    text = canonical(payload)
    digest = entry_hash(seq + 1, at, by, kind, text, previous)
    connection.execute(
        "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)", (seq + 1, at, by, kind, text, previous, digest)
    )
    connection.execute("UPDATE ledger SET head_seq = ?, head_hash = ?", (seq + 1, digest))
    return digest


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
