"""What runs inside the office must run in the office's own, older Python, and stand by itself."""

import ast
import sys
from pathlib import Path

import pytest

from addin.hosts.libreoffice.profile import DEPLOYED_ELSEWHERE, INSIDE, put_scripts

MODULES = sorted(INSIDE.glob("*.py"))

OLDEST = (3, 8)

GIVEN_BY_THE_OFFICE = {"uno", "unohelper", "com", "sangkien_inside", "sangkien_buttons"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_it_is_written_for_python_3_8(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=OLDEST)
    imported = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
    assert imported or path.name == "__init__.py", "annotations are newer than 3.8: from __future__ import annotations"
    calls = {
        node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not calls & {"removeprefix", "removesuffix"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_it_imports_the_standard_library_and_itself_only(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    roots = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            roots |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            roots.add(str(node.module).partition(".")[0])
    assert roots <= set(sys.stdlib_module_names) | GIVEN_BY_THE_OFFICE


def test_it_is_put_into_a_profile_as_it_stands(tmp_path: Path) -> None:
    stale = tmp_path / "pythonpath" / "sangkien_inside" / "old.py"
    stale.parent.mkdir(parents=True)
    stale.write_text("x")
    put_scripts(tmp_path)
    assert (tmp_path / "sangkien.py").read_bytes() == (INSIDE / "entry.py").read_bytes()
    assert not stale.exists()
    assert {p.name for p in stale.parent.iterdir()} == {p.name for p in MODULES} - set(DEPLOYED_ELSEWHERE)
