"""The fault loop: the 1st, 2nd, … nth operation of a merge fails until none does. Old or new, never between.

After each fault the next run must come to exactly what a run without faults comes to.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from addin.campaign import ledger as ledger_module
from addin.campaign.backups import list_backups, restore
from addin.campaign.journal import broken_link
from addin.errors import CouldNotSave, EdgeError
from tests.end_to_end.small_campaign import Small, figures, read_here, report

NEXT = date(2022, 7, 31)
OPERATIONS = (
    (io, "open"), (builtins, "open"), (os, "open"), (os, "replace"), (os, "rename"), (os, "mkdir"), (os, "fsync"),
    (os, "unlink"), (os, "scandir"), (os, "listdir"), (os, "stat"),
)  # fmt: skip


class Fault:
    """Lets the nth operation in the campaign's folder fail, once."""

    def __init__(self, folder: Path, nth: int, reason: int) -> None:
        self._folder, self._nth, self._reason = str(folder), nth, reason
        self.seen = 0

    @property
    def struck(self) -> bool:
        return self.seen >= self._nth

    def check(self, where: object) -> None:
        self.seen += 1
        if self.seen == self._nth:
            raise OSError(self._reason, os.strerror(self._reason), str(where))

    def wrap(self, operation: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any, **named: Any) -> Any:
            where = arguments[0] if arguments else None
            if isinstance(where, str | os.PathLike) and str(where).startswith(self._folder):
                self.check(where)
            elif operation is os.fsync:
                self.check("fsync")
            return operation(*arguments, **named)

        return wrapped


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A merged campaign into which new files have come: a newer report, another unit's, a copy of one, a bad one."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        read_here(monkeypatch)
        small = Small(tmp_path_factory.mktemp("before"))
        small.put("A.xlsx", report("A", "SK-1"))
        small.merge()
        small.put("A2.xlsx", report("A", "SK-1", "SK-2", day=NEXT))
        small.put("B.xlsx", report("B", "SK-2", "SK-3"))
        small.put("xấu.xlsx", b"this is no workbook")
    elsewhere = small.folder.parent / "thư"
    elsewhere.mkdir()
    (elsewhere / "D.xlsx").write_bytes(report("D", "SK-5"))
    return small.folder.parent


@pytest.fixture
def fresh(before: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Small]:
    """Copies of it, one after the other in one place."""
    read_here(monkeypatch)
    copy = Small(tmp_path)

    def again() -> Small:
        shutil.rmtree(copy.folder)
        shutil.copytree(before / "chien-dich", copy.folder)
        return copy

    return again


@pytest.fixture
def elsewhere(before: Path) -> Path:
    return before / "thư"


def failure_of(action: Callable[[], object]) -> EdgeError | None:
    """The failure that a clerk is told in a sentence; any other fails the test."""
    try:
        action()
    except EdgeError as problem:
        return problem
    return None


def clean_figures(small: Small, elsewhere: Path, *, proved: bool = True) -> dict[str, Any]:
    """What the next run comes to; ``proved`` also by verify, which takes its time."""
    result = small.merge(small.campaign.inbox, elsewhere)
    assert not proved or small.problems() == []
    return figures(result)


def leftovers(folder: Path) -> Iterator[Path]:
    yield from folder.rglob(".*.tmp*")


def journal_holds(small: Small) -> bool:
    connection = sqlite3.connect(small.campaign.ledger)
    try:
        return broken_link(connection) is None
    finally:
        connection.close()


def assert_old_or_new(small: Small, old: str | None, expected: dict[str, Any]) -> None:
    """The master is the old one to the byte, or it is new and whole; the ledger is whole in any case."""
    if small.master_sha() != old:
        assert [code for code in small.problems() if code.startswith("master_")] == []
    assert small.sql("PRAGMA integrity_check") == [("ok",)]
    assert journal_holds(small)
    assert expected["rows"] == 4


