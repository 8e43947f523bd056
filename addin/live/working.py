"""While a button works: the screen stands still, the status bar says why, and afterwards all is as it was."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import xlwings


@dataclass(frozen=True, slots=True)
class Place:
    """What is selected, by name: it is found again though a sheet was replaced by one of the same name."""

    sheet: str
    address: str | None


@contextlib.contextmanager
def at_work(app: xlwings.App, text: str, book: xlwings.Book | None = None) -> Iterator[None]:
    """Show ``text`` in the status bar and keep the screen still. Whatever happens, the screen is drawn again, the bar
    is given back, and in ``book`` the same cells are selected as before."""
    place = selected(book) if book is not None else None
    drawing, calculating = app.screen_updating, app.calculation
    app.status_bar = text
    app.screen_updating = False
    try:
        app.calculation = "manual"  # else the forms' formulas are calculated anew after every single change
        yield
    finally:
        _try(lambda: setattr(app, "calculation", calculating))
        if book is not None and place is not None:
            _try(lambda: select(book, place))
        _try(lambda: setattr(app, "screen_updating", drawing))
        _try(lambda: setattr(app, "status_bar", False))


def selected(book: xlwings.Book) -> Place:
    """The sheet in front and the cells selected on it; no address where something else is, such as a picture."""
    sheet: str = book.sheets.active.name
    try:
        chosen = book.app.selection
        if chosen is None or chosen.sheet.book != book or chosen.sheet.name != sheet:
            return Place(sheet, None)
        return Place(sheet, chosen.address)
    except Exception:  # a chart or a shape: each program says so by another error
        return Place(sheet, None)


def select(book: xlwings.Book, place: Place) -> None:
    """Select cells, if their sheet is there."""
    if place.sheet not in book.sheet_names:
        return
    sheet = book.sheets[place.sheet]
    sheet.activate()
    if place.address is not None:
        sheet.range(place.address).select()


def _try(step: Callable[[], None]) -> None:
    with contextlib.suppress(Exception):  # the workbook may be closed, the program gone
        step()
