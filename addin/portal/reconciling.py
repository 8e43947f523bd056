"""Reconciling a campaign with a list of the national portal: read, show, and when the clerk has said yes, keep."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path

from addin.adopt.corrections import Correction
from addin.campaign.archive import archive
from addin.campaign.backups import back_up
from addin.campaign.folder import RECONCILIATIONS, Campaign
from addin.campaign.ledger import Ledger, open_ledger
from addin.campaign.lock import only_writer
from addin.campaign.saving import refuse_if_open, replace_whole, saving
from addin.errors import UsageProblem
from addin.intake.arrivals import display
from addin.merge.overview import Overview
from addin.merge.picture import overview_of
from addin.merge.projection import refresh_master
from addin.merge.run import Progress, silent
from addin.portal.reading import ListFile, ReadList, list_file, read_list
from addin.portal.store import PortalList, newest, take
from validation.portal import PortalRule
from validation.portal_matching import Reconciliation, reconcile
from validation.submission import Outcome


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A list beside the reports. ``record`` is how the ledger holds it, None where it was only looked at; ``new``: it
    was not the newest list before. ``workbook`` is where the result was written. ``waiting``: the settings let the list
    change figures, and the master shows that only after the next merge."""

    path: Path
    sha256: str
    read: ReadList
    result: Reconciliation
    overview: Overview
    rule: PortalRule
    record: PortalList | None = None
    new: bool = False
    workbook: Path | None = None
    waiting: bool = False


def look(
    campaign: Campaign,
    path: Path,
    corrections: Sequence[Correction] = (),
    only_sheets: Sequence[str] = (),
    *,
    by: str,
    now: Callable[[], datetime],
) -> tuple[Reconciled, ListFile]:
    """Read the list and hold it against the reports; nothing is written.

    Raises UsageProblem (``nothing_merged`` and as ``read_list``), Refusal for a file that cannot be read.
    """
    if not campaign.ledger.is_file():
        raise UsageProblem("nothing_merged", folder=campaign.folder)
    file = list_file(path)
    read = read_list(file.data, file.ending, campaign.programme, corrections, only_sheets)
    with open_ledger(campaign, by=by, now=now()) as ledger:
        overview = overview_of(campaign, ledger, by=by, now=now(), as_reported=True)
    return Reconciled(path, file.sha256, read, _matched(overview, read), overview, campaign.settings.portal.rule), file


def keep(
    campaign: Campaign,
    looked: tuple[Reconciled, ListFile],
    corrections: Sequence[Correction] = (),
    only_sheets: Sequence[str] = (),
    *,
    by: str,
    now: Callable[[], datetime],
    progress: Progress = silent,
) -> Reconciled:
    """Keep the list as evidence, record it, write the result beside the master, and where the settings give the portal
    a say bring the master up to date.

    Raises CouldNotSave and ConservationBroken.
    """
    from addin.portal.workbook import workbook_bytes  # XlsxWriter: only where a workbook is written

    seen, file = looked
    rule = campaign.settings.portal.rule
    with (
        saving(campaign.folder),
        only_writer(campaign.folder, by, now()),
        open_ledger(campaign, by=by, now=now()) as ledger,
    ):
        if rule.in_force:
            refuse_if_open(campaign.master)
        record, new = _record(campaign, ledger, file, seen.read, corrections, only_sheets, by, now)
        as_reported = overview_of(campaign, ledger, by=by, now=now(), as_reported=True)
        result = _matched(as_reported, seen.read)
        waiting = False
        if rule.in_force:
            overview = overview_of(campaign, ledger, by=by, now=now())
            waiting = not refresh_master(campaign, ledger, overview, now, progress) and new
        target = campaign.folder / f"{RECONCILIATIONS}{now().date().isoformat()}.xlsx"
        done = Reconciled(file.path, file.sha256, seen.read, result, as_reported, rule, record, new, target, waiting)
        content = workbook_bytes(done, now())
        replace_whole(target, lambda temporary: _write(temporary, content))
    return done


def _matched(overview: Overview, read: ReadList) -> Reconciliation:
    rows = [one.row for one in overview.rows(Outcome.ACCEPTED)]
    left_out = [one.row for state in (Outcome.REJECTED, Outcome.DUPLICATE) for one in overview.rows(state)]
    return reconcile(rows, read.entries, left_out)


def _record(
    campaign: Campaign,
    ledger: Ledger,
    file: ListFile,
    read: ReadList,
    corrections: Sequence[Correction],
    only_sheets: Sequence[str],
    by: str,
    now: Callable[[], datetime],
) -> tuple[PortalList, bool]:
    """The record of the list; the same list read the same way, once more, changes nothing."""
    known = newest(ledger.connection)
    told = json.dumps([astuple(one) for one in corrections], ensure_ascii=False)
    sheets = json.dumps(list(only_sheets), ensure_ascii=False)
    if known is not None and (known.sha256, known.corrections, known.only_sheets) == (file.sha256, told, sheets):
        archive(campaign, file.sha256, file.data, file.ending)  # mends a copy that was damaged
        return known, False
    record = PortalList(
        seq=known.seq + 1 if known is not None else 1,
        sha256=file.sha256,
        file=display(Path(file.path.name)),
        ending=file.ending,
        corrections=told,
        only_sheets=sheets,
        lines=len(read.entries),
        taken_at=now().isoformat(timespec="seconds"),
        taken_by=by,
    )
    back_up(campaign, ledger, now())
    archive(campaign, file.sha256, file.data, file.ending)
    with ledger.transaction():
        take(ledger, now(), record, read.entries)
    return record, True


def _write(file: Path, content: bytes) -> None:
    file.write_bytes(content)
