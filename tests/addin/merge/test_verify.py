"""Verify: silent on a whole campaign, and never silent after any single alteration of what it rests on."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from addin.campaign.ledger import Ledger
from addin.campaign.records import report_record
from addin.decisions.deciding import By, choose, revoke, waive
from addin.decisions.store import declarations
from addin.errors import UsageProblem
from addin.freezing.freezing import freeze
from addin.freezing.store import declaration as frozen_declaration
from addin.merge.withdrawing import withdraw
from addin.portal.reconciling import keep, look
from addin.portal.store import declarations as portal_declarations
from tests.end_to_end.small_campaign import Small, consolidation, read_here, report, row

NEXT = date(2022, 7, 31)
PORTAL = "Mã đăng ký;Tên sáng kiến;Trạng thái\nSK-1;Cải tiến SK-1;Hợp lệ\nSK-2;Cải tiến SK-2;Đang xem xét\n"
ROW = row(
    "SK-3", member_number="0012", position="Tổ trưởng", co_authors="Lê A; Vũ B", activity_field="Sản phẩm mới",
    benefit_value=5_000_000, note="Ghi chú", status="Đang xem xét", approved_on=None, ip_protected="Có",
)  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A merged campaign with something in every table: superseded, refused, rejected, duplicate, warned of."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        read_here(monkeypatch)
        small = Small(tmp_path_factory.mktemp("whole"))
        small.put("A.xlsx", report("A", "SK-1", "SK-2"))
        small.put("A mới.xlsx", report("A", "SK-1", "SK-2", ROW, day=NEXT))
        small.put("B.xlsx", report("B", "SK-1", row("SK-4", base_support=900_000), row(None, registered_on=None)))
        small.put("D.xlsx", report("D"))
        small.put("sai.xlsx", report("KHONG-CO"))
        earlier = (report("A", "SK-1", "SK-2"), report("B", "SK-1", day=date(2022, 5, 1)))
        small.put("rút.xlsx", report("D", "SK-8", day=NEXT))
        small.put("quận.xlsx", consolidation(tmp_path_factory.mktemp("quận"), "Q", *earlier))
        small.merge()
        by = By("đã xem", "Hạnh", "thử@máy")
        choose(small.campaign, "SK-1", "B", None, by=by, now=small.now)
        waive(small.campaign, "A", 8, code="ip_protected", field=None, by=by, now=small.now)
        revoke(small.campaign, 2, by=by, now=small.now)
        withdraw(small.campaign, "nhan/rút.xlsx", reason="gửi nhầm", name="Hạnh", by="thử@máy", now=small.now)
        portal = small.folder.parent / "cổng.csv"
        portal.write_text(PORTAL, encoding="utf-8")
        keep(small.campaign, look(small.campaign, portal, by="x", now=small.now), by="thử@máy", now=small.now)
        freeze(small.campaign, "Quý II", by="thử@máy", now=small.now)
        assert small.verify().problems == ()
    return small.folder


@pytest.fixture
def small(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    """A copy to alter."""
    read_here(monkeypatch)
    copy = Small(tmp_path)
    shutil.rmtree(copy.folder)
    shutil.copytree(whole, copy.folder)
    return copy


def test_a_whole_campaign_is_proved_and_not_touched(small: Small) -> None:
    before = {file: file.stat().st_mtime_ns for file in small.folder.rglob("*") if file.is_file()}
    result = small.verify()
    assert result.holds
    assert (result.submissions, result.totals.accepted_rows) == (6, 4)
    assert {file: file.stat().st_mtime_ns for file in small.folder.rglob("*") if file.is_file()} == before


def test_nothing_merged_yet_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem) as problem:
        Small(tmp_path).verify()
    assert problem.value.error_code == "nothing_merged"


# -- the ledger ----------------------------------------------------------------------------------------------------


def _tables() -> dict[str, list[tuple[str, str, int]]]:
    """Table → (column, type, place in the primary key), from the schema itself, so that a new column is tried too."""
    connection = sqlite3.connect(":memory:")
    schema = Path(__file__).parents[3] / "addin" / "campaign" / "schema.sql"
    connection.executescript(schema.read_text(encoding="utf-8"))
    for declaration in (*declarations(), *portal_declarations(), frozen_declaration()):
        connection.execute(declaration)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    found = {
        name: [(one[1], one[2], one[5]) for one in connection.execute(f"PRAGMA table_info({name})")] for name in names
    }
    connection.close()
    return found


TABLES = _tables()
COLUMNS = [(table, column) for table, columns in TABLES.items() for column, _, _ in columns]


def _alter(small: Small, *statements: str) -> None:
    connection = sqlite3.connect(small.campaign.ledger)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    with connection:
        for statement in statements:
            assert connection.execute(statement).rowcount == 1, statement
    connection.close()


def _one_row(small: Small, table: str, place: str) -> str:
    """A condition that picks one row of the table by its key: the first or the last."""
    keys = [column for column, _, key in TABLES[table] if key]
    order = ", ".join(f"{key} {'DESC' if place == 'last' else 'ASC'}" for key in keys)
    (found,) = small.sql(f"SELECT {', '.join(keys)} FROM {table} ORDER BY {order} LIMIT 1")
    return " AND ".join(f"{key} = {value!r}" for key, value in zip(keys, found, strict=True))


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=[f"{table}.{column}" for table, column in COLUMNS])
def test_one_changed_value_in_any_column_of_the_ledger_is_found(small: Small, table: str, column: str) -> None:
    kind = next(kind for name, kind, _ in TABLES[table] if name == column)
    other = f"coalesce({column}, 0) + 1" if kind == "INTEGER" else f"coalesce({column}, '') || 'x'"
    _alter(small, f"UPDATE {table} SET {column} = {other} WHERE {_one_row(small, table, 'last')}")
    assert small.problems() != []


@pytest.mark.parametrize("place", ["first", "last"])
@pytest.mark.parametrize("table", TABLES)
def test_a_row_gone_from_any_table_is_found(small: Small, table: str, place: str) -> None:
    _alter(small, f"DELETE FROM {table} WHERE {_one_row(small, table, place)}")
    assert small.problems() != []


@pytest.mark.parametrize("table", TABLES)
def test_a_row_slipped_into_any_table_is_found(small: Small, table: str) -> None:
    # Keys of its own, so that it stands beside the row it was copied from; sha256 is unique as well.
    values = [
        (f"{column} + 1000" if kind == "INTEGER" else f"{column} || 'x'") if key or column == "sha256" else column
        for column, kind, key in TABLES[table]
    ]
    _alter(small, f"INSERT INTO {table} SELECT {', '.join(values)} FROM {table} WHERE {_one_row(small, table, 'last')}")
    assert small.problems() != []


def test_a_row_slipped_into_a_report_is_found(small: Small) -> None:
    columns = ", ".join("number + 50" if c == "number" else c for c, _, _ in TABLES["initiative"])
    chosen = _one_row(small, "initiative", "first")
    _alter(small, f"INSERT INTO initiative SELECT {columns} FROM initiative WHERE {chosen}")
    assert "digest_differs" in small.problems()


def test_reports_without_rows_whose_order_was_changed_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order of arrival decides between two reports of one number; nothing else of an empty report shows it."""
    read_here(monkeypatch)
    small = Small(tmp_path)
    small.put("1.xlsx", report("A", members=10))
    small.merge()
    small.put("2.xlsx", report("A", members=20))
    small.merge()
    _alter(small, "UPDATE submission SET id = 9 WHERE id = 1")
    assert "order_differs" in small.problems()


