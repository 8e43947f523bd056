"""One worksheet's part: single cells found and changed where they stand, nothing else touched.

Copes with prefixes, rows and cells without ``r``, rows out of order, and rows and cells that are not there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from addin.intake.markup import Attributes, local
from addin.intake.names import column_letters, column_number
from addin.intake.refusals import refuse
from addin.intake.sheet_facts import Merge, Place, parse_merge
from addin.returns.spans import (
    Splices,
    attribute_xml,
    element_end,
    prefix_of,
    raw_name,
    tag_end,
    text_xml,
    walk_places,
)

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_KEPT_ATTRIBUTES = frozenset({"r", "s", "ph"})
_LITERAL_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# What follows ``legacyDrawing`` in a worksheet (CT_Worksheet).
_BEHIND_LEGACY_DRAWING = frozenset({
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
    "AlternateContent",
})  # fmt: skip


class CannotEdit(Exception):  # noqa: N818
    """A cell that cannot be changed by itself: it shares a formula with others."""


@dataclass(slots=True)
class Cell:
    """One cell as it stands; ``formula`` holds the attributes of its formula, None where it has none."""

    column: int
    start: int
    explicit: bool
    attributes: Attributes
    behind_tag: int = 0
    end: int = 0
    formula: Attributes | None = None


@dataclass(slots=True)
class RowPlace:
    """One row as it stands; its cells only where they were asked for."""

    number: int
    start: int
    explicit: bool
    attributes: Attributes
    end_inner: int = 0
    end: int = 0
    cells: list[Cell] = field(default_factory=list)


@dataclass(slots=True)
class TopElement:
    """A child of the worksheet element."""

    name: str
    start: int
    end: int
    attributes: Attributes


@dataclass(slots=True)
class _NewCell:
    style: int | None
    inner: str
    kind: str | None


class SheetPart:
    """A worksheet's bytes, with the rows of the places that will be looked at or changed."""

    def __init__(self, name: str, part: bytes, rows: Collection[int], watched: Collection[str] = ()) -> None:
        """``rows``: numbers of the rows whose cells are needed. ``watched``: columns whose formats are counted.

        Raises ``damaged`` and ``unsafe_content``.
        """
        self.name = name
        self.part = part
        self.splices = Splices(part)
        reader = _Reader(name, part, frozenset(rows), frozenset(watched))
        walk_places(name, part, reader.start, reader.end)
        self.top = reader.top
        self.columns = reader.columns
        self.merges = tuple(reader.merges)
        self.format_counts = reader.format_counts
        self.sheet_views = reader.sheet_views
        self._rows = reader.rows
        self._numbers = {row.number: row for row in reader.rows}
        self._shared = reader.shared
        self._ranges = reader.array_ranges
        self._root_end = reader.root_end
        data = next((t for t in self.top if t.name == "sheetData"), None)
        if data is None:
            raise refuse("damaged", part=name)
        self._data = data
        self.prefix = prefix_of(part, self._data.start)
        self._new: dict[int, dict[int, _NewCell]] = {}
        self._touched: set[Place] = set()

    # -- looking ---------------------------------------------------------------------------------------------------

    def cell(self, place: Place) -> Cell | None:
        """The cell at a place; None where it is not written."""
        row = self._numbers.get(place[0])
        return next((c for c in row.cells if c.column == place[1]), None) if row is not None else None

    def style(self, place: Place) -> int:
        """The index of the format in which a place shows: the cell's own, else its row's, else its column's."""
        cell = self.cell(place)
        if cell is not None:
            return _index(cell.attributes.get("s"))
        row = self._numbers.get(place[0])
        if row is not None and row.attributes.get("customFormat") in ("1", "true"):
            return _index(row.attributes.get("s"))
        for column in self.columns:
            if _index(column.get("min")) <= place[1] <= _index(column.get("max")):
                return _index(column.get("style"))
        return 0

    def anchor(self, place: Place) -> Place:
        """The first cell of the merged range in which a place lies, or the place itself."""
        for merge in self.merges:
            rows = merge.first_row <= place[0] <= merge.last_row
            if rows and merge.first_column <= place[1] <= merge.last_column:
                return merge.first_row, merge.first_column
        return place

    def row_height(self, number: int) -> float | None:
        """The height of a row in points where one is written; 0 for a hidden one."""
        row = self._numbers.get(number)
        if row is None:
            return None
        if row.attributes.get("hidden") in ("1", "true"):
            return 0.0
        return _float(row.attributes.get("ht"))

    def top_element(self, name: str) -> TopElement | None:
        """The child of the worksheet element of that name."""
        return next((t for t in self.top if t.name == name), None)

    # -- changing --------------------------------------------------------------------------------------------------

    def set_style(self, place: Place, style: int) -> None:
        """Show a place in a format; an empty place becomes an empty cell."""
        self._once(place)
        cell = self.cell(place)
        if cell is None:
            self._new.setdefault(place[0], {})[place[1]] = _NewCell(style, "", None)
        else:
            self.splices.set_attribute(cell.start, "s", str(style))

    def set_content(self, place: Place, content: str | int, style: int) -> bool:
        """Put a text or a number in a cell; returns whether a formula stood there.

        Raises CannotEdit where other cells depend on how this one is written: the first of a shared formula, and every
        cell of an array formula or a data table.
        """
        cell = self.cell(place)
        self._refuse_shared(place, cell)
        self._once(place)
        kind, inner = self._content(content)
        if cell is None:
            self._new.setdefault(place[0], {})[place[1]] = _NewCell(style, inner, kind)
            return False
        tag = raw_name(self.part, cell.start)
        cell.explicit = True
        kept = {"r": f"{column_letters(place[1])}{place[0]}"}
        kept |= {k: v for k, v in cell.attributes.items() if k in _KEPT_ATTRIBUTES} | {"s": str(style)}
        if kind is not None:
            kept["t"] = kind
        written = "".join(attribute_xml(key, value) for key, value in kept.items())
        self.splices.replace(cell.start, cell.end, f"<{tag}{written}>{inner}</{tag}>")
        return cell.formula is not None

    def show_only(self) -> None:
        """Take the sheet out of the selection of sheets."""
        for start, attributes in self.sheet_views:
            if attributes.get("tabSelected") in ("1", "true"):
                self.splices.set_attribute(start, "tabSelected", None)

    def refer_to_drawing(self, relationship: str, namespace: str) -> None:
        """Refer to the drawing that shows the notes."""
        written = f'<{self.prefix}legacyDrawing xmlns:r="{namespace}" r:id="{relationship}"/>'
        self.splices.insert(self._place_of_drawing(), written)

    def forget_drawing(self) -> None:
        """No longer refer to a drawing of notes."""
        found = self.top_element("legacyDrawing")
        if found is not None:
            self.splices.remove(found.start, found.end)

    def apply(self) -> Splices:
        """All changes, as splices of the part's bytes."""
        self._insert_rows(sorted(number for number in self._new if number not in self._numbers))
        for number in sorted(self._new):
            if number in self._numbers:
                self._insert_cells(self._numbers[number])
        self._extend_dimension()
        return self.splices

    # -- inner -----------------------------------------------------------------------------------------------------

    def _once(self, place: Place) -> None:
        if place in self._touched:
            raise ValueError(f"{self.name}: {place} is changed twice")
        self._touched.add(place)

    def _refuse_shared(self, place: Place, cell: Cell | None) -> None:
        if any(
            r.first_row <= place[0] <= r.last_row and r.first_column <= place[1] <= r.last_column for r in self._ranges
        ):
            raise CannotEdit(f"{column_letters(place[1])}{place[0]} is part of an array formula")
        formula = cell.formula if cell is not None else None
        is_first = formula is not None and formula.get("t") == "shared" and "ref" in formula
        if formula is not None and is_first and self._shared[formula.get("si", "")] > 1:
            raise CannotEdit(f"{column_letters(place[1])}{place[0]} is the first of a shared formula")

    def _content(self, content: str | int) -> tuple[str | None, str]:
        p = self.prefix
        if isinstance(content, int):
            return None, f"<{p}v>{content}</{p}v>"
        text = text_xml(escaped_text(content))
        return "inlineStr", f'<{p}is><{p}t xml:space="preserve">{text}</{p}t></{p}is>'

    def _cell_xml(self, row: int, column: int, cell: _NewCell) -> str:
        style = "" if cell.style is None else f' s="{cell.style}"'
        kind = f' t="{cell.kind}"' if cell.kind else ""
        head = f'<{self.prefix}c r="{column_letters(column)}{row}"{style}{kind}'
        return f"{head}>{cell.inner}</{self.prefix}c>" if cell.inner else f"{head}/>"

    def _row_xml(self, number: int) -> str:
        cells = "".join(self._cell_xml(number, c, cell) for c, cell in sorted(self._new[number].items()))
        return f'<{self.prefix}row r="{number}">{cells}</{self.prefix}row>'

    def _insert_rows(self, numbers: list[int]) -> None:
        if not numbers:
            return
        if not self._rows:
            self._open_data("".join(map(self._row_xml, numbers)))
            return
        for number in numbers:
            following = next((row for row in self._rows if row.number > number), None)
            if following is None:
                self.splices.insert(self._rows[-1].end, self._row_xml(number))
            else:
                self.splices.insert(following.start, self._row_xml(number))
                self._make_explicit(following, str(following.number))

    def _open_data(self, rows: str) -> None:
        inner = tag_end(self.part, self._data.start)
        if inner == self._data.end:
            self.splices.replace(inner - 2, inner, f">{rows}</{self.prefix}sheetData>")
        else:
            self.splices.insert(inner, rows)

    def _insert_cells(self, row: RowPlace) -> None:
        by_place: dict[int, list[str]] = {}
        columns = [cell.column for cell in row.cells]
        in_order = columns == sorted(columns)
        for column, new in sorted(self._new[row.number].items()):
            index = bisect_right(columns, column) if in_order else len(columns)
            by_place.setdefault(index, []).append(self._cell_xml(row.number, column, new))
        for index, written in by_place.items():
            if index == len(row.cells):
                self._append_to_row(row, "".join(written))
                continue
            following = row.cells[index]
            self.splices.insert(following.start, "".join(written))
            self._make_explicit(following, f"{column_letters(following.column)}{row.number}")
        self._extend_spans(row)

    def _append_to_row(self, row: RowPlace, written: str) -> None:
        if row.end_inner == row.end:
            name = raw_name(self.part, row.start)
            self.splices.replace(row.end - 2, row.end, f">{written}</{name}>")
        else:
            self.splices.insert(row.end_inner, written)

    def _make_explicit(self, behind: Cell | RowPlace, address: str) -> None:
        """What counted from its neighbour must say where it is, once there is a new neighbour."""
        if not behind.explicit:
            behind.explicit = True
            self.splices.set_attribute(behind.start, "r", address)

    def _extend_spans(self, row: RowPlace) -> None:
        spans = row.attributes.get("spans", "").split()
        if not spans:
            return
        columns = self._new[row.number]
        bounds = [int(part) for span in spans for part in span.split(":") if part.isdecimal()]
        if not bounds or (min(bounds) <= min(columns) and max(columns) <= max(bounds)):
            return
        self.splices.set_attribute(row.start, "spans", f"{min(*columns, *bounds)}:{max(*columns, *bounds)}")

    def _extend_dimension(self) -> None:
        dimension = self.top_element("dimension")
        merge = parse_merge(dimension.attributes.get("ref", "")) if dimension is not None else None
        new = [(row, column) for row, cells in self._new.items() for column in cells]
        if merge is None or dimension is None or not new:
            return
        rows, columns = [row for row, _ in new], [column for _, column in new]
        first = (min(merge.first_row, *rows), min(merge.first_column, *columns))
        last = (max(merge.last_row, *rows), max(merge.last_column, *columns))
        if (first, last) != ((merge.first_row, merge.first_column), (merge.last_row, merge.last_column)):
            corners = (f"{column_letters(column)}{row}" for row, column in (first, last))
            self.splices.set_attribute(dimension.start, "ref", ":".join(corners))

    def _place_of_drawing(self) -> int:
        """Before what may only follow it; an AlternateContent stands where its content may."""
        for child in self.top:
            if child.name in _BEHIND_LEGACY_DRAWING and (child.name != "AlternateContent" or self._is_behind(child)):
                return child.start
        return self._root_end

    def _is_behind(self, child: TopElement) -> bool:
        content = self.part[child.start : child.end]
        return any(word in content for word in (b"oleObject", b"control"))


