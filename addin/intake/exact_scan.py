"""The exact reading of a sheet's XML: any prefix, quoting, comments, missing addresses, rows in any order."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from addin.intake.markup import Attributes, local, walk
from addin.intake.names import column_letters
from addin.intake.refusals import refuse
from addin.intake.sheet_facts import (
    Formula,
    Merge,
    Place,
    SheetFacts,
    parse_merge,
    parse_place,
    refuse_huge,
)
from validation.submission import LegacyFont

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
_TRUE = ("1", "true")


def exact_scan(
    sheet: str,
    part: bytes,
    formats: Mapping[int, LegacyFont],
    strings: Mapping[int, LegacyFont],
) -> SheetFacts:
    """The facts of any well-formed sheet, with the place of every filled cell.

    Raises ``damaged``, ``unsafe_content``, ``too_many_cells``, and ``readers_disagree`` for a cell that occurs twice
    (programs differ in which they show).
    """
    reader = _SheetPart(sheet, formats, strings)
    walk(sheet, part, reader.start, reader.end, reader.text)
    if reader.filled:
        rows = [row for row, _ in reader.filled]
        columns = [column for _, column in reader.filled]
        refuse_huge(sheet, box=(max(rows)) * (max(columns)))
    letters = {number: column_letters(number) for number in {column for _, column in reader.formulas}}

    def formulas_in(wanted: Collection[str]) -> Mapping[Place, Formula]:
        return {place: formula for place, formula in reader.formulas.items() if letters[place[1]] in wanted}

    def formula_places(wanted: Collection[str]) -> set[Place]:
        return {place for place in reader.formulas if letters[place[1]] in wanted}

    return SheetFacts(
        filled=len(reader.filled),
        hidden_rows=frozenset(reader.hidden),
        errors=reader.errors,
        fonts=reader.fonts,
        merges=tuple(reader.merges),
        formulas_in=formulas_in,
        formula_places=formula_places,
        places=frozenset(reader.filled),
        shared=reader.shared,
    )


class _SheetPart:
    """Collects the facts while the part is walked."""

    def __init__(self, sheet: str, formats: Mapping[int, LegacyFont], strings: Mapping[int, LegacyFont]) -> None:
        self.filled: set[Place] = set()
        self.hidden: set[int] = set()
        self.errors: dict[Place, str] = {}
        self.formulas: dict[Place, Formula] = {}
        self.fonts: dict[Place, LegacyFont] = {}
        self.shared: dict[Place, int] = {}
        self.merges: list[Merge] = []
        self._sheet = sheet
        self._formats = formats
        self._strings = strings
        self._path: list[str] = []
        self._place: Place = (0, 0)
        self._cells = 0
        self._cell: Attributes = {}
        self._value: list[str] = []
        self._formula: list[str] | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        name = local(tag)
        self._path.append(name)
        if len(self._path) == 3 and self._path[1:] == ["sheetData", "row"]:
            self._row(attributes)
        elif len(self._path) == 4 and self._path[1:] == ["sheetData", "row", "c"]:
            self._begin_cell(attributes)
        elif name == "f" and len(self._path) == 5:
            self._formula = []
        elif name == "mergeCell":
            merge = parse_merge(attributes.get("ref", ""))
            if merge is not None:
                self.merges.append(merge)

    def _row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        if number is None:
            row = self._place[0] + 1
        elif _NUMBER.fullmatch(number):
            row = int(number)
        else:
            raise refuse("damaged", part=self._sheet)
        self._place = (row, 0)
        height = attributes.get("ht", "")
        if attributes.get("hidden") in _TRUE or (height[:1] == "0" and not height.strip("0.")):
            self.hidden.add(row)

    def _begin_cell(self, attributes: Attributes) -> None:
        address = attributes.get("r")
        if address is None:
            place: Place | None = (self._place[0], self._place[1] + 1)
        else:
            found = _ADDRESS.fullmatch(address)
            place = parse_place(found[1], found[2]) if found else None
        if place is None or parse_place("A", str(place[0])) is None:
            raise refuse("damaged", part=self._sheet)
        self._place = place
        self._cell = attributes
        self._value.clear()
        self._formula = None
        self._cells += 1
        if self._cells & 0xFFFF == 0:
            refuse_huge(self._sheet, cells=self._cells, filled=len(self.filled))

    def text(self, content: str) -> None:
        path = self._path
        if len(path) == 5 and path[-1] == "v":
            self._value.append(content)
        elif len(path) == 5 and path[-1] == "f" and self._formula is not None:
            self._formula.append(content)
        elif len(path) >= 6 and path[4] == "is" and path[-1] == "t" and "rPh" not in path:
            self._value.append(content)

    def end(self, _tag: str) -> None:
        if len(self._path) == 4 and self._path[1:] == ["sheetData", "row", "c"]:
            self._end_cell()
        self._path.pop()

    def _end_cell(self) -> None:
        place, kind, value = self._place, self._cell.get("t", "n"), "".join(self._value)
        if self._formula is not None:
            self.formulas[place] = Formula("".join(self._formula), not value and kind != "str")
        if kind == "e" and value:
            self.errors[place] = value
        elif value:
            if place in self.filled:
                raise refuse("readers_disagree", sheet=self._sheet, cell=f"{column_letters(place[1])}{place[0]}")
            self.filled.add(place)
        if kind == "s" and value.isdecimal() and len(value) < 10:
            self.shared[place] = int(value)
        if value:
            self._note_font(place)

    def _note_font(self, place: Place) -> None:
        style = self._cell.get("s", "0")
        font = self._formats.get(int(style)) if style.isdecimal() and len(style) < 7 else None
        font = self._strings.get(self.shared.get(place, -1), font)
        if font is not None:
            self.fonts[place] = font
