"""How the cells of a Range look."""

import re
from typing import Any

from .borders import Borders
from .conditional import ConditionalFormats
from .fonts import Font
from .measures import color_number, rgb
from .missing import lacking
from .range_place import RangePlace
from .validation import DataValidation

HORIZONTAL = {
    "general": "STANDARD",
    "left": "LEFT",
    "center": "CENTER",
    "right": "RIGHT",
    "fill": "REPEAT",
    "justify": "BLOCK",
}
VERTICAL = {"top": 1, "center": 2, "bottom": 3, "justify": 4}

STANDARD_VERTICAL = 0
"""The office's automatic alignment, which puts text at the bottom."""

OUTSIDE_CODE = re.compile(r'("[^"]*"|\[[^\]]*\]|\\.|AM/PM|A/P|General|E[+-])')
"""Parts of a number format whose letters mean themselves."""

ELAPSED = re.compile(r"\[[HMS]+\]")
"""Hours, minutes or seconds beyond a day."""

INDENT = 353
"""Hundredths of a millimetre in one step of Excel's indent."""


def excel_code(code: str) -> str:
    """A number format as Excel spells it: date letters small."""
    if code == "BOOLEAN":
        return "General"
    parts = OUTSIDE_CODE.split(code)
    parts[::2] = [re.sub("[DMYHS]", lambda m: m[0].lower(), part) for part in parts[::2]]
    return ELAPSED.sub(lambda m: m[0].lower(), "".join(parts))


class RangeLooks(RangePlace):
    """Colours, fonts, alignment, number formats, borders, validation, conditional formats."""

    def _look(self, name: str) -> Any:
        return self.connection.ask("looks.get", at=self.wire, names=[name])[0]

    def _set_look(self, **values: Any) -> None:
        self.connection.ask("looks.set", at=self.wire, values=values)

    @property
    def number_format(self) -> str | None:
        """The number format in Excel's spelling; None where the cells differ."""
        code = self.connection.ask("format.number", at=self.wire)
        return None if code is None else excel_code(code)

    @number_format.setter
    def number_format(self, value: str) -> None:
        self.connection.ask("format.set_number", at=self.wire, code=value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The fill colour; None for no fill, or where the cells differ."""
        return rgb(self._look("CellBackColor"))

    @color.setter
    def color(self, color_or_rgb: Any) -> None:
        self._set_look(CellBackColor=color_number(color_or_rgb))

    def set_colors(self, colors: list[list[Any]]) -> None:
        """A fill colour for every cell; `...` leaves one as it is."""
        groups: dict[int, list[list[int]]] = {}
        for top, row in enumerate(colors):
            for left, color in enumerate(row):
                if color is not ...:
                    groups.setdefault(color_number(color), []).append([top, left, top, left])
        self.connection.ask("looks.set_colors", at=self.wire, groups=[list(group) for group in groups.items()])

    @property
    def font(self) -> Font:
        """The font."""
        return Font(self)

    @property
    def borders(self) -> Borders:
        """The lines around and between the cells."""
        return Borders(self)

    @property
    def data_validation(self) -> DataValidation:
        """What may be typed."""
        return DataValidation(self)

    @property
    def conditional_formats(self) -> ConditionalFormats:
        """Looks that depend on contents."""
        return ConditionalFormats(self)

    @property
    def wrap_text(self) -> bool | None:
        """Whether text is wrapped; None where the cells differ."""
        value = self._look("IsTextWrapped")
        return None if value is None else bool(value)

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self._set_look(IsTextWrapped=bool(value))

    @property
    def horizontal_alignment(self) -> str | None:
        """How text stands across; None where the cells differ."""
        value = self._look("HoriJustify")
        return next((name for name, known in HORIZONTAL.items() if known == value), None)

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        if value not in HORIZONTAL:
            lacking(f"Range.horizontal_alignment = {value!r}")
        self._set_look(HoriJustify=HORIZONTAL[value])

    @property
    def vertical_alignment(self) -> str | None:
        """How text stands upright; None where the cells differ."""
        value = self._look("VertJustify")
        if value == STANDARD_VERTICAL:
            return "bottom"
        return next((name for name, known in VERTICAL.items() if known == value), None)

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        if value not in VERTICAL:
            lacking(f"Range.vertical_alignment = {value!r}")
        self._set_look(VertJustify=VERTICAL[value])

    def adjust_indent(self, amount: int) -> None:
        """Indent text by so many steps more (or fewer)."""
        self._set_look(ParaIndent=max(0, (self._look("ParaIndent") or 0) + amount * INDENT))

    @property
    def locked(self) -> bool | None:
        """Whether a protected sheet keeps the cells from changing. (Not in xlwings: Excel's `api.Locked`.)"""
        value = self.connection.ask("range.locked", at=self.wire)
        return None if value is None else bool(value)

    @locked.setter
    def locked(self, value: bool) -> None:
        self.connection.ask("range.set_locked", at=self.wire, locked=bool(value))
