"""What goes back to the units of a campaign: marked copies and receipts into ``tra-lai``. Drafts; nothing is sent.

Running it again for the same reports changes nothing; a report that has changed gets new files, none is overwritten.
"""

from __future__ import annotations

import glob
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from addin.campaign.archive import from_archive, safe_name
from addin.campaign.folder import Campaign
from addin.intake.arrivals import arrivals
from addin.intake.children import ReadingPool
from addin.merge.overview import FileOutcome, Overview, RefusedFile, Report
from addin.merge.reading import fingerprint
from addin.merge.run import Progress, silent
from addin.returns.annotate import annotate_with
from addin.returns.copies import CAN_BE_MARKED, JudgeAndCopy, save_copy
from addin.returns.receipts import Due, Receipt, receipt_of_refusal, receipt_of_report, receipt_text
from addin.returns.remarks import remarks_on
from validation import messages
from validation.findings import Severity

FOLDER = "tra-lai"
_COPY, _RECEIPT = "tra-lai", "phieu"
_LONGEST_STEM = 80  # bytes; the rest of the name follows


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """What goes back for one file. ``code`` is that of the refusal of a file that was not taken; ``written`` is False
    where the same copy and receipt lay there already."""

    unit: str | None
    name: str | None
    email: str | None
    path: str
    sha256: str | None
    code: str | None
    errors: int
    warnings: int
    copy: Path
    receipt: Path
    written: bool


@dataclass(frozen=True, slots=True)
class NotReturned:
    """A file that cannot go back marked, and why: the code of its refusal, or ``archive_missing``, ``vanished``."""

    path: str
    unit: str | None
    code: str
    facts: Mapping[str, object]

    def reason(self, language: messages.Language = "vi") -> str:
        """Why, and what to do, as a sentence."""
        table = "problem" if self.code == "archive_missing" else "refusal"
        return messages.text(table, self.code, language, **self.facts)


@dataclass(frozen=True, slots=True)
class Returned:
    """All that goes back, by unit, and what cannot."""

    files: tuple[ReturnedFile, ...]
    not_returned: tuple[NotReturned, ...]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A marked copy and what its receipt says, before they have names."""

    receipt: Receipt
    path: str
    code: str | None
    content: bytes


def due_day(campaign: Campaign, today: date, chosen: date | None = None) -> Due:
    """By when reports are to be sent again: the day chosen, else the next deadline for reports, else the last one."""
    if chosen is None:
        deadlines = sorted(campaign.deadline(phase.number) for phase in campaign.programme.phases)
        chosen = next((day for day in deadlines if day >= today), deadlines[-1])
    return Due(chosen, passed=chosen < today)


def return_reports(
    campaign: Campaign, overview: Overview, *, today: date, due: Due, progress: Progress = silent
) -> Returned:
    """Write a marked copy and a receipt for every report that counts and has errors, and for every workbook that was
    whole and yet not taken. Raises CouldNotSave."""
    drafts: list[_Draft] = []
    left: list[NotReturned] = []
    counting = sorted((file for file in overview.files if file.current), key=lambda file: file.unit_code)
    whole = (overview.whole(file) for file in counting)
    faulty = [r for r in whole if any(f.severity is Severity.ERROR for f in r.findings)]
    for number, report in enumerate(faulty, 1):
        draft = _draft_of_report(campaign, overview, report, due)
        if draft is None:
            left.append(NotReturned(report.path, report.unit_code, "archive_missing", _archive_facts(report)))
        else:
            drafts.append(draft)
        progress("returning", number, len(faulty))
    held = [one for one in overview.refused if one.outcome is FileOutcome.QUARANTINED]
    drafts += _drafts_of_refused(campaign, overview, held, due, left)
    files = tuple(_save(campaign, overview, draft, today) for draft in drafts)
    return Returned(files, tuple(left))


def _archive_facts(report: Report) -> dict[str, object]:
    return {"unit": report.unit_code, "file": report.path}


def _draft_of_report(campaign: Campaign, overview: Overview, report: Report, due: Due) -> _Draft | None:
    data = from_archive(campaign, report.sha256)
    if data is None:
        return None
    unit = overview.tree.get(report.unit_code)
    receipt = receipt_of_report(report, unit.name if unit else None)
    receipt = receipt.of_file(_file_name(report.path), report.sha256, due)
    content = annotate_with(data, receipt, remarks_on(report.findings, report.columns))
    return _Draft(receipt, report.path, None, content)


def _drafts_of_refused(
    campaign: Campaign, overview: Overview, held: Sequence[RefusedFile], due: Due, left: list[NotReturned]
) -> Iterator[_Draft]:
    """Read again, in a child, the workbooks that were not taken and can be marked."""
    found: list[tuple[RefusedFile, bytes]] = []
    for one in held:
        data = _bytes_of(campaign, one) if one.code in CAN_BE_MARKED else None
        if data is None:
            left.append(NotReturned(one.path, None, one.code, one.facts))
        else:
            found.append((one, data))
    task = JudgeAndCopy(str(campaign.folder), fingerprint(campaign), annotate=True, fix=False, language="vi")
    with ReadingPool(min(len(found), 2) or 1, task) as pool:
        for reading in pool.map(data for _, data in found):
            one, copied = found[reading.index][0], reading.value
            if copied is None or copied.refusal is None or copied.marked is None:
                left.append(NotReturned(one.path, None, one.code, one.facts))
                continue
            unit = overview.tree.get(copied.unit_code) if copied.unit_code else None
            receipt = receipt_of_refusal(one.reason, copied.unit_code, unit.name if unit else None)
            receipt = receipt.of_file(_file_name(one.path), one.sha256, due)
            yield _Draft(receipt, one.path, one.code, copied.marked)


def _bytes_of(campaign: Campaign, one: RefusedFile) -> bytes | None:
    """A refused file's bytes, if it still lies where it was met and is what it was."""
    arrival = next(arrivals([campaign.folder / one.path]), None)
    return arrival.data if arrival is not None and arrival.sha256 == one.sha256 else None


