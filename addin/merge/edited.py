"""A master that somebody worked in since it was written: kept aside before a new one takes its place.

Its own sheets and notes cannot be carried into the new master without guessing (docs/decisions/0012), and must not be
lost either.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from addin.campaign.archive import file_sha256
from addin.campaign.folder import Campaign
from addin.campaign.ledger import Ledger
from addin.campaign.saving import could_not_save, flush_folder, unfinished
from validation.errors import Refusal

PREFIX = "tong-hop-sua-tay-"
"""Its copies are no backups: they are never let go of."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """The copy, relative to the campaign folder, and the names of the sheets that the new master does not have."""

    file: str
    sha256: str
    sheets: tuple[str, ...] = ()


def set_edited_aside(campaign: Campaign, ledger: Ledger, now: datetime) -> SetAside | None:
    """Copy a master that is none of those we wrote; None where there is none. Raises CouldNotSave."""
    if not campaign.master.is_file():
        return None
    sha = file_sha256(campaign.master)
    if _was_written(ledger, sha):
        return None
    for copy in sorted(campaign.backups.glob(f"{PREFIX}*.xlsx")):
        if file_sha256(copy) == sha:  # a run that was stopped after it had kept it
            return SetAside(campaign.relative(copy), sha)
    number, target = 1, campaign.backups / f"{PREFIX}{now:%Y%m%d-%H%M%S}.xlsx"
    while target.exists():
        number += 1
        target = target.with_name(f"{PREFIX}{now:%Y%m%d-%H%M%S}-{number}.xlsx")
    temporary = unfinished(campaign.folder)
    try:
        campaign.backups.mkdir(exist_ok=True)
        try:
            shutil.copyfile(campaign.master, temporary)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
        flush_folder(campaign.backups)
    except OSError as problem:
        raise could_not_save(problem, target) from problem
    return SetAside(campaign.relative(target), sha)


def _was_written(ledger: Ledger, sha256: str) -> bool:
    """Whether a merge wrote that very file."""
    query = "SELECT 1 FROM journal WHERE kind = 'merged' AND json_extract(payload, '$.master_sha256') = ?"
    return ledger.connection.execute(query, (sha256,)).fetchone() is not None


def sheets_of(file: Path) -> tuple[str, ...]:
    """Names of a workbook's sheets; none where it cannot be read."""
    from addin.intake.guard import open_package  # seldom needed
    from addin.intake.names import read_names

    try:
        return tuple(sheet.title for sheet in read_names(open_package(file.read_bytes())).sheets)
    except (OSError, Refusal):
        return ()
