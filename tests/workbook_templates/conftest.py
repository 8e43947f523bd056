"""A LibreOffice that truly recalculates, for the tests that need one."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

SECONDS = 180

# Files that say they come from Excel are not recalculated when LibreOffice loads them: 0 is "always".
_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@pytest.fixture
def recalculate(soffice: str, tmp_path: Path) -> Callable[[Path], Path]:
    """Load a workbook in a fresh LibreOffice, recalculate every formula, and save it as another workbook."""

    def run(workbook: Path) -> Path:
        profile, out = tmp_path / "profile", tmp_path / "recalculated"
        (profile / "user").mkdir(parents=True, exist_ok=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
        command = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(workbook)]
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
        try:
            said, _ = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # soffice starts children; the session is our own
            process.communicate()
            pytest.fail(f"LibreOffice did not finish within {SECONDS} seconds")
        assert process.returncode == 0, said
        return out / workbook.name

    return run
