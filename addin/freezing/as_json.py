"""The JSON of ``freeze``. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from addin.freezing.store import FIGURES, Frozen, FrozenLine, Scope

if TYPE_CHECKING:
    from addin.freezing.figures import Difference
    from addin.freezing.freezing import Freezing, FrozenNow


def frozen(done: Freezing) -> dict[str, Any]:
    """The whole of ``freeze --name --json``."""
    return {"frozen": state(done.state), "in_master": done.in_master}


def frozen_now(now: FrozenNow) -> dict[str, Any]:
    """The whole of ``freeze --list --json``, with ``--show`` and ``--reprint`` also the state that was asked for."""
    result: dict[str, Any] = {"states": [summary(one) for one in now.states]}
    if now.chosen is not None:
        result["state"] = state(now.chosen)
        if now.file is None:
            result["changes"] = changes(now.changes)
        else:
            result["file"] = str(now.file)
    return result


def summary(one: Frozen) -> dict[str, Any]:
    """A state without its lines."""
    (whole,) = one.of(Scope.TOTAL)
    return {
        "number": one.seq,
        "name": one.name,
        "at": one.at.isoformat(timespec="seconds"),
        "by": one.by,
        "rows": one.rows,
        "reports": one.reports,
        "expected": one.expected,
        **dict(zip(FIGURES, whole.figures, strict=True)),
    }


def state(one: Frozen) -> dict[str, Any]:
    """A state, whole."""
    return {
        **summary(one),
        "phases": [
            {"phase": line.phase, "name": line.name, "target": one.targets.get(line.phase or 0), **_figures(line)}
            for line in one.of(Scope.PHASE)
        ],
        "payers": [_line(line) for line in one.of(Scope.PAYER)],
        "units": [
            {**_line(line), "members": line.members, "member_authors": line.member_authors}
            for line in one.of(Scope.UNIT)
        ],
    }


def changes(found: Sequence[Difference]) -> list[dict[str, Any]]:
    """What is not as it was."""
    return [
        {
            "scope": one.scope.value,
            "unit": one.code,
            "name": one.name,
            "phase": one.phase,
            "figure": one.figure,
            "before": one.before,
            "after": one.after,
            "change": one.change,
        }
        for one in found
    ]


def _line(line: FrozenLine) -> dict[str, Any]:
    return {"unit": line.code, "name": line.name, "phase": line.phase, **_figures(line)}


def _figures(line: FrozenLine) -> dict[str, int]:
    return dict(zip(FIGURES, line.figures, strict=True))
