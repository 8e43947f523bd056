"""Guessing whether there is something to read, before the merge is loaded."""

from __future__ import annotations

import importlib
import os
import shutil
import sys
from pathlib import Path

import pytest

from addin.campaign.folder import SETTINGS
from addin.intake import ahead as children_ahead
from addin.merge import ahead
from addin.merge.ahead import reading_ahead, something_seems_new
from tests.end_to_end.small_campaign import Small, read_here, report


@pytest.fixture
def merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    read_here(monkeypatch)
    small = Small(tmp_path)
    small.put("A.xlsx", report("A", "SK-1"))
    small.merge()
    later = small.campaign.ledger.stat().st_mtime_ns + 1_000_000_000
    os.utime(small.campaign.ledger, ns=(later, later))  # the files are older, however coarse the clock
    return small


def test_it_knows_the_campaign_by_its_names(merged: Small) -> None:
    campaign = merged.campaign
    assert (campaign.ledger.name, campaign.inbox.name, SETTINGS) == (ahead._LEDGER, ahead._INBOX, ahead._SETTINGS)
    assert all(importlib.import_module(name) for name in ahead._NEEDED)


def test_what_was_merged_is_not_new(merged: Small) -> None:
    assert not something_seems_new(merged.folder, [])
    with reading_ahead(merged.folder, []):
        assert children_ahead._waiting == []


def test_a_first_merge_has_something_to_read(tmp_path: Path) -> None:
    small = Small(tmp_path)
    assert not something_seems_new(small.folder, [])
    small.put("quận/A.xlsx", b"x")
    assert something_seems_new(small.folder, [])
    with reading_ahead(small.folder, []):
        (child,) = children_ahead._waiting
    assert child.returncode is not None


def test_a_changed_file_seems_new(merged: Small) -> None:
    later = merged.campaign.ledger.stat().st_mtime_ns + 1
    os.utime(merged.folder / "nhan" / "A.xlsx", ns=(later, later))
    assert something_seems_new(merged.folder, [])


@pytest.mark.skipif(sys.platform == "win32", reason="there a file's birth cannot be put off")
def test_a_copy_that_kept_its_time_seems_new(merged: Small) -> None:
    file = merged.folder / "nhan" / "A.xlsx"
    os.utime(merged.campaign.ledger, ns=(1, file.stat().st_mtime_ns))
    shutil.copy2(file, file.with_name("B.xlsx"))
    os.utime(file.with_name("B.xlsx"), ns=(1, 1))
    assert something_seems_new(merged.folder, [])


def test_sources_are_looked_at_in_place_of_the_inbox(merged: Small, tmp_path: Path) -> None:
    later = merged.campaign.ledger.stat().st_mtime_ns + 1
    elsewhere = tmp_path / "thư" / "B.xlsx"
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(b"x")
    os.utime(elsewhere, ns=(later, later))
    assert something_seems_new(merged.folder, [elsewhere.parent])
    assert something_seems_new(merged.folder, [elsewhere])
    assert not something_seems_new(merged.folder, [])
    assert not something_seems_new(merged.folder, [tmp_path / "not there"])


def test_a_folder_that_is_no_campaign_starts_nothing(tmp_path: Path) -> None:
    (tmp_path / "A.xlsx").write_bytes(b"x")
    assert not something_seems_new(tmp_path, [tmp_path])
