"""Copies set aside and journals."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from addin.errors import CouldNotSave
from addin.live.copies import KEPT, close_journal, copies_folder, last_journal, momentary, set_aside
from addin.live.host import Host

NOW = datetime(2022, 7, 1, 8, 0)


class Program(Host):
    """A program that saves copies."""

    def location(self, book: Any) -> str | None:
        location: str | None = book.location
        return location

    def save_copy(self, book: Any, path: Path) -> bool:  # noqa: ARG002
        path.write_bytes(b"x")
        return True


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("addin.live.copies.log_file", lambda: tmp_path / "state" / "log")


def book(name: str = "Báo cáo A.xlsx", location: str | None = "/ho so/Báo cáo A.xlsx") -> Any:
    return SimpleNamespace(name=name, location=location)


def test_the_last_ten_of_each_workbook_are_kept() -> None:
    other = set_aside(Program(), book(location="/other/Báo cáo A.xlsx"), NOW)
    made = [set_aside(Program(), book(), NOW + timedelta(minutes=n)).path for n in range(KEPT + 3)]
    assert [path for path in made if path.exists()] == made[3:]
    assert other.path.exists()


def test_a_journal_is_the_last_until_it_is_closed() -> None:
    first = set_aside(Program(), book(), NOW)
    second = set_aside(Program(), book(), NOW + timedelta(minutes=1))
    for copy in (first, second):
        copy.journal.write_text("[]")
    assert last_journal(Program(), book()) == second.journal
    close_journal(second.journal)
    assert last_journal(Program(), book()) == first.journal
    assert last_journal(Program(), book(location="/elsewhere.xlsx")) is None


def test_a_workbook_without_a_file_has_copies_by_its_name() -> None:
    copy = set_aside(Program(), book("Book1", None), NOW)
    assert copy.path.suffix == ".xlsx"
    assert copy.path.is_relative_to(copies_folder())


def test_where_no_copy_can_be_made_nothing_goes_on() -> None:
    class Full(Program):
        def save_copy(self, book: Any, path: Path) -> bool:  # noqa: ARG002
            raise OSError(28, "No space left on device")

    with pytest.raises(CouldNotSave) as problem:
        set_aside(Full(), book(), NOW)
    assert problem.value.error_code == "copy_failed"
    with momentary(Full(), book()) as copy:
        assert copy is None


def test_a_program_without_copies_gives_what_was_saved_last(tmp_path: Path) -> None:
    saved = tmp_path / "a.xlsx"
    saved.write_bytes(b"saved")
    plain: Any = SimpleNamespace(name="a.xlsx", fullname=str(saved))
    copy = set_aside(Host(), plain, NOW)
    assert copy.path.read_bytes() == b"saved"
    assert not copy.exact
