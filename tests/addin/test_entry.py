"""What a press comes to: the action, or one sentence."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import pytest

from addin import entry, ribbon
from addin.errors import UsageProblem


class Program:
    """A spreadsheet program that keeps what it is told to say."""

    def __init__(self) -> None:
        self.alerts: list[tuple[str, str | None, str | None]] = []

    def alert(self, prompt: str, title: str | None = None, mode: str | None = None) -> None:
        """As xlwings' App.alert."""
        self.alerts.append((prompt, title, mode))


@pytest.fixture
def actions(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Live actions of the test's own."""
    module = ModuleType("live_actions_of_a_test")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(ribbon, "ACTIONS", module.__name__)
    return module


def test_a_press_calls_the_buttons_action_with_the_program(actions: Any) -> None:
    called: list[object] = []
    actions.check_sheet = called.append
    program: Any = Program()
    entry.press("check_sheet", program)
    assert called == [program]
    assert program.alerts == []


def test_a_problem_we_know_is_one_sentence(actions: Any) -> None:
    def fail(app: object) -> None:
        raise UsageProblem("no_campaign", folder="C:\\Ho so")

    actions.check_sheet = fail
    program: Any = Program()
    entry.press("check_sheet", program)
    ((sentence, title, mode),) = program.alerts
    assert "C:\\Ho so" in sentence
    assert (title, mode) == ("Sổ sáng kiến", "critical")


def test_what_the_clerk_stopped_is_not_told_as_a_failure(actions: Any) -> None:
    def stop(app: object) -> None:
        raise UsageProblem("interrupted")

    actions.merge_campaign = stop
    program: Any = Program()
    entry.press("merge_campaign", program)
    ((sentence, _, mode),) = program.alerts
    assert "Đã dừng" in sentence
    assert mode == "info"


def test_a_problem_nobody_foresaw_is_a_number_and_a_log(
    actions: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    def fail(app: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("addin.incidents.log_file", lambda: tmp_path / "log")
    actions.check_sheet = fail
    program: Any = Program()
    entry.press("check_sheet", program)
    ((sentence, _, _),) = program.alerts
    assert "mã sự cố" in sentence
    assert "secret detail" not in sentence
    assert "secret detail" in (tmp_path / "log").read_text(encoding="utf-8")


def test_an_unknown_button_is_an_error_of_ours() -> None:
    with pytest.raises(KeyError):
        entry.press("no_such_button", Program())  # type: ignore[arg-type]
