"""The open form as judged: the same findings as a check of the file would give."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import xlwings

from addin.campaign.folder import Campaign, open_campaign
from addin.errors import EdgeError
from addin.live.campaigns import campaign_folder_of
from addin.live.copies import Copy
from addin.live.host import Host
from addin.live.reading import read_live
from addin.merge.reading import judge_alone, refuse_inadmissible
from addin.returns.receipts import Receipt, receipt_of, receipt_of_refusal
from addin.returns.remarks import Remark, remarks_on, remarks_on_refusal
from validation import messages
from validation.assess import assess
from validation.errors import Refusal
from validation.normalise import as_shown
from validation.programme import DEFAULT_PROGRAMME, load_programme
from validation.submission import RawSubmission, Submission


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of it: a submission, or a refusal; and how both are told. ``raw`` is None where it is no form."""

    raw: RawSubmission | None
    submission: Submission | None
    refusal: Refusal | None
    receipt: Receipt
    remarks: tuple[Remark, ...]

    @property
    def reason(self) -> str:
        """Why it was refused, as a sentence; empty where it was not."""
        return self.receipt.refusal or ""


def judge_live(host: Host, book: xlwings.Book, copy: Copy | None) -> Judged:
    """Read and judge the form: by the campaign in whose folder it lies, else by the programme that it names."""
    campaign = _campaign(host, book)
    raw: RawSubmission | None = None
    try:
        raw = read_live(book, copy)
        submission = _judge(raw, campaign)
    except Refusal as refusal:
        return _refused(book, raw, refusal, campaign)
    remarks = remarks_on(submission.findings, submission.columns)
    return Judged(raw, submission, None, receipt_of(submission).of_file(book.name, None), tuple(remarks))


def _campaign(host: Host, book: xlwings.Book) -> Campaign | None:
    """The campaign of a report; a campaign's own master is judged by itself. Broken settings are another's matter."""
    location = host.location(book)
    folder = campaign_folder_of(location)
    if folder is None or location is None:
        return None
    try:
        campaign = open_campaign(folder)
    except EdgeError:
        return None
    return None if Path(location) == campaign.master else campaign


def _judge(raw: RawSubmission, campaign: Campaign | None) -> Submission:
    if campaign is None:
        return judge_alone(raw)
    submission = assess(raw, campaign.programme, campaign.tree)
    refuse_inadmissible(submission, campaign)
    return submission


def _refused(book: xlwings.Book, raw: RawSubmission | None, refusal: Refusal, campaign: Campaign | None) -> Judged:
    programme = campaign.programme if campaign is not None else load_programme(DEFAULT_PROGRAMME)
    reason = messages.text("refusal", refusal.code, "vi", **refusal.facts)
    unit = as_shown(raw.cover.values.get("unit_code")).strip() if raw is not None else ""
    receipt = receipt_of_refusal(reason, unit or None).of_file(book.name, None)
    return Judged(raw, None, refusal, receipt, tuple(remarks_on_refusal(refusal, raw, programme)))
