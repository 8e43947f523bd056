"""Files from elsewhere in the inbox, and the archive by content."""

from __future__ import annotations

import errno
import itertools
import os
import unicodedata
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.campaign.archive import archive, archive_all, archived, from_archive, into_inbox, named_after, safe_name
from addin.errors import CouldNotSave
from tests.end_to_end.small_campaign import Small


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("báo cáo.xlsx", "báo cáo.xlsx"),
        (unicodedata.normalize("NFD", "báo cáo.xlsx"), "báo cáo.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\mai\\a.xlsx", "a.xlsx"),
        ("a:b?.xlsx", "a_b_.xlsx"),
        ("hai\ndòng.xlsx", "hai_dòng.xlsx"),
        ("\u202exslx.a.xlsx", "_xslx.a.xlsx"),
        ("CON.xlsx", "_CON.xlsx"),
        ("com1", "_com1"),
        ("~$a.xlsx", "_~$a.xlsx"),
        (" . ", "bao-cao.xlsx"),
        (".xlsx", "xlsx"),
        ("a.xlsx.", "a.xlsx"),
    ],
)
def test_names_are_made_safe_for_every_system(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_name_made_of_a_units_keeps_what_stands_before_a_slash() -> None:
    assert named_after("Báo cáo - Công đoàn A/B\\C - 01/07.xlsx") == "Báo cáo - Công đoàn A-B-C - 01-07.xlsx"


@given(st.one_of(st.text(), st.binary(max_size=400).map(os.fsdecode)))
def test_no_name_leads_anywhere_else_or_is_too_long(name: str) -> None:
    safe = safe_name(name)
    assert safe == Path(safe).name
    assert safe not in {"", ".", ".."}
    assert len(safe.encode("utf-8")) <= 220
    assert safe.isprintable() or not any(ord(c) < 32 for c in safe)


def test_content_is_kept_once_and_a_damaged_copy_is_mended(tmp_path: Path) -> None:
    campaign, data = Small(tmp_path).campaign, b"content"
    archive(campaign, digest(data), data)
    kept = archived(campaign, digest(data))
    before = kept.stat().st_mtime_ns
    archive(campaign, digest(data), data)
    assert kept.stat().st_mtime_ns == before
    assert from_archive(campaign, digest(data)) == data
    kept.write_bytes(b"harmed")
    assert from_archive(campaign, digest(data)) is None
    archive(campaign, digest(data), data)
    assert kept.read_bytes() == data


def test_several_are_kept_together_and_what_is_there_stays(tmp_path: Path) -> None:
    campaign, contents = Small(tmp_path).campaign, [b"one", b"two", b"three"]
    archive(campaign, digest(b"two"), b"two")
    before = archived(campaign, digest(b"two")).stat().st_mtime_ns
    archive_all(campaign, [(digest(data), data) for data in contents])
    assert [from_archive(campaign, digest(data)) for data in contents] == contents
    assert archived(campaign, digest(b"two")).stat().st_mtime_ns == before


def test_a_link_to_the_content_is_no_copy(tmp_path: Path) -> None:
    campaign, elsewhere = Small(tmp_path).campaign, tmp_path / "elsewhere"
    elsewhere.write_bytes(b"content")
    kept = archived(campaign, digest(b"content"))
    kept.parent.mkdir(parents=True)
    kept.symlink_to(elsewhere)
    archive(campaign, digest(b"content"), b"content")
    assert not kept.is_symlink()
    assert kept.read_bytes() == b"content"


@pytest.mark.parametrize("nth", [1, 2, 3])
def test_where_the_disk_says_no_to_one_of_several_nothing_unfinished_stays(
    nth: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign, contents = Small(tmp_path).campaign, [b"one", b"two", b"three"]
    calls = itertools.count(1)

    def fsync(_: int) -> None:
        if next(calls) == nth:
            raise OSError(errno.ENOSPC, "no space")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fsync)
        with pytest.raises(CouldNotSave) as problem:
            archive_all(campaign, [(digest(data), data) for data in contents])
    assert problem.value.error_code == "disk_full"
    assert problem.value.facts["path"] == archived(campaign, digest(contents[nth - 1]))
    assert list(campaign.folder.glob(".*.tmp")) == []
    kept = [from_archive(campaign, digest(data)) for data in contents]
    assert kept == [*contents[: nth - 1], *[None] * (4 - nth)]


def test_a_name_that_is_taken_by_other_content_gets_a_suffix(tmp_path: Path) -> None:
    campaign = Small(tmp_path).campaign
    first = into_inbox(campaign, "a.xlsx", digest(b"1"), b"1")
    assert into_inbox(campaign, "a.xlsx", digest(b"1"), b"1") == first
    second = into_inbox(campaign, "a.xlsx", digest(b"2"), b"2")
    assert into_inbox(campaign, "a.xlsx", digest(b"2"), b"2") == second
    assert first.name == "a.xlsx"
    assert second.name == f"a-{digest(b'2')[:8]}.xlsx"
    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"2")


@pytest.mark.parametrize("name", ["nhan/báo cáo.xlsx", "nhan/b\udce1o.xlsx", "nhan/\\udce1.xlsx", "nhan/a\\b.xlsx"])
@pytest.mark.skipif(os.name == "nt", reason="names of any bytes are a matter of Unix")
def test_a_path_is_found_again_by_what_the_ledger_keeps_of_it(name: str, tmp_path: Path) -> None:
    campaign = Small(tmp_path).campaign
    file = campaign.folder / name
    file.write_bytes(b"x")
    kept = campaign.relative(file)
    kept.encode("utf-8")
    assert campaign.located(kept) == file
    assert campaign.relative(campaign.folder / "nhan" / ".." / name) == kept


def test_of_a_large_handful_few_files_are_open_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = Small(tmp_path).campaign
    reports = [(digest(data), data) for data in (str(number).encode() for number in range(50))]
    unfinished: list[int] = []
    fsync = os.fsync

    def counting(number: int) -> None:
        unfinished.append(len(list(campaign.folder.glob(".*.tmp"))))
        fsync(number)

    monkeypatch.setattr(os, "fsync", counting)
    archive_all(campaign, reports)
    assert 1 < max(unfinished) <= 16
    assert all(from_archive(campaign, sha) == data for sha, data in reports)
