"""Where the cells of a Range stand: sizes, hidden lines, merged cells; inserting, copying, sorting, searching."""

from typing import TYPE_CHECKING, Any

from .addresses import COLUMNS, ROWS, Block
from .measures import characters, hundredths, points, width_of
from .missing import lacking
from .range_place import RangePlace

if TYPE_CHECKING:
    from .range import Range

DIRECTIONS = {
    "d": "down",
    "l": "left",
    "r": "right",
    "u": "up",
    -4121: "down",
    -4159: "left",
    -4161: "right",
    -4162: "up",
}


class RangeLayout(RangePlace):
    """Geometry of cells and everything that moves them."""

    def _measure(self, what: str) -> float:
        return points(self.connection.ask("range.measure", at=self.wire)[what])

    @property
    def left(self) -> float:
        """Points from the sheet's left edge."""
        return self._measure("left")

    @property
    def top(self) -> float:
        """Points from the sheet's upper edge."""
        return self._measure("top")

    @property
    def width(self) -> float:
        """Points."""
        return self._measure("width")

    @property
    def height(self) -> float:
        """Points."""
        return self._measure("height")

    @property
    def column_width(self) -> float | None:
        """Width of each column in characters; None where they differ."""
        width = self.connection.ask("range.sizes", at=self.wire, what="width")
        return None if width is None else characters(width)

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.connection.ask("range.set_size", at=self.wire, what="width", value=width_of(value))

    @property
    def row_height(self) -> float | None:
        """Height of each row in points; None where they differ."""
        height = self.connection.ask("range.sizes", at=self.wire, what="height")
        return None if height is None else points(height)

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.connection.ask("range.set_size", at=self.wire, what="height", value=hundredths(value))

    def autofit(self, axis: str | None = None) -> None:
        """Fit the columns (`c`), the rows (`r`) or both to the contents."""
        kind = None if axis is None else axis[:1]
        self.connection.ask("range.autofit", at=self.wire, columns=kind in (None, "c"), rows=kind in (None, "r"))

    @property
    def row_hidden(self) -> bool | None:
        """Whether the rows are hidden; None where they differ."""
        value = self.connection.ask("range.hidden", at=self.wire, what="rows")
        return None if value is None else bool(value)

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self.connection.ask("range.set_hidden", at=self.wire, what="rows", hidden=bool(value))

    @property
    def column_hidden(self) -> bool | None:
        """Whether the columns are hidden; None where they differ."""
        value = self.connection.ask("range.hidden", at=self.wire, what="columns")
        return None if value is None else bool(value)

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self.connection.ask("range.set_hidden", at=self.wire, what="columns", hidden=bool(value))

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:  # noqa: ARG002
        """Insert cells; what was there moves `down` or `right`."""
        default = "right" if self.block.rows > self.block.columns else "down"
        self.connection.ask("range.insert", at=self.wire, shift=self._whole() or shift or default)

    def delete(self, shift: str | None = None) -> None:
        """Delete the cells; what follows moves `up` or `left`."""
        default = "left" if self.block.rows > self.block.columns else "up"
        self.connection.ask("range.delete", at=self.wire, shift=self._whole() or shift or default)

    def _whole(self) -> str | None:
        if self.block.columns == COLUMNS:
            return "rows"
        return "columns" if self.block.rows == ROWS else None

    def copy(self, destination: Any = None) -> None:
        """Copy contents and formats to where `destination` begins."""
        if destination is None:
            lacking("Range.copy without a destination")
        self.connection.ask("range.copy", source=self.wire, at=destination.impl.wire)

    def copy_from(
        self, source_range: Any, copy_type: str = "all", skip_blanks: bool = False, transpose: bool = False
    ) -> None:
        """Copy `all` or the `values` of another range to where this one begins."""
        if skip_blanks or transpose or copy_type not in ("all", "values"):
            lacking(f"Range.copy_from(copy_type={copy_type!r}, skip_blanks={skip_blanks}, transpose={transpose})")
        if copy_type == "all":
            source_range.impl.copy(_Wrapped(self))
            return
        source: Range = source_range.impl
        top, left = self.block.top, self.block.left
        target = self._other(Block(top, left, top + source.block.rows - 1, left + source.block.columns - 1))
        target.raw_value = source.raw_value

    def move(self, destination: Any) -> None:
        """Move the cells to where `destination` begins; formulas that point to them follow."""
        self.connection.ask("range.move", source=self.wire, at=destination.impl.wire)

    def merge(self, across: bool = False) -> None:
        """Merge the cells, or the cells of each row."""
        self.connection.ask("range.merge", at=self.wire, across=bool(across))

    def unmerge(self) -> None:
        """Take merged cells apart."""
        self.connection.ask("range.unmerge", at=self.wire)

    @property
    def merge_area(self) -> "Range":
        """The merged cells around the first cell, or that cell."""
        return self._other(self.connection.ask("range.merged", at=self.wire))

    @property
    def merge_cells(self) -> bool:
        """Whether there are merged cells among these."""
        return bool(self.connection.ask("range.any_merged", at=self.wire))

    @property
    def current_region(self) -> "Range":
        """The block around the first cell that empty rows and columns bound."""
        first = Block(self.block.top, self.block.left, self.block.top, self.block.left)
        return self._other(self.connection.ask("range.region", at=first.at(self.sheet.number)))

    def end(self, direction: str | int) -> "Range":
        """Where Ctrl and an arrow key lead from the first cell."""
        name = str(DIRECTIONS.get(direction, direction))
        if name not in ("down", "up", "left", "right"):
            raise ValueError(f"no such direction: {direction!r}")
        row, column = self.connection.ask("range.end", at=self.wire, direction=name)
        return self._other(Block(row, column, row, column))

    def sort(self, keys: list[int], ascending: list[bool], has_headers: bool) -> None:
        """Sort the rows by columns, counted from 1; at most three columns, as in the office's own sort."""
        self.connection.ask(
            "range.sort", at=self.wire, keys=[key - 1 for key in keys], ascending=ascending, has_headers=has_headers
        )

    def remove_duplicates(self, columns: list[int], has_headers: bool) -> None:
        """Keep the first of the rows that agree in these columns (counted from 1); the others' contents go."""
        rows = self._other(self.block).raw_value
        rows = rows if isinstance(rows, list) else [[rows]]
        head = rows[:1] if has_headers else []
        seen: set[tuple[object, ...]] = set()
        kept = []
        for row in rows[len(head) :]:
            key = tuple(v.casefold() if isinstance(v := row[c - 1], str) else v for c in columns)
            if key not in seen:
                seen.add(key)
                kept.append(row)
        blank = [[None] * self.block.columns for _ in range(len(rows) - len(head) - len(kept))]
        self._other(self.block).raw_value = [*head, *kept, *blank]

    def find(self, text: str, whole: bool, direction: str, order: str, match_case: bool) -> "Range | None":
        """The next cell that shows the text, from the first cell on; None where there is none."""
        found = self.connection.ask(
            "range.find",
            at=self.wire,
            text=text,
            whole=whole,
            backward=direction == "backward",
            by_columns=order == "columns",
            match_case=match_case,
        )
        return None if found is None else self._other(Block(*found, *found))

    def replace_all(self, old: str, new: str, whole: bool, match_case: bool) -> None:
        """Replace text in the contents."""
        self.connection.ask("range.replace", at=self.wire, old=old, new=new, whole=whole, match_case=match_case)

    def get_special_cells(self, cell_type: str, value_type: str | None) -> list["Range"]:
        """Blocks of blank, constant, formula or visible cells."""
        blocks = self.connection.ask("range.special", at=self.wire, kind=cell_type, values=value_type)
        return [self._other(block) for block in blocks]

    def group(self, by: str) -> None:
        """Group rows or columns."""
        self.connection.ask("range.group", at=self.wire, what=_lines(by), grouped=True)

    def ungroup(self, by: str) -> None:
        """Ungroup rows or columns."""
        self.connection.ask("range.group", at=self.wire, what=_lines(by), grouped=False)

    def autofill(self, destination: Any, type_: str) -> None:
        """Continue these cells over `destination`, which begins with them, downward or to the right."""
        if type_ not in ("fill_default", "fill_series"):
            lacking(f"Range.autofill(type_={type_!r})")
        target: Range = destination.impl
        down = target.block.rows > self.block.rows
        count = self.block.rows if down else self.block.columns
        self.connection.ask(
            "range.autofill", at=target.wire, direction="to_bottom" if down else "to_right", count=count
        )


class _Wrapped:
    """An engine's range where xlwings' own is expected."""

    def __init__(self, impl: object) -> None:
        self.impl = impl


def _lines(by: str) -> str:
    return "columns" if by.startswith("c") else "rows"
