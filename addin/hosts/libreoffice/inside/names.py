"""Defined names of a workbook and of its sheets."""

from __future__ import annotations

from typing import Any

from .failures import RequestError
from .formulas import compiler
from .session import Session, struct
from .verbs import verb

BUILT_IN = "_xlnm."
"""Names under which the office keeps print areas and filters of Excel files."""


def scopes(session: Session, book: str) -> list[tuple[int | None, Any]]:
    """(sheet number or None, names) of a workbook: its own, then each sheet's."""
    document = session.book(book)
    sheets = [document.Sheets.getByIndex(index) for index in range(document.Sheets.Count)]
    return [(None, document.NamedRanges), *((session.sheet_number(document, s), s.NamedRanges) for s in sheets)]


def container(session: Session, book: str, sheet: int | None) -> Any:
    """The names of one scope."""
    return session.book(book).NamedRanges if sheet is None else session.sheet(sheet).NamedRanges


def entry(session: Session, book: str, sheet: int | None, name: str) -> Any:
    """One name; RequestError("missing")."""
    names = container(session, book, sheet)
    if names.hasByName(name):
        return names.getByName(name)
    for known in names.ElementNames:
        if known.lower() == name.lower():
            return names.getByName(known)
    raise RequestError("missing", f"no name {name!r}")


def origin(session: Session, sheet: int | None) -> Any:
    """The cell from which a name's relative addresses count."""
    number = 0 if sheet is None else session.sheet(sheet).RangeAddress.Sheet
    return struct("table.CellAddress", number, 0, 0)


@verb("names.list")
def listed(session: Session, book: str) -> list[list[Any]]:
    """[sheet number or null, sheet name or null, name] of every name, by name, a workbook's own before a sheet's."""
    found = []
    for sheet, names in scopes(session, book):
        scope = None if sheet is None else session.sheet(sheet).Name
        found += [[sheet, scope, name] for name in names.ElementNames if not name.startswith(BUILT_IN)]
    return sorted(found, key=lambda item: (item[2].lower(), item[0] is not None, item[0] or 0))


@verb("names.add")
def add(session: Session, book: str, name: str, refers_to: str, sheet: int | None = None) -> None:
    """Define a name, or let an existing one mean something else."""
    names = container(session, book, sheet)
    for known in names.ElementNames:
        if known.lower() == name.lower():
            name = known
            break
    else:
        try:
            names.addNewByName(name, "", origin(session, sheet), 0)
        except Exception as error:
            raise RequestError("value", f"no good name: {name!r}") from error
        if not names.hasByName(name):
            raise RequestError("value", f"no good name: {name!r}")
    set_refers_to(session, book, name, refers_to, sheet)


@verb("names.refers_to")
def refers_to(session: Session, book: str, name: str, sheet: int | None = None) -> str:
    """What a name stands for, as Excel writes it."""
    found = entry(session, book, sheet, name)
    return compiler(session, session.book(book)).text(found.getTokens(), found.ReferencePosition)


@verb("names.set_refers_to")
def set_refers_to(session: Session, book: str, name: str, refers_to: str, sheet: int | None = None) -> None:
    """Let a name stand for something else."""
    found = entry(session, book, sheet, name)
    found.setTokens(compiler(session, session.book(book)).tokens(refers_to, found.ReferencePosition))


@verb("names.rename")
def rename(session: Session, book: str, name: str, to: str, sheet: int | None = None) -> None:
    """Rename."""
    entry(session, book, sheet, name).Name = to


@verb("names.delete")
def delete(session: Session, book: str, name: str, sheet: int | None = None) -> None:
    """Delete."""
    container(session, book, sheet).removeByName(entry(session, book, sheet, name).Name)


@verb("names.range")
def cells_of(session: Session, book: str, name: str, sheet: int | None = None) -> list[int] | None:
    """The block a name stands for, with its sheet's number; null where it stands for something else."""
    document = session.book(book)
    cells = entry(session, book, sheet, name).getReferredCells()
    if cells is None:
        return None
    a = cells.RangeAddress
    number = session.sheet_number(document, document.Sheets.getByIndex(a.Sheet))
    return [number, a.StartRow, a.StartColumn, a.EndRow, a.EndColumn]