@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EACCES], ids=["disk full", "no permission"])
def test_a_merge_in_which_the_nth_operation_fails(
    reason: int, fresh: Callable[[], Small], elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = clean_figures(fresh(), elsewhere)
    codes: set[str] = set()
    nth, step = 1, 1 if reason == errno.ENOSPC else 4
    while True:
        small = fresh()
        old = small.master_sha()
        fault = Fault(small.folder, nth, reason)
        with monkeypatch.context() as patched:
            for module, name in OPERATIONS:
                patched.setattr(module, name, fault.wrap(getattr(module, name)))
            problem = failure_of(lambda: small.merge(small.folder / "nhan", elsewhere))  # noqa: B023
        if not fault.struck:
            break
        if problem is not None:
            codes.add(problem.error_code)
            # Only the settings may be unreadable in words of their own.
            assert problem.exit_code == 4 or problem.error_code in {"broken_settings", "no_source"}, (nth, problem)
        assert_old_or_new(small, old, expected)
        assert clean_figures(small, elsewhere, proved=nth % 4 == 0) == expected, nth
        assert list(leftovers(small.folder)) == []
        nth += step
    assert nth > 40, "the loop saw the operations"
    assert codes


class FailingConnection(sqlite3.Connection):
    """A ledger whose nth statement is refused."""

    left = 0
    problem = "database or disk is full"

    def _count(self) -> None:
        FailingConnection.left -= 1
        if FailingConnection.left == 0:
            raise sqlite3.OperationalError(FailingConnection.problem)

    def execute(self, *arguments: Any) -> sqlite3.Cursor:  # type: ignore[override]
        self._count()
        return super().execute(*arguments)

    def executemany(self, *arguments: Any) -> sqlite3.Cursor:  # type: ignore[override]
        self._count()
        return super().executemany(*arguments)

    def backup(self, *arguments: Any, **named: Any) -> None:  # type: ignore[override]
        self._count()
        super().backup(*arguments, **named)


@pytest.mark.parametrize(
    ("problem", "code", "step"),
    [
        ("database or disk is full", "disk_full", 2),
        ("database is locked", "ledger_busy", 9),
        ("disk I/O error", "cannot_write", 9),
    ],
)
def test_a_merge_in_which_the_nth_statement_fails(
    problem: str, code: str, step: int, fresh: Callable[[], Small], elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = clean_figures(fresh(), elsewhere)
    connect = sqlite3.connect
    nth = 1
    while True:
        small = fresh()
        old = small.master_sha()
        FailingConnection.left, FailingConnection.problem = nth, problem
        with monkeypatch.context() as patched:
            patched.setattr(
                ledger_module.sqlite3, "connect", lambda *a, **k: connect(*a, **{**k, "factory": FailingConnection})
            )
            caught = failure_of(lambda: small.merge(small.campaign.inbox, elsewhere))  # noqa: B023
        if FailingConnection.left > 0:
            break
        assert caught is None or (caught.exit_code, caught.error_code) == (4, code), nth
        assert_old_or_new(small, old, expected)
        assert clean_figures(small, elsewhere, proved=nth % 4 == 0) == expected, nth
        nth += step
    assert nth > 40


def test_bringing_a_backup_back_in_which_the_nth_operation_fails(
    fresh: Callable[[], Small], elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = clean_figures(fresh(), elsewhere)
    nth = 0
    while True:
        nth += 1
        small = fresh()
        fault = Fault(small.folder, nth, errno.ENOSPC)
        with monkeypatch.context() as patched:
            for module, name in OPERATIONS:
                patched.setattr(module, name, fault.wrap(getattr(module, name)))
            failure_of(lambda: restore(small.campaign, "thử", small.now()))  # noqa: B023
        if not fault.struck:
            break
        assert small.sql("PRAGMA integrity_check") == [("ok",)]
        assert clean_figures(small, elsewhere, proved=nth % 4 == 0) == expected, nth
    assert nth > 10


# -- restore -------------------------------------------------------------------------------------------------------


def test_a_backup_brought_back_and_merged_again_comes_to_the_same(fresh: Callable[[], Small], elsewhere: Path) -> None:
    small = fresh()
    old = small.master_sha()
    expected = clean_figures(small, elsewhere)
    restore(small.campaign, "thử", small.now())
    assert small.master_sha() == old
    assert clean_figures(small, elsewhere) == expected


def test_what_a_backup_replaces_can_be_brought_back_in_turn(fresh: Callable[[], Small], elsewhere: Path) -> None:
    small = fresh()
    expected = clean_figures(small, elsewhere)
    newest = small.master_sha()
    restore(small.campaign, "thử", small.now())
    restore(small.campaign, "thử", small.now())
    assert small.master_sha() == newest
    assert clean_figures(small, elsewhere) == expected


@pytest.mark.parametrize("content", [b"", b"garbage" * 1000, None], ids=["empty", "garbage", "gone"])
def test_a_ledger_that_is_none_stops_the_merge_and_a_backup_helps(
    content: bytes | None, fresh: Callable[[], Small], elsewhere: Path
) -> None:
    expected = clean_figures(fresh(), elsewhere)
    small = fresh()
    small.merge(small.campaign.inbox, elsewhere)
    master = small.master_sha()
    if content is None:
        small.campaign.ledger.unlink()
    else:
        small.campaign.ledger.write_bytes(content)
    with pytest.raises(CouldNotSave) as problem:
        small.merge()
    assert problem.value.error_code in {"ledger_gone", "ledger_damaged"}
    assert small.master_sha() == master
    restore(small.campaign, "thử", small.now())
    assert clean_figures(small, elsewhere) == expected


def test_a_ledger_of_a_newer_program_is_left_alone(fresh: Callable[[], Small]) -> None:
    small = fresh()
    small.sql("UPDATE ledger SET schema_version = 99")
    ledger = small.campaign.ledger.read_bytes()
    with pytest.raises(CouldNotSave) as problem:
        small.merge()
    assert problem.value.error_code == "ledger_version"
    assert small.campaign.ledger.read_bytes() == ledger


def test_a_backup_that_is_not_whole_is_not_brought_back(fresh: Callable[[], Small], elsewhere: Path) -> None:
    small = fresh()
    expected = clean_figures(small, elsewhere)
    kept = list_backups(small.campaign)[0].ledger
    assert kept is not None
    kept.write_bytes(kept.read_bytes()[:5000])
    with pytest.raises(CouldNotSave):
        restore(small.campaign, "thử", small.now())
    assert clean_figures(small, elsewhere) == expected


def test_the_last_ten_states_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_here(monkeypatch)
    small = Small(tmp_path)
    for number in range(13):
        small.put("A.xlsx", report("A", "SK-1", number=number + 1))
        small.merge()
    assert len(list_backups(small.campaign)) == 10
    stamps = [backup.stamp for backup in list_backups(small.campaign)]
    assert stamps == sorted(stamps, reverse=True)
    assert small.problems() == []
