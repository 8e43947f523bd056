"""Reading and judging one file's bytes: what runs in a disposable child.

The task carries only the campaign's folder; each child opens the campaign once, so that a list of thousands of units is
not sent with every file.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from addin.campaign.folder import Campaign, open_campaign
from addin.intake.reader import read_workbook
from validation.assess import assess
from validation.errors import Refusal
from validation.fields import FORM_TITLES, Form
from validation.programme import DEFAULT_PROGRAMME, UnknownProgramme, load_programme
from validation.submission import Notice, RawSubmission, Submission
from validation.units import Level

RULES_EDITION = 4
"""Counted up whenever a rule, a reader or a cleaner judges differently: reports are then judged anew."""


@dataclass(frozen=True, slots=True)
class ReadAndJudge:
    """The task for a file's bytes. ``folder``: the campaign by which it is judged; None: the programme it names.

    ``edition`` is the campaign's fingerprint: a process that lives on does not judge by settings of yesterday.
    """

    folder: str | None = None
    edition: str = ""

    def __call__(self, data: bytes) -> Submission:
        """Read and judge. Raises Refusal."""
        raw = read_workbook(data)
        if self.folder is None:
            return judge_alone(raw)
        campaign = _campaign(self.folder, self.edition)
        submission = assess(raw, campaign.programme, campaign.tree)
        refuse_inadmissible(submission, campaign)
        return submission


@lru_cache(maxsize=2)
def _campaign(folder: str, edition: str) -> Campaign:  # noqa: ARG001 - the edition is for the cache
    return open_campaign(Path(folder))


def judge_alone(raw: RawSubmission) -> Submission:
    """Judge by the programme that the workbook names, without a campaign; an unknown one is judged by the default."""
    try:
        programme = load_programme(raw.programme_id)
    except UnknownProgramme:
        programme = load_programme(DEFAULT_PROGRAMME)
        notice = Notice("unknown_programme", facts={"programme": raw.programme_id, "applied": programme.id})
        raw = replace(raw, programme_id=programme.id, notices=(*raw.notices, notice))
    return assess(raw, programme)


def refuse_inadmissible(submission: Submission, campaign: Campaign) -> None:
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
    parts = [version("sangkien"), str(RULES_EDITION), campaign.programme.model_dump_json()]
    parts += [repr(unit) for unit in campaign.tree]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
