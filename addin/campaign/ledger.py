"""The ledger: submissions, rows, findings, arrivals, journal. SQLite, one transaction per handful of files.

The ledger is the truth and the master its picture. WAL with ``synchronous=NORMAL``: a killed run or a power cut may
lose the last files of a run, never leave half of one.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import uuid
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Any

from addin.campaign import journal
from addin.campaign.folder import Campaign
from addin.campaign.records import (
    FINDING_COLUMNS,
    ROW_COLUMNS,
    SUBMISSION_COLUMNS,
    UNIT_COLUMNS,
    ReportRecord,
    Rows,
    StoredArrival,
    StoredSubmission,
    Withdrawal,
    as_stamp,
    digest_of,
    finding_of,
    lines_json,
    plain_facts,
    stored_submission,
    unit_line_of,
)
from addin.errors import CouldNotSave
from validation.findings import Finding
from validation.submission import Row, UnitLine

__all__ = ["Ledger", "LedgerDamaged", "StoredArrival", "StoredSubmission", "Withdrawal", "open_ledger", "translated"]

SCHEMA_VERSION = 2
_ROWS_AT_ONCE = 1_000


def _marks(count: int) -> str:
    return ", ".join("?" * count)


_INSERT_SUBMISSION = (
    f"INSERT INTO submission (id, {', '.join(SUBMISSION_COLUMNS)}) VALUES ({_marks(1 + len(SUBMISSION_COLUMNS))})"
)
_INSERT_ROW = f"INSERT INTO initiative VALUES ({_marks(1 + len(ROW_COLUMNS))})"
_INSERT_FINDING = f"INSERT INTO finding VALUES ({_marks(1 + len(FINDING_COLUMNS))})"
_INSERT_UNIT = f"INSERT INTO bundle_unit VALUES ({_marks(1 + len(UNIT_COLUMNS))})"


class LedgerDamaged(CouldNotSave):
    """The file is no ledger, of another version, gone, or fails SQLite's own check."""


def open_ledger(campaign: Campaign, *, by: str, now: datetime) -> Ledger:
    """The campaign's ledger, a new one where nothing was ever taken. A campaign that may not be written is only read.

    Raises LedgerDamaged: ``ledger_gone`` where reports are archived but the ledger is missing or empty (starting a
    new one would silently forget them), ``ledger_damaged``, ``ledger_version``; CouldNotSave where it cannot be opened.
    """
    file = campaign.ledger
    if (not file.exists() or file.stat().st_size == 0) and any(campaign.archive.glob("*/*")):
        raise LedgerDamaged("ledger_gone", file=file)
    return Ledger(file, by=by, now=now)


