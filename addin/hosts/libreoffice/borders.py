"""Lines around cells as xlwings' Borders and Border."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .measures import color_number, rgb
from .missing import names_what_is_missing

if TYPE_CHECKING:
    from .range_looks import RangeLooks

UNSET = base_classes._UNSET

STYLES = {
    "continuous": 0,
    "dot": 1,
    "dash": 2,
    "double": 3,
    "dash_dot": 16,
    "dash_dot_dot": 17,
}
"""com.sun.star.table.BorderLineStyle; `slant_dash_dot` becomes `dash_dot`."""

WEIGHTS = {"hairline": 2, "thin": 26, "medium": 62, "thick": 88}
"""Hundredths of a millimetre, as the office itself uses for Excel's weights."""

BLACK = 0

LINE = tuple[int, int, int]
"""Colour, width, style."""


def weight_of(width: int) -> str:
    """The weight whose width is nearest."""
    return min(WEIGHTS, key=lambda name: abs(WEIGHTS[name] - width))


@names_what_is_missing
class Border(base_classes.Border):
    """One side of a range."""

    def __init__(self, parent: "RangeLooks", side: str) -> None:
        self._range = parent
        self._side = side

    @property
    def api(self) -> list[int]:
        """The block on the wire."""
        return self._range.wire

    def _line(self) -> LINE | None:
        found = self._range.connection.ask("looks.border", at=self._range.wire, side=self._side)
        return None if found is None or not found[1] else (found[0], found[1], found[2])

    def _put(self, **changes: Any) -> None:
        Borders(self._range).set([self._side], **changes)

    @property
    def line_style(self) -> str | None:
        """The kind of line; None for no line, or where it differs along the side."""
        line = self._line()
        return None if line is None else next((n for n, s in STYLES.items() if s == line[2]), "continuous")

    @line_style.setter
    def line_style(self, value: str | None) -> None:
        self._put(line_style=value)

    @property
    def weight(self) -> str | None:
        """hairline, thin, medium or thick."""
        line = self._line()
        return None if line is None else weight_of(line[1])

    @weight.setter
    def weight(self, value: str) -> None:
        self._put(weight=value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """RGB."""
        line = self._line()
        return None if line is None else rgb(line[0])

    @color.setter
    def color(self, color_or_rgb: Any) -> None:
        self._put(color=color_or_rgb)


@names_what_is_missing
class Borders(base_classes.Borders):
    """All sides of a range."""

    def __init__(self, parent: "RangeLooks") -> None:
        self.parent: Any = parent
        self._range = parent

    @property
    def api(self) -> list[int]:
        """The block on the wire."""
        return self._range.wire

    def __getitem__(self, key: str) -> Border:
        return Border(self._range, key)

    def _grid(self) -> tuple[str, ...]:
        """The sides that this range has: one cell has no inside."""
        rows, columns = self._range.block.rows, self._range.block.columns
        absent = {"inside_vertical"} if columns == 1 else set()
        if rows == 1:
            absent.add("inside_horizontal")
        return tuple(side for side in base_classes.BORDER_GRID_SIDES if side not in absent)

    def _common(self, member: str) -> Any:
        values = {getattr(self[side], member) for side in self._grid()}
        return values.pop() if len(values) == 1 else None

    @property
    def line_style(self) -> str | None:
        """The kind of line common to the grid; None where it differs."""
        found = self._common("line_style")
        return None if found is None else str(found)

    @line_style.setter
    def line_style(self, value: Any) -> None:
        self.set(self._grid(), line_style=value)

    @property
    def weight(self) -> str | None:
        """The weight common to the grid."""
        found = self._common("weight")
        return None if found is None else str(found)

    @weight.setter
    def weight(self, value: Any) -> None:
        self.set(self._grid(), weight=value)

    @property
    def color(self) -> Any:
        """The colour common to the grid."""
        return self._common("color")

    @color.setter
    def color(self, color_or_rgb: Any) -> None:
        self.set(self._grid(), color=color_or_rgb)

    def set(
        self, which: Sequence[str] = (), *, line_style: Any = UNSET, weight: Any = UNSET, color: Any = UNSET
    ) -> None:
        """Draw or change lines; what is not given stays, or is a thin black line where there was none."""
        present = self._grid()
        sides: dict[str, list[int]] = {}
        for side in which:
            if side.startswith("inside") and side not in present:
                continue
            sides[side] = list(self._changed(side, line_style, weight, color))
        if sides:
            self._range.connection.ask("looks.set_borders", at=self._range.wire, sides=sides)

    def clear(self, which: Sequence[str] = base_classes.BORDER_SIDES) -> None:
        """Take lines away."""
        self.set(which, line_style=None)

    def _changed(self, side: str, line_style: Any, weight: Any, color: Any) -> LINE:
        if line_style is None:
            return BLACK, 0, 0
        now = None if UNSET not in (line_style, weight, color) else self[side]._line()
        old_color, old_width, old_style = now or (BLACK, WEIGHTS["thin"], STYLES["continuous"])
        style = old_style if line_style is UNSET else STYLES.get(line_style, STYLES["dash_dot"])
        width = old_width if weight is UNSET else WEIGHTS[weight]
        if style == STYLES["double"]:
            width = max(width, WEIGHTS["thick"])
        return old_color if color is UNSET else color_number(color), width, style