def _save(campaign: Campaign, overview: Overview, draft: _Draft, today: date) -> ReturnedFile:
    folder = campaign.folder / FOLDER
    stem = _stem(draft)
    suffix = ".xlsm" if draft.path.lower().endswith(".xlsm") else ".xlsx"
    written = False
    copy = _same(folder, f"{stem}_{_COPY}_", suffix, draft.content)
    if copy is None:
        copy = save_copy(_free(folder, f"{stem}_{_COPY}_{today:%Y%m%d}", suffix), draft.content)
        written = True
    text = receipt_text(draft.receipt, copy.name).encode()
    receipt = _same(folder, f"{stem}_{_RECEIPT}_", ".txt", text)
    if receipt is None:
        receipt = save_copy(_free(folder, f"{stem}_{_RECEIPT}_{today:%Y%m%d}", ".txt"), text)
        written = True
    one = draft.receipt
    unit = overview.tree.get(one.unit_code) if one.unit_code else None
    return ReturnedFile(
        unit=one.unit_code,
        name=unit.name if unit else one.unit_name,
        email=unit.email if unit else None,
        path=draft.path,
        sha256=one.sha256,
        code=draft.code,
        errors=one.errors,
        warnings=one.warnings,
        copy=copy,
        receipt=receipt,
        written=written,
    )


def _stem(draft: _Draft) -> str:
    """What the names of a file's copy and receipt begin with: the unit, and the file's own name."""
    name = Path(_file_name(draft.path)).stem
    unit = draft.receipt.unit_code
    if unit and not name.casefold().startswith(unit.casefold()):
        name = f"{unit} {name}"
    safe = safe_name(f"{name}.xlsx").removesuffix(".xlsx")
    return safe.encode()[:_LONGEST_STEM].decode("utf-8", "ignore").strip()


def _file_name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


def _same(folder: Path, begin: str, suffix: str, content: bytes) -> Path | None:
    """The file of that kind with the same content, of whatever day."""
    for file in sorted(folder.glob(f"{glob.escape(begin)}*{suffix}")):
        try:
            if file.is_file() and file.read_bytes() == content:
                return file
        except OSError:
            continue
    return None


def _free(folder: Path, stem: str, suffix: str) -> Path:
    number, file = 1, folder / f"{stem}{suffix}"
    while file.exists() or file.is_symlink():
        number += 1
        file = folder / f"{stem}-{number}{suffix}"
    return file
