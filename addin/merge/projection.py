"""The master as a projection of the ledger: proved before it replaces the old one, left alone when nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from addin.campaign.archive import file_sha256
from addin.campaign.folder import Campaign
from addin.campaign.ledger import Ledger
from addin.campaign.saving import replace_whole
from addin.errors import ConservationBroken
from addin.mail.store import JOURNAL_KIND as MAIL
from addin.merge.master import MasterCounts, UnreadableMaster, read_back, write_master
from addin.merge.overview import Overview
from addin.payments.store import JOURNAL_KIND as PAYMENT
from validation.submission import Outcome, RowCounts


def project_master(
    campaign: Campaign,
    ledger: Ledger,
    overview: Overview,
    now: Callable[[], datetime],
    progress: Callable[[str, int, int | None], None],
    before_change: Callable[[], None],
) -> bool:
    """Write the master if anything changed since the last one; True where it was written.

    ``before_change`` keeps a backup. Raises ConservationBroken where the figures cannot be proved and CouldNotSave
    where the file cannot be replaced: the old master is then intact.
    """
    expected = prove(overview)
    if _is_up_to_date(campaign, ledger):
        return False
    before_change()

    def write(file: Path) -> None:
        write_master(overview, file, lambda done, total: progress("saving", done, total))

    def prove_file(file: Path) -> None:
        try:
            found = read_back(file)
        except UnreadableMaster as problem:
            if isinstance(problem.__cause__, OSError):  # the disk, not the figures
                raise problem.__cause__ from None
            raise
        if found != expected:
            raise ConservationBroken("conservation", problem=f"{expected} ≠ {found}")

    replace_whole(campaign.master, write, prove_file)
    with ledger.transaction():
        ledger.note(
            now(),
            "merged",
            {
                "master_sha256": file_sha256(campaign.master),
                "rows": expected.accepted_rows,
                "upper_support": expected.upper_support,
                "base_support": expected.base_support,
            },
        )
    return True


def prove(overview: Overview) -> MasterCounts:
    """The figures of the overview, each reached by two ways. Raises ConservationBroken where they differ."""
    rows = list(overview.rows(Outcome.ACCEPTED))
    counts = MasterCounts(
        accepted_rows=len(rows),
        upper_support=sum(one.row.upper_support for one in rows),
        base_support=sum(one.row.base_counted for one in rows),
    )
    tallies = MasterCounts(
        accepted_rows=overview.accepted_rows(),
        upper_support=sum(tally.upper_support for tally in overview.phases.values()),
        base_support=sum(tally.base_support for tally in overview.phases.values()),
    )
    if counts != tallies:
        raise ConservationBroken("conservation", problem=f"{counts} ≠ {tallies}")
    for report in overview.current:
        tally = dict.fromkeys(Outcome, 0)
        for row in report.rows:
            tally[row.outcome] += 1
        blank = report.counts.blank
        stated = RowCounts(tally[Outcome.ACCEPTED], tally[Outcome.REJECTED], tally[Outcome.DUPLICATE], blank)
        if stated != report.counts or stated.seen != len(report.rows) + blank:
            raise ConservationBroken("conservation", problem=f"{report.path}: {stated} ≠ {report.counts}")
    _prove_files(overview, counts)
    return counts


def _prove_files(overview: Overview, counts: MasterCounts) -> None:
    """Every row of a consolidation ends in a counted place, and the files that count hold what the master holds."""
    carried: dict[int, int] = {}
    for report in overview.reports:
        if report.line is not None:
            carried[report.id] = carried.get(report.id, 0) + len(report.rows)
    for bundle in overview.consolidations:
        if bundle.withdrawn is not None:
            continue  # shown as it came
        rows = len(bundle.rows) + carried.get(bundle.id, 0) + bundle.counts.blank
        if rows != bundle.counts.seen:
            raise ConservationBroken("conservation", problem=f"{bundle.path}: {rows} ≠ {bundle.counts}")
    accepted = sum(file.counts.accepted for file in overview.files if file.current)
    if accepted != counts.accepted_rows:
        raise ConservationBroken("conservation", problem=f"{accepted} ≠ {counts.accepted_rows}")


def _is_up_to_date(campaign: Campaign, ledger: Ledger) -> bool:
    """Whether nothing happened since the last merge and its master still lies there as it was written."""
    entry = ledger.last_entry(but=(MAIL, PAYMENT))  # the master shows nothing of either
    if entry is None or entry.kind != "merged" or not campaign.master.is_file():
        return False
    return bool(entry.payload["master_sha256"] == file_sha256(campaign.master))