@pytest.mark.parametrize("seq", [1, 2, 5])
def test_a_journal_cut_at_its_end_is_found(small: Small, seq: int) -> None:
    small.sql("DELETE FROM journal WHERE seq > ?", (seq,))
    assert "chain_broken" in small.problems()


def test_journal_entries_that_changed_places_are_found(small: Small) -> None:
    small.sql("UPDATE journal SET seq = -seq WHERE seq IN (3, 4)")
    small.sql("UPDATE journal SET seq = 7 + seq WHERE seq < 0")
    assert "chain_broken" in small.problems()


def test_a_journal_written_anew_over_an_altered_ledger_still_leaves_the_originals_against_it(small: Small) -> None:
    """Somebody who alters a row and forges digest and chain is found by the archived files."""
    small.sql("UPDATE initiative SET base_support = 1, base_counted = 1 WHERE number = 6 AND submission = 1")
    with Ledger(small.campaign.ledger, by="x", now=small.now()) as ledger:
        for stored in ledger.submissions():
            with ledger.transaction():
                ledger.store(
                    stored.sha256, stored.path, report_record(stored.submission), stored.judged_by, small.now()
                )
    problems = small.problems()
    assert "rows_differ" in problems
    assert "chain_broken" not in problems


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100, None], ids=["empty", "garbage", "gone"])
def test_a_ledger_that_is_none_is_a_problem_not_a_crash(small: Small, content: bytes | None) -> None:
    ledger = small.campaign.ledger
    if content is None:
        ledger.unlink()
    else:
        ledger.write_bytes(content)
    (problem,) = small.verify().problems
    assert problem.code in {"ledger_gone", "ledger_damaged"}
    assert "restore" in problem.sentence()


