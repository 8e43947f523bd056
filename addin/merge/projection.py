"""The master as a projection of the ledger: proved before it replaces the old one, left alone when nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from addin.campaign.archive import file_sha256
from addin.campaign.folder import Campaign
from addin.campaign.ledger import Ledger
from addin.campaign.saving import replace_whole
from addin.errors import ConservationBroken
from addin.merge.counted import MasterCounts
from addin.merge.drawn import NOT_SHOWN, drawn_from
from addin.merge.edited import SetAside, set_edited_aside, sheets_of
from addin.merge.overview import Overview
from validation.submission import Outcome, RowCounts


@dataclass(frozen=True, slots=True)
class Projected:
    """Whether a new master was written; the one that it replaced, where somebody had worked in it and it is kept."""

    written: bool
    set_aside: SetAside | None = None


def project_master(
    campaign: Campaign,
    ledger: Ledger,
    overview: Overview,
    now: Callable[[], datetime],
    progress: Callable[[str, int, int | None], None],
    before_change: Callable[[], None],
) -> Projected:
    """Write the master if anything changed since the last one. One that somebody worked in is kept aside first.

    ``before_change`` keeps a backup. Raises ConservationBroken where the figures cannot be proved and CouldNotSave
    where the file cannot be replaced: the old master is then intact.
    """
    expected = prove(overview)
    if _is_up_to_date(campaign, ledger):
        return Projected(written=False)
    # XlsxWriter and some twenty sheets come with it: not where nothing has changed.
    from addin.merge.master import UnreadableMaster, read_back, write_master

    before_change()
    aside = set_edited_aside(campaign, ledger, now())

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
    if aside is not None:
        ours = set(sheets_of(campaign.master))
        aside = replace(aside, sheets=tuple(s for s in sheets_of(campaign.located(aside.file)) if s not in ours))
    with ledger.transaction():
        ledger.note(
            now(),
            "merged",
            {
                "master_sha256": file_sha256(campaign.master),
                "rows": expected.accepted_rows,
                "upper_support": expected.upper_support,
                "base_support": expected.base_support,
                "drawn_from": drawn_from(campaign, ledger),
                **({"set_aside": aside.file, "sheets": list(aside.sheets)} if aside is not None else {}),
                # What was entered in the last master and stands in this one: it is read again next time.
                **({"entries": len(overview.entries)} if overview.entries else {}),
            },
        )
    return Projected(written=True, set_aside=aside)


def refresh_master(
    campaign: Campaign,
    ledger: Ledger,
    overview: Overview,
    now: Callable[[], datetime],
    progress: Callable[[str, int, int | None], None],
) -> bool:
    """Write the master again for what it shows besides the reports, where nothing else waits for the next merge: no
    report, no decision, nothing that somebody typed into it. True where it was written. Raises as ``project_master``.
    """
    entry = ledger.last_entry(but=NOT_SHOWN)
    if entry is None or entry.kind != "merged" or entry.payload.get("entries") or not campaign.master.is_file():
        return False
    if entry.payload["master_sha256"] != file_sha256(campaign.master):
        return False
    return project_master(campaign, ledger, overview, now, progress, lambda: None).written


def prove(overview: Overview) -> MasterCounts:
    """The figures of the overview, each reached by two ways. Raises ConservationBroken where they differ."""
    rows = overview.accepted()
    counts = MasterCounts(
        accepted_rows=len(rows),
        upper_support=sum(row.upper_support for row in rows),
        base_support=sum(row.base_counted for row in rows),
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
    entry = ledger.last_entry(but=NOT_SHOWN)
    if entry is None or entry.kind != "merged" or not campaign.master.is_file():
        return False
    if entry.payload.get("drawn_from") != drawn_from(campaign, ledger):
        return False
    return bool(entry.payload["master_sha256"] == file_sha256(campaign.master))
