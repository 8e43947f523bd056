"""Sheets of a workbook and what belongs to a whole sheet."""

from __future__ import annotations

from typing import Any

from .failures import RequestError
from .protection import require_unprotected
from .session import At, Session
from .verbs import verb


@verb("sheets.list")
def listed(session: Session, book: str) -> list[list[Any]]:
    """[number, name] of every sheet, in order."""
    document = session.book(book)
    sheets = document.Sheets
    return [
        [session.sheet_number(document, sheet), sheet.Name]
        for sheet in (sheets.getByIndex(index) for index in range(sheets.Count))
    ]


@verb("sheets.find")
def find(session: Session, book: str, key: int | str) -> int:
    """The number of the sheet of a name (in any case) or position (from 1); RequestError("missing")."""
    document = session.book(book)
    sheets = document.Sheets
    if isinstance(key, int):
        if not 1 <= key <= sheets.Count:
            raise RequestError("missing", f"no sheet {key}")
        return session.sheet_number(document, sheets.getByIndex(key - 1))
    if sheets.hasByName(key):
        return session.sheet_number(document, sheets.getByName(key))
    for name in sheets.ElementNames:
        if name.lower() == key.lower():
            return session.sheet_number(document, sheets.getByName(name))
    raise RequestError("missing", f"no sheet named {key!r}")


@verb("sheets.add")
def add(session: Session, book: str, position: int | None = None, name: str | None = None) -> int:
    """A new sheet at a position (from 0; None: before the active one, as in Excel)."""
    document = session.book(book)
    sheets = document.Sheets
    if position is None:
        position = document.CurrentController.ActiveSheet.RangeAddress.Sheet
    if name is None:
        taken = {existing.lower() for existing in sheets.ElementNames}
        name = next(n for n in (f"Sheet{i}" for i in range(1, len(taken) + 2)) if n.lower() not in taken)
    sheets.insertNewByName(name, position)
    sheet = sheets.getByName(name)
    document.CurrentController.setActiveSheet(sheet)
    return session.sheet_number(document, sheet)


@verb("sheets.active")
def active(session: Session, book: str) -> int:
    """The sheet in front."""
    document = session.book(book)
    return session.sheet_number(document, document.CurrentController.ActiveSheet)


@verb("sheet.activate")
def activate(session: Session, sheet: int) -> None:
    """Bring a sheet to the front of its workbook."""
    session.book_of(sheet).CurrentController.setActiveSheet(session.sheet(sheet))


@verb("sheet.facts")
def facts(session: Session, sheet: int) -> dict[str, Any]:
    """Name, position from 1, visibility."""
    found = session.sheet(sheet)
    return {"name": found.Name, "index": found.RangeAddress.Sheet + 1, "visible": bool(found.IsVisible)}


@verb("sheet.rename")
def rename(session: Session, sheet: int, name: str) -> None:
    """Rename; RequestError("value") where the name is taken."""
    found = session.sheet(sheet)
    if name != found.Name and name.lower() in {n.lower() for n in session.book_of(sheet).Sheets.ElementNames} - {
        found.Name.lower()
    }:
        raise RequestError("value", f"a sheet named {name!r} is there already")
    found.Name = name


@verb("sheet.set_visible")
def set_visible(session: Session, sheet: int, visible: bool) -> None:
    """Show or hide; RequestError("refused") for the last visible sheet."""
    session.sheet(sheet).IsVisible = visible
    if bool(session.sheet(sheet).IsVisible) != visible:
        raise RequestError("refused", "a workbook must show at least one sheet")


@verb("sheet.delete")
def delete(session: Session, sheet: int) -> None:
    """Delete; RequestError("refused") for the last sheet."""
    sheets = session.book_of(sheet).Sheets
    if sheets.Count == 1:
        raise RequestError("refused", "a workbook must keep at least one sheet")
    name = session.sheet(sheet).Name
    session.drop_sheet(sheet)
    sheets.removeByName(name)


@verb("sheet.move")
def move(session: Session, sheet: int, position: int) -> None:
    """Move within the workbook, before the sheet that now stands at a position (from 0)."""
    session.book_of(sheet).Sheets.moveByName(session.sheet(sheet).Name, position)


@verb("sheet.copy")
def copy(session: Session, sheet: int, book: str, position: int) -> int:
    """Copy into the same or another workbook; the copy's number. Named as Excel does: "Name (2)"."""
    source, target = session.book_of(sheet), session.book(book)
    original = session.sheet(sheet).Name
    taken = {name.lower() for name in target.Sheets.ElementNames}
    copied = original
    count = 2
    while copied.lower() in taken:
        tail = f" ({count})"
        copied, count = original[: 31 - len(tail)] + tail, count + 1
    if source.RuntimeUID == target.RuntimeUID:
        target.Sheets.copyByName(original, copied, position)
        made = target.Sheets.getByName(copied)
    else:
        made = target.Sheets.getByIndex(target.Sheets.importSheet(source, original, position))
        made.Name = copied
    target.CurrentController.setActiveSheet(made)
    return session.sheet_number(target, made)


@verb("sheet.used")
def used(session: Session, sheet: int) -> list[int]:
    """Bottom and right of the used area (from 0), and its top and left."""
    found = session.sheet(sheet)
    cursor = found.createCursor()
    cursor.gotoStartOfUsedArea(False)
    start = cursor.RangeAddress
    cursor.gotoEndOfUsedArea(True)
    end = cursor.RangeAddress
    return [start.StartRow, start.StartColumn, end.EndRow, end.EndColumn]


@verb("sheet.size")
def size(session: Session, sheet: int) -> list[int]:
    """Rows and columns a sheet has in this office."""
    address = session.sheet(sheet).RangeAddress
    return [address.EndRow + 1, address.EndColumn + 1]


@verb("sheet.freeze")
def freeze(session: Session, sheet: int, rows: int, columns: int) -> None:
    """Freeze rows and columns; 0 and 0 unfreeze."""
    with_active(session, sheet, lambda controller: controller.freezeAtPosition(columns, rows))


@verb("sheet.gridlines")
def gridlines(session: Session, sheet: int) -> bool:
    """Whether grid lines show."""
    return bool(with_active(session, sheet, lambda controller: controller.ShowGrid))


@verb("sheet.set_gridlines")
def set_gridlines(session: Session, sheet: int, shown: bool) -> None:
    """Show or hide grid lines."""
    with_active(session, sheet, lambda controller: setattr(controller, "ShowGrid", shown))


def with_active(session: Session, sheet: int, action: Any) -> Any:
    """Do something that the office only does to the sheet in front, then put the earlier one in front again."""
    controller = session.book_of(sheet).CurrentController
    before, wanted = controller.ActiveSheet, session.sheet(sheet)
    controller.setActiveSheet(wanted)
    try:
        return action(controller)
    finally:
        if before.Name != wanted.Name:
            controller.setActiveSheet(before)


@verb("sheet.print_area")
def print_area(session: Session, sheet: int) -> list[list[int]]:
    """The print areas: top, left, bottom, right."""
    return [[a.StartRow, a.StartColumn, a.EndRow, a.EndColumn] for a in session.sheet(sheet).PrintAreas]


@verb("sheet.set_print_area")
def set_print_area(session: Session, sheet: int, at: At | None) -> None:
    """Set the print area; None clears it."""
    require_unprotected(session.sheet(sheet))
    session.sheet(sheet).setPrintAreas(() if at is None else (session.range(at).RangeAddress,))


@verb("sheet.book")
def book_of(session: Session, sheet: int) -> str:
    """The number of the workbook that a sheet is in."""
    return str(session.book_of(sheet).RuntimeUID)
