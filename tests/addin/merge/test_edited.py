"""A master that somebody worked in: kept aside, named, never let go of; the figures of the new one are the ledger's."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from addin.campaign.backups import KEPT
from addin.merge.edited import PREFIX
from tests.end_to_end.small_campaign import Small, read_here, report


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    read_here(monkeypatch)
    small = Small(tmp_path)
    small.put("A.xlsx", report("A", "SK-1"))
    small.merge()
    return small


def work_in(small: Small, name: str = "Ghi chú của tôi") -> bytes:
    book = openpyxl.load_workbook(small.campaign.master)
    book.create_sheet(name)["A1"] = "Gọi lại cho A"
    book.save(small.campaign.master)
    return small.campaign.master.read_bytes()


def kept(small: Small) -> list[Path]:
    return sorted(small.campaign.backups.glob(f"{PREFIX}*.xlsx"))


def test_an_untouched_master_is_not_kept_aside(small: Small) -> None:
    small.put("B.xlsx", report("B", "SK-2"))
    assert small.merge().set_aside is None
    assert kept(small) == []


def test_a_master_with_a_sheet_of_the_clerks_own_is_kept_whole_and_the_sheet_named(small: Small) -> None:
    edited = work_in(small)
    result = small.merge()
    assert result.set_aside is not None
    assert result.set_aside.sheets == ("Ghi chú của tôi",)
    copy = small.campaign.folder / result.set_aside.file
    assert (copy.parent, copy.read_bytes()) == (small.campaign.backups, edited)
    assert "Ghi chú của tôi" not in openpyxl.load_workbook(small.campaign.master).sheetnames
    assert small.verify().problems == ()
    (payload,) = small.sql("SELECT payload FROM journal WHERE kind = 'merged' ORDER BY seq DESC LIMIT 1")
    assert copy.name in payload[0]


def test_a_typed_over_figure_is_kept_aside_and_does_not_survive(small: Small) -> None:
    book = openpyxl.load_workbook(small.campaign.master)
    book["Chi tiết"]["C5"] = "Sửa tay"
    book.save(small.campaign.master)
    result = small.merge()
    assert result.set_aside is not None
    assert result.set_aside.sheets == ()
    assert small.verify().problems == ()


def test_the_copies_are_not_let_go_of_with_the_backups(small: Small) -> None:
    work_in(small)
    small.merge()
    for number in range(KEPT + 2):
        small.put(f"B{number}.xlsx", report("B", f"SK-{number}", number=number + 1))
        small.merge()
    assert len(kept(small)) == 1


def test_one_that_was_kept_before_a_run_was_stopped_is_not_kept_twice(small: Small) -> None:
    edited = work_in(small)
    small.merge()
    small.campaign.master.write_bytes(edited)
    assert small.merge().set_aside is not None
    assert len(kept(small)) == 1


def test_a_master_that_is_no_workbook_any_more_is_kept_too(small: Small) -> None:
    small.campaign.master.write_bytes(b"half a file")
    result = small.merge()
    assert result.set_aside is not None
    assert [copy.read_bytes() for copy in kept(small)] == [b"half a file"]


def test_an_earlier_master_put_back_by_hand_is_none_that_somebody_worked_in(small: Small) -> None:
    earlier = small.campaign.master.read_bytes()
    small.put("B.xlsx", report("B", "SK-2"))
    small.merge()
    small.campaign.master.write_bytes(earlier)
    result = small.merge()
    assert result.master_written
    assert result.set_aside is None
