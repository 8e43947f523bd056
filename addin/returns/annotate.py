"""The marked copy of a report: findings become marks on the cells they speak of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from addin.returns.marks import Mark, clear_marks, mark
from addin.returns.notes import Paragraph
from addin.returns.receipts import Receipt, receipt_of
from addin.returns.remarks import Remark, remarks_on
from addin.returns.result_sheet import MOST_LISTED, build_result_sheet, severity_word
from validation import messages
from validation.submission import Submission

__all__ = ["annotate", "annotate_with", "clear_marks"]


def annotate(data: bytes, submission: Submission, language: messages.Language = "vi") -> bytes:
    """The report's own file with its findings marked: cells filled by severity, notes on them, and a first sheet
    "Kết quả kiểm tra" with the figures and a list whose links lead to the cells.

    ``data`` are the bytes that ``submission`` was read from; marks of an earlier time are taken off first. The result
    depends on nothing else. Raises the refusals of ``addin.intake.guard.open_package``.
    """
    remarks = remarks_on(submission.findings, submission.columns, language)
    return annotate_with(data, receipt_of(submission), remarks, language)


def annotate_with(
    data: bytes, receipt: Receipt, remarks: Sequence[Remark], language: messages.Language = "vi"
) -> bytes:
    """The same for any receipt and remarks, the weightiest first: a file that was not taken may be marked too."""
    return mark(
        data,
        _marks(remarks[:MOST_LISTED], language),
        lambda title, dialect, styles: build_result_sheet(receipt, remarks, title, dialect, styles, language),
    )


def _marks(remarks: Iterable[Remark], language: messages.Language) -> list[Mark]:
    """One mark per remark that has a place."""
    return [
        Mark(
            remark.sheet,
            remark.cell,
            remark.severity,
            (
                Paragraph(f"{severity_word(remark.severity, language)}: {remark.title}", bold=True),
                Paragraph(remark.advice),
            ),
        )
        for remark in remarks
        if remark.sheet is not None and remark.cell is not None
    ]
