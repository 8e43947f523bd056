"""The repaired copy of a report: safe repairs written into the cells they are for, everything else as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from addin.intake.names import column_letters
from addin.intake.sheet_facts import Place
from addin.returns.calc_chain import drop_from_chain
from addin.returns.marks import clear_marks
from addin.returns.package import EditablePackage
from addin.returns.sheet_part import CannotEdit, SheetPart, parse_address
from addin.returns.stylesheet import Change, StyleSheet
from addin.returns.workbook_part import SheetEntry, WorkbookPart
from validation.findings import Finding
from validation.fixes.proposal import Content, Proposal
from validation.fixes.registry import propose
from validation.submission import Submission

UNICODE_FONT = "Times New Roman"
_DAY_FORMAT, _AMOUNT_FORMAT = "dd/mm/yyyy", 3  # the latter is built in: #,##0
_FORMULA_CODE = "formula_in_typed_cell"


@dataclass(frozen=True, slots=True)
class Repair:
    """One finding repaired: what stood in the cell and what stands there now, as a clerk reads it."""

    code: str
    sheet: str
    cell: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired copy. ``left``: proposals that could not be written, since other cells depend on how the cell is
    written (shared and array formulas)."""

    data: bytes
    repairs: tuple[Repair, ...] = ()
    left: tuple[Proposal, ...] = ()


def repair(data: bytes, submission: Submission) -> Repaired:
    """Carry out every automatic proposal on the report's own file; marks of ours are taken off.

    ``data`` are the bytes that ``submission`` was read from. Raises the refusals of ``open_package``.
    """
    return repair_cells(data, propose(submission.findings))


def repair_cells(data: bytes, proposals: Sequence[Proposal]) -> Repaired:
    """Carry out those of the proposals that are automatic."""
    clean = clear_marks(data)
    wanted = [one for one in proposals if one.automatic]
    if not wanted:
        return Repaired(clean)
    package = EditablePackage(clean)
    workbook = WorkbookPart(package)
    writer = _Writer(package, workbook)
    by_sheet: dict[str, list[Proposal]] = {}
    for one in wanted:
        by_sheet.setdefault(one.sheet.casefold(), []).append(one)
    for sheet in workbook.sheets:
        writer.write(sheet, by_sheet.pop(sheet.title.casefold(), []))
    writer.finish()
    lost = [one for proposals_left in by_sheet.values() for one in proposals_left]
    left = (*writer.left, *lost)
    done = [one for one in wanted if one not in left]
    return Repaired(package.to_bytes() if done else clean, tuple(_as_repairs(done)), left)


def _as_repairs(done: Sequence[Proposal]) -> list[Repair]:
    return [Repair(code, one.sheet, one.cell, one.field, one.before, one.after) for one in done for code in one.codes]


def meaning_changed(before: Submission, after: Submission) -> list[int]:
    """The rows that a repair has given another meaning (0 stands for the cover); always empty, unless we are wrong.

    A repair writes down what was read: every typed value, every outcome and all money must come out the same.
    """
    changed = [] if before.cover == after.cover else [0]
    rows_before = {row.number: row for row in before.rows}
    rows_after = {row.number: row for row in after.rows}
    numbers = sorted(rows_before.keys() | rows_after.keys())
    return changed + [number for number in numbers if rows_before.get(number) != rows_after.get(number)]


def unrepaired(repairs: Sequence[Repair], after: Sequence[Finding]) -> list[Repair]:
    """The repairs whose finding is still there; always empty, unless we are wrong."""
    still = {(finding.code, finding.sheet, finding.cell) for finding in after}
    return [one for one in repairs if (one.code, one.sheet, one.cell) in still]


class _Writer:
    """Writes proposals into the cells of a package."""

    def __init__(self, package: EditablePackage, workbook: WorkbookPart) -> None:
        self._package = package
        self._workbook = workbook
        self._styles = StyleSheet(package, workbook.styles_part())
        self._date1904 = workbook.date1904
        self.left: list[Proposal] = []

    def write(self, sheet: SheetEntry, proposals: Sequence[Proposal]) -> None:
        """Write the proposals for one sheet."""
        if not proposals:
            return
        placed = [(place, one) for one in proposals if (place := parse_address(one.cell)) is not None]
        if sheet.part is None or not sheet.is_worksheet or len(placed) != len(proposals):
            self.left.extend(proposals)
            return
        content = self._package.read(sheet.part)
        rows, columns = {place[0] for place, _ in placed}, {column_letters(place[1]) for place, _ in placed}
        part = SheetPart(sheet.part, content, rows, columns)
        freed: list[Place] = []
        for place, one in placed:
            if not self._write_cell(part, place, one, freed):
                self.left.append(one)
        self._package.splice(sheet.part, part.apply())
        if freed:
            drop_from_chain(self._package, self._workbook.name, sheet.id, freed)

    def finish(self) -> None:
        """Write the formats."""
        self._styles.save()

    def _write_cell(self, part: SheetPart, place: Place, proposal: Proposal, freed: list[Place]) -> bool:
        cell = part.cell(place)
        if cell is not None and cell.formula is not None and _FORMULA_CODE not in proposal.codes:
            return False
        stored = self._stored(proposal.content)
        if stored is None:
            return False
        try:
            had_formula = part.set_content(place, stored, self._style(part, place, proposal.content))
        except CannotEdit:
            return False
        if had_formula:
            freed.append(place)
        return True

    def _stored(self, content: Content) -> str | int | None:
        """A day as the number by which the workbook counts it."""
        if not isinstance(content, date):
            return content
        serial = (content - (date(1904, 1, 1) if self._date1904 else date(1899, 12, 30))).days
        return serial if serial > 0 else None

    def _style(self, part: SheetPart, place: Place, content: Content) -> int:
        """The cell's own format, changed only as far as the new content needs it."""
        xf = part.style(place)
        if isinstance(content, str):
            if self._styles.legacy_font(xf) is None:
                return xf
            return self._styles.derive(xf, Change(font=self._styles.renamed_font(xf, UNICODE_FONT)))
        is_day = isinstance(content, date)
        fits = self._styles.is_date_format if is_day else self._styles.is_amount_format
        number = None
        if not fits(self._styles.number_format(xf)):
            number = self._usual_format(part, place, is_day=is_day)
        return self._styles.derive(xf, Change(number=number, plain_value=True))

    def _usual_format(self, part: SheetPart, place: Place, *, is_day: bool) -> int:
        """The number format that most cells of the column have, of those that show a day or an amount."""
        fits = self._styles.is_date_format if is_day else self._styles.is_amount_format
        for xf, _ in part.format_counts.get(column_letters(place[1]), Counter()).most_common():
            number = self._styles.number_format(xf)
            if fits(number):
                return number
        return self._styles.add_number_format(_DAY_FORMAT) if is_day else _AMOUNT_FORMAT
