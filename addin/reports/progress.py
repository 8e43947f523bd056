"""The progress report as a document: head, title, body, signature and recipients (DOMAIN, "Paper")."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from addin.campaign.saving import could_not_save, replace_whole
from addin.errors import UsageProblem
from addin.merge.overview import Overview
from addin.reports.content import Scope, body, in_date_words
from addin.status import Status
from validation.units import Level

if TYPE_CHECKING:
    from docx.document import Document as Doc

_BLANK = "…………………………"
_NATIONAL = "Tổng Liên đoàn Lao động Việt Nam"


def make_report(status: Status, out: Path, phase: int | None = None) -> Path:
    """Write the report on a phase, or on all of them.

    Raises UsageProblem ``phase_not_here``, ``out_is_folder`` and ``report_is_docx``, and CouldNotSave.
    """
    phases = status.overview.programme.phases
    chosen = tuple(one for one in phases if phase in (None, one.number))
    if not chosen:
        raise UsageProblem("phase_not_here", phase=phase, known=", ".join(str(one.number) for one in phases))
    if out.is_dir():
        raise UsageProblem("out_is_folder", path=out)
    if out.suffix.lower() != ".docx":
        raise UsageProblem("report_is_docx", path=out)
    document = report_document(Scope(status, chosen))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise could_not_save(problem, out.parent) from problem

    def save(file: Path) -> None:
        with file.open("wb") as handle:
            document.save(handle)

    replace_whole(out, save)
    return out


def report_document(scope: Scope) -> Doc:
    """The document, not yet saved."""
    # Here, not at the top: only this command needs python-docx, and a command should start fast.
    from addin.reports.document import add_blocks, new_document

    overview = scope.overview
    document = new_document(f"Báo cáo kết quả – {overview.programme.name}", overview.unit.name)
    _head(document, overview)
    _title(document, scope)
    add_blocks(document, body(scope))
    _end(document, overview)
    return document


def _head(document: Doc, overview: Overview) -> None:
    from docx.shared import Pt

    from addin.reports.document import CENTRE, next_line, shape, two_columns, underline, write

    left, right = two_columns(document, 7.2, 9.6)
    unit = overview.unit
    superior = overview.superior_of(unit.code)
    above = superior.name if superior else _NATIONAL if unit.level is Level.CITY else _BLANK
    write(shape(next_line(left), CENTRE), above.upper(), size=Pt(12))
    write(shape(next_line(left), CENTRE), unit.name.upper(), size=Pt(13), bold=True)
    underline(shape(next_line(left), CENTRE), 2.3)
    write(shape(next_line(left), CENTRE), "Số:         /BC-………", size=Pt(13))
    write(shape(next_line(right), CENTRE), "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=Pt(12), bold=True)
    write(shape(next_line(right), CENTRE), "Độc lập - Tự do - Hạnh phúc", size=Pt(13), bold=True)
    underline(shape(next_line(right), CENTRE), 1.9)
    day = f"{overview.programme.place}, {in_date_words(overview.made_at.date())}"
    write(shape(next_line(right), CENTRE), day, size=Pt(13), italic=True)


def _title(document: Doc, scope: Scope) -> None:
    from addin.reports.document import CENTRE, shape, underline, write

    write(shape(document.add_paragraph(), CENTRE, before=18), "BÁO CÁO", bold=True)
    programme = scope.overview.programme
    name = f"Kết quả thực hiện {programme.name[:1].lower()}{programme.name[1:]}"
    write(shape(document.add_paragraph(), CENTRE), name, bold=True)
    if len(scope.phases) < len(programme.phases):
        phase = scope.phases[0]
        text = f"{phase.name} ({phase.first:%d/%m/%Y} – {phase.last:%d/%m/%Y})"
        write(shape(document.add_paragraph(), CENTRE), text, bold=True)
    underline(shape(document.add_paragraph(), CENTRE, after=6), 6)


def _end(document: Doc, overview: Overview) -> None:
    from docx.shared import Pt

    from addin.reports.document import CENTRE, LEFT, next_line, shape, two_columns, write

    shape(document.add_paragraph(), LEFT)
    left, right = two_columns(document, 8.0, 8.8)
    write(shape(next_line(left), LEFT), "Nơi nhận:", size=Pt(12), bold=True, italic=True)
    superior = overview.superior_of(overview.unit.code)
    above = superior.name if superior else _NATIONAL if overview.unit.level is Level.CITY else _BLANK
    to = (f"- {above} (để báo cáo);", "- Ban Thường vụ (để chỉ đạo);", "- Các công đoàn trực thuộc;", "- Lưu: VT.")
    for line in to:
        write(shape(next_line(left), LEFT), line, size=Pt(11))
    for text, bold, italic in (
        ("TM. BAN THƯỜNG VỤ", True, False), ("[CHỦ TỊCH]", True, False), ("(ký, ghi rõ họ tên, đóng dấu)", False, True),
    ):  # fmt: skip
        write(shape(next_line(right), CENTRE), text, size=Pt(13 if italic else 14), bold=bold, italic=italic)
    for _ in range(4):
        shape(next_line(right), CENTRE)
    write(shape(right.add_paragraph(), CENTRE), "[Họ và tên]", bold=True)
