"""Deciding by command: stored with a reason and a name; the next merge applies it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from addin.campaign.folder import Campaign
from addin.campaign.ledger import Ledger, open_ledger
from addin.campaign.lock import only_writer
from addin.campaign.saving import saving
from addin.decisions.resolving import Wanted, choice_of, waivers_of_report, waivers_of_row
from addin.decisions.store import (
    BY_COMMAND,
    Decided,
    Decision,
    Record,
    Revocation,
    StandingDecision,
    decided,
    next_id,
    put,
    stamp,
)
from addin.errors import UsageProblem
from addin.merge.picture import overview_of
from validation.decisions import Choice
from validation.messages import text


@dataclass(frozen=True, slots=True)
class By:
    """Who decides and why; ``user`` is who is at the machine."""

    reason: str
    name: str
    user: str


def waive(
    campaign: Campaign,
    unit: str,
    row: int | None,
    *,
    code: str | None,
    field: str | None,
    by: By,
    now: Callable[[], datetime],
) -> tuple[Decision, ...]:
    """Accept findings of a row, or with no row what the rule ``code`` says of the unit's report as a whole.

    Raises UsageProblem (``reason_needed``, ``name_needed``, ``code_needed``, ``already_waived``, ``nothing_merged``,
    and as ``resolving``) and CouldNotSave.
    """
    by = _checked(by)
    if row is None and code is None:
        raise UsageProblem("code_needed")
    with _writing(campaign, by, now) as ledger:
        overview = overview_of(campaign, ledger, by=by.user, now=now(), since_merge=True, as_reported=True)
        _refuse_waived(decided(ledger.connection), unit, row, code, field)
        if row is None:
            assert code is not None
            wanted = waivers_of_report(overview, unit, code, field)
        else:
            wanted = waivers_of_row(overview, unit, row, code, field)
        return record(ledger, wanted, by.reason, by.name, BY_COMMAND, now())


def choose(
    campaign: Campaign, code: str, unit: str, row: int | None, *, by: By, now: Callable[[], datetime]
) -> tuple[Decision, ...]:
    """Let the unit's row of a registration code count; an earlier choice for the code is revoked.

    Raises UsageProblem (``reason_needed``, ``name_needed``, ``already_chosen``, ``nothing_merged``, and as
    ``resolving``) and CouldNotSave.
    """
    by = _checked(by)
    with _writing(campaign, by, now) as ledger:
        overview = overview_of(campaign, ledger, by=by.user, now=now(), since_merge=True, as_reported=True)
        wanted = choice_of(overview, code, unit, row)
        standing = decided(ledger.connection).in_effect(since_merge=True).choices.get(code)
        if standing is not None and standing[0] == wanted.key:
            raise UsageProblem("already_chosen", decision=standing[1], number=code)
        return record(ledger, [wanted], by.reason, by.name, BY_COMMAND, now())


def revoke(campaign: Campaign, number: int, *, by: By, now: Callable[[], datetime]) -> StandingDecision:
    """Let a decision hold no more; it stays on record.

    Raises UsageProblem (``reason_needed``, ``name_needed``, ``no_such_decision``, ``already_revoked``,
    ``nothing_merged``) and CouldNotSave.
    """
    by = _checked(by)
    with _writing(campaign, by, now) as ledger:
        made = decided(ledger.connection)
        if all(one.id != number for one in made.decisions):
            known = ", ".join(str(one.id) for one in made.decisions if one.id not in made.revoked) or "–"
            raise UsageProblem("no_such_decision", decision=number, known=known)
        if number in made.revoked:
            earlier = made.revoked[number]
            raise UsageProblem("already_revoked", decision=number, name=earlier.name, reason=earlier.reason)
        with ledger.transaction():
            put(ledger, now(), [Revocation(number, by.reason, by.name, stamp(now()), BY_COMMAND)])
        overview = overview_of(campaign, ledger, by=by.user, now=now())
    return next(one for one in overview.decisions if one.decision.id == number)


def decisions_of(campaign: Campaign, *, by: str, now: datetime) -> tuple[StandingDecision, ...]:
    """Every decision with its state. Raises UsageProblem ``nothing_merged``."""
    if not campaign.ledger.is_file():
        raise UsageProblem("nothing_merged", folder=campaign.folder)
    with open_ledger(campaign, by=by, now=now) as ledger:
        return overview_of(campaign, ledger, by=by, now=now).decisions


def record(
    ledger: Ledger, wanted: Sequence[Wanted], reason: str, name: str, source: str, now: datetime
) -> tuple[Decision, ...]:
    """Write decisions in a transaction of their own; a new choice revokes the earlier one for its code."""
    at, number = stamp(now), next_id(ledger.connection)
    standing = decided(ledger.connection).in_effect(since_merge=True).choices
    records: list[Record] = []
    for one in wanted:
        key = one.key
        field = None if isinstance(key, Choice) else key.field
        made = Decision(
            number, one.kind.value, key.unit, key.code, field, key.content, one.about, one.row, reason, name, at, source
        )
        records.append(made)
        if isinstance(key, Choice) and key.code in standing:
            because = text("decision_why", "replaced", number=number)
            records.append(Revocation(standing[key.code][1], because, name, at, source))
        number += 1
    with ledger.transaction():
        put(ledger, now, records)
    return tuple(one for one in records if isinstance(one, Decision))


def _refuse_waived(made: Decided, unit: str, row: int | None, code: str | None, field: str | None) -> None:
    """Say that it was accepted already, where it was by this very place."""
    waivers = made.in_effect(since_merge=True).waivers
    for key, number in waivers.items():
        one = next(one for one in made.decisions if one.id == number)
        if (key.unit, one.row, key.code) == (unit, row, code) and field in {None, key.field}:
            raise UsageProblem("already_waived", decision=number)


def _checked(by: By) -> By:
    reason, name = " ".join(by.reason.split()), " ".join(by.name.split())
    if not reason:
        raise UsageProblem("reason_needed")
    if not name:
        raise UsageProblem("name_needed")
    return By(reason, name, by.user)


@contextmanager
def _writing(campaign: Campaign, by: By, now: Callable[[], datetime]) -> Iterator[Ledger]:
    if not campaign.ledger.is_file():
        raise UsageProblem("nothing_merged", folder=campaign.folder)
    with (
        saving(campaign.folder),
        only_writer(campaign.folder, by.user, now()),
        open_ledger(campaign, by=by.user, now=now()) as ledger,
    ):
        yield ledger
