"""Marks on a clerk's own workbook: a light fill and a note on each faulty cell, and a first sheet that lists them.

What a cell's fill was is remembered three ways, so that marks come off whatever was done to the file in between: to
the byte (``memory``), and for a workbook that was saved since, by colour. Each of our colours stands for one fill that
was there before (``_sangkien_mark_FCD3CB`` is a hidden name whose text says which); so the right fill comes back even
after rows were sorted, copied or inserted, or the list sheet was deleted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from addin.intake.sheet_facts import Place
from addin.returns import notes as notes_of
from addin.returns.fills import fill_from_words, fill_in_words, solid, solid_colour
from addin.returns.memory import find_memory, open_memory, recall, remember
from addin.returns.notes import Note, Paragraph
from addin.returns.ooxml import Dialect
from addin.returns.package import EditablePackage
from addin.returns.result_sheet import RESULT_NAME, SHEET_TITLE, ResultSheet
from addin.returns.sheet_part import SheetPart, parse_address
from addin.returns.spans import Splices, parse
from addin.returns.stylesheet import Change, StyleSheet
from addin.returns.workbook_part import NewName, SheetEntry, WorkbookPart
from validation.findings import Severity

NAMES = "_sangkien_"
MARK_NAME = f"{NAMES}mark_"
SHADES = 256
FIRST_SHADE = {Severity.ERROR: (0xFC, 0xD3, 0xCB), Severity.WARNING: (0xFE, 0xE6, 0xA8)}
_QUOTED_SHEET = re.compile(r"'((?:[^']|'')+)'!|([^'!]+)!")
_LONGEST_TITLE = 31


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on one cell: ``sheet`` is its title, ``cell`` like ``K12``."""

    sheet: str
    cell: str
    severity: Severity
    note: Note = ()


BuildSheet = Callable[[str, Dialect, StyleSheet], ResultSheet]
"""Makes the first sheet: its title, the workbook's dialect, the formats to add to."""


def mark(data: bytes, marks: Iterable[Mark], build_sheet: BuildSheet) -> bytes:
    """A copy of a workbook with marks on its cells and a first sheet; earlier marks are taken off first.

    Every part that needs no change keeps its bytes, and in the others only the cells concerned change. Marks on sheets
    that are not there are left out. Raises the refusals of ``open_package``.
    """
    package = EditablePackage(clear_marks(data))
    workbook = WorkbookPart(package)
    memory = open_memory(package, workbook.name, workbook.dialect)
    painter = _Painter(package, workbook)
    painter.paint(marks)
    title = _free_title(workbook)
    sheet = build_sheet(title, workbook.dialect, painter.styles)
    painter.finish()
    workbook.insert_first(title, sheet.content, (*sheet.names, *painter.names()))
    remember(package, memory)
    return package.to_bytes()


def clear_marks(data: bytes) -> bytes:
    """The workbook without our marks, in its cells and formats as it was before; ``data`` itself where it has none.

    Where nobody saved it in between, every part is what it was to the byte. Raises the refusals of ``open_package``.
    """
    package = EditablePackage(data)
    workbook = WorkbookPart(package)
    found = find_memory(package, workbook.name)
    names = workbook.names()
    ours = found is not None or any(name.startswith(NAMES) for name in names)
    noted = [s for s in _worksheets(workbook) if notes_of.has_own_notes(package, s.part or "")]
    if not ours and not noted:
        return data
    if found is not None and recall(package, found[1]):
        return package.to_bytes()
    _take_off(package, workbook, names, found, noted)
    return package.to_bytes()


def _take_off(
    package: EditablePackage,
    workbook: WorkbookPart,
    names: dict[str, str],
    memory: tuple[str, str] | None,
    noted: Sequence[SheetEntry],
) -> None:
    """Take marks off a workbook that was saved by a spreadsheet program since."""
    for sheet in noted:
        assert sheet.part is not None
        notes_of.remove_notes(package, sheet.part)
        if notes_of.drop_if_empty(package, sheet.part):
            part = SheetPart(sheet.part, package.read(sheet.part), ())
            part.forget_drawing()
            package.splice(sheet.part, part.apply())
    _restore_fills(package, workbook, names)
    target = _QUOTED_SHEET.match(names.get(RESULT_NAME, ""))
    result = workbook.sheet((target[1] or target[2]).replace("''", "'")) if target else None
    if result is not None and len(workbook.sheets) > 1:
        workbook.remove_sheet(result.index)
    workbook.remove_names(NAMES)
    if memory is not None:
        package.unrelate(workbook.name, memory[0])
        package.drop_part(memory[1])


def _restore_fills(package: EditablePackage, workbook: WorkbookPart, names: dict[str, str]) -> None:
    before = {
        name.removeprefix(MARK_NAME).upper(): words.strip().strip('"')
        for name, words in names.items()
        if name.startswith(MARK_NAME)
    }
    if not before:
        return
    styles = StyleSheet(package, workbook.styles_part())
    fills: dict[int, int] = {}
    for xf in range(styles.formats):
        words = before.get(solid_colour(styles.fill_of(xf)) or "")
        if words is not None:
            fills[xf] = styles.add("fills", fill_from_words(words))
    styles.refill(fills)
    styles.save()


