"""Whether each decision holds, by the reports as they now count. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from addin.decisions.store import Decided, Decision, StandingDecision
from addin.merge.overview import Report
from validation.decisions import Kind, State, rows_of_content
from validation.submission import Outcome


def states_of(
    decided: Decided, reports: Sequence[Report], followed: frozenset[int], *, since_merge: bool
) -> tuple[StandingDecision, ...]:
    """Every decision with its state. ``reports`` with their waivers applied, consolidations among them; ``followed``
    are the choices that decided which row counts."""
    current = [report for report in reports if report.current]
    holding = followed | {accepted.decision for report in current for accepted in report.accepted}
    by_unit: dict[str, list[Report]] = {}
    for report in current:
        by_unit.setdefault(report.unit_code, []).append(report)
    states = []
    for one in decided.decisions:
        revocation = decided.revoked.get(one.id)
        if revocation is not None:
            states.append(StandingDecision(one, State.REVOKED, revocation=revocation))
        elif one.id in decided.new and not since_merge:
            states.append(StandingDecision(one, State.WAITING))
        elif one.id in holding:
            states.append(StandingDecision(one, State.IN_FORCE))
        else:
            states.append(StandingDecision(one, State.LAPSED, why=_why(one, by_unit.get(one.unit, []))))
    return tuple(states)


def _why(one: Decision, reports: Sequence[Report]) -> str:
    if not reports:
        return "no_report"
    if one.row is None:
        return "report_changed"
    rows = [row for report in reports for row in rows_of_content(report.rows, one.content)]
    if not rows:
        return "row_changed"
    if one.kind == Kind.CHOICE:
        return "row_rejected" if all(row.outcome is Outcome.REJECTED for row in rows) else "row_changed"
    return "finding_gone"