class Ledger:
    """An open ledger. Use as a context manager; every write goes through ``transaction``."""

    def __init__(self, file: Path, *, by: str, now: datetime) -> None:
        self._by = by
        self._file = file
        self._chain: journal.Chain | None = None
        self._arrivals: dict[str, tuple[Any, ...]] | None = None
        try:
            self.connection = _connect(file)
        except sqlite3.DatabaseError as problem:
            raise translated(problem, file) from problem
        try:
            tables = {name for (name,) in self.connection.execute("SELECT name FROM sqlite_schema")}
            if not tables:
                self._create(now)
            elif "ledger" not in tables:
                raise LedgerDamaged("ledger_damaged", file=file, problem="no such table: ledger")
            self._check_version()
        except sqlite3.DatabaseError as problem:
            self.connection.close()
            raise translated(problem, file) from problem
        except BaseException:
            self.connection.close()
            raise

    def _create(self, now: datetime) -> None:
        schema = (resources.files("addin.campaign") / "schema.sql").read_text(encoding="utf-8")
        identity = uuid.uuid4().hex
        with self.transaction():
            for statement in schema.split(";\n"):
                if statement.strip():
                    self.connection.execute(statement)
            stamp = as_stamp(now)
            self.connection.execute(
                "INSERT INTO ledger VALUES (1, ?, ?, ?, 0, ?)", (SCHEMA_VERSION, identity, stamp, journal.GENESIS)
            )
            self.note(now, "opened", {"schema_version": SCHEMA_VERSION, "campaign": identity, "opened_at": stamp})

    def _check_version(self) -> None:
        version = self.connection.execute("SELECT schema_version FROM ledger").fetchone()
        if version is None or version[0] != SCHEMA_VERSION:
            found = version[0] if version else None
            raise LedgerDamaged("ledger_version", file=self._file, found=found, expected=SCHEMA_VERSION)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: object) -> None:
        with contextlib.suppress(sqlite3.DatabaseError):  # what was committed stands in the write-ahead log
            self.connection.close()
        if isinstance(problem, sqlite3.DatabaseError):
            raise translated(problem, self._file) from problem

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; within another one a part of it. What is noted in it is written at its end.

        Raises CouldNotSave where the disk or another program says no.
        """
        if self.connection.in_transaction:
            yield
            return
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                if self._chain is not None:
                    self._chain.write()
            except BaseException:
                self._arrivals = None
                if self.connection.in_transaction:  # on a full disk SQLite has rolled back itself
                    self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")
        except sqlite3.DatabaseError as problem:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise translated(problem, self._file) from problem
        finally:
            self._chain = None

    def note(self, at: datetime, kind: str, payload: object) -> str:
        """Append to the journal, within a transaction, at whose end it is written; returns the entry's hash."""
        assert self.connection.in_transaction, "an entry outside a transaction would not be written"
        if self._chain is None:
            self._chain = journal.Chain(self.connection)
        return self._chain.append(as_stamp(at), self._by, kind, payload)

    # -- writing ---------------------------------------------------------------------------------------------------

    def store(self, sha256: str, path: str, report: ReportRecord, judged_by: str, at: datetime) -> int:
        """Store a judged report, within a transaction, and note it; a report of the same content is judged anew."""
        earlier = self.connection.execute(
            "SELECT id, received_at, received_by, path FROM submission WHERE sha256 = ?", (sha256,)
        ).fetchone()
        received_at, received_by = as_stamp(at), self._by
        if earlier:
            _, received_at, received_by, path = earlier
            self.connection.execute("DELETE FROM submission WHERE id = ?", (earlier[0],))
        record = (sha256, path, *report.head, received_at, received_by, judged_by)
        cursor = self.connection.execute(_INSERT_SUBMISSION, (earlier[0] if earlier else None, *record))
        key = int(cursor.lastrowid or 0)
        parts = ((_INSERT_ROW, report.rows), (_INSERT_FINDING, report.findings), (_INSERT_UNIT, report.units))
        for statement, records in parts:
            if records:
                self.connection.executemany(statement, [(key, *one) for one in records])
        kind = "judged_again" if earlier else "received"
        digest = digest_of(record, report.lines)
        self.note(at, kind, {"sha256": sha256, "id": key, "unit": report.unit_code, "digest": digest})
        return key

    def drop(self, sha256: str, code: str, at: datetime) -> None:
        """Take a report out that is no longer admissible (its unit left the list …), within a transaction."""
        self.connection.execute("DELETE FROM submission WHERE sha256 = ?", (sha256,))
        self.note(at, "refused_again", {"sha256": sha256, "code": code})

    def withdraw(self, sha256: str, reason: str, name: str, at: datetime) -> None:
        """Take a report out of the figures, within a transaction, and note it. It stays on record."""
        record = (sha256, reason, name, as_stamp(at))
        self.connection.execute("INSERT INTO withdrawal VALUES (?, ?, ?, ?)", record)
        self.note(at, "withdrawn", list(record))

    def reinstate(self, sha256: str, reason: str, name: str, at: datetime) -> None:
        """Let a withdrawn report count again, within a transaction, and note it."""
        self.connection.execute("DELETE FROM withdrawal WHERE sha256 = ?", (sha256,))
        self.note(at, "reinstated", [sha256, reason, name, as_stamp(at)])

    def withdrawals(self) -> dict[str, Withdrawal]:
        """sha256 of every report that is taken out."""
        return {
            sha: Withdrawal(reason, name, datetime.fromisoformat(at))
            for sha, reason, name, at in self.connection.execute("SELECT * FROM withdrawal")
        }

    def arrived_again(self, sha256: str, at: datetime) -> None:
        """Make a report the latest arrival, within a transaction: of two with the same number the later one counts."""
        key, newest = self.connection.execute(
            "SELECT (SELECT id FROM submission WHERE sha256 = ?), (SELECT max(id) FROM submission)", (sha256,)
        ).fetchone()
        if key is None or key == newest:
            return
        self.connection.execute("PRAGMA defer_foreign_keys = ON")
        parts = ((table, "submission") for table in ("initiative", "finding", "bundle_unit"))
        for table, column in (("submission", "id"), *parts):
            self.connection.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (newest + 1, key))
        self.note(at, "arrived_again", {"sha256": sha256, "id": newest + 1})

    def met(
        self, path: str, sha256: str | None, outcome: str, judged_by: str, at: datetime,
        code: str | None = None, facts: Mapping[str, object] | None = None,
    ) -> None:  # fmt: skip
        """Record what was met under a path, within a transaction, and note it. No change, no entry."""
        record = (path, sha256, outcome, code, journal.canonical(plain_facts(facts or {})), judged_by, as_stamp(at))
        known = self._arrival(path)
        if known is not None and known[:-1] == record[:-1]:
            return
        self.connection.execute("INSERT OR REPLACE INTO arrival VALUES (?, ?, ?, ?, ?, ?, ?)", record)
        self.note(at, "met", list(record))
        if self._arrivals is not None:
            self._arrivals[path] = record

    def _arrival(self, path: str) -> tuple[Any, ...] | None:
        """The record of a path. All are read with the first: a merge asks for each several times, and nobody else
        writes meanwhile."""
        if self._arrivals is None:
            self._arrivals = {record[0]: record for record in self.connection.execute("SELECT * FROM arrival")}
        return self._arrivals.get(path)

    def taken_at(self, path: str) -> str | None:
        """sha256 of the report last taken under a path."""
        found = self._arrival(path)
        return found[1] if found is not None and found[2] == "taken" else None

    def paths_of(self, sha256: str) -> list[str]:
        """Paths under which a report lies, as last met."""
        query = "SELECT path FROM arrival WHERE sha256 = ? AND outcome = 'taken' ORDER BY path"
        return [path for (path,) in self.connection.execute(query, (sha256,))]

    def knows(self, path: str, sha256: str | None, outcome: str, judged_by: str, code: str | None) -> bool:
        """Whether exactly this was met under the path the last time."""
        known = self._arrival(path)
        return known is not None and (*known[1:4], known[5]) == (sha256, outcome, code, judged_by)

    # -- reading ---------------------------------------------------------------------------------------------------

    def judged_by(self) -> dict[str, str]:
        """sha256 of every submission → the fingerprint it was judged with."""
        return dict(self.connection.execute("SELECT sha256, judged_by FROM submission"))

    def holds(self, sha256: str) -> bool:
        """Whether a report of that content is on record."""
        return self.connection.execute("SELECT 1 FROM submission WHERE sha256 = ?", (sha256,)).fetchone() is not None

    def count_rows(self) -> int:
        """Rows of all submissions, whatever became of them."""
        return int(self.connection.execute("SELECT count(*) FROM initiative").fetchone()[0])

    def arrivals(self, *, but: str = "") -> dict[str, StoredArrival]:
        """Every path ever met, as last met; those with the outcome ``but`` left aside."""
        return {
            path: StoredArrival(
                path, sha256, outcome, code, json.loads(facts), judged_by, datetime.fromisoformat(met_at)
            )
            for path, sha256, outcome, code, facts, judged_by, met_at in self.connection.execute(
                "SELECT * FROM arrival WHERE outcome <> ? ORDER BY path", (but,)
            )
        }

    def submissions(self) -> list[StoredSubmission]:
        """Every submission in the order of arrival, with rows and findings."""
        rows: dict[int, list[Row]] = {}
        make = Rows()
        found = self.connection.execute("SELECT * FROM initiative ORDER BY submission, number")
        while some := found.fetchmany(_ROWS_AT_ONCE):
            keys, *of_rows = zip(*some, strict=True)
            for key, row in zip(keys, make.of(of_rows), strict=True):
                rows.setdefault(key, []).append(row)
        findings: dict[int, list[Finding]] = {}
        for key, _, *record in self.connection.execute("SELECT * FROM finding ORDER BY submission, position"):
            findings.setdefault(key, []).append(finding_of(record))
        units: dict[int, list[UnitLine]] = {}
        for key, _, *record in self.connection.execute("SELECT * FROM bundle_unit ORDER BY submission, position"):
            units.setdefault(key, []).append(unit_line_of(record))
        columns, withdrawn = ", ".join(SUBMISSION_COLUMNS), self.withdrawals()
        return [
            stored_submission(
                key, record, rows.get(key, []), findings.get(key, []), units.get(key, []), withdrawn.get(record[0])
            )
            for key, *record in self.connection.execute(f"SELECT id, {columns} FROM submission ORDER BY id")
        ]

    def digests(self) -> dict[str, str]:
        """sha256 of every submission → digest of what the ledger holds of it now."""
        columns, row_columns, finding_columns = map(", ".join, (SUBMISSION_COLUMNS, ROW_COLUMNS, FINDING_COLUMNS))
        result = {}
        for key, *record in self.connection.execute(f"SELECT id, {columns} FROM submission ORDER BY id"):
            rows = self.connection.execute(
                f"SELECT {row_columns} FROM initiative WHERE submission = ? ORDER BY number", (key,)
            ).fetchall()
            findings = self.connection.execute(
                f"SELECT {finding_columns} FROM finding WHERE submission = ? ORDER BY position", (key,)
            ).fetchall()
            units = self.connection.execute(
                f"SELECT {', '.join(UNIT_COLUMNS)} FROM bundle_unit WHERE submission = ? ORDER BY position", (key,)
            ).fetchall()
            result[record[0]] = digest_of(record, lines_json(rows, findings, units))
        return result

    def merges(self) -> int:
        """How many merges have changed the master so far."""
        return int(self.connection.execute("SELECT count(*) FROM journal WHERE kind = 'merged'").fetchone()[0])

    def last_entry(self, *, but: Collection[str] = ()) -> journal.Entry | None:
        """The newest entry of the journal, those of the kinds ``but`` left aside."""
        query = f"SELECT seq FROM journal WHERE kind NOT IN ({_marks(len(but))}) ORDER BY seq DESC LIMIT 1"
        found = self.connection.execute(query, tuple(but)).fetchone()
        return next(iter(journal.entries(self.connection, found[0])), None) if found else None

    def back_up(self, file: Path) -> None:
        """A consistent copy of the ledger."""
        target = sqlite3.connect(file)
        try:
            self.connection.backup(target)
        finally:
            target.close()


def _connect(file: Path) -> sqlite3.Connection:
    """A connection; where file or folder may not be written, one that only reads. Raises sqlite3.DatabaseError."""
    writable = os.access(file.parent, os.W_OK) and (not file.exists() or os.access(file, os.W_OK))
    if not writable and file.exists():
        # Beside a write-ahead log that may hold the last files nothing may be taken for unchanging.
        unchanging = "" if file.with_name(f"{file.name}-wal").exists() else "&immutable=1"
        uri = f"{file.absolute().as_uri()}?mode=ro{unchanging}"
        return sqlite3.connect(uri, isolation_level=None, timeout=30, uri=True)
    connection = sqlite3.connect(file, isolation_level=None, timeout=30)
    try:
        for setting in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {setting}")
    except BaseException:
        connection.close()
        raise
    return connection


def translated(problem: sqlite3.DatabaseError, file: Path) -> CouldNotSave:
    """The sentence for SQLite's refusal."""
    if isinstance(problem, sqlite3.OperationalError):
        text = str(problem)
        code = "disk_full" if "full" in text else "ledger_busy" if "locked" in text else "cannot_write"
        return CouldNotSave(code, path=file, problem=text)
    return LedgerDamaged("ledger_damaged", file=file, problem=problem)
