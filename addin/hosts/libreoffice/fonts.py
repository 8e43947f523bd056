"""Fonts as xlwings' Font."""

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .measures import color_number, rgb
from .missing import names_what_is_missing

if TYPE_CHECKING:
    from .range_looks import RangeLooks

BOLD, NORMAL = 150.0, 100.0


@names_what_is_missing
class Font(base_classes.Font):
    """The font of a range; every member is None where the cells differ."""

    def __init__(self, parent: "RangeLooks") -> None:
        self._range = parent

    @property
    def api(self) -> list[int]:
        """The block on the wire."""
        return self._range.wire

    def _get(self, name: str) -> Any:
        return self._range.connection.ask("looks.get", at=self._range.wire, names=[name])[0]

    def _set(self, **values: Any) -> None:
        self._range.connection.ask("looks.set", at=self._range.wire, values=values)

    @property
    def bold(self) -> bool | None:
        """Whether it is bold."""
        weight = self._get("CharWeight")
        return None if weight is None else weight > NORMAL

    @bold.setter
    def bold(self, value: bool) -> None:
        self._set(CharWeight=BOLD if value else NORMAL)

    @property
    def italic(self) -> bool | None:
        """Whether it is italic."""
        posture = self._get("CharPosture")
        return None if posture is None else posture != "NONE"

    @italic.setter
    def italic(self, value: bool) -> None:
        self._set(CharPosture="ITALIC" if value else "NONE")

    @property
    def size(self) -> float | None:
        """Points."""
        size = self._get("CharHeight")
        return None if size is None else float(size)

    @size.setter
    def size(self, value: float) -> None:
        self._set(CharHeight=float(value))

    @property
    def color(self) -> tuple[int, int, int] | None:
        """RGB; black where the colour is automatic."""
        number = self._get("CharColor")
        return None if number is None else rgb(number) or (0, 0, 0)

    @color.setter
    def color(self, color_or_rgb: Any) -> None:
        self._set(CharColor=color_number(color_or_rgb))

    @property
    def name(self) -> str | None:
        """The font's name."""
        name = self._get("CharFontName")
        return None if name is None else str(name)

    @name.setter
    def name(self, value: str) -> None:
        self._set(CharFontName=value)
