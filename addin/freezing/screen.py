"""Frozen states as a person reads them in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from addin.freezing.figures import Difference
from addin.freezing.freezing import Freezing, FrozenNow
from addin.freezing.store import FIGURES, Frozen, Scope
from addin.terminal import Screen, safe
from validation import messages

_SHOWN = 40


def show_freezing(done: Freezing, screen: Screen) -> None:
    """What was kept."""
    _say(screen, "kept", lead="✓ ", name=done.state.name, at=_at(done.state))
    _show_states((done.state,), screen)
    _say(screen, "in_master" if done.in_master else "not_in_master")


def show_frozen(found: FrozenNow, screen: Screen) -> None:
    """All states, or one with what has changed since."""
    if found.chosen is None:
        if found.states:
            _show_states(found.states, screen)
        else:
            _say(screen, "none")
        return
    _show_state(found.chosen, screen)
    if found.file is not None:
        _say(screen, "reprinted", name=found.chosen.name, file=found.file)
    else:
        show_changes(found.chosen, found.changes, screen)


def _show_states(states: Sequence[Frozen], screen: Screen) -> None:
    table = screen.table("freeze_name", "freeze_at", "freeze_by", *FIGURES)
    for state in states:
        (whole,) = state.of(Scope.TOTAL)
        cells = (state.name, _at(state), state.by, *map(screen.number, whole.figures))
        table.add_row(*(Text(safe(cell)) for cell in cells))
    screen.console.print(table)


def _show_state(state: Frozen, screen: Screen) -> None:
    _say(screen, "state", style="bold", name=state.name, at=_at(state), by=state.by, reports=state.reports,
         expected=state.expected, rows=screen.number(state.rows))  # fmt: skip
    table = screen.table("freeze_scope", "code", "name", "phase", *FIGURES)
    lines = [line for line in state.lines if line.scope is not Scope.UNIT]
    for line in lines[:_SHOWN]:
        scope = messages.text("freeze_scope", line.scope.value, screen.language)
        figures = map(screen.number, line.figures)
        cells = (scope, line.code, line.name, str(line.phase or ""), *figures)
        table.add_row(*(Text(safe(cell)) for cell in cells))
    screen.console.print(table)


def show_changes(state: Frozen, changes: Sequence[Difference], screen: Screen) -> None:
    """What is not as it was when the state was kept."""
    if not changes:
        _say(screen, "unchanged", lead="✓ ", name=state.name)
        return
    _say(screen, "changed", name=state.name, count=len(changes))
    table = screen.table(
        "freeze_scope", "code", "name", "phase", "freeze_figure", "freeze_then", "freeze_now", "change"
    )
    for one in changes[:_SHOWN]:
        cells = (
            messages.text("freeze_scope", one.scope.value, screen.language), one.code, one.name, str(one.phase or ""),
            messages.text("freeze_figure", one.figure, screen.language), screen.number(one.before),
            screen.number(one.after), ("+" if one.change > 0 else "") + screen.number(one.change),
        )  # fmt: skip
        table.add_row(*(Text(safe(cell)) for cell in cells))
    screen.console.print(table)
    if len(changes) > _SHOWN:
        screen.say("more_rows", count=len(changes) - _SHOWN)


def _at(state: Frozen) -> str:
    return f"{state.at:%d/%m/%Y %H:%M}"


def _say(screen: Screen, key: str, style: str = "", lead: str = "", **facts: object) -> None:
    sentence = messages.text("freeze", key, screen.language, **facts)
    screen.console.print(Text(lead + safe(sentence), style=style), soft_wrap=True)
