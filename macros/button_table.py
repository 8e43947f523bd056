"""docs/buttons.md: for every button its action, the command that does the same, and the tests that press it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from addin.ribbon import ACTIONS, Button, Group, available, every_button, shown_groups

_PROJECT = Path(__file__).parent.parent
DOCUMENT = _PROJECT / "docs" / "buttons.md"
TESTS = _PROJECT / "tests"
_OF_ACTIONS = "live"
"""The folders of tests that press buttons. Elsewhere the name of an action may mean something else."""

_HEAD = f"""# Buttons

Written by `python -m macros.build` from `addin/ribbon.py`; `make check` compares. In Excel a button runs
`addin.entry.press` with its id, in LibreOffice too; that calls the function of its name in `{ACTIONS}`. A test file
stands here when a test in it names the action.

| group | button | keys | can be pressed | needs | action | command | tests |
|---|---|---|---|---|---|---|---|
"""


def button_table(tests: Path = TESTS) -> str:
    """The text of docs/buttons.md."""
    lines = [_line(group, button, tests) for group in shown_groups() for button in group.buttons]
    waiting = [f"{button.label} (`{button.action}`)" for button in every_button() if not available(button)]
    text = _HEAD + "".join(lines)
    if waiting:
        text += f"\nDeclared, and shown once their action exists: {', '.join(waiting)}.\n"
    return text


def files_naming(button: Button, tests: Path = TESTS) -> list[str]:
    """The files in which a test function names the button's action, from the project's folder."""
    return sorted(
        file.relative_to(tests.parent).as_posix()
        for file in tests.rglob("test_*.py")
        if _OF_ACTIONS in file.relative_to(tests).parts
        and any(button.action in _names_in(function) for function in _test_functions(file))
    )


def _line(group: Group, button: Button, tests: Path) -> str:
    cells = (
        group.label, button.label, f"Alt, SK, {button.keytip}", button.enabled_when.value,
        ", ".join(button.needs) or "–", f"`{button.action}`", f"`{button.command}`" if button.command else "–",
        ", ".join(f"`{file}`" for file in files_naming(button, tests)) or "–",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |\n"


def _test_functions(file: Path) -> Iterator[ast.FunctionDef]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))


def _names_in(function: ast.FunctionDef) -> set[str]:
    """Names, attributes and whole strings in a function and its decorators."""
    found: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
    return found
