"""The portal's word put into the reports that count, where the campaign's settings say so. Pure but for ``word_of``."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from addin.campaign.folder import Campaign
from addin.merge.overview import DuplicatePair, PortalUse, Report, SourcedRow
from addin.portal.store import PortalList, entries_of, newest
from validation.portal import NO_RULE, PortalWord
from validation.programme import Programme


@dataclass(frozen=True, slots=True)
class PortalSide:
    """The newest list, None where there is none, and its word under the campaign's rule."""

    record: PortalList | None
    word: PortalWord


def word_of(campaign: Campaign, connection: sqlite3.Connection, *, as_reported: bool = False) -> PortalSide:
    """The list that counts, as the ledger holds it; its lines are only read where they change anything.

    ``as_reported``: it changes nothing, whatever the settings say.
    """
    rule = NO_RULE if as_reported else campaign.settings.portal.rule
    record = newest(connection)
    entries = entries_of(connection, record) if record is not None and rule.in_force else []
    return PortalSide(record, PortalWord(entries, rule))


def under_portal(
    reports: Sequence[Report], pairs: Sequence[DuplicatePair], side: PortalSide, programme: Programme
) -> tuple[list[Report], tuple[DuplicatePair, ...], PortalUse]:
    """The reports and pairs with the rows as they count, and what that changed among the reports that count.

    Which of several rows of one code stays was settled before, by what the reports say: the portal says the same of
    all of them.
    """
    word, record = side.word, side.record
    changed = unmatched = 0
    result: list[Report] = []
    for report in reports:
        if not word.rule.in_force or report.withdrawn is not None:
            result.append(report)
            continue
        rows = tuple(word.applied_to(row, programme) for row in report.rows)
        if report.current:
            changed += sum(new is not old for new, old in zip(rows, report.rows, strict=True))
            unmatched += sum(row.accepted and not word.knows(row.registration_code) for row in rows)
        result.append(replace(report, rows=rows))
    use = PortalUse(
        rule=word.rule,
        file=record.file if record is not None else None,
        sha256=record.sha256 if record is not None else None,
        taken_at=record.taken_at if record is not None else None,
        lines=record.lines if record is not None else 0,
        changed=changed,
        unmatched=unmatched,
    )
    return result, tuple(_pairs(pairs, result)) if word.rule.in_force else tuple(pairs), use


def _pairs(pairs: Sequence[DuplicatePair], reports: Sequence[Report]) -> list[DuplicatePair]:
    by_key = {(report.id, report.unit_code): report for report in reports}

    def again(one: SourcedRow) -> SourcedRow:
        report = by_key[one.report.id, one.report.unit_code]
        return SourcedRow(report, next(row for row in report.rows if row.number == one.row.number))

    return [DuplicatePair(again(pair.duplicate), again(pair.kept)) for pair in pairs]
