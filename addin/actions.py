"""What each button and command does, in order. Doors (``cli``, the ribbon) are one line onto these."""

from __future__ import annotations

import getpass
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from addin.campaign import backups
from addin.campaign.folder import Campaign, create_campaign, open_campaign
from addin.campaign.ledger import open_ledger
from addin.campaign.lock import only_writer
from addin.campaign.saving import could_not_save, replace_whole
from addin.campaign.units_csv import read_units
from addin.errors import UsageProblem
from addin.intake.arrivals import Arrival, arrivals
from addin.intake.children import ReadingPool
from addin.merge.picture import overview_of
from addin.merge.reading import ReadAndJudge, fingerprint
from addin.merge.run import MergeResult, Progress, merge, silent
from validation.errors import Refusal
from validation.fields import Form
from validation.programme import DEFAULT_PROGRAMME, UnknownProgramme, load_programme
from validation.submission import Submission
from validation.units import Level, Unit, UnitTree

if TYPE_CHECKING:
    # Each action imports what it alone needs: a command should start fast.
    from addin.freezing.freezing import Freezing, FrozenNow
    from addin.merge.explaining import Explanation
    from addin.merge.verify import Verification
    from addin.merge.withdrawing import Withdrawn
    from addin.payments.drafting import Drafts
    from addin.payments.paying import Payments, Printed
    from addin.portal.reconciling import Reconciled
    from addin.returns.copies import Copies
    from addin.returns.repair import Repair
    from addin.returns.returning import Returned
    from addin.status import Status
    from validation.fixes.proposal import Proposal


def local_now() -> datetime:
    """The clock of this machine, with its offset."""
    return datetime.now().astimezone()


