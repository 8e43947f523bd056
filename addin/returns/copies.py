"""Marked and repaired copies of the files of a check: made where the files are read, saved where they are wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from addin.campaign.archive import safe_name
from addin.campaign.folder import open_campaign
from addin.campaign.saving import could_not_save, replace_whole
from addin.errors import ConservationBroken, UsageProblem
from addin.intake.arrivals import Arrival
from addin.intake.children import ReadingPool
from addin.intake.reader import read_workbook
from addin.merge.reading import ReadAndJudge
from addin.merge.run import Progress
from addin.returns.annotate import annotate, annotate_with
from addin.returns.receipts import receipt_of_refusal
from addin.returns.remarks import remarks_on_refusal
from addin.returns.repair import Repair, Repaired, meaning_changed, repair, unrepaired
from validation import messages
from validation.errors import Refusal
from validation.fixes.proposal import Proposal
from validation.normalise import as_shown
from validation.programme import DEFAULT_PROGRAMME, load_programme
from validation.submission import Submission

CAN_BE_MARKED = frozenset({
    "cover_incomplete", "missing_names", "not_our_form", "template_too_new", "template_unknown_version",
    "unit_is_group", "unit_not_below", "unknown_unit", "wrong_form",
})  # fmt: skip
"""Refusals of workbooks that are whole: their sender can be told in the file itself."""


@dataclass(frozen=True, slots=True)
class Copies:
    """Where copies are wanted: a file for one file checked, a folder for several. None: no such copy."""

    annotate: Path | None = None
    fix: Path | None = None
    language: messages.Language = "vi"


@dataclass(frozen=True, slots=True)
class Copied:
    """A file as judged, and the bytes of its copies. ``unit_code``: what a refused report says of its unit.
    ``unproved``: rows that the repaired copy gives another meaning, 0 for the cover or a finding that is still there.
    """

    submission: Submission | None
    refusal: Refusal | None = None
    marked: bytes | None = None
    repaired: Repaired | None = None
    unproved: tuple[int, ...] = ()
    unit_code: str | None = None


@dataclass(frozen=True, slots=True)
class JudgeAndCopy:
    """The task for a file's bytes, in a disposable child; see ``ReadAndJudge`` for ``folder`` and ``edition``."""

    folder: str | None
    edition: str
    annotate: bool
    fix: bool
    language: messages.Language

    def __call__(self, data: bytes) -> Copied:
        """Read, judge and copy. A refusal is part of the answer: a workbook that is whole is marked all the same."""
        judge = ReadAndJudge(self.folder, self.edition)
        try:
            submission = judge(data)
        except Refusal as refusal:
            return self._refused(data, refusal)
        marked = annotate(data, submission, self.language) if self.annotate else None
        if not self.fix:
            return Copied(submission, marked=marked)
        repaired = repair(data, submission)
        after = judge(repaired.data)
        unproved = meaning_changed(submission, after)
        if unrepaired(repaired.repairs, after.findings):
            unproved.append(0)
        return Copied(submission, None, marked, repaired, tuple(unproved))

    def _refused(self, data: bytes, refusal: Refusal) -> Copied:
        if not self.annotate or refusal.code not in CAN_BE_MARKED:
            return Copied(None, refusal)
        try:
            raw = read_workbook(data)
        except Refusal:
            raw = None
        programme = open_campaign(Path(self.folder)).programme if self.folder else load_programme(DEFAULT_PROGRAMME)
        remarks = remarks_on_refusal(refusal, raw, programme, self.language)
        reason = messages.text("refusal", refusal.code, self.language, **refusal.facts)
        said = as_shown(raw.cover.values.get("unit_code")).strip() if raw is not None else ""
        unit = str(refusal.facts.get("unit_code") or said) or None
        try:
            marked = annotate_with(data, receipt_of_refusal(reason, unit), remarks, self.language)
        except Refusal:
            marked = None
        return Copied(None, refusal, marked, unit_code=unit)


