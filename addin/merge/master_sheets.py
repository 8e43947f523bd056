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

Line = tuple[int, Mapping[str, Any]]
"""Row number, and value by field; blank cells are left out."""


@dataclass(frozen=True, slots=True)
class DetailSheet:
    """A sheet's name, its columns (field → letters), and its lines, in their order."""

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
    places = [(field, column.number - left) for field, column in columns.items() if column.number >= left]
    for number, line in enumerate(sheet.iter_rows(), top):
        if number >= first.first_row:
            values = {field: line[at] for field, at in places if at < len(line) and line[at] != ""}
            if values or any(value != "" for value in line):
                yield number + 1, values
