"""Reading and judging one file's bytes: what runs in a disposable child.

The task carries what the campaign judges by, packed once and unpacked once in each child, which takes a sixth of the
time of opening the campaign there; or only the campaign's folder, for whoever has not opened it.
"""

from __future__ import annotations

import hashlib
import pickle
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from addin import VERSION
from addin.campaign.records import ReportRecord, report_record
from validation.errors import Refusal
from validation.fields import FORM_TITLES, Form
from validation.programme import DEFAULT_PROGRAMME, Programme, UnknownProgramme, as_json, load_programme
from validation.submission import Notice, RawSubmission, Submission
from validation.units import Level, Unit, UnitTree

if TYPE_CHECKING:
    from addin.campaign.folder import Campaign

RULES_EDITION = 5
"""Counted up whenever a rule, a reader or a cleaner judges differently: reports are then judged anew."""


class JudgesBy(Protocol):
    """What a judgement needs of a campaign: a ``Campaign``, or ``Terms`` on another machine."""

    @property
    def programme(self) -> Programme:
        """Its programme."""
        ...

    @property
    def tree(self) -> UnitTree:
        """Every unit that it knows."""
        ...

    @property
    def unit(self) -> Unit:
        """The unit that runs it."""
        ...


@dataclass(frozen=True)
class Terms:
    """What a campaign judges by, without its folder. Travels packed, at some 6 bytes a unit."""

    programme: Programme
    tree: UnitTree
    unit: Unit

    @cached_property
    def packed(self) -> bytes:
        """All of it; ``_unpacked`` is the way back."""
        parts = (self.programme, tuple(self.tree), self.unit)
        return zlib.compress(pickle.dumps(parts, protocol=pickle.HIGHEST_PROTOCOL))

    def __reduce__(self) -> tuple[Callable[[bytes], Terms], tuple[bytes]]:
        return _unpacked, (self.packed,)


@dataclass(frozen=True, slots=True)
class ReadAndJudge:
    """The task for a file's bytes. ``folder``: the campaign by which it is judged; None: the programme it names.

    ``edition`` is the campaign's fingerprint: a process that lives on does not judge by settings of yesterday.
    ``terms``: what the campaign judges by, where it is open already or its folder out of reach.
    """

    folder: str | None = None
    edition: str = ""
    terms: Terms | None = None

    def __call__(self, data: bytes) -> Submission:
        """Read and judge. Raises Refusal."""
        read_workbook, assess = _reading()
        raw = read_workbook(data)
        if self.folder is None:
            return judge_alone(raw)
        by = self.terms or _campaign(self.folder, self.edition)
        submission = assess(raw, by.programme, by.tree)
        refuse_inadmissible(submission, by)
        return submission

    def prepare(self) -> None:
        """Import what reading and judging need, before the time of the first file runs."""
        _reading()

    def for_elsewhere(self) -> ReadAndJudge:
        """The same task for a machine that does not see the campaign's folder."""
        if self.folder is None or self.terms is not None:
            return self
        return replace(self, terms=terms_of(_campaign(self.folder, self.edition)))


@dataclass(frozen=True, slots=True)
class ReadForLedger:
    """The task of a merge: a file's bytes → what the ledger's tables hold of the report."""

    judge: ReadAndJudge

    def __call__(self, data: bytes) -> ReportRecord:
        """Read, judge and record. Raises Refusal."""
        return report_record(self.judge(data))

    def prepare(self) -> None:
        """See ``ReadAndJudge``."""
        self.judge.prepare()

    def for_elsewhere(self) -> ReadForLedger:
        """See ``ReadAndJudge``."""
        return ReadForLedger(self.judge.for_elsewhere())


def _reading() -> tuple[Callable[[bytes], RawSubmission], Callable[..., Submission]]:
    """Reader and judge. Only who reads imports them: a merge leaves that to its children, and starts the sooner."""
    from addin.intake.reader import read_workbook
    from validation.assess import assess

    return read_workbook, assess


@lru_cache(maxsize=2)
def _campaign(folder: str, edition: str) -> Campaign:  # noqa: ARG001 - the edition is for the cache
    from addin.campaign.folder import open_campaign  # a child of this machine is told what the campaign judges by

    return open_campaign(Path(folder))


def terms_of(campaign: Campaign) -> Terms:
    """What a campaign judges by."""
    return Terms(campaign.programme, campaign.tree, campaign.unit)


@lru_cache(maxsize=2)
def _unpacked(packed: bytes) -> Terms:
    programme, units, unit = pickle.loads(zlib.decompress(packed))
    return Terms(programme, UnitTree(units), unit)


def program_edition() -> str:
    """Which program judges, wherever it runs: its version, the edition of its rules, and what it reads with."""
    import platform  # not where files are read: no child asks
    from importlib.metadata import version

    python = ".".join(platform.python_version_tuple()[:2])
    return f"sangkien {VERSION}/{RULES_EDITION}, calamine {version('python-calamine')}, Python {python}"


def judge_alone(raw: RawSubmission) -> Submission:
    """Judge by the programme that the workbook names, without a campaign; an unknown one is judged by the default."""
    try:
        programme = load_programme(raw.programme_id)
    except UnknownProgramme:
        programme = load_programme(DEFAULT_PROGRAMME)
        notice = Notice("unknown_programme", facts={"programme": raw.programme_id, "applied": programme.id})
        raw = replace(raw, programme_id=programme.id, notices=(*raw.notices, notice))
    return _reading()[1](raw, programme)


def refuse_inadmissible(submission: Submission, campaign: JudgesBy) -> None:
    """Raise Refusal for a report that has no place here.

    Codes: ``wrong_form``, ``unit_is_group``, ``own_unit``, ``unit_not_below``.

    A campaign takes the reports of all units below its own and the consolidations of upper unions among them.
    """
    form, cover = submission.form, submission.cover
    wrong_form = Refusal("wrong_form", form=FORM_TITLES[form], expected=FORM_TITLES[Form.GRASSROOTS])
    if form is Form.CITY:
        raise wrong_form
    unit = campaign.tree.on(cover.unit_code, cover.report_date)
    if unit.level is Level.GROUP:
        raise Refusal("unit_is_group", unit=unit.name, unit_code=unit.code)
    if form is Form.UPPER and unit.level is not Level.UPPER:
        raise wrong_form
    if unit.code == campaign.unit.code:
        raise Refusal("own_unit", unit_code=unit.code, own=campaign.unit.name)
    if not campaign.tree.is_below(unit.code, campaign.unit.code, cover.report_date):
        raise Refusal("unit_not_below", unit=f"{unit.code} – {unit.name}", unit_code=unit.code, own=campaign.unit.name)


def fingerprint(campaign: Campaign) -> str:
    """What a judgement depends on besides the file: program, rules, programme and units."""
    parts = [VERSION, str(RULES_EDITION), as_json(campaign.programme)]
    parts += [repr(unit) for unit in campaign.tree]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
