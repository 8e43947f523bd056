"""What a workbook says about itself: its sheets, and the defined names by which everything in our forms is found."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from xml.etree.ElementTree import Element

from addin.intake.guard import Package
from addin.intake.markup import MAX_TREE, Attributes, local, named, tree
from addin.intake.recurring import once_for_equal_bytes
from addin.intake.refusals import refuse

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
LAST_COLUMN = 16_384
LAST_ROW = 1_048_576

_PREFIXES = ("cover_", "row_", "meta_", "unit_", "decide_")
_AREA = re.compile(
    r"(?P<sheet>'(?:[^']|'')+'|[^'!\[\]\s,]+)!"
    r"\$?(?P<column>[A-Z]{1,3})(?:\$?(?P<row>[1-9][0-9]{0,6}))?"
    r"(?::\$?(?P<last>[A-Z]{1,3})(?:\$?[1-9][0-9]{0,6})?)?"
)
_ROWS_AREA = re.compile(r"(?P<sheet>'(?:[^']|'')+'|[^'!\[\]\s,]+)!\$?(?P<row>[1-9][0-9]{0,6}):\$?[1-9][0-9]{0,6}")
_CONSTANT = re.compile(r'"(?P<text>[^"]*)"|(?P<number>\d{1,9})')


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the workbook; ``part`` is its XML part, in lower case, or None where there is none."""

    title: str
    hidden: bool
    part: str | None


@dataclass(frozen=True, slots=True)
class Area:
    """The first cell of what a defined name refers to. ``column`` is letters; ``row`` is None for whole columns."""

    sheet: str
    column: str
    row: int | None


@dataclass(frozen=True, slots=True, eq=False)
class WorkbookNames:
    """``areas`` and ``constants`` hold the workbook-level names of our forms, by name in lower case; a name that
    refers to nothing any more (``#REF!``) is in neither. ``copies`` are sheets with a ``row_*`` name of their own: a
    spreadsheet program gives a copied list sheet such names."""

    sheets: tuple[Sheet, ...]
    areas: Mapping[str, Area]
    constants: Mapping[str, str]
    copies: tuple[str, ...]
    date1904: bool

    def sheet(self, title: str) -> Sheet | None:
        """The sheet of that title, compared as Excel does."""
        for sheet in self.sheets:
            if sheet.title == title:
                return sheet
        folded = title.casefold()
        return next((sheet for sheet in self.sheets if sheet.title.casefold() == folded), None)


@lru_cache(maxsize=4_096)
def column_number(letters: str) -> int:
    """A → 1, XFD → 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@lru_cache(maxsize=4_096)
def column_letters(number: int) -> str:
    """1 → A, 16384 → XFD."""
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(65 + place) + letters
    return letters


def read_names(package: Package) -> WorkbookNames:
    """The sheets and names of a workbook.

    Raises ``no_sheets``, ``ambiguous_names`` for two sheets of one name, ``damaged``.
    """
    names = _read_names(package.part(WORKBOOK), package.parts.get(RELATIONS))
    if all(sheet.part is None or sheet.part in package.parts for sheet in names.sheets):
        return names
    there = (replace(one, part=one.part if one.part in package.parts else None) for one in names.sheets)
    return replace(names, sheets=tuple(there))


@once_for_equal_bytes
def _read_names(part: bytes, relations: bytes | None) -> WorkbookNames:
    """The names, whether the parts of the sheets are there or not."""
    if len(part) > MAX_TREE:
        raise refuse("too_big_inside")
    reader = _WorkbookPart(tree(WORKBOOK, part))
    targets = _targets(relations)
    sheets = tuple(_sheet(attributes, targets) for attributes in reader.sheets)
    if not sheets:
        raise refuse("no_sheets")
    _refuse_twins(sheets)
    areas: dict[str, Area] = {}
    constants: dict[str, str] = {}
    for name, content in reader.names.items():
        if area := parse_area(content):
            areas[name] = area
        elif constant := _CONSTANT.fullmatch(content):
            constants[name] = constant["text"] if constant["text"] is not None else constant["number"]
    copies = tuple(sheets[i].title for i in sorted(reader.copies) if i < len(sheets))
    return WorkbookNames(sheets, areas, constants, copies, reader.date1904)


@lru_cache(maxsize=4_096)
def parse_area(content: str) -> Area | None:
    """The first cell of a reference like ``'Danh sách'!$B$7:$B$206``; None for anything else: ``#REF!``, a reference
    into another file, a formula, areas of several columns that are apart."""
    content = content.strip().removeprefix("=")
    if rows := _ROWS_AREA.fullmatch(content):
        return Area(_title(rows["sheet"]), "A", int(rows["row"]))
    first: Area | None = None
    position = 0
    while found := _AREA.match(content, position):
        area = Area(_title(found["sheet"]), found["column"], int(found["row"]) if found["row"] else None)
        if first is not None and (area.sheet, area.column) != (first.sheet, first.column):
            return None
        if column_number(area.column) > LAST_COLUMN or (area.row or 1) > LAST_ROW:
            return None
        first = first or area
        position = found.end()
        if position == len(content):
            return first
        if content[position] != ",":
            return None
        position += 1
    return None


def _title(quoted: str) -> str:
    return quoted[1:-1].replace("''", "'") if quoted.startswith("'") else quoted


class _WorkbookPart:
    """Collects what matters of ``workbook.xml``."""

    def __init__(self, root: Element) -> None:
        self.sheets = [{local(key): value for key, value in one.items()} for one in named(root, "sheet")]
        self.names: dict[str, str] = {}
        self.copies: set[int] = set()
        self.date1904 = any(one.get("date1904") in ("1", "true") for one in named(root, "workbookPr"))
        for one in named(root, "definedName"):
            name = one.get("name", "").lower()
            if name.startswith(_PREFIXES):
                self._take(name, one)

    def _take(self, name: str, element: Element) -> None:
        scope = element.get("localSheetId")
        if scope is None:
            self.names.setdefault(name, "".join(element.itertext()))
        elif name.startswith("row_") and scope.isdecimal() and len(scope) < 9:
            self.copies.add(int(scope))


def _targets(part: bytes | None) -> dict[str, str]:
    """Relationship id → part name, in lower case, of the workbook."""
    targets: dict[str, str] = {}
    if part is None:
        raise refuse("damaged", part=RELATIONS)
    if len(part) > MAX_TREE:
        raise refuse("too_big_inside")
    for one in named(tree(RELATIONS, part), "Relationship"):
        if one.get("TargetMode") != "External":
            target = one.get("Target", "")
            joined = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            targets[one.get("Id", "")] = posixpath.normpath(joined).lower()
    return targets


def _sheet(attributes: Attributes, targets: Mapping[str, str]) -> Sheet:
    return Sheet(
        title=attributes.get("name", ""),
        hidden=attributes.get("state") in ("hidden", "veryHidden"),
        part=targets.get(attributes.get("id", "")),
    )


def _refuse_twins(sheets: tuple[Sheet, ...]) -> None:
    seen: set[str] = set()
    for sheet in sheets:
        folded = sheet.title.casefold()
        if folded in seen:
            raise refuse("ambiguous_names", name=sheet.title)
        seen.add(folded)