@pytest.mark.parametrize("place", range(8))
def test_a_torn_ledger_is_a_problem_not_a_crash(small: Small, place: int) -> None:
    """A page of the file overwritten, wherever it is."""
    ledger = small.campaign.ledger
    data = bytearray(ledger.read_bytes())
    at = len(data) * place // 8 // 4096 * 4096
    data[at : at + 4096] = b"\xff" * 4096
    ledger.write_bytes(data)
    assert small.problems() != []


# -- files ---------------------------------------------------------------------------------------------------------


def _archived(small: Small) -> list[Path]:
    return sorted(small.campaign.archive.glob("*/*.xlsx"))


@pytest.mark.parametrize("number", range(4))
def test_one_byte_of_any_archived_file_is_found(small: Small, number: int) -> None:
    file = _archived(small)[number]
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    assert "archive_altered" in small.problems()


def test_an_archived_file_that_is_gone_is_found_and_named(small: Small) -> None:
    _archived(small)[0].unlink()
    problem = next(one for one in small.verify().problems if one.code == "archive_missing")
    assert ".xlsx" in problem.sentence()


@pytest.mark.parametrize("harm", [Path.unlink, lambda f: f.write_bytes(b"")], ids=["gone", "altered"])
def test_a_damaged_archive_is_mended_by_the_file_in_the_inbox(small: Small, harm: Callable[[Path], Any]) -> None:
    for file in _archived(small):
        harm(file)
    assert small.problems() != []
    small.merge()
    assert small.problems() == []


def test_one_byte_of_an_inbox_file_is_found(small: Small) -> None:
    file = small.campaign.inbox / "B.xlsx"
    file.write_bytes(file.read_bytes()[:-1] + b"\x01")
    assert small.problems() == ["inbox_altered"]


def test_an_inbox_file_that_is_gone_is_found(small: Small) -> None:
    (small.campaign.inbox / "B.xlsx").unlink()
    assert small.problems() == ["inbox_missing"]


# -- the master ----------------------------------------------------------------------------------------------------


def _change_master(small: Small, change: Callable[[Any], None]) -> None:
    book = openpyxl.load_workbook(small.campaign.master)
    change(book["Chi tiết"])
    book.save(small.campaign.master)


def _detail_columns(small: Small) -> dict[str, int]:
    book = openpyxl.load_workbook(small.campaign.master)
    columns = {}
    for name, defined in book.defined_names.items():
        if name.startswith("row_"):
            area = defined.attr_text.rpartition("!")[2].split(":")[0].replace("$", "")
            columns[name.removeprefix("row_")] = book["Chi tiết"][area].column
    return columns


FIRST_DETAIL = 5
SHOWN_ONLY = {"ordinal", "row_state", "unit_name", "source_file", "source_sheet"}


