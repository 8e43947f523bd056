"""A merge that is killed, stopped, locked out or out of disk, in processes of their own."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from addin.campaign.folder import open_campaign
from addin.campaign.lock import only_writer
from tests.end_to_end.command import PROJECT, environment, sangkien, without_root_rights
from tests.end_to_end.small_campaign import UNITS, Small, report
from tests.end_to_end.under_way import DEADLINE, running, stored, wait_until
from validation.units import Level, Unit

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and locks of Unix")

HOW_MANY = 24
MORE_UNITS = (*UNITS, *(Unit(f"N{n:02}", f"CĐCS số {n}", Level.GRASSROOTS, "Q") for n in range(HOW_MANY)))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign with one report merged and more in its inbox, not yet merged."""
    small = Small(tmp_path_factory.mktemp("template"), MORE_UNITS)
    small.put("A.xlsx", report("A", "SK-A"))
    small.merge()
    for number in range(HOW_MANY):
        small.put(f"N{number:02}.xlsx", report(f"N{number:02}", f"SK-{number}", f"SK-{number - 1}"))
    return small.folder


@pytest.fixture
def campaign(template: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "chien-dich"
    shutil.copytree(template, folder)
    return folder


@pytest.fixture(scope="module")
def clean(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What an undisturbed merge comes to."""
    folder = tmp_path_factory.mktemp("clean") / "chien-dich"
    shutil.copytree(template, folder)
    return figures(sangkien("merge", "--campaign", folder, "--json").json)


def figures(merged: Any) -> Any:
    return {"totals": merged["totals"], "units": merged["units"]}


def master(folder: Path) -> str:
    return hashlib.sha256((folder / "tong-hop.xlsx").read_bytes()).hexdigest()


def assert_goes_on(folder: Path, clean: Any) -> None:
    """The next run comes to what an undisturbed one comes to, leaves nothing lying about, and all is proved."""
    answer = sangkien("merge", "--campaign", folder, "--json")
    assert answer.code in (0, 1), answer.err
    assert figures(answer.json) == clean
    assert list(folder.rglob(".*.tmp*")) == []
    assert sangkien("verify", "--campaign", folder).code == 0


@pytest.mark.parametrize("after", [1, 2, 9, 17, HOW_MANY + 1])
def test_a_merge_killed_after_so_many_files_is_finished_by_the_next(after: int, campaign: Path, clean: Any) -> None:
    old = master(campaign)
    with running("merge", "--campaign", campaign) as process:
        killed = wait_until(lambda: stored(campaign) >= after, process)
        process.kill()
        process.wait(DEADLINE)
    assert killed
    assert master(campaign) == old or after > HOW_MANY
    assert_goes_on(campaign, clean)


def test_a_merge_killed_while_the_master_is_written_leaves_the_old_or_the_new_one(campaign: Path, clean: Any) -> None:
    old = master(campaign)
    with running("merge", "--campaign", campaign) as process:
        wait_until(lambda: stored(campaign) > HOW_MANY and any(campaign.glob(".*.tmp")), process)
        process.kill()
        process.wait(DEADLINE)
    if master(campaign) != old:
        assert sangkien("verify", "--campaign", campaign).code == 0
    assert_goes_on(campaign, clean)


def test_ctrl_c_ends_with_three_and_the_next_run_goes_on(campaign: Path, clean: Any) -> None:
    with running("merge", "--campaign", campaign, "--json") as process:
        assert wait_until(lambda: stored(campaign) >= 3, process)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=DEADLINE)
    assert process.returncode == 3
    assert json.loads(out)["error"]["code"] == "interrupted"
    assert b"Traceback" not in err
    assert 3 <= stored(campaign) <= HOW_MANY
    assert_goes_on(campaign, clean)


def test_no_reading_child_outlives_a_killed_merge(campaign: Path) -> None:
    with running("merge", "--campaign", campaign) as process:
        assert wait_until(lambda: stored(campaign) >= 2, process)
        children = _children(process.pid)
        process.kill()
        process.wait(DEADLINE)
    assert children
    end = time.monotonic() + DEADLINE
    while any(_is_running(child) for child in children):
        assert time.monotonic() < end, "a child lives on"
        os.sched_yield()


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task")
    if not tasks.is_dir():  # no Linux
        found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False, timeout=10)
        return [int(line) for line in found.stdout.split()]
    return [int(child) for task in tasks.iterdir() for child in (task / "children").read_text().split()]


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    try:
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text()  # a zombie is waiting for init
    except OSError:
        return False


# -- held by another program ---------------------------------------------------------------------------------------

EXCEL_OWNER = bytes([12]) + b"Tran Thi Mai".ljust(54) + b"\x0c\x00" + "Trần Thị Mai".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "content", "owner"),
    [
        ("~$tong-hop.xlsx", EXCEL_OWNER, "Trần Thị Mai"),
        ("~$tong-hop.xlsx", bytes([3]) + b"Mai".ljust(54), "Mai"),
        ("~$tong-hop.xlsx", b"", "?"),
        (".~lock.tong-hop.xlsx#", ",Trần Thị Mai,may-01,30.06.2022 08:00,file:///x;".encode(), "Trần Thị Mai"),
    ],
    ids=["Excel", "Excel, an old one", "Excel, an empty one", "LibreOffice"],
)
def test_a_master_that_is_open_is_left_alone(name: str, content: bytes, owner: str, campaign: Path, clean: Any) -> None:
    old, ledger = master(campaign), (campaign / "so-cai.sqlite").read_bytes()
    (campaign / name).write_bytes(content)
    answer = sangkien("merge", "--campaign", campaign, "--json")
    assert answer.code == 4
    assert answer.json["error"]["code"] == "master_open"
    assert owner in answer.err
    assert name in answer.err
    assert (master(campaign), (campaign / "so-cai.sqlite").read_bytes()) == (old, ledger)
    assert sangkien("restore", "--campaign", campaign).code == 4
    (campaign / name).unlink()
    assert_goes_on(campaign, clean)


def test_a_second_merge_at_the_same_time_is_refused_with_the_first_ones_name(campaign: Path, clean: Any) -> None:
    small = open_campaign(campaign)
    with only_writer(small.folder, "chị Mai@may-01", Small.now(_AtNoon())):
        answer = sangkien("merge", "--campaign", campaign, "--json")
    assert answer.code == 4
    assert answer.json["error"]["code"] == "campaign_busy"
    assert "chị Mai@may-01" in answer.err
    assert_goes_on(campaign, clean)


class _AtNoon(Small):
    def __init__(self) -> None:
        from datetime import datetime

        self._now = datetime(2022, 7, 1, 12, 0).astimezone()


def test_of_two_merges_started_together_both_end_well_or_one_is_told_to_wait(campaign: Path, clean: Any) -> None:
    with running("merge", "--campaign", campaign) as first, running("merge", "--campaign", campaign) as second:
        ends = [(process.communicate(timeout=DEADLINE)[1].decode(), process.returncode) for process in (first, second)]
    assert {code for _, code in ends} <= {0, 1, 4}
    assert any(code in (0, 1) for _, code in ends)
    assert all("Traceback" not in err for err, _ in ends)
    assert_goes_on(campaign, clean)


def test_a_ledger_that_another_program_writes_to_is_waited_for_or_said(campaign: Path, clean: Any) -> None:
    connection = sqlite3.connect(campaign / "so-cai.sqlite", isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    with running("merge", "--campaign", campaign) as process:
        connection.execute("ROLLBACK")
        connection.close()
        assert process.wait(DEADLINE) in (0, 1)
    assert_goes_on(campaign, clean)


# -- no room, no rights --------------------------------------------------------------------------------------------

LIMITED = (
    "import resource, sys; sys.path.insert(0, {project!r});"
    "resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}));"
    "from addin.cli import main; sys.exit(main(sys.argv[1:]))"
)


@pytest.mark.parametrize("kilobytes", [0, 1, 8, 24, 40, 64, 100])
def test_where_no_file_may_grow_beyond_a_size_the_master_is_old_or_new(
    kilobytes: int, campaign: Path, clean: Any
) -> None:
    """The system refuses writes in the middle of a file, as a full disk does; no root and no mount needed."""
    old = master(campaign)
    script = LIMITED.format(project=str(PROJECT), size=kilobytes * 1024)
    done = subprocess.run(
        [sys.executable, "-c", script, "merge", "--campaign", campaign, "--json"],
        capture_output=True, env=environment(), timeout=DEADLINE, check=False,
    )  # fmt: skip
    assert b"Traceback" not in done.stderr
    assert done.returncode in (0, 1, 4), done.stderr
    if done.returncode == 4:
        assert master(campaign) == old
        assert json.loads(done.stdout)["error"]["code"] in {"cannot_write", "disk_full"}
    assert_goes_on(campaign, clean)


def test_on_a_disk_that_is_full_the_old_master_stays(template: Path, tmp_path: Path, clean: Any) -> None:
    """A real full disk where one can be mounted; elsewhere the limits above stand for it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(disk)], capture_output=True, check=False, timeout=10
    )
    try:
        campaign = disk / "chien-dich"
        shutil.copytree(template, campaign)
        old = master(campaign)
        for kilobytes in (0, 40, 150, 600) if mounted.returncode == 0 else ():
            _fill(disk, kilobytes)
            answer = sangkien("merge", "--campaign", campaign, "--json")
            assert answer.code == 4, kilobytes
            assert answer.json["error"]["code"] == "disk_full", kilobytes
            assert "đầy" in answer.err
            assert master(campaign) == old
            (disk / "filling").unlink()
        assert_goes_on(campaign, clean)
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", str(disk)], check=True, timeout=10)


def _fill(disk: Path, leave: int) -> None:
    """Fill the disk but for so many kilobytes."""
    with (disk / "filling").open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(b"x" * 4096):
            pass
    os.truncate(disk / "filling", max(0, (disk / "filling").stat().st_size - leave * 1024))


def test_in_a_folder_without_rights_nothing_changes_and_the_reason_is_said(campaign: Path, clean: Any) -> None:
    old = master(campaign)
    folders = [campaign, *(folder for folder in campaign.rglob("*") if folder.is_dir())]
    for path in [*campaign.rglob("*"), campaign]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        answer = sangkien("merge", "--campaign", campaign, "--json", before=without_root_rights())
        looked = sangkien("status", "--campaign", campaign, "--json", before=without_root_rights())
        proved = sangkien("verify", "--campaign", campaign, before=without_root_rights())
    finally:
        for folder in folders:
            folder.chmod(0o755)
        for path in campaign.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert answer.code == 4
    assert answer.json["error"]["code"] == "cannot_write"
    assert master(campaign) == old
    assert looked.code == 0, looked.err
    assert looked.json["received"] == 1
    assert proved.code == 0, proved.out
    assert_goes_on(campaign, clean)