class _Painter:
    """Puts marks on cells; remembers which colour stands for which fill."""

    def __init__(self, package: EditablePackage, workbook: WorkbookPart) -> None:
        self._package = package
        self._workbook = workbook
        self._shades: dict[tuple[Severity, str], str] = {}
        self._marked: dict[tuple[int, Severity], int] = {}
        self.styles = StyleSheet(package, workbook.styles_part())
        self._taken = {solid_colour(self.styles.fill_of(xf)) for xf in range(self.styles.formats)}

    def paint(self, marks: Iterable[Mark]) -> None:
        """Mark cells, sheet by sheet; every other sheet is taken out of the selection."""
        by_sheet: dict[str, list[Mark]] = {}
        for one in marks:
            by_sheet.setdefault(one.sheet.casefold(), []).append(one)
        for sheet in self._workbook.sheets:
            if sheet.part is None:
                continue
            if not sheet.is_worksheet:
                self._unselect(sheet.part)
                continue
            self._paint_sheet(sheet.part, by_sheet.get(sheet.title.casefold(), []))

    def finish(self) -> None:
        """Write the formats."""
        self.styles.save()

    def names(self) -> list[NewName]:
        """The names that say which colour stands for which fill."""
        return [NewName(f"{MARK_NAME}{shade}", f'"{words}"') for (_, words), shade in self._shades.items()]

    def _paint_sheet(self, name: str, marks: Sequence[Mark]) -> None:
        content = self._package.read(name)
        if not marks and b"tabSelected" not in content:
            return
        by_address = [(parse_address(one.cell), one) for one in marks]
        rows = {place[0] for place, _ in by_address if place}
        sheet = SheetPart(name, content, rows)
        places = [(sheet.anchor(place), one) for place, one in by_address if place]
        if any(place[0] not in rows for place, _ in places):
            sheet = SheetPart(name, content, {place[0] for place, _ in places})  # the heads of merged ranges
        severities: dict[Place, Severity] = {}
        notes: dict[Place, Note] = {}
        for place, one in sorted(places, key=lambda item: item[0]):
            known = severities.get(place, one.severity)
            severities[place] = Severity.ERROR if Severity.ERROR in (known, one.severity) else known
            before = notes.get(place)
            notes[place] = (*before, Paragraph(""), *one.note) if before and one.note else before or one.note
        for place, severity in severities.items():
            self._fill(sheet, place, severity)
        notes_of.add_notes(self._package, self._workbook.dialect, name, sheet, notes)
        sheet.show_only()
        self._package.splice(name, sheet.apply())

    def _fill(self, sheet: SheetPart, place: Place, severity: Severity) -> None:
        xf = sheet.style(place)
        marked = self._marked.get((xf, severity))
        if marked is None:
            marked = self._marked[xf, severity] = self._marked_format(xf, severity)
        if marked != xf:
            sheet.set_style(place, marked)

    def _marked_format(self, xf: int, severity: Severity) -> int:
        """The format of a marked cell; the cell's own where its fill could not be given back."""
        words = fill_in_words(self.styles.fill_of(xf))
        shade = self._shade(severity, words) if words is not None else None
        if shade is None:
            return xf
        return self.styles.derive(xf, Change(fill=self.styles.add("fills", solid(shade))))

    def _shade(self, severity: Severity, words: str) -> str | None:
        """The colour for a fill that was there; None when there are no colours left (the note says it then)."""
        known = self._shades.get((severity, words))
        if known is not None:
            return known
        red, green, blue = FIRST_SHADE[severity]
        used = {*self._shades.values(), *self._taken}
        for index in range(SHADES):
            shade = f"{red:02X}{green + index // 16:02X}{blue + index % 16:02X}"
            if shade not in used:
                self._shades[severity, words] = shade
                return shade
        return None

    def _unselect(self, name: str) -> None:
        """A chart sheet or dialog sheet that is selected."""
        content = self._package.read(name)
        if b"tabSelected" not in content:
            return
        splices = Splices(content)
        root = parse(name, content)
        views = root.child("sheetViews")
        for view in views.children if views is not None else ():
            if view.attributes.get("tabSelected") in ("1", "true"):
                splices.set_attribute(view.start, "tabSelected", None)
        self._package.splice(name, splices)


def _worksheets(workbook: WorkbookPart) -> list[SheetEntry]:
    return [sheet for sheet in workbook.sheets if sheet.part is not None and sheet.is_worksheet]


def _free_title(workbook: WorkbookPart) -> str:
    title, number = SHEET_TITLE, 1
    while workbook.sheet(title) is not None:
        number += 1
        ending = f" ({number})"
        title = f"{SHEET_TITLE[: _LONGEST_TITLE - len(ending)]}{ending}"
    return title
