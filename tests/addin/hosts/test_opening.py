"""Files shown in whatever program the machine has for them."""

import stat
import sys
import threading
import time
from pathlib import Path

import pytest

from addin.hosts.opening import open_outside

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the opener of Linux desktops")


def test_the_desktops_own_opener_gets_the_file_and_nobody_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener, file, seen = tmp_path / "xdg-open", tmp_path / "Thư nháp & cũ.eml", tmp_path / "seen"
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > "{seen}.part"\nmv "{seen}.part" "{seen}"\n', encoding="utf-8")
    opener.chmod(opener.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert open_outside(file)
    end, pause = time.monotonic() + 20, threading.Event()
    while not seen.exists() and time.monotonic() < end:
        pause.wait(0.02)
    assert seen.read_text(encoding="utf-8") == str(file)


def test_where_there_is_no_opener_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not open_outside(tmp_path / "huong-dan.html")