@dataclass(frozen=True, slots=True)
class CopiesMade:
    """What came of one file: the copies' paths, what was repaired and what could not be written."""

    submission: Submission | None
    refusal: Refusal | None
    annotated: Path | None = None
    fixed: Path | None = None
    repairs: tuple[Repair, ...] = ()
    left: tuple[Proposal, ...] = ()


def copy_all(
    met: Sequence[Arrival],
    wanted: Copies,
    *,
    single: bool,
    folder: str | None,
    edition: str,
    progress: Progress,
    workers: int | None = None,
) -> Iterator[tuple[Arrival, CopiesMade]]:
    """Judge the readable files among ``met`` and save their copies, each as soon as it is made.

    ``single``: one file was asked for, so ``wanted`` names files, not folders. Raises UsageProblem (``out_is_file``,
    ``out_is_source``), CouldNotSave, and ConservationBroken ``repair_unproved`` where a repaired copy does not mean
    what its original means; nothing is saved of that file then.
    """
    readable = [arrival for arrival in met if arrival.refusal is None and arrival.data is not None]
    annotate_to = _targets(readable, wanted.annotate, met, single=single)
    fix_to = _targets(readable, wanted.fix, met, single=single)
    task = JudgeAndCopy(folder, edition, bool(annotate_to), bool(fix_to), wanted.language)
    with ReadingPool(workers or min(len(readable), 2) or 1, task) as pool:
        for reading in pool.map(arrival.data for arrival in readable if arrival.data is not None):
            arrival, copied = readable[reading.index], reading.value
            progress("reading", reading.index + 1, len(readable))
            if copied is None:
                yield arrival, CopiesMade(None, reading.refusal)
                continue
            yield arrival, _save(arrival, copied, annotate_to.get(reading.index), fix_to.get(reading.index))


def _save(arrival: Arrival, copied: Copied, annotate_to: Path | None, fix_to: Path | None) -> CopiesMade:
    if copied.unproved:
        rows = ", ".join(map(str, copied.unproved[:8]))
        raise ConservationBroken("repair_unproved", path=arrival.display, rows=rows)
    annotated = fixed = None
    if annotate_to is not None and copied.marked is not None:
        annotated = save_copy(annotate_to, copied.marked)
    if fix_to is not None and copied.repaired is not None:
        fixed = save_copy(fix_to, copied.repaired.data)
    repairs, left = (copied.repaired.repairs, copied.repaired.left) if copied.repaired else ((), ())
    return CopiesMade(copied.submission, copied.refusal, annotated, fixed, repairs, left)


def save_copy(target: Path, content: bytes) -> Path:
    """Write a copy whole, its folder made where needed; returns its path. Raises CouldNotSave."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise could_not_save(problem, target.parent) from problem
    replace_whole(target, lambda file: _write(file, content))
    return target


def _write(file: Path, content: bytes) -> None:
    file.write_bytes(content)


def _targets(readable: Sequence[Arrival], out: Path | None, met: Sequence[Arrival], *, single: bool) -> dict[int, Path]:
    """Where the copy of each readable file goes; never onto a file that is being checked."""
    if out is None:
        return {}
    if single and not out.is_dir():
        targets = dict.fromkeys(range(len(readable)), out)
    elif out.is_file():
        raise UsageProblem("out_is_file", path=out)
    else:
        targets, taken = {}, set()
        for index, arrival in enumerate(readable):
            name = Path(safe_name(arrival.path.name))
            number, target = 1, out / name
            while target.name.casefold() in taken:
                number += 1
                target = out / f"{name.stem}-{number}{name.suffix}"
            taken.add(target.name.casefold())
            targets[index] = target
    sources = {arrival.path.resolve() for arrival in met}
    for target in targets.values():
        if target.resolve() in sources:
            raise UsageProblem("out_is_source", path=target)
    return targets
