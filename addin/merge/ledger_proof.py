"""Whether the ledger is whole: SQLite's own checks, the journal's chain, and every table held against the journal."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from addin.campaign import journal
from addin.campaign.ledger import Ledger
from addin.decisions.store import problems as decision_problems
from addin.freezing.store import problems as frozen_problems
from addin.mail.store import problems as mail_problems
from addin.merge.problems import Problem
from addin.payments.store import problems as payment_problems
from addin.portal.store import problems as portal_problems


def sqlite_complaints(connection: sqlite3.Connection) -> list[str]:
    """What SQLite itself finds wrong; nothing further can be asked of such a file."""
    try:
        lines = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    except sqlite3.DatabaseError as problem:
        return [str(problem)]
    if lines != ["ok"]:
        return lines[:5]
    # A row that belongs to no report is in no digest.
    return [f"{row[0]}: {row[1]} → {row[2]}" for row in connection.execute("PRAGMA foreign_key_check")][:5]


def journal_problems(ledger: Ledger) -> Iterator[Problem]:
    """Where the chain is broken, and where a table does not say what the journal says."""
    broken = journal.broken_link(ledger.connection)
    if broken is not None:
        yield Problem("chain_broken", {"seq": broken})
    digests: dict[str, str] = {}
    order: dict[str, int] = {}
    met: dict[str, list[Any]] = {}
    opened: dict[str, Any] | None = None
    withdrawn: dict[str, list[Any]] = {}
    for entry in journal.entries(ledger.connection):
        match entry.kind, entry.payload:
            case "opened", dict() as payload:
                opened = payload
            case (("received" | "judged_again"), {"sha256": str(sha), "digest": str(digest), "id": int(key)}):
                digests[sha], order[sha] = digest, key
            case "arrived_again", {"sha256": str(sha), "id": int(key)}:
                order[sha] = key
            case "refused_again", {"sha256": str(sha)}:
                digests.pop(sha, None)
                order.pop(sha, None)
            case "withdrawn", [str(sha), *_] as record:
                withdrawn[sha] = record
            case "reinstated", [str(sha), *_]:
                withdrawn.pop(sha, None)
            case "met", [str(path), *_] as record:
                met[path] = record
    yield from _ledger_record_problems(ledger, opened)
    yield from _digest_problems(ledger, digests)
    held = dict(ledger.connection.execute("SELECT sha256, id FROM submission"))
    if held != order and held.keys() == order.keys():
        yield Problem("order_differs")
    yield from _arrival_problems(ledger, met)
    out = {row[0]: list(row) for row in ledger.connection.execute("SELECT * FROM withdrawal")}
    for sha in sorted(out.keys() | withdrawn.keys()):
        if out.get(sha) != withdrawn.get(sha):
            yield Problem("withdrawal_differs", {"sha256": sha})
    yield from (Problem(code, facts) for code, facts in mail_problems(ledger.connection))
    yield from (Problem(code, facts) for code, facts in decision_problems(ledger.connection))
    yield from (Problem(code, facts) for code, facts in payment_problems(ledger.connection))
    yield from (Problem(code, facts) for code, facts in portal_problems(ledger.connection))
    yield from (Problem(code, facts) for code, facts in frozen_problems(ledger.connection))


def _ledger_record_problems(ledger: Ledger, opened: dict[str, Any] | None) -> Iterator[Problem]:
    record = ledger.connection.execute("SELECT schema_version, campaign, opened_at FROM ledger").fetchone()
    if opened != dict(zip(("schema_version", "campaign", "opened_at"), record, strict=True)):
        yield Problem("ledger_record_differs")


def _digest_problems(ledger: Ledger, noted: dict[str, str]) -> Iterator[Problem]:
    names = dict(ledger.connection.execute("SELECT sha256, path FROM submission"))
    units = dict(ledger.connection.execute("SELECT sha256, unit FROM submission"))
    held = ledger.digests()
    for sha, digest in held.items():
        if sha not in noted:
            yield Problem("submission_unrecorded", {"file": names[sha]})
        elif noted[sha] != digest:
            yield Problem("digest_differs", {"unit": units[sha], "file": names[sha]})
    for sha in noted.keys() - held.keys():
        yield Problem("submission_gone", {"sha256": sha})


def _arrival_problems(ledger: Ledger, noted: dict[str, list[Any]]) -> Iterator[Problem]:
    held = {row[0]: list(row) for row in ledger.connection.execute("SELECT * FROM arrival")}
    for path in sorted(held.keys() | noted.keys()):
        if held.get(path) != noted.get(path):
            yield Problem("arrival_differs", {"path": path})
