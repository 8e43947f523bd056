"""Every member that docs/engine.md does not call missing is used by a contract script or by a test named here."""

import importlib
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from addin.hosts.libreoffice.members import CLASSES, LACKS, members

ELSEWHERE = {
    "App.alert": "test_bridge",
    "App.kill": "test_bridge",
    "App.quit": "test_bridge",
    "App.run": "test_bridge",
    "App.xl": "a synonym of App.api",
}

FOLDER = Path(__file__).parent / "contract"


def recorded(called: set[str], name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def record(*arguments: Any, **named: Any) -> Any:
        called.add(name)
        return function(*arguments, **named)

    return record


def watch(monkeypatch: pytest.MonkeyPatch, called: set[str]) -> set[str]:
    """Have every member note that it is called; returns the names of those that can be."""
    owners = {owner.__name__: owner for owner in CLASSES}
    watched = set()
    for member in members():
        if member.status == LACKS:
            continue
        watched.add(member.full_name)
        owner = owners[member.owner]
        found = next(vars(cls)[member.name] for cls in owner.__mro__ if member.name in vars(cls))
        if isinstance(found, property):
            assert found.fget is not None
            setter = found.fset and recorded(called, f"{member.full_name}=", found.fset)
            replacement: Any = property(recorded(called, member.full_name, found.fget), setter)
            if found.fset and not f"{found.fset.__qualname__}".startswith("_member"):
                watched.add(f"{member.full_name}=")
        elif isinstance(found, staticmethod):
            replacement = staticmethod(recorded(called, member.full_name, found.__func__))
        else:
            replacement = recorded(called, member.full_name, found)
        monkeypatch.setattr(owner, member.name, replacement)
    return watched


def test_every_member_that_is_there_is_used(
    app: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_book: Callable[[xw.App], None]
) -> None:
    called: set[str] = set()
    watched = watch(monkeypatch, called)
    for path in sorted(FOLDER.glob("*.py")):
        for script in importlib.import_module(f"tests.live.contract.{path.stem}").SCRIPTS:
            fresh_book(app)
            folder = tmp_path / script.__name__
            folder.mkdir()
            script(app, folder)
    unused = {name for name in watched - called if name.rstrip("=") not in ELSEWHERE}
    assert sorted(unused) == []
