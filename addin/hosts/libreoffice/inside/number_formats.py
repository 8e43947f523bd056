"""Number formats: what kind of value a cell shows, because the office stores dates and booleans as plain numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .protection import require_formatting
from .session import At, Session, enum, struct
from .verbs import verb

ENGLISH = ("en", "US", "")
"""Format codes travel as Excel writes them: in US English."""

DATE, BOOLEAN, TEXT = 2, 1024, 256
"""Bits of com.sun.star.util.NumberFormat."""

GENERAL = 0

Kind = str
"""`date`, `boolean`, `text`, `general` (no format of its own) or `number`."""


def kind(session: Session, document: Any, key: int) -> Kind:
    """What the format with that key shows."""
    kinds = session.cached(document, "format kinds", dict)
    if key not in kinds:
        kinds[key] = _kind(document.NumberFormats.getByKey(key))
    return str(kinds[key])


def _kind(described: Any) -> Kind:
    bits = described.Type
    if bits & DATE:
        return "date"
    if bits & BOOLEAN:
        return "boolean"
    if bits == TEXT:
        return "text"
    return "general" if described.FormatString.lower() in ("general", "standard") else "number"


def key_of(session: Session, document: Any, code: str) -> int:
    """The key of a format code, made where the workbook does not know it yet."""
    keys = session.cached(document, "format keys", dict)
    if code not in keys:
        english = struct("lang.Locale", *ENGLISH)
        formats = document.NumberFormats
        key = formats.queryKey(code, english, False)
        keys[code] = formats.addNew(code, english) if key == -1 else key
    return int(keys[code])


def blocks_by_format(cells: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield (format key, cell addresses) over a range; one pair with no addresses where all cells share one format."""
    if cells.getPropertyState("NumberFormat") != enum("beans.PropertyState", "AMBIGUOUS_VALUE"):
        yield cells.NumberFormat, ()
        return
    groups = cells.getUniqueCellFormatRanges()
    for index in range(groups.Count):
        group = groups.getByIndex(index)
        yield group.NumberFormat, group.getRangeAddresses()


def blocks_by_kind(session: Session, document: Any, cells: Any) -> dict[Kind, list[list[int]]]:
    """Blocks (top, left, bottom, right, from the range's own corner) by the kind of value their cells show."""
    corner = cells.RangeAddress
    found: dict[Kind, list[list[int]]] = {}
    for key, addresses in blocks_by_format(cells):
        blocks = found.setdefault(kind(session, document, key), [])
        for a in addresses or (corner,):
            blocks.append(
                [
                    a.StartRow - corner.StartRow,
                    a.StartColumn - corner.StartColumn,
                    a.EndRow - corner.StartRow,
                    a.EndColumn - corner.StartColumn,
                ]
            )
    return found


def format_blocks(document: Any, cells: Any, blocks: list[list[int]], key: int) -> None:
    """Give blocks of a range (from its own corner) a format, in one step."""
    if not blocks:
        return
    corner = cells.RangeAddress
    together = document.createInstance("com.sun.star.sheet.SheetCellRanges")
    addresses = tuple(
        struct(
            "table.CellRangeAddress",
            corner.Sheet,
            corner.StartColumn + left,
            corner.StartRow + top,
            corner.StartColumn + right,
            corner.StartRow + bottom,
        )
        for top, left, bottom, right in blocks
    )
    together.addRangeAddresses(addresses, False)
    together.NumberFormat = key


@verb("format.number")
def number_format(session: Session, at: At) -> str | None:
    """The format code of a block as the office spells it; None where its cells differ."""
    cells = session.range(at)
    pairs = list(blocks_by_format(cells))
    if len(pairs) != 1:
        return None
    document = session.book_of(at[0])
    if kind(session, document, pairs[0][0]) == "general":
        return "General"
    return str(document.NumberFormats.getByKey(pairs[0][0]).FormatString)


@verb("format.set_number")
def set_number_format(session: Session, at: At, code: str) -> None:
    """Give a block a format code."""
    require_formatting(session, at)
    document = session.book_of(at[0])
    session.range(at).NumberFormat = GENERAL if code == "General" else key_of(session, document, code)
