"""Read a written master again and count it: the proof that the save holds what was meant.

Nothing of the writing side is used but the name contract: the columns are found by ``row_<field>``, on further sheets
by ``row2_<field>`` and so on. As we write it, a list is counted in its bytes; of any other shape, by another library.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook

from addin.errors import ConservationBroken
from addin.merge.master.counts import MasterCounts
from addin.merge.master.streamed import counted

_AREA = re.compile(r"'((?:[^']|'')+)'!\$([A-Z]{1,3})\$(\d+)(?::\$\2\$(\d+))?")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ROW_NAME = re.compile(r"row(\d*)_(\w+)")


class UnreadableMaster(ConservationBroken):
    """The file is no master, or not the whole of one: nothing is proved. ``problem`` says what was found."""

    def __init__(self, problem: str) -> None:
        super().__init__("conservation", problem=problem)


@dataclass(frozen=True, slots=True)
class _Column:
    sheet: str
    letters: str
    first_row: int

    @property
    def number(self) -> int:
        """From 0 on."""
        return _number(self.letters)


Columns = Mapping[str, _Column]
"""Where a list stands: field → its column."""


def read_back(path: Path) -> MasterCounts:
    """Rows and money of the detail of the master at ``path``, over all its sheets. Rows below the named bodies are
    counted too.

    Raises UnreadableMaster.
    """
    try:
        with zipfile.ZipFile(path) as package:
            workbook = ElementTree.fromstring(package.read("xl/workbook.xml"))
            found = [_of_sheet(path, package, workbook, columns) for columns in _sheets(workbook)]
    except (OSError, zipfile.BadZipFile, zlib.error, ElementTree.ParseError, CalamineError, KeyError) as problem:
        raise UnreadableMaster(f"{path.name}: {problem}") from problem
    return MasterCounts(
        sum(one.accepted_rows for one in found),
        sum(one.upper_support for one in found),
        sum(one.base_support for one in found),
    )


def _of_sheet(path: Path, package: zipfile.ZipFile, workbook: ElementTree.Element, columns: Columns) -> MasterCounts:
    upper, total = columns["upper_support"], columns["total_support"]
    part = _part(package, workbook, total.sheet)
    plain = counted(package, part, total.first_row, upper.letters, total.letters)
    if plain is not None:
        return plain
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_name(total.sheet)
    start = sheet.start or (0, 0)
    if start[1]:
        raise UnreadableMaster(f"{path.name}: the first column is empty")
    return _count(_lines(sheet.iter_rows(), start[0], columns), columns)


def named_columns(workbook: bytes) -> list[Columns]:
    """The columns of each sheet that holds a part of the detail, in their order. Raises UnreadableMaster."""
    try:
        return _sheets(ElementTree.fromstring(workbook))
    except ElementTree.ParseError as problem:
        raise UnreadableMaster(f"xl/workbook.xml: {problem}") from problem


def _sheets(workbook: ElementTree.Element) -> list[Columns]:
    sheets: dict[int, dict[str, _Column]] = {}
    for name in workbook.iter(f"{_MAIN}definedName"):
        title, area = _ROW_NAME.fullmatch(name.get("name", "")), _AREA.fullmatch(name.text or "")
        if title is not None and area is not None:
            column = _Column(area[1].replace("''", "'"), area[2], int(area[3]) - 1)
            sheets.setdefault(int(title[1] or 1), {})[title[2]] = column
    if not sheets or sorted(sheets) != list(range(1, len(sheets) + 1)):
        raise UnreadableMaster("no list is named")
    for columns in sheets.values():
        if len({(column.sheet, column.first_row) for column in columns.values()}) != 1:
            raise UnreadableMaster("the row_ names do not form one list")
    return [sheets[number] for number in sorted(sheets)]


def _part(package: zipfile.ZipFile, workbook: ElementTree.Element, title: str) -> str:
    """Where in the package a sheet lies. Raises KeyError."""
    ids = {sheet.get("name"): sheet.get(_RELATION) for sheet in workbook.iter(f"{_MAIN}sheet")}
    relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    return posixpath.normpath(posixpath.join("xl", targets[ids[title]])).lstrip("/")


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _lines(lines: Iterable[Sequence[object]], top: int, columns: Columns) -> Iterator[Sequence[object]]:
    """The lines with anything on them from the first row of the body to the end of the sheet; ``top`` is the first
    line's row."""
    first = next(iter(columns.values())).first_row
    for line in islice(lines, first - top, None):
        if any(value not in ("", None) for value in line):
            yield line


def _count(lines: Iterator[Sequence[object]], columns: Columns) -> MasterCounts:
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
