"""Marks on an open workbook: the same colours, notes and list as on a marked copy (``addin.returns.marks``).

So a copy that came back marked is cleared here, and a workbook that was marked here and saved is cleared by the
commands. Each colour of ours stands for one fill that was there before; a hidden name says which.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import xlwings

from addin.intake.names import parse_area
from addin.live.host import MIXED, Host
from addin.live.judging import Judged
from addin.live.rectangles import Rectangle, rectangles
from addin.returns.marks import FIRST_SHADE, MARK_NAME, NAMES, SHADES
from addin.returns.marks import mark as mark_file
from addin.returns.notes import SEPARATOR, SIGNATURE
from addin.returns.package import EditablePackage
from addin.returns.receipts import Receipt
from addin.returns.remarks import Remark
from addin.returns.result_sheet import MOST_LISTED, RESULT_NAME, SHEET_TITLE, build_result_sheet, severity_word
from addin.returns.sheet_part import parse_address
from addin.returns.workbook_part import WorkbookPart
from validation.findings import Severity
from workbook_templates.book import new_book

MOST_NOTES = 200
"""Notes at most: each is a call of its own. The list has all."""

SHOWN_NAME = f"{NAMES}shown"
"""The cell whose note is kept in sight."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What was marked: ``without_note`` counts the cells beyond the most notes."""

    sheet: str
    cells: int
    without_note: int


def is_marked(book: xlwings.Book) -> bool:
    """Whether it has marks of ours."""
    return any(_bare(name).startswith(NAMES) for name in book.names)


def mark(host: Host, book: xlwings.Book, judged: Judged) -> Marked:
    """Mark the cells that remarks speak of, and put the list of them first; earlier marks are taken off before."""
    clear(host, book)
    remarks = judged.remarks[:MOST_LISTED]
    cells = 0
    shades: dict[tuple[Severity, str], str] = {}
    for title, on_sheet in _by_sheet(remarks, book.sheet_names).items():
        sheet = book.sheets[title]
        severities = _severities(on_sheet)
        cells += len(severities)
        for severity in Severity:
            places = [place for place, worst in severities.items() if worst is severity]
            _paint(host, sheet, severity, rectangles(places), shades)
    for (_, words), shade in shades.items():
        host.hide_name(book.names.add(f"{MARK_NAME}{shade}", f'="{words}"'))
    noted = _write_notes(host, book, remarks)
    title = _insert_result_sheet(host, book, judged.receipt, remarks)
    return Marked(title, cells, cells - noted)


def clear(host: Host, book: xlwings.Book) -> bool:
    """Take our marks off: fills as they were, notes, list and hidden names gone. Whether there were any."""
    names = [name for name in book.names if _bare(name).startswith(NAMES)]
    result = _result_sheet(book, names)
    before = {
        _bare(name).removeprefix(MARK_NAME).upper(): str(name.refers_to).removeprefix("=").strip('"')
        for name in names
        if _bare(name).startswith(MARK_NAME)
    }
    notes = 0
    for sheet in book.sheets:
        if result is not None and sheet.name == result.name:
            continue
        if before:
            host.refill(sheet, before)
        notes += _remove_notes(host, sheet)
    for name in names:
        with contextlib.suppress(Exception):  # a name of a deleted sheet goes with it
            name.delete()
    if result is not None and len(book.sheets) > 1:
        alerts = book.app.display_alerts
        book.app.display_alerts = False
        try:
            result.delete()
        finally:
            book.app.display_alerts = alerts
    return bool(names or notes)


def result_sheet(book: xlwings.Book) -> xlwings.Sheet | None:
    """The list of findings in a workbook, or None."""
    return _result_sheet(book, [name for name in book.names if _bare(name) == RESULT_NAME])


def _result_sheet(book: xlwings.Book, names: Iterable[xlwings.main.Name]) -> xlwings.Sheet | None:
    for name in names:
        if _bare(name) == RESULT_NAME:
            area = parse_area(str(name.refers_to))
            if area is not None and area.sheet in book.sheet_names:
                return book.sheets[area.sheet]
    return None


def _bare(name: xlwings.main.Name) -> str:
    return str(name.name).rpartition("!")[2]


def _by_sheet(remarks: Iterable[Remark], titles: Sequence[str]) -> dict[str, list[Remark]]:
    there = {title.casefold(): title for title in titles}
    found: dict[str, list[Remark]] = {}
    for one in remarks:
        title = there.get((one.sheet or "").casefold())
        if title is not None and one.cell is not None:
            found.setdefault(title, []).append(one)
    return found


def _severities(remarks: Iterable[Remark]) -> dict[tuple[int, int], Severity]:
    """The weightiest severity of each cell; errors come first."""
    found: dict[tuple[int, int], Severity] = {}
    for one in remarks:
        place = parse_address(one.cell or "")
        if place is not None:
            found.setdefault(place, one.severity)
    return found


