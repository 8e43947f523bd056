"""Frozen states in the ledger: written once, never changed, each with its digest in the journal.

A table of its own in the ledger's file, made when it is first needed.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from addin.campaign import journal
from addin.campaign.ledger import Ledger

JOURNAL_KIND = "frozen"
TABLE = "frozen"
FIGURES = ("registered", "approved", "counted", "upper_support", "base_support")
"""What a line says; the last two in đồng."""


class Scope(StrEnum):
    """What a line sums up: everything, a phase, a payer in a phase, a unit in a phase."""

    TOTAL = "total"
    PHASE = "phase"
    PAYER = "payer"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class FrozenLine:
    """Figures of one scope. ``code`` and ``name`` are the unit's or payer's, ``phase`` None in the sum over all;
    ``figures`` in the order of ``FIGURES``; ``members`` and ``member_authors`` of units, 0 elsewhere."""

    scope: Scope
    code: str
    name: str
    phase: int | None
    figures: tuple[int, ...]
    members: int = 0
    member_authors: int = 0

    @property
    def key(self) -> tuple[str, str, int]:
        """What it is about."""
        return (self.scope.value, self.code, self.phase or 0)


@dataclass(frozen=True, slots=True)
class Frozen:
    """A state as it was kept. ``rows`` counts accepted rows, ``reports`` units with a report, ``expected`` those that
    owed one; ``targets`` by phase. ``heading`` names unit, its superior, programme and place as printed."""

    seq: int
    name: str
    at: datetime
    by: str
    rows: int
    reports: int
    expected: int
    phase_names: Mapping[int, str]
    targets: Mapping[int, int]
    heading: Mapping[str, str]
    lines: tuple[FrozenLine, ...]

    def of(self, scope: Scope) -> tuple[FrozenLine, ...]:
        """The lines of one scope."""
        return tuple(line for line in self.lines if line.scope is scope)


def declaration() -> str:
    """The table."""
    return (
        f"CREATE TABLE IF NOT EXISTS {TABLE} (seq INTEGER NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL,"
        " by TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (seq)) STRICT, WITHOUT ROWID"
    )


def keep(ledger: Ledger, state: Frozen) -> None:
    """Write a state, within a transaction, with its entry in the journal. There is no way to write it again."""
    connection = ledger.connection
    connection.execute(declaration())
    values = (state.seq, state.name, state.at.isoformat(timespec="seconds"), state.by, _content(state))
    connection.execute(f"INSERT INTO {TABLE} VALUES (?, ?, ?, ?, ?)", values)
    ledger.note(state.at, JOURNAL_KIND, [*values[:-1], _digest(values[-1])])


def frozen_states(connection: sqlite3.Connection) -> list[Frozen]:
    """Every state kept, oldest first. Raises ValueError, TypeError and KeyError for what no state can be."""
    if not _has_table(connection):
        return []
    return [_state(*row) for row in connection.execute(f"SELECT * FROM {TABLE} ORDER BY seq")]


def problems(connection: sqlite3.Connection) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Where the table is not what the journal says was written: code of the table ``problem`` and its facts."""
    noted: dict[int, list[object]] = {}
    for (payload,) in connection.execute("SELECT payload FROM journal WHERE kind = ? ORDER BY seq", (JOURNAL_KIND,)):
        try:
            data = json.loads(str(payload))
        except ValueError:
            continue  # the chain is broken there, which is said elsewhere
        match data:
            case [int(seq), *values]:
                noted[seq] = [seq, *values]
    rows = connection.execute(f"SELECT * FROM {TABLE}") if _has_table(connection) else ()
    held = {row[0]: [*row[:-1], _digest(row[-1])] for row in rows}
    for seq in sorted(held.keys() | noted.keys()):
        if held.get(seq) != noted.get(seq):
            name = (noted.get(seq) or held.get(seq) or ["", "?"])[1]
            yield "frozen_differs", {"name": name}


def _content(state: Frozen) -> str:
    return journal.canonical({
        "rows": state.rows, "reports": state.reports, "expected": state.expected,
        "phases": [[number, name, state.targets[number]] for number, name in state.phase_names.items()],
        "heading": dict(state.heading),
        "lines": [
            [one.scope.value, one.code, one.name, one.phase, list(one.figures), one.members, one.member_authors]
            for one in state.lines
        ],
    })  # fmt: skip


def _state(seq: int, name: str, at: str, by: str, content: str) -> Frozen:
    data = json.loads(content)
    phases = {number: (label, target) for number, label, target in data["phases"]}
    lines = (
        FrozenLine(Scope(scope), code, label, phase, tuple(figures), members, authors)
        for scope, code, label, phase, figures, members, authors in data["lines"]
    )
    return Frozen(
        seq, name, datetime.fromisoformat(at), by, data["rows"], data["reports"], data["expected"],
        {number: label for number, (label, _) in phases.items()},
        {number: target for number, (_, target) in phases.items()}, data["heading"], tuple(lines),
    )  # fmt: skip


def _digest(content: object) -> str:
    return hashlib.sha256(str(content).encode()).hexdigest()


def _has_table(connection: sqlite3.Connection) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", (TABLE,))
    return found.fetchone() is not None