def escaped_text(text: str) -> str:
    """Text as a spreadsheet stores it: what looks like an escape (``_x000D_``) is kept from being read as one."""
    return _LITERAL_ESCAPE.sub("_x005F_", text)


def parse_address(address: str) -> Place | None:
    """``K12`` → row and column number; None for what is no single cell."""
    found = _ADDRESS.fullmatch(address)
    return (int(found[2]), column_number(found[1])) if found else None


class _Reader:
    """Collects the places while the part is walked; as little as possible for each cell."""

    def __init__(self, name: str, part: bytes, rows: frozenset[int], watched: frozenset[str]) -> None:
        self.top: list[TopElement] = []
        self.rows: list[RowPlace] = []
        self.columns: list[Attributes] = []
        self.merges: list[Merge] = []
        self.sheet_views: list[tuple[int, Attributes]] = []
        self.shared: Counter[str] = Counter()
        self.array_ranges: list[Merge] = []
        self.format_counts: dict[str, Counter[int]] = {}
        self.root_end = 0
        self._name, self._part, self._wanted, self._watched = name, part, rows, watched
        self._depth = 0
        self._row: RowPlace | None = None
        self._cells_wanted = False
        self._cell: Cell | None = None
        self._column = 0

    def start(self, tag: str, attributes: Attributes, at: int) -> None:
        self._depth += 1
        depth = self._depth
        if depth == 4 and self._row is not None:
            if tag.endswith("}c"):
                self._begin_cell(attributes, at)
        elif depth == 5 and self._row is not None:
            if tag.endswith("}f"):
                self._begin_formula(attributes)
        elif depth == 3:
            self._begin_in_top(tag, attributes, at)
        elif depth == 2:
            self.top.append(TopElement(local(tag), at, 0, attributes))

    def _begin_in_top(self, tag: str, attributes: Attributes, at: int) -> None:
        match self.top[-1].name, local(tag):
            case "sheetData", "row":
                number = attributes.get("r", "")
                previous = self.rows[-1].number if self.rows else 0
                explicit = number.isdecimal() and len(number) < 8
                self._row = RowPlace(int(number) if explicit else previous + 1, at, explicit, attributes)
                self.rows.append(self._row)
                self._cells_wanted = self._row.number in self._wanted
                self._column = 0
            case "cols", "col":
                self.columns.append(attributes)
            case "mergeCells", "mergeCell":
                merge = parse_merge(attributes.get("ref", ""))
                if merge is not None:
                    self.merges.append(merge)
            case "sheetViews", "sheetView":
                self.sheet_views.append((at, attributes))

    def _begin_cell(self, attributes: Attributes, at: int) -> None:
        address = attributes.get("r")
        if not self._cells_wanted and not self._watched:
            return
        letters = (address or "").rstrip("0123456789")
        self._column = column_number(letters) if letters else self._column + 1
        if letters in self._watched:
            self.format_counts.setdefault(letters, Counter())[_index(attributes.get("s"))] += 1
        if self._cells_wanted and self._row is not None:
            self._cell = Cell(self._column, at, address is not None, attributes)
            self._row.cells.append(self._cell)

    def _begin_formula(self, attributes: Attributes) -> None:
        if self._cell is not None:
            self._cell.formula = attributes
        match attributes.get("t"):
            case "shared":
                self.shared[attributes.get("si", "")] += 1
            case "array" | "dataTable":
                merge = parse_merge(attributes.get("ref", ""))
                if merge is not None:
                    self.array_ranges.append(merge)

    def end(self, _tag: str, at: int) -> None:
        depth = self._depth
        self._depth -= 1
        if depth == 4 and self._cell is not None:
            self._cell.behind_tag = tag_end(self._part, self._cell.start)
            _, self._cell.end = element_end(self._part, self._cell.behind_tag, at)
            self._cell = None
        elif depth == 3 and self._row is not None:
            self._row.end_inner, self._row.end = element_end(self._part, tag_end(self._part, self._row.start), at)
            self._row = None
        elif depth == 2:
            last = self.top[-1]
            _, last.end = element_end(self._part, tag_end(self._part, last.start), at)
        elif depth == 1:
            self.root_end = at


def _index(value: str | None) -> int:
    return int(value) if value is not None and value.isdecimal() and len(value) < 9 else 0


def _float(value: str | None) -> float | None:
    try:
        return float(value) if value is not None else None
    except ValueError:
        return None
