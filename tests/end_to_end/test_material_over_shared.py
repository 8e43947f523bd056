"""Strangers' and hostile workbooks as one inbox: nothing crashes, every file is named with a reason."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import SHARED
from tests.end_to_end.command import command, environment
from tests.end_to_end.small_campaign import Small, report


@pytest.mark.shared
def test_corpus_and_hostile_files_are_an_inbox_like_any_other(tmp_path: Path) -> None:
    small = Small(tmp_path)
    good = small.put("tốt.xlsx", report("A", "SK-1"))
    hostile = tmp_path / "hostile"
    subprocess.run(
        [sys.executable, str(SHARED / "hostile.py"), str(hostile)], check=True, capture_output=True, timeout=120
    )
    sources = [good, hostile, SHARED / "corpus"]
    began = time.monotonic()
    done = subprocess.run(
        command("merge", *sources, "--campaign", small.folder, "--json"),
        capture_output=True, timeout=240, check=False, env=environment(),
    )  # fmt: skip
    took = time.monotonic() - began
    assert done.returncode == 1, done.stderr
    assert done.stderr == b""
    merged = json.loads(done.stdout)
    named = [one["path"] for one in merged["files"]]
    assert len(named) == len(set(named))
    lying = {
        str(path) for source in sources[1:] for path in source.rglob("*") if path.is_symlink() or not path.is_dir()
    }
    assert lying | {str(good)} <= set(named)
    for one in merged["files"]:
        assert one["reason"] or one["outcome"] == "accepted", one
    assert merged["totals"]["rows"] == 1
    assert {one["path"] for one in merged["files"] if one["outcome"] == "accepted"} == {str(good)}
    assert {one["code"] for one in merged["files"]}.isdisjoint({"reader_failed"})
    assert took < 120
