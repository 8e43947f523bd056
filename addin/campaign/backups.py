"""The last ten masters and ledgers, dated, and bringing one back."""

from __future__ import annotations

import contextlib
import re
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from addin.campaign.folder import Campaign
from addin.campaign.ledger import Ledger, LedgerDamaged, open_ledger, translated
from addin.campaign.saving import could_not_save, refuse_if_open, replace_whole, saving, unfinished
from addin.errors import CouldNotSave, UsageProblem

KEPT = 10
_STAMP = "%Y%m%d-%H%M%S"
_NAME = re.compile(r"(?:tong-hop|so-cai)-(?P<stamp>\d{8}-\d{6}(?:-\d+)?)\.(?P<ending>xlsx|sqlite)")


@dataclass(frozen=True, slots=True)
class Backup:
    """One dated state. Either file may be absent: the first merge has no master yet."""

    stamp: str
    master: Path | None
    ledger: Path | None


def list_backups(campaign: Campaign) -> list[Backup]:
    """Kept states, newest first."""
    stamps: dict[str, dict[str, Path]] = {}
    for file in campaign.backups.glob("*-*.*"):
        name = _NAME.fullmatch(file.name)
        if name is not None:
            stamps.setdefault(name["stamp"], {})[name["ending"]] = file
    return [
        Backup(stamp, stamps[stamp].get("xlsx"), stamps[stamp].get("sqlite"))
        for stamp in sorted(stamps, key=_by_age, reverse=True)
    ]


def _by_age(stamp: str) -> tuple[str, int]:
    """Sort key: several states of one second are numbered from the second one on."""
    day, second, *number = stamp.split("-")
    return (f"{day}-{second}", int(number[0]) if number else 1)


def back_up(campaign: Campaign, ledger: Ledger, now: datetime) -> Backup:
    """Keep the present state under the present time; let go of all but the last ten. Raises CouldNotSave."""
    stamp, number = f"{now:{_STAMP}}", 1
    taken = {backup.stamp for backup in list_backups(campaign)}
    while stamp in taken:
        number += 1
        stamp = f"{now:{_STAMP}}-{number}"
    ledger_copy = campaign.backups / f"so-cai-{stamp}.sqlite"
    master_copy = campaign.backups / f"tong-hop-{stamp}.xlsx"
    # Under a name of its own until it is whole, so that a run that is killed leaves no half of a backup.
    temporary = unfinished(campaign.folder)
    try:
        campaign.backups.mkdir(exist_ok=True)
        try:
            if campaign.master.exists():
                shutil.copyfile(campaign.master, temporary)
                temporary.replace(master_copy)
            ledger.back_up(temporary)
            temporary.replace(ledger_copy)
        finally:
            temporary.unlink(missing_ok=True)
        _let_go_of_the_oldest(campaign)
    except OSError as problem:
        raise could_not_save(problem, campaign.backups) from problem
    except sqlite3.DatabaseError as problem:
        raise translated(problem, ledger_copy) from problem
    return Backup(stamp, master_copy if master_copy.exists() else None, ledger_copy)


def _let_go_of_the_oldest(campaign: Campaign) -> None:
    for old in list_backups(campaign)[KEPT:]:
        for file in (old.master, old.ledger):
            if file is not None:
                file.unlink(missing_ok=True)


def restore(campaign: Campaign, by: str, now: datetime, stamp: str | None = None) -> Backup:
    """Bring a kept state back (the newest, or that of ``stamp``); the present one is kept as a backup first.

    Raises UsageProblem ``no_backup`` and CouldNotSave; a master that is open in a spreadsheet program is not replaced.
    """
    with saving(campaign.folder):
        return _restore(campaign, by, now, stamp)


def _restore(campaign: Campaign, by: str, now: datetime, stamp: str | None) -> Backup:
    backups = [backup for backup in list_backups(campaign) if backup.ledger is not None]
    chosen = next((backup for backup in backups if stamp is None or backup.stamp == stamp), None)
    if chosen is None or chosen.ledger is None:
        raise UsageProblem("no_backup", stamp=stamp or "", known=", ".join(b.stamp for b in backups) or "–")
    refuse_if_open(campaign.master)
    source = chosen.ledger
    # Aside first, since making room for the present state may let go of the very backup that was asked for.
    aside, master_aside = unfinished(campaign.folder), unfinished(campaign.folder)
    try:
        shutil.copyfile(source, aside)
        if chosen.master is not None:
            shutil.copyfile(chosen.master, master_aside)
        if campaign.ledger.exists():
            _keep_present(campaign, by, now)
        for leftover in (f"{campaign.ledger.name}-wal", f"{campaign.ledger.name}-shm"):
            (campaign.folder / leftover).unlink(missing_ok=True)
        replace_whole(campaign.ledger, lambda file: _copy(aside, file), _prove_whole)
        if chosen.master is not None:
            replace_whole(campaign.master, lambda file: _copy(master_aside, file))
        else:
            campaign.master.unlink(missing_ok=True)
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
            master_aside.unlink(missing_ok=True)
    return chosen


def _keep_present(campaign: Campaign, by: str, now: datetime) -> None:
    try:
        with open_ledger(campaign, by=by, now=now) as ledger:
            back_up(campaign, ledger, now)
            ledger.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except CouldNotSave as problem:
        # A ledger that cannot be opened is the very reason for bringing an earlier one back: keep it as it is.
        if not isinstance(problem, LedgerDamaged):
            raise
        shutil.copyfile(campaign.ledger, campaign.folder / f"so-cai-hong-{now:{_STAMP}}.sqlite")


def _prove_whole(file: Path) -> None:
    """Raise LedgerDamaged where a kept ledger is not whole: the present one then stays."""
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        lines = [line for (line,) in connection.execute("PRAGMA integrity_check")]
    except sqlite3.DatabaseError as problem:
        raise translated(problem, file) from problem
    finally:
        connection.close()
    if lines != ["ok"]:
        raise LedgerDamaged("ledger_damaged", file=file, problem=lines[0])


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
