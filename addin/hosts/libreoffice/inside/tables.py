"""Tables: what Excel calls a table, the office keeps as a database range with a header row."""

from __future__ import annotations

from typing import Any

from .failures import RequestError
from .session import At, Session
from .verbs import verb


def entry(session: Session, book: str, name: str) -> Any:
    """One table; RequestError("missing")."""
    ranges = session.book(book).DatabaseRanges
    if not ranges.hasByName(name):
        raise RequestError("missing", f"no table {name!r}")
    return ranges.getByName(name)


@verb("tables.list")
def listed(session: Session, sheet: int) -> list[str]:
    """The names of the tables of a sheet."""
    ranges = session.book_of(sheet).DatabaseRanges
    index = session.sheet(sheet).RangeAddress.Sheet
    names = [name for name in ranges.ElementNames if not name.startswith("__")]
    return [name for name in names if ranges.getByName(name).DataArea.Sheet == index]


@verb("tables.add")
def add(session: Session, at: At, name: str | None, has_headers: bool) -> str:
    """Make a table of a block, with filter buttons; its name."""
    document = session.book_of(at[0])
    ranges = document.DatabaseRanges
    taken = {known.lower() for known in ranges.ElementNames}
    if name is None:
        name = next(n for n in (f"Table{i}" for i in range(1, len(taken) + 2)) if n.lower() not in taken)
    if name.lower() in taken:
        raise RequestError("value", f"a table named {name!r} is there already")
    ranges.addNewByName(name, session.range(at).RangeAddress)
    made = ranges.getByName(name)
    made.ContainsHeader = has_headers
    made.AutoFilter = has_headers
    return name


@verb("tables.facts")
def facts(session: Session, book: str, name: str) -> dict[str, Any]:
    """Where a table stands and which parts it has."""
    document = session.book(book)
    found = entry(session, book, name)
    a = found.DataArea
    number = session.sheet_number(document, document.Sheets.getByIndex(a.Sheet))
    return {
        "at": [number, a.StartRow, a.StartColumn, a.EndRow, a.EndColumn],
        "headers": bool(found.ContainsHeader),
        "filter": bool(found.AutoFilter),
        "totals": bool(found.TotalsRow),
    }


@verb("tables.set")
def put(session: Session, book: str, name: str, values: dict[str, bool]) -> None:
    """Set ContainsHeader, AutoFilter or TotalsRow."""
    found = entry(session, book, name)
    for member, value in values.items():
        setattr(found, member, value)


@verb("tables.rename")
def rename(session: Session, book: str, name: str, to: str) -> None:
    """Rename."""
    entry(session, book, name).Name = to


@verb("tables.resize")
def resize(session: Session, book: str, name: str, at: At) -> None:
    """Let a table stand elsewhere."""
    entry(session, book, name).setDataArea(session.range(at).RangeAddress)


@verb("tables.delete")
def delete(session: Session, book: str, name: str) -> None:
    """Make a table a plain block again; the contents stay."""
    session.book(book).DatabaseRanges.removeByName(name)
