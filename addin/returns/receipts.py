"""A sender's receipt: what became of the report, and what to do by when; as text, and as the head of the marked copy.

Drafts only: nothing is sent from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from addin.merge.overview import Report
from validation import messages
from validation.fields import FORM_TITLES, Form
from validation.findings import Finding, Severity
from validation.submission import Cover, Outcome, Row, RowCounts, Submission
from validation.text.amounts import format_amount

_MOST_ERRORS_IN_TEXT = 30


@dataclass(frozen=True, slots=True)
class Due:
    """When the report is to be sent again; ``passed``: that day is over."""

    day: date
    passed: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is said of one file. ``counts`` is None where the file was not taken; ``refusal`` then says why.

    Money in đồng, of the accepted rows.
    """

    form: Form | None = None
    unit_code: str | None = None
    unit_name: str | None = None
    report_date: date | None = None
    report_number: int = 1
    counts: RowCounts | None = None
    upper_support: int = 0
    base_support: int = 0
    findings: tuple[Finding, ...] = ()
    refusal: str | None = None
    file: str | None = None
    sha256: str | None = None
    due: Due | None = None

    @property
    def errors(self) -> int:
        """Number of findings that reject."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def warnings(self) -> int:
        """Number of findings that do not."""
        return len(self.findings) - self.errors

    def of_file(self, file: str, sha256: str | None, due: Due | None = None) -> Receipt:
        """The same receipt, naming the file and the day."""
        return replace(self, file=file, sha256=sha256, due=due)


def receipt_of(submission: Submission) -> Receipt:
    """The receipt of a report that was checked by itself."""
    return _receipt(submission.form, submission.cover, submission.counts(), submission.rows, submission.findings)


def receipt_of_report(report: Report, unit_name: str | None = None) -> Receipt:
    """The receipt of a report as it stands in a campaign, duplicates across reports included."""
    receipt = _receipt(report.form, report.cover, report.counts, report.rows, report.findings)
    return replace(receipt, unit_name=unit_name or receipt.unit_name)


def receipt_of_refusal(reason: str, unit_code: str | None = None, unit_name: str | None = None) -> Receipt:
    """The receipt of a file that could not be taken."""
    return Receipt(refusal=reason, unit_code=unit_code, unit_name=unit_name)


def _receipt(form: Form, cover: Cover, counts: RowCounts, rows: Sequence[Row], findings: Sequence[Finding]) -> Receipt:
    accepted = [row for row in rows if row.outcome is Outcome.ACCEPTED]
    return Receipt(
        form=form,
        unit_code=cover.unit_code,
        unit_name=cover.unit_name,
        report_date=cover.report_date,
        report_number=cover.report_number,
        counts=counts,
        upper_support=sum(row.upper_support for row in accepted),
        base_support=sum(row.base_counted for row in accepted),
        findings=tuple(findings),
    )


def unit_line(receipt: Receipt, language: messages.Language = "vi") -> str:
    """The unit by name and code; empty where it is not known."""
    if not receipt.unit_code:
        return ""
    key = "unit" if receipt.unit_name else "unit_without_name"
    return messages.text("marked", key, language, unit_name=receipt.unit_name, unit_code=receipt.unit_code)


def report_line(receipt: Receipt, language: messages.Language = "vi") -> str:
    """The form, and which report of the unit it is."""
    parts = [FORM_TITLES[receipt.form]] if receipt.form else []
    if receipt.report_date:
        facts = {"report_date": receipt.report_date, "report_number": receipt.report_number}
        parts.append(messages.text("marked", "report", language, **facts))
    return ". ".join(parts)


def to_do(receipt: Receipt, language: messages.Language = "vi") -> str:
    """What the sender should please do, and by when."""
    if receipt.refusal is not None:
        sentences = [messages.text("receipt", "refused", language, reason=receipt.refusal)]
    elif receipt.errors:
        facts = {"errors": receipt.errors, "warnings": receipt.warnings}
        sentences = [messages.text("receipt", "errors", language, **facts)]
    elif receipt.warnings:
        return messages.text("receipt", "only_warnings", language, warnings=receipt.warnings)
    else:
        return messages.text("receipt", "no_faults", language)
    if receipt.refusal is None:
        sentences.append(messages.text("receipt", "keep_all", language))
    if receipt.due is not None:
        key = "overdue" if receipt.due.passed else "due"
        sentences.append(messages.text("receipt", key, language, due=receipt.due.day))
    return " ".join(sentences)


def receipt_text(receipt: Receipt, copy: str | None = None, language: messages.Language = "vi") -> str:
    """The receipt as plain text, ending with a line break. ``copy`` is the file name of the marked copy beside it."""
    lines = [messages.text("receipt", "title", language), ""]
    unit = unit_line(receipt, language)
    if unit:
        lines.append(messages.text("receipt", "unit", language, unit=unit))
    if receipt.report_date:
        facts = {"report_date": receipt.report_date, "report_number": receipt.report_number}
        lines.append(messages.text("receipt", "report", language, **facts))
    for key in ("file", "sha256"):
        value = getattr(receipt, key)
        if value:
            lines.append(messages.text("receipt", key, language, **{key: value}))
    lines += _figures(receipt, language)
    lines += ["", messages.text("receipt", "to_do", language), to_do(receipt, language)]
    lines += _error_lines(receipt, copy, language)
    return "\n".join(lines) + "\n"


def _figures(receipt: Receipt, language: messages.Language) -> list[str]:
    if receipt.counts is None:
        return []
    counts = {key: format_amount(count) for key, count in receipt.counts.as_json().items()}
    lines = ["", messages.text("receipt", "rows", language, seen=counts["seen"])]
    lines += [
        messages.text("receipt", key, language, **{key: counts[key]})
        for key in ("accepted", "rejected", "duplicate", "blank")
    ]
    lines.append(messages.text("receipt", "money", language))
    for key in ("upper_support", "base_support"):
        lines.append(messages.text("receipt", key, language, **{key: format_amount(getattr(receipt, key))}))
    return lines


def _error_lines(receipt: Receipt, copy: str | None, language: messages.Language) -> list[str]:
    errors = [finding for finding in receipt.findings if finding.severity is Severity.ERROR]
    lines: list[str] = []
    if copy is not None:
        key = "attached" if receipt.refusal is None else "attached_refused"
        lines += ["", messages.text("receipt", key, language, copy=copy)]
    if errors:
        lines.append("")
        lines += [f"  – {messages.explain(finding, language)}" for finding in errors[:_MOST_ERRORS_IN_TEXT]]
    if len(errors) > _MOST_ERRORS_IN_TEXT:
        lines.append(messages.text("receipt", "more", language, count=len(errors) - _MOST_ERRORS_IN_TEXT))
    return lines