def test_a_master_saved_again_by_another_program_still_holds(small: Small) -> None:
    _change_master(small, lambda sheet: sheet.column_dimensions["C"].__setattr__("width", 50))
    assert small.problems() == []


def other(value: Any) -> Any:
    """Another value of the same kind."""
    match value:
        case str():
            return f"{value}x"
        case int():
            return value + 1000
        case datetime():
            return value + timedelta(days=1)
        case _:
            return "x"


def test_a_changed_cell_in_any_column_of_the_detail_is_found(small: Small) -> None:
    columns = {name: number for name, number in _detail_columns(small).items() if name not in SHOWN_ONLY}
    keys = {"unit_code", "source_sha256", "source_row"}

    def change(sheet: Any) -> None:
        for name, column in columns.items():
            # What a row is known by is changed in a row of its own: nothing else can be told of such a row.
            cell = sheet.cell(FIRST_DETAIL + (1 + sorted(keys).index(name) if name in keys else 0), column)
            cell.value = other(cell.value)

    _change_master(small, change)
    problem = next(problem for problem in small.verify().problems if problem.code == "master_altered")
    shown, _, more = str(problem.facts["places"]).partition("; … (+")
    found = len(shown.split("; ")) + int(more.rstrip(")"))
    assert found == len(columns) - len(keys) + 2 * len(keys), "the row that is there, and the one that is missing"


@pytest.mark.parametrize("name", ["lead_author", "base_support", "registered_on"])
def test_a_single_changed_cell_is_found_and_named(small: Small, name: str) -> None:
    column = _detail_columns(small)[name]

    def change(sheet: Any) -> None:
        cell = sheet.cell(FIRST_DETAIL + 2, column)
        cell.value = other(cell.value)

    _change_master(small, change)
    problem = next(problem for problem in small.verify().problems if problem.code == "master_altered")
    assert problem.facts["places"] == f"Chi tiết!{get_column_letter(column)}{FIRST_DETAIL + 2}"


def test_a_row_gone_from_the_detail_or_added_to_it_is_found(small: Small) -> None:
    whole = small.campaign.master.read_bytes()
    _change_master(small, lambda sheet: sheet.delete_rows(FIRST_DETAIL + 1))
    assert "master_differs" in small.problems()
    small.campaign.master.write_bytes(whole)
    _change_master(small, lambda sheet: sheet.cell(FIRST_DETAIL + 9, 3, "Thêm một dòng"))
    assert small.problems() == ["master_altered"]


def test_a_detail_that_was_sorted_still_holds(small: Small) -> None:
    def turn_round(sheet: Any) -> None:
        last = max(one.row for one in sheet["A"] if one.value is not None)
        rows = [[cell.value for cell in line] for line in sheet.iter_rows(FIRST_DETAIL, last)]
        for line, values in zip(sheet.iter_rows(FIRST_DETAIL, last), reversed(rows), strict=True):
            for cell, value in zip(line, values, strict=True):
                cell.value = value

    _change_master(small, turn_round)
    assert small.problems() == []


@pytest.mark.parametrize("harm", ["gone", "empty", "half", "other"])
def test_a_master_that_is_no_master_is_found(small: Small, harm: str) -> None:
    master = small.campaign.master
    match harm:
        case "gone":
            master.unlink()
        case "empty":
            master.write_bytes(b"")
        case "half":
            master.write_bytes(master.read_bytes()[: master.stat().st_size // 2])
        case _:
            openpyxl.Workbook().save(master)
    assert small.problems() == ["master_missing" if harm == "gone" else "master_unreadable"]


def test_every_problem_is_one_sentence_in_both_languages(small: Small) -> None:
    (small.campaign.inbox / "B.xlsx").unlink()
    for file in _archived(small)[:2]:
        file.write_bytes(b"x")
    small.campaign.master.unlink()
    for problem in small.verify().problems:
        for sentence in (problem.sentence("vi"), problem.sentence("en")):
            assert sentence
            assert "\n" not in sentence
            assert "…" not in sentence.replace("… (+", "")