def _paint(
    host: Host,
    sheet: xlwings.Sheet,
    severity: Severity,
    parts: Sequence[Rectangle],
    shades: dict[tuple[Severity, str], str],
) -> None:
    by_shade: dict[str, list[Rectangle]] = {}
    for one, words in _alike(host, sheet, parts):
        shade = _shade(severity, words, shades)
        if shade is not None:
            by_shade.setdefault(shade, []).append(one)
    for shade, together in by_shade.items():
        host.paint(sheet, shade, together)


def _alike(host: Host, sheet: xlwings.Sheet, parts: Sequence[Rectangle]) -> Iterator[tuple[Rectangle, str]]:
    """The rectangles, divided as far as their cells are filled in different ways, each with its fill in words. Left
    out: cells with a fill that could not be given back; their note says it."""
    waiting = list(parts)
    while waiting:
        split: list[Rectangle] = []
        for one, words in zip(waiting, host.fills(sheet, waiting), strict=True):
            if words == MIXED and not one.is_cell:
                split.extend(one.halves())
            elif words is not None and words != MIXED:
                yield one, words
        waiting = split


def _shade(severity: Severity, words: str, shades: dict[tuple[Severity, str], str]) -> str | None:
    known = shades.get((severity, words))
    if known is not None:
        return known
    red, green, blue = FIRST_SHADE[severity]
    index = sum(one is severity for one, _ in shades)
    if index >= SHADES:
        return None
    shade = f"{red:02X}{green + index // 16:02X}{blue + index % 16:02X}"
    shades[severity, words] = shade
    return shade


def _write_notes(host: Host, book: xlwings.Book, remarks: Sequence[Remark]) -> int:
    """Notes on the first cells, behind the clerk's own where there is one; returns on how many."""
    by_cell: dict[tuple[str, str], list[str]] = {}
    for title, on_sheet in _by_sheet(remarks, book.sheet_names).items():
        for one in on_sheet:
            text = f"{severity_word(one.severity)}: {one.title}\n{one.advice}"
            by_cell.setdefault((title, one.cell or ""), []).append(text)
    by_sheet: dict[str, dict[str, str]] = {}
    for (title, cell), texts in list(by_cell.items())[:MOST_NOTES]:
        by_sheet.setdefault(title, {})[cell] = "\n\n".join(texts) + f"\n{SIGNATURE}"
    written = 0
    for title, texts_of in by_sheet.items():
        own = host.notes(book.sheets[title])
        notes = {cell: f"{own[cell]}\n{SEPARATOR}\n{text}" if cell in own else text for cell, text in texts_of.items()}
        written += host.put_notes(book.sheets[title], notes)
    return written


def _remove_notes(host: Host, sheet: xlwings.Sheet) -> int:
    """Take our notes off a sheet, and our part out of the clerk's own."""
    ours = {cell: _own_part(text) for cell, text in host.notes(sheet).items() if SIGNATURE in text}
    return host.put_notes(sheet, ours)


def _own_part(text: str) -> str | None:
    """What the clerk wrote before and behind our note; None where that is nothing."""
    own, separator, _ = text.partition(f"\n{SEPARATOR}\n")
    behind = text.rpartition(SIGNATURE)[2].strip()
    return "\n".join(part for part in (own if separator else "", behind) if part) or None


def _insert_result_sheet(host: Host, book: xlwings.Book, receipt: Receipt, remarks: Sequence[Remark]) -> str:
    """Build the list as a workbook of its own, and have the program copy the sheet: a few calls for any number of rows,
    with real links. Returns its title."""
    app = book.app
    with tempfile.TemporaryDirectory(prefix="sangkien-") as folder:
        file = Path(folder) / "ket-qua-kiem-tra.xlsx"
        file.write_bytes(_result_workbook(receipt, remarks, book.sheet_names))
        source = app.books.open(str(file))
        try:
            source.sheets[0].copy(before=book.sheets[0])
        finally:
            source.close()
    made = book.sheets[0]
    made.show_gridlines = False  # what belongs to a window is not copied
    host.hide_name(book.names.add(RESULT_NAME, f"={_quoted(made.name)}!$A$1"))
    return str(made.name)


def _result_workbook(receipt: Receipt, remarks: Sequence[Remark], titles: Sequence[str]) -> bytes:
    """The list in a workbook whose sheets are called like those that its links lead to, so that they are understood.
    Without hidden names: they would come along as names of the copied sheet."""
    led_to = tuple(title for title in titles if title.casefold() != SHEET_TITLE.casefold())
    listed = mark_file(
        _empty_workbook(led_to),
        (),
        lambda title, dialect, styles: build_result_sheet(receipt, remarks, title, dialect, styles),
    )
    package = EditablePackage(listed)
    WorkbookPart(package).remove_names(NAMES)
    return package.to_bytes()


@lru_cache(maxsize=4)
def _empty_workbook(titles: tuple[str, ...]) -> bytes:
    """In our forms' font, for columns are measured in its letters."""
    held = BytesIO()
    workbook = new_book(held, title=SHEET_TITLE)
    for title in titles or ("Sheet1",):
        workbook.add_worksheet(title)
    workbook.close()
    return held.getvalue()


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"
