"""Reading what was entered in a master: the task of a reading child, since anyone may have saved the file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from addin.decisions.entries import ACCEPT, COLUMNS, KEY, MUST_MEND, NAME, REASON, Entry, Listed, column_name
from addin.intake.book import Book, SheetCells
from addin.intake.guard import open_package
from addin.intake.names import Area, WorkbookNames, column_number, read_names

LONGEST = 500
"""Characters of a reason or a name that are kept."""


def read_entries(data: bytes) -> tuple[Entry, ...]:
    """Every line in which something is entered; none in a workbook without such columns. Raises Refusal."""
    package = open_package(data)
    names = read_names(package)
    places = {listed: areas for listed in Listed if (areas := _areas(names, listed))}
    if not places:
        return ()
    book = Book(package, names)
    try:
        return tuple(
            entry
            for listed, areas in places.items()
            if names.sheet(areas[ACCEPT].sheet) is not None
            for entry in _entries(book.sheet(areas[ACCEPT].sheet), listed, areas)
        )
    finally:
        book.close()


def _areas(names: WorkbookNames, listed: Listed) -> dict[str, Area]:
    """The list's columns that are there; none where the one that decides is not."""
    found = {column: names.areas.get(column_name(listed, column)) for column in COLUMNS}
    areas = {column: area for column, area in found.items() if area is not None and area.row is not None}
    return areas if ACCEPT in areas else {}


def _entries(cells: SheetCells, listed: Listed, areas: dict[str, Area]) -> Iterator[Entry]:
    columns = {column: column_number(area.column) for column, area in areas.items()}
    accept = areas[ACCEPT]
    for number in range(accept.row or 1, len(cells.grid) + 1):
        texts = {column: _text(cells.stored(number, place)) for column, place in columns.items()}
        word, reason, name = texts[ACCEPT], texts.get(REASON, ""), texts.get(NAME, "")
        key = texts.get(KEY, "")
        if listed is Listed.LEFT and not key:
            continue  # the list's other lines are decisions that were made
        if word == MUST_MEND and not reason and not name:
            continue
        if word or reason or name:
            yield Entry(listed, cells.title, f"{accept.column}{number}", key, word, reason, name)


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFC", " ".join(str(value).split()))
    return "".join(sign for sign in text if sign.isprintable())
