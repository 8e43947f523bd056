"""Marks on arbitrary cells of any workbook, and what must hold of every marked copy."""

from __future__ import annotations

from addin.returns.marks import Mark, clear_marks, mark
from addin.returns.notes import Paragraph
from addin.returns.package import EditablePackage
from addin.returns.receipts import Receipt
from addin.returns.remarks import Remark
from addin.returns.result_sheet import build_result_sheet
from addin.returns.sheet_part import SheetPart, parse_address
from addin.returns.workbook_part import WorkbookPart
from tests.addin.intake.workbooks import parts
from tests.addin.returns.package_oracle import assert_only_marked
from validation.findings import Severity

CELLS = ("A1", "B7", "C9", "AA40", "D12")


def marks_everywhere(data: bytes) -> list[Mark]:
    """A few marks on every sheet, on cells that are there and on cells that are not."""
    sheets = [s for s in WorkbookPart(EditablePackage(data)).sheets if s.part is not None and s.is_worksheet]
    note = (Paragraph("✗ Lỗi: thử", bold=True), Paragraph("Xin sửa ô này. " * 5))
    return [
        Mark(sheet.title, cell, Severity.ERROR if index % 2 else Severity.WARNING, note)
        for sheet in sheets
        for index, cell in enumerate(CELLS)
    ]


def marked_everywhere(data: bytes, like: bytes | None = None) -> bytes:
    """A marked copy with a list of all its marks. ``like``: the workbook that tells which sheets there are to mark."""
    marks = marks_everywhere(like or data)
    remarks = [Remark(m.severity, "Thử", "Xin sửa.", m.sheet, m.cell, None, "Cột", "giá trị", "bản sửa") for m in marks]
    return mark(data, marks, lambda *place: build_result_sheet(Receipt(unit_code="CĐCS-1"), remarks, *place))


def marked_parts(data: bytes) -> dict[str, set[str]]:
    """Sheet part → cells that are marked there: of a merged range, its first."""
    package = EditablePackage(data)
    places = [place for cell in CELLS if (place := parse_address(cell))]
    found = {}
    for sheet in WorkbookPart(package).sheets:
        if sheet.part is not None and sheet.is_worksheet:
            part = SheetPart(sheet.part, package.read(sheet.part), ())
            anchors = {part.anchor(place) for place in places}
            found[sheet.part] = {f"{_letters(column)}{row}" for row, column in anchors}
    return found


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def assert_nothing_lost(data: bytes) -> bytes:
    """Mark a workbook, hold it to the original, clear it to the byte, mark it again to the same; returns the copy."""
    out = marked_everywhere(data)
    assert_only_marked(data, out, marked_parts(data))
    assert parts(clear_marks(out)) == parts(data)
    assert list(parts(clear_marks(out))) == list(parts(data)), "the order of the parts"
    assert parts(marked_everywhere(out, data)) == parts(out)
    return out
