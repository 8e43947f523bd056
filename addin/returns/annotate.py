"""The marked copy of a report: findings become marks on the cells they speak of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from addin.intake.names import column_number
from addin.returns.marks import Mark, clear_marks, mark
from addin.returns.notes import Note, Paragraph
from addin.returns.receipts import Receipt, receipt_of
from addin.returns.result_sheet import MOST_LISTED, build_result_sheet, in_order_of_weight, severity_word
from validation import messages
from validation.findings import Finding
from validation.submission import Submission

__all__ = ["annotate", "annotate_with", "clear_marks"]


def annotate(data: bytes, submission: Submission, language: messages.Language = "vi") -> bytes:
    """The report's own file with its findings marked: cells filled by severity, notes on them, and a first sheet
    "Kết quả kiểm tra" with the figures and a list whose links lead to the cells.

    ``data`` are the bytes that ``submission`` was read from; marks of an earlier time are taken off first. The result
    depends on nothing else. Raises the refusals of ``addin.intake.guard.open_package``.
    """
    return annotate_with(data, receipt_of(submission), submission.columns, language)


def annotate_with(
    data: bytes, receipt: Receipt, columns: Mapping[str, str], language: messages.Language = "vi"
) -> bytes:
    """The same for any receipt; ``columns`` maps field names to column letters and places findings about whole rows."""
    first = min(columns.values(), key=column_number, default="A")
    marks = findings_as_marks(receipt.findings, first, language)
    return mark(
        data, marks, lambda title, dialect, styles: build_result_sheet(receipt, title, dialect, styles, language)
    )


def findings_as_marks(
    findings: Iterable[Finding], row_column: str = "A", language: messages.Language = "vi"
) -> list[Mark]:
    """One mark per finding that has a place; those beyond what is listed are left out, the heaviest first."""
    return [
        Mark(finding.sheet, finding.cell or f"{row_column}{finding.row}", finding.severity, _note(finding, language))
        for finding in in_order_of_weight(list(findings))[:MOST_LISTED]
        if finding.sheet is not None and (finding.cell or finding.row)
    ]


def _note(finding: Finding, language: messages.Language) -> Note:
    heading = f"{severity_word(finding.severity, language)}: {messages.title(finding, language)}"
    return Paragraph(heading, bold=True), Paragraph(messages.advice(finding, language))
