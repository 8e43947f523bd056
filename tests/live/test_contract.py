"""The scripts with which xlwings documents its own interface run against the live office."""

import importlib
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw

PACKAGE = "tests.live.contract"

pytest.register_assert_rewrite(PACKAGE)

MODULES = [
    importlib.import_module(f"{PACKAGE}.{path.stem}")
    for path in sorted((Path(__file__).parent / "contract").glob("*.py"))
]

SCRIPTS = {
    f"{module.__name__.rpartition('.')[2]}-{script.__name__}": script for module in MODULES for script in module.SCRIPTS
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=list(SCRIPTS))
def test_a_documented_script_runs(script: Callable[[xw.App, Path], None], app: xw.App, tmp_path: Path) -> None:
    script(app, tmp_path)
