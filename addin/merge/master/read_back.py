"""Read a written master with another library and count it: the proof that the save holds what was meant.

Nothing of the writing side is used but the name contract: the columns are found by ``row_<field>``.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook

from addin.errors import ConservationBroken
from addin.merge.master.counts import MasterCounts

_AREA = re.compile(r"'((?:[^']|'')+)'!\$([A-Z]{1,3})\$(\d+)(?::\$\2\$(\d+))?")
_NAME = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}definedName"


class UnreadableMaster(ConservationBroken):
    """The file is no master, or not the whole of one: nothing is proved. ``problem`` says what was found."""

    def __init__(self, problem: str) -> None:
        super().__init__("conservation", problem=problem)


@dataclass(frozen=True, slots=True)
class _Column:
    sheet: str
    number: int
    first_row: int


def read_back(path: Path) -> MasterCounts:
    """Rows and money of the detail sheet of the master at ``path``. Rows below the named body are counted too.

    Raises UnreadableMaster.
    """
    try:
        columns = _columns(path)
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_name(columns["total_support"].sheet)
        start = sheet.start or (0, 0)
        if start[1]:
            raise UnreadableMaster(f"{path.name}: the first column is empty")
        return _count(_lines(sheet.iter_rows(), start[0], columns), columns)
    except (OSError, zipfile.BadZipFile, ElementTree.ParseError, CalamineError, KeyError) as problem:
        raise UnreadableMaster(f"{path.name}: {problem}") from problem


def _columns(path: Path) -> dict[str, _Column]:
    with zipfile.ZipFile(path) as package:
        root = ElementTree.fromstring(package.read("xl/workbook.xml"))
    columns = {}
    for name in root.iter(_NAME):
        title, area = name.get("name", ""), _AREA.fullmatch(name.text or "")
        if title.startswith("row_") and area is not None:
            columns[title.removeprefix("row_")] = _Column(
                area[1].replace("''", "'"), _number(area[2]), int(area[3]) - 1
            )
    if len({(column.sheet, column.first_row) for column in columns.values()}) != 1:
        raise UnreadableMaster(f"{path.name}: the row_ names do not form one list")
    return columns


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _lines(lines: Iterable[Sequence[object]], top: int, columns: dict[str, _Column]) -> Iterator[Sequence[object]]:
    """The lines with anything on them from the first row of the body to the end of the sheet; ``top`` is the first
    line's row."""
    first = next(iter(columns.values())).first_row
    for line in islice(lines, first - top, None):
        if any(value not in ("", None) for value in line):
            yield line


def _count(lines: Iterator[Sequence[object]], columns: dict[str, _Column]) -> MasterCounts:
    upper_column, total_column = columns["upper_support"].number, columns["total_support"].number
    rows = upper = total = 0
    for line in lines:
        rows += 1
        upper += _money(line, upper_column)
        total += _money(line, total_column)
    return MasterCounts(rows, upper, total - upper)


def _money(line: Sequence[object], column: int) -> int:
    value = line[column] if column < len(line) else None
    if not isinstance(value, int | float) or value != int(value):
        raise UnreadableMaster(f"{value!r} is no amount")
    return int(value)
