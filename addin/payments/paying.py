"""Making payment lists, printing one again, voiding one.

The ledger is the truth: lists are closed in it in one transaction, their workbooks are drawn from what it then holds.
Workbooks are written whole before that, under names of no meaning, and named after it: a run that is stopped in between
leaves closed lists without a file, which ``reprint`` makes again, and never a list to sign that nobody recorded.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from pathlib import Path

from addin.campaign.backups import back_up
from addin.campaign.folder import Campaign
from addin.campaign.ledger import Ledger, open_ledger
from addin.campaign.lock import only_writer
from addin.campaign.saving import flush_folder, replace_whole, saving, unfinished
from addin.errors import CouldNotSave, UsageProblem
from addin.merge.overview import Overview
from addin.merge.picture import overview_of
from addin.merge.run import Progress, silent
from addin.payments import store
from addin.payments.drafting import FILE_STEMS, FOLDER, Drafts, draft, number_lists
from addin.payments.store import ClosedList, Void
from addin.payments.workbook import document_bytes
from validation.payments import Fund
from validation.text.amounts import format_amount

_OURS = re.compile(rf"(?:{'|'.join(FILE_STEMS.values())})_.+_GD\d+_\d{{4}}-\d+(?:-\d+)?\.xlsx", re.IGNORECASE)
_VOID_MARK, _AGAIN_MARK = "da-huy", "in-lai"
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Payments:
    """What came of a run. ``made`` are the new lists, none in a dry run or where nothing is due; ``closed`` are those
    of the phase that there were before; ``missing`` are lists that hold and whose file is not in ``chi``."""

    overview: Overview
    drafts: Drafts
    made: tuple[ClosedList, ...]
    closed: tuple[ClosedList, ...]
    missing: tuple[ClosedList, ...]
    dry: bool

    @property
    def files(self) -> tuple[str, ...]:
        """The workbooks made, relative to the campaign folder."""
        return tuple(dict.fromkeys(one.record.file for one in self.made))


@dataclass(frozen=True, slots=True)
class Printed:
    """Lists whose workbook lies there: ``written`` is False where it lay there already."""

    lists: tuple[ClosedList, ...]
    file: Path
    written: bool


def pay(
    campaign: Campaign,
    phase: int,
    *,
    day: date | None = None,
    layout: str = "sign",
    dry: bool = False,
    agreed: Drafts | None = None,
    by: str,
    now: Callable[[], datetime],
    progress: Progress = silent,
) -> Payments:
    """Close lists of all that a phase still lacks, for all payers of the campaign, and write their workbooks.

    ``day`` is the lists' day, today where None. ``agreed`` is what a person saw in a dry run and agreed to: nothing
    else is closed. Raises UsageProblem (``phase_not_here``, ``nothing_merged``, ``list_date_future``,
    ``list_date_before``, ``payment_list_unrecorded``, ``payments_changed``) and CouldNotSave (``payments_altered``
    where the ledger's lists are not what its journal says). A dry run changes nothing.
    """
    known = [declared.number for declared in campaign.programme.phases]
    if phase not in known:
        raise UsageProblem("phase_not_here", phase=phase, known=", ".join(map(str, known)))
    today = now().date()
    day = day or today
    if day > today:
        raise UsageProblem("list_date_future", day=day, today=today)
    with _ledger_of(campaign, by, now, writing=not dry) as ledger:
        overview = overview_of(campaign, ledger, by=by, now=now())
        closed = store.closed_lists(ledger.connection)
        _refuse_unrecorded(campaign, closed)
        drafts = draft(overview, closed, phase, day)
        _refuse_changed(drafts, agreed)
        _refuse_day_before(drafts, closed)
        made: list[ClosedList] = []
        if not dry and drafts.lists:
            made = number_lists(
                overview, drafts, closed, layout=layout, taken=_names_in(campaign), made_at=now(), made_by=by
            )
            _close(campaign, ledger, made, now, progress)
    of_phase = tuple(one for one in closed if one.record.phase == phase)
    missing = (one for one in of_phase if one.void is None and not campaign.located(one.record.file).exists())
    return Payments(overview, drafts, tuple(made), of_phase, tuple(missing), dry)


def reprint(campaign: Campaign, which: str, *, by: str, now: Callable[[], datetime]) -> Printed:
    """Make the workbook of a list again, from the ledger. ``which`` is the list's key or number, or its file's name.

    A file of the same content is left as it is; one of other content is not overwritten. Raises UsageProblem
    (``nothing_merged``, ``no_such_list``, ``list_ambiguous``) and CouldNotSave.
    """
    with _ledger_of(campaign, by, now, writing=True) as ledger:
        lists = _found(store.closed_lists(ledger.connection), which)
        return _print_again(campaign, _document(ledger, lists[0].record.file))


def void(campaign: Campaign, which: str, *, reason: str, name: str, by: str, now: Callable[[], datetime]) -> Printed:
    """Take back a list, or all that hold of a file: they stay on record as void and their lines can be paid again.

    A copy with the mark is written beside the file. Raises UsageProblem (``void_reason_needed``, ``list_void_already``
    and as ``reprint``) and CouldNotSave.
    """
    reason, name = " ".join(reason.split()), " ".join(name.split())
    if not reason or not name:
        raise UsageProblem("void_reason_needed")
    with _ledger_of(campaign, by, now, writing=True) as ledger:
        lists = _found(store.closed_lists(ledger.connection), which)
        holding = [one for one in lists if one.void is None]
        if not holding:
            done = lists[0].void
            assert done is not None
            facts = {"day": done.at.date(), "name": done.name, "reason": done.reason}
            raise UsageProblem("list_void_already", number=lists[0].record.key, **facts)
        back_up(campaign, ledger, now())
        at = now()
        with ledger.transaction():
            for one in holding:
                store.make_void(ledger, Void(one.record.key, reason, name, at))
        document = _document(ledger, lists[0].record.file)
        printed = _print_again(campaign, document)
    keys = {one.record.key for one in holding}
    return Printed(tuple(one for one in document if one.record.key in keys), printed.file, printed.written)


# -- closing -----------------------------------------------------------------------------------------------------------


def _close(
    campaign: Campaign, ledger: Ledger, made: Sequence[ClosedList], now: Callable[[], datetime], progress: Progress
) -> None:
    """Write the workbooks, close the lists, name the workbooks: in this order."""
    files: dict[str, list[ClosedList]] = {}
    for one in made:
        files.setdefault(one.record.file, []).append(one)
    written: dict[Path, Path] = {}
    try:
        (campaign.folder / FOLDER).mkdir(exist_ok=True)
        for number, (file, lists) in enumerate(files.items(), 1):
            temporary = unfinished(campaign.folder)
            written[temporary] = campaign.folder / file
            _write(temporary, document_bytes(lists))
            progress("paying", number, len(files))
        back_up(campaign, ledger, now())
        with ledger.transaction():
            for one in made:
                store.close(ledger, now(), one.record, one.items)
        _name(written, made)
    finally:
        for temporary in written:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
    flush_folder(campaign.folder / FOLDER)


def _write(file: Path, content: bytes) -> None:
    with file.open("xb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _name(written: dict[Path, Path], made: Sequence[ClosedList]) -> None:
    try:
        for temporary, target in written.items():
            temporary.rename(target)
    except OSError as problem:
        keys = [one.record.key for one in made]
        numbers = ", ".join(keys[:_SHOWN]) + (" …" if len(keys) > _SHOWN else "")
        raise CouldNotSave("lists_closed_not_written", numbers=numbers, first=keys[0], problem=problem) from problem


@contextlib.contextmanager
def _ledger_of(campaign: Campaign, by: str, now: Callable[[], datetime], *, writing: bool) -> Iterator[Ledger]:
    if not campaign.was_merged:
        raise UsageProblem("nothing_merged", folder=campaign.folder)
    with contextlib.ExitStack() as stack:
        if writing:
            stack.enter_context(saving(campaign.folder))
            stack.enter_context(only_writer(campaign.folder, by, now()))
        ledger = stack.enter_context(open_ledger(campaign, by=by, now=now()))
        for _, facts in store.problems(ledger.connection):
            # What was paid is no longer sure: nothing may be paid, printed or voided on the strength of it.
            raise CouldNotSave("payments_altered", **facts)
        yield ledger


def _refuse_day_before(drafts: Drafts, closed: Sequence[ClosedList]) -> None:
    """Lists of a payer are in the order of their days: numbers and days must not tell two stories."""
    payers = {(one.fund, one.payer) for one in drafts.lists}
    for one in reversed(closed):
        record = one.record
        if one.void is None and (record.fund, record.payer) in payers and record.phase == drafts.phase:
            if record.day > drafts.day:
                raise UsageProblem("list_date_before", number=record.key, last=record.day, day=drafts.day)
            payers.discard((record.fund, record.payer))


def _refuse_changed(drafts: Drafts, agreed: Drafts | None) -> None:
    """Line by line: between the look and the lock another process may have merged, waived, withdrawn or paid."""
    if agreed is None or (agreed.lists, agreed.left_out) == (drafts.lists, drafts.left_out):
        return
    amounts = {
        f"{fund.value}_{when}": format_amount(one.total(fund))
        for when, one in (("agreed", agreed), ("now", drafts))
        for fund in Fund
    }
    raise UsageProblem("payments_changed", **amounts)


def _refuse_unrecorded(campaign: Campaign, closed: Sequence[ClosedList]) -> None:
    """A list in ``chi`` that the ledger does not know may have been paid."""
    recorded = {one.record.file.rpartition("/")[2].casefold() for one in closed}
    for name in sorted(_names_in(campaign)):
        if _OURS.fullmatch(name) and name.casefold() not in recorded:
            raise UsageProblem("payment_list_unrecorded", file=name)


def _names_in(campaign: Campaign) -> list[str]:
    folder = campaign.folder / FOLDER
    return [file.name for file in folder.iterdir()] if folder.is_dir() else []


# -- one that is closed ------------------------------------------------------------------------------------------------


def _document(ledger: Ledger, file: str) -> tuple[ClosedList, ...]:
    """All lists of a workbook, as they stand now."""
    return tuple(one for one in store.closed_lists(ledger.connection) if one.record.file == file)


def _found(closed: Sequence[ClosedList], which: str) -> list[ClosedList]:
    """The list of that key; else that of that number; else those of that file."""
    wanted = which.strip().casefold()
    name = wanted.replace("\\", "/").rpartition("/")[2].removesuffix(".xlsx")
    by_key = [one for one in closed if one.record.key.casefold() == wanted]
    if by_key:
        return by_key
    by_file = [one for one in closed if one.record.file.rpartition("/")[2].casefold() == f"{name}.xlsx"]
    if by_file:
        return by_file
    label_of = {"{0.number:02}/{0.year}", "{0.number}/{0.year}"}
    by_number = [
        one
        for one in closed
        if one.record.label.casefold() == wanted or wanted in {form.format(one.record) for form in label_of}
    ]
    if len(by_number) > 1:
        raise UsageProblem("list_ambiguous", number=which, known=_keys(by_number))
    if not by_number:
        raise UsageProblem("no_such_list", number=which, known=_keys(closed) or "–")
    return by_number


def _keys(lists: Sequence[ClosedList]) -> str:
    keys = [one.record.key for one in lists]
    return ", ".join(keys[-_SHOWN:]) + (" …" if len(keys) > _SHOWN else "")


def _print_again(campaign: Campaign, document: Sequence[ClosedList]) -> Printed:
    """The workbook of these lists: the one that lies there, or a new one that overwrites nothing."""
    content = document_bytes(document)
    first = campaign.folder / document[0].record.file
    first.parent.mkdir(exist_ok=True)
    is_void = any(one.void is not None for one in document)
    for target in _names_for(first, is_void=is_void):
        if not os.path.lexists(target):
            break
        if target.is_file() and target.read_bytes() == content:
            return Printed(tuple(document), target, written=False)
    replace_whole(target, lambda file: _put(file, content))
    return Printed(tuple(document), target, written=True)


def _names_for(first: Path, *, is_void: bool) -> Iterator[Path]:
    """Names for a list printed again, in the order in which they are tried; one that is void never has the first."""
    if not is_void:
        yield first
    marked = f"{first.stem}_{_VOID_MARK if is_void else _AGAIN_MARK}"
    yield first.with_stem(marked)
    yield from (first.with_stem(f"{marked}-{number}") for number in count(2))


def _put(file: Path, content: bytes) -> None:
    file.write_bytes(content)
