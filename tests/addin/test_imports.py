"""What a command loads: each only what it needs, since loading is most of what a small one takes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.small_campaign import Small, read_here, report

PROJECT = Path(__file__).parents[2]
SCRIPT = """
import sys
from addin.cli import main
code = main(sys.argv[1:])
print(*sorted({name for name in sys.modules if name.count(".") < 3}), file=sys.stderr)
sys.exit(code)
"""


def loaded_by(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    return set(done.stderr.splitlines()[-1].split())


def test_the_version_is_said_without_any_of_it() -> None:
    assert loaded_by("--version").isdisjoint({"pydantic", "openpyxl", "pandas", "rich", "sqlite3", "xlsxwriter"})


def test_a_reading_child_needs_no_pydantic() -> None:
    """It is given the programme, and reading it from its file is what needs that: half of a child's start."""
    script = "import sys; from addin.merge import ahead; import importlib; [importlib.import_module(m) for m in "
    script += "(*ahead._NEEDED, 'addin.intake.child')]; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert {"validation.assess", "addin.intake.reader", "addin.merge.reading"} <= loaded
    assert loaded.isdisjoint({"pydantic", "pydantic_core", "addin.campaign.folder", "importlib.metadata"})


def test_a_merge_of_what_is_known_loads_neither_reader_nor_writer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_here(monkeypatch)
    small = Small(tmp_path)
    small.put("A.xlsx", report("A", "SK-1"))
    small.merge()
    loaded = loaded_by("merge", "--json", "--campaign", str(small.folder))
    assert "addin.merge.run" in loaded
    assert loaded.isdisjoint({
        "xlsxwriter", "python_calamine", "openpyxl", "addin.merge.master", "addin.intake.reader", "addin.returns",
        "addin.merge.verify", "concurrent.futures",
    })  # fmt: skip
