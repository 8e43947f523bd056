"""Excel for Windows beyond xlwings, through its COM interface.

No test runs it with Excel itself: tests/addin/live checks what it calls, and the Windows checklist the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import xlwings

from addin.live.host import MIXED, Host, colour_of, rgb_of, solid_words
from addin.live.rectangles import Rectangle, references
from addin.returns.fills import NO_FILL

_NONE, _SOLID = -4142, 1  # xlNone, xlSolid
_PART, _BY_ROWS = 2, 1  # xlPart, xlByRows
_BOX_WIDTH, _HIGHEST_BOX, _LINE_HEIGHT, _CHARACTERS_PER_LINE = 240, 300, 13, 44  # points, in Excel's Tahoma 9


class ExcelForWindows(Host):
    """Excel behind COM."""

    def protected_view(self, app: xlwings.App) -> bool:
        """Excel has then a window, but no workbook."""
        return app.api.ActiveProtectedViewWindow is not None

    def read_only(self, book: xlwings.Book) -> bool:
        """As its title bar says."""
        return bool(book.api.ReadOnly)

    def has_changes(self, book: xlwings.Book) -> bool:
        """Excel would ask whether to save."""
        return not book.api.Saved

    def location(self, book: xlwings.Book) -> str | None:
        """Asked of Excel itself: xlwings looks for the local twin of a OneDrive address, and fails without one."""
        return str(book.api.FullName) if book.api.Path else None

    def protected(self, sheet: xlwings.Sheet) -> bool:
        """Whether contents or formats are locked."""
        return bool(sheet.api.ProtectContents)

    def structure_protected(self, book: xlwings.Book) -> bool:
        """Whether sheets are locked."""
        return bool(book.api.ProtectStructure)

    def save_copy(self, book: xlwings.Book, path: Path) -> bool:
        """In the workbook's own format, unsaved changes included. Raises OSError."""
        try:
            book.api.SaveCopyAs(str(path))
        except Exception as problem:  # pywintypes.com_error, which is no OSError
            raise OSError(str(problem)) from problem
        return True

    def fills(self, sheet: xlwings.Sheet, parts: Iterable[Rectangle]) -> list[str | None]:
        """First asked of many areas at once: most have no fill."""
        found: list[str | None] = []
        for reference, areas in references(parts):
            words = _words(sheet.range(reference).api.Interior)
            if words == MIXED and len(areas) > 1:
                found.extend(_words(sheet.range(one.address).api.Interior) for one in areas)
            else:
                found.extend([words] * len(areas))
        return found

    def paint(self, sheet: xlwings.Sheet, colour: str, parts: Iterable[Rectangle]) -> None:
        """Many areas with one call."""
        for reference, _ in references(parts):
            sheet.range(reference).color = rgb_of(colour)

    def refill(self, sheet: xlwings.Sheet, before: Mapping[str, str]) -> None:
        """Excel's own replacing of formats: one call for each colour, however many cells have it."""
        app = sheet.book.app.api
        alerts, app.DisplayAlerts = app.DisplayAlerts, False  # it would say that nothing was found
        try:
            for colour, words in before.items():
                app.FindFormat.Clear()
                app.ReplaceFormat.Clear()
                app.FindFormat.Interior.Color = _bgr(colour)
                _fill(app.ReplaceFormat.Interior, words)
                sheet.api.Cells.Replace(
                    What="", Replacement="", LookAt=_PART, SearchOrder=_BY_ROWS, MatchCase=False,
                    SearchFormat=True, ReplaceFormat=True,
                )  # fmt: skip
        finally:
            app.FindFormat.Clear()
            app.ReplaceFormat.Clear()
            app.DisplayAlerts = alerts

    def _put_note(self, cell: xlwings.Range, text: str | None) -> None:
        super()._put_note(cell, text)
        if text is None:
            return
        # Excel's own box holds four lines.
        box = cell.api.Comment.Shape
        lines = sum(1 + len(line) // _CHARACTERS_PER_LINE for line in text.split("\n"))
        box.Width, box.Height = _BOX_WIDTH, min(_HIGHEST_BOX, 8 + lines * _LINE_HEIGHT)

    def show_note(self, cell: xlwings.Range, *, shown: bool) -> None:
        """The note stays in sight until the clerk goes on."""
        note = cell.api.Comment
        if note is not None:
            note.Visible = shown

    def hide_name(self, name: xlwings.main.Name) -> None:
        """Not in the name manager."""
        name.api.Visible = False


def _words(interior: Any) -> str | None:
    pattern = interior.Pattern
    if pattern is None:
        return MIXED
    if pattern == _NONE:
        return NO_FILL
    if pattern != _SOLID:
        return None
    colour = interior.Color
    if colour is None:
        return MIXED
    theme, tint = interior.ThemeColor, interior.TintAndShade
    if isinstance(theme, int | float) and theme > 0:
        return f"solid|theme={int(theme) - 1},tint={tint or 0}|indexed=64"
    number = int(colour)
    return solid_words((number & 255, number >> 8 & 255, number >> 16 & 255))


def _fill(interior: Any, words: str) -> None:
    colour = colour_of(words)
    theme = words.partition("theme=")[2].partition("|")[0].partition(",tint=")
    if colour is not None:
        interior.Color = colour[0] | colour[1] << 8 | colour[2] << 16
    elif theme[0].isdigit():
        interior.Pattern = _SOLID
        interior.ThemeColor = int(theme[0]) + 1
        interior.TintAndShade = float(theme[2] or 0)
    else:
        interior.Pattern = _NONE


def _bgr(colour: str) -> int:
    red, green, blue = rgb_of(colour)
    return red | green << 8 | blue << 16
