"""What stands on the sheets of a master's detail, of any size: read by another library than wrote them.

For the sheets that no form has, and for masters larger than a report may be; runs in a child, as the reader does.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from python_calamine import CalamineWorkbook

from addin.merge.master.read_back import Columns, named_columns

Line = tuple[int, tuple[Any, ...]]
"""Row number, and the values of the sheet's columns in their order; "" or None for a blank cell."""


@dataclass(frozen=True, slots=True)
class DetailSheet:
    """A sheet's name, its columns (field → letters), and its lines in their order: tuples, there may be a million."""

    sheet: str
    columns: Mapping[str, str]
    lines: tuple[Line, ...]


def read_sheets(data: bytes, begin: int = 1) -> list[DetailSheet]:
    """The detail's sheets from number ``begin`` on. Raises UnreadableMaster, and what zipfile and calamine raise."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = named_columns(package.read("xl/workbook.xml"))[begin - 1 :]
    if not parts:
        return []
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found = []
    for columns in parts:
        name = next(iter(columns.values())).sheet
        letters = {field: column.letters for field, column in columns.items()}
        found.append(DetailSheet(name, letters, tuple(_lines(book, columns))))
    return found


def _lines(book: CalamineWorkbook, columns: Columns) -> Iterator[Line]:
    first = next(iter(columns.values()))
    sheet = book.get_sheet_by_name(first.sheet)
    top, left = sheet.start or (0, 0)
    places = [column.number - left for column in columns.values()]
    width = max(places) + 1
    known: dict[Any, Any] = {}  # what many lines hold is held, and sent, once
    for number, line in enumerate(sheet.iter_rows(), top):
        if number >= first.first_row and any(value != "" for value in line):
            cells = [*line, *[""] * (width - len(line))]
            yield number + 1, tuple(known.setdefault(cells[at], cells[at]) if at >= 0 else "" for at in places)
