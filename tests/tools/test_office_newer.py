"""The script that fetches a newer LibreOffice: where it may not, it says so and is no failure."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent.parent / "tools" / "office_newer"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """The script in a project that has nothing yet."""
    (tmp_path / "tools").mkdir()
    return Path(shutil.copy(SCRIPT, tmp_path / "tools"))


def run(script: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "APT": "no"}
    return subprocess.run(
        [script, *arguments], capture_output=True, text=True, timeout=20, env=environment, check=False
    )


def test_without_permission_nothing_is_fetched_and_it_says_so(script: Path) -> None:
    done = run(script)
    assert done.returncode == 0
    assert "no newer LibreOffice" in done.stderr
    assert not (script.parent.parent / ".cache").exists()


def test_the_program_is_named_only_where_it_is(script: Path) -> None:
    done = run(script, "--program")
    assert (done.returncode, done.stdout) == (1, "")
    program = (
        script.parent.parent
        / ".cache"
        / "office-newer"
        / "root"
        / "usr"
        / "lib"
        / "libreoffice"
        / "program"
        / "soffice"
    )
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert run(script, "--program").stdout.strip() == str(program.resolve())