def user_name() -> str:
    """Who is at the machine, for the journal: log-in name and machine."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # no password entry, no environment
        user = "?"
    return f"{user}@{platform.node() or '?'}"


@dataclass(frozen=True, slots=True)
class Checked:
    """One file of a check: a judged submission or why it could not be read."""

    path: Path
    sha256: str | None
    submission: Submission | None
    refusal: Refusal | None
    annotated: Path | None = None
    fixed: Path | None = None
    repairs: tuple[Repair, ...] = ()
    left: tuple[Proposal, ...] = ()


def check_files(
    paths: Sequence[Path],
    campaign_folder: Path | None = None,
    progress: Progress = silent,
    workers: int | None = None,
    copies: Copies | None = None,
) -> list[Checked]:
    """Check files and the files of folders, by the campaign's rules or those of the programme each names.

    ``copies``: where marked and repaired copies go. Raises UsageProblem ``no_source`` where none of ``paths`` exists,
    and as ``copy_all``.
    """
    edition = fingerprint(open_campaign(campaign_folder)) if campaign_folder is not None else ""
    if not any(path.exists() or path.is_symlink() for path in paths):
        raise UsageProblem("no_source", sources=", ".join(str(path) for path in paths))
    met = list(arrivals(paths))
    if copies is not None:
        return _check_into_copies(
            met, copies, len(paths) == 1 and paths[0].is_file(), campaign_folder, edition, progress
        )
    readable = [arrival for arrival in met if arrival.refusal is None and arrival.data is not None]
    answers: dict[int, tuple[Submission | None, Refusal | None]] = {}
    task = ReadAndJudge(str(campaign_folder) if campaign_folder is not None else None, edition)
    with ReadingPool(workers or min(len(readable), 2) or 1, task) as pool:
        for reading in pool.map(arrival.data for arrival in readable if arrival.data is not None):
            answers[id(readable[reading.index])] = (reading.value, reading.refusal)
            progress("reading", reading.index + 1, len(readable))
    return [
        Checked(arrival.path, arrival.sha256, *answers.get(id(arrival), (None, arrival.refusal))) for arrival in met
    ]


def _check_into_copies(
    met: Sequence[Arrival], copies: Copies, single: bool, folder: Path | None, edition: str, progress: Progress
) -> list[Checked]:
    from addin.returns.copies import CopiesMade, copy_all

    made = copy_all(
        met, copies, single=single, folder=str(folder) if folder else None, edition=edition, progress=progress
    )
    by_arrival = {id(arrival): one for arrival, one in made}
    checked = []
    for arrival in met:
        one = by_arrival.get(id(arrival)) or CopiesMade(None, arrival.refusal)
        outcome = (one.submission, one.refusal, one.annotated, one.fixed, one.repairs, one.left)
        checked.append(Checked(arrival.path, arrival.sha256, *outcome))
    return checked


def return_campaign(folder: Path, by_day: date | None = None, progress: Progress = silent) -> Returned:
    """Write marked copies and receipts for the units whose reports have errors. Raises UsageProblem
    ``nothing_merged`` and CouldNotSave."""
    from addin.returns.returning import due_day, return_reports

    campaign = open_campaign(folder)
    if not campaign.ledger.is_file():
        raise UsageProblem("nothing_merged", folder=folder)
    now = local_now()
    with only_writer(campaign.folder, user_name(), now):
        with open_ledger(campaign, by=user_name(), now=now) as ledger:
            overview = overview_of(campaign, ledger, by=user_name(), now=now)
        due = due_day(campaign, now.date(), by_day)
        return return_reports(campaign, overview, today=now.date(), due=due, progress=progress)


def make_template(
    form_name: str,
    out: Path,
    *,
    unit: str | None = None,
    rows: int | None = None,
    programme: str | None = None,
    campaign_folder: Path | None = None,
    units_file: Path | None = None,
) -> Path:
    """Write a form, its cover filled in for the unit as far as the campaign or the list of units knows it.

    Raises UsageProblem (``unknown_form``, ``unknown_programme``, ``rows_out_of_range``, ``own_unit_unknown``,
    ``out_is_folder``, ``out_no_workbook``) and CouldNotSave.
    """
    # Here, not at the top: only this action needs XlsxWriter, and a command should start fast.
    from workbook_templates.forms import form_bytes
    from workbook_templates.layout import DEFAULT_ROWS, MAXIMUM_ROWS

    if form_name not in set(Form):
        raise UsageProblem("unknown_form", form=form_name, known=", ".join(Form))
    if rows is not None and not 1 <= rows <= MAXIMUM_ROWS:
        raise UsageProblem("rows_out_of_range", rows=rows, first=1, last=MAXIMUM_ROWS)
    if out.is_dir():
        raise UsageProblem("out_is_folder", path=out)
    if out.suffix.lower() != ".xlsx":
        raise UsageProblem("out_no_workbook", path=out)
    tree = UnitTree(())
    if campaign_folder is not None:
        campaign = open_campaign(campaign_folder)
        tree, chosen = campaign.tree, campaign.programme
    else:
        try:
            chosen = load_programme(programme or DEFAULT_PROGRAMME)
        except UnknownProgramme as problem:
            raise UsageProblem("unknown_programme", **problem.facts) from problem
        if units_file is not None:
            tree = UnitTree(read_units(units_file))
    known = tree.get(unit)
    if unit is not None and known is None:
        if len(tree):
            raise UsageProblem("own_unit_unknown", unit=unit, known=", ".join(u.code for u in list(tree)[:8]))
        known = Unit(unit, "", Level.GRASSROOTS)
    superior = tree.superior(known.code) if known is not None and known.code in tree else None
    content = form_bytes(Form(form_name), chosen, unit=known, superior=superior, rows=rows or DEFAULT_ROWS)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise could_not_save(problem, out.parent) from problem
    replace_whole(out, lambda file: _write(file, content))
    return out


def _write(file: Path, content: bytes) -> None:
    file.write_bytes(content)


def init(folder: Path, *, unit: str, units_file: Path | None, programme: str | None = None) -> Campaign:
    """Make a campaign folder. ``programme`` is an installed id or the path of a programme file.

    Raises UsageProblem and CouldNotSave, see ``create_campaign``.
    """
    if units_file is None:
        raise UsageProblem("units_needed")
    units = read_units(units_file)
    own_programme = None
    programme = programme or DEFAULT_PROGRAMME
    if programme.endswith(".toml"):
        file = Path(programme)
        try:
            own_programme = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as problem:
            raise UsageProblem("broken_settings", file=file, problem=problem) from problem
        programme = file.stem
    return create_campaign(folder, unit, units, programme, own_programme)


def merge_campaign(
    folder: Path,
    sources: Sequence[Path] = (),
    progress: Progress = silent,
    workers: int | None = None,
    cluster: str | None = None,
) -> MergeResult:
    """Merge files, folders or the inbox into the master; ``cluster``: the address of who reads. Raises as ``merge``
    and ``over_cluster``."""
    campaign = open_campaign(folder)
    if cluster is None:
        return merge(campaign, sources, by=user_name(), now=local_now, progress=progress, workers=workers)
    from addin.merge.cluster import over_cluster

    with over_cluster(cluster) as readers:
        merged = merge(campaign, sources, by=user_name(), now=local_now, progress=progress, readers=readers)
    return replace(merged, read_here=readers.read_here)


def demo(folder: Path, *, seed: int, progress: Progress = silent) -> MergeResult:
    """Make a realistic campaign from nothing and merge it. Raises UsageProblem ``demo_not_empty`` and as ``merge``."""
    from addin.demo import build_demo

    build_demo(folder, seed=seed, progress=progress)
    return merge_campaign(folder, progress=progress)


def campaign_status(folder: Path) -> Status:
    """Where the campaign stands by its ledger. Raises UsageProblem ``nothing_merged``."""
    from addin.status import status_of

    campaign = open_campaign(folder)
    if not campaign.was_merged:
        raise UsageProblem("nothing_merged", folder=folder)
    with open_ledger(campaign, by=user_name(), now=local_now()) as ledger:
        overview = overview_of(campaign, ledger, by=user_name(), now=local_now())
    return status_of(campaign, overview)


def withdraw_report(
    folder: Path, which: str, *, reason: str, name: str | None = None, undo: bool = False, progress: Progress = silent
) -> Withdrawn:
    """Take a report out of the figures, or let it count again. Raises as ``withdraw``."""
    from addin.merge.withdrawing import withdraw

    return withdraw(
        open_campaign(folder), which, reason=reason, name=name or user_name(), undo=undo, by=user_name(),
        now=local_now, progress=progress,
    )  # fmt: skip


def explain_campaign(folder: Path, unit: str | None = None, phase: int | None = None) -> Explanation:
    """What stands behind a figure. Raises UsageProblem ``nothing_merged`` and as ``explain``."""
    from addin.merge.explaining import explain

    return explain(campaign_status(folder).overview, unit, phase)


def pay_campaign(
    folder: Path, phase: int, *, day: date | None = None, bank: bool = False, dry: bool = False,
    agreed: Drafts | None = None, progress: Progress = silent,
) -> Payments:  # fmt: skip
    """Make payment lists of all that a phase still lacks; ``agreed`` as ``payments.paying.pay`` has it, and raises."""
    from addin.payments.drafting import BANK, SIGN
    from addin.payments.paying import pay

    return pay(
        open_campaign(folder), phase, day=day, layout=BANK if bank else SIGN, dry=dry, agreed=agreed, by=user_name(),
        now=local_now, progress=progress,
    )  # fmt: skip


def reprint_payment_list(folder: Path, which: str) -> Printed:
    """Make the workbook of a payment list again. Raises as ``payments.paying.reprint``."""
    from addin.payments.paying import reprint

    return reprint(open_campaign(folder), which, by=user_name(), now=local_now)


def void_payment_list(folder: Path, which: str, *, reason: str, name: str) -> Printed:
    """Take a payment list back. Raises as ``payments.paying.void``."""
    from addin.payments.paying import void

    return void(open_campaign(folder), which, reason=reason, name=name, by=user_name(), now=local_now)


def reconcile_portal(
    folder: Path, path: Path, maps: Sequence[str], sheets: Sequence[str], agreed: Callable[[Reconciled], bool],
    progress: Progress = silent,
) -> Reconciled:  # fmt: skip
    """Hold a list from the national portal against the reports; where ``agreed`` says that it is read rightly, keep it.

    ``maps`` are the clerk's ``header=field``. Raises as ``portal.reconciling.look`` and ``keep``.
    """
    from addin.adopt.corrections import read_correction
    from addin.portal.reconciling import keep, look

    campaign, corrections = open_campaign(folder), [read_correction(text) for text in maps]
    looked = look(campaign, path, corrections, sheets, by=user_name(), now=local_now)
    if not agreed(looked[0]):
        return looked[0]
    return keep(campaign, looked, corrections, sheets, by=user_name(), now=local_now, progress=progress)


def freeze_campaign(folder: Path, name: str, progress: Progress = silent) -> Freezing:
    """Keep all totals as they stand under a name. Raises as ``freezing.freezing.freeze``."""
    from addin.freezing.freezing import freeze

    return freeze(open_campaign(folder), name, by=user_name(), now=local_now, progress=progress)


def frozen_campaign(folder: Path, name: str | None = None) -> FrozenNow:
    """The states kept of a campaign, or one of them, beside what stands now. Raises as ``freezing.freezing.shown``."""
    from addin.freezing.freezing import shown

    return shown(open_campaign(folder), name, by=user_name(), now=local_now)


def reprint_frozen(folder: Path, name: str, out: Path) -> FrozenNow:
    """Print a state again as it was kept. Raises as ``freezing.freezing.reprint``."""
    from addin.freezing.freezing import reprint

    return reprint(open_campaign(folder), name, out, by=user_name(), now=local_now)


def verify_campaign(folder: Path, progress: Progress = silent, workers: int | None = None) -> Verification:
    """Prove the campaign again from its archived originals. Raises as ``verify``."""
    from addin.merge.verify import verify

    return verify(open_campaign(folder), by=user_name(), now=local_now, progress=progress, workers=workers)


def restore_campaign(folder: Path, stamp: str | None = None) -> backups.Backup:
    """Bring a backup back. Raises as ``backups.restore``."""
    campaign = open_campaign(folder)
    with only_writer(campaign.folder, user_name(), local_now()):
        return backups.restore(campaign, user_name(), local_now(), stamp)
