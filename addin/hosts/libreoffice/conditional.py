"""Conditional formats as xlwings' ConditionalFormats and ConditionalFormat: rules on values and on formulas."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .measures import color_number, rgb
from .missing import names_what_is_missing

if TYPE_CHECKING:
    from .range_looks import RangeLooks


@names_what_is_missing
class ConditionalFormats(base_classes.ConditionalFormats):
    """The rules that touch a range."""

    def __init__(self, parent: "RangeLooks") -> None:
        self._range = parent

    @property
    def api(self) -> list[int]:
        """The block on the wire."""
        return self._range.wire

    @property
    def parent(self) -> "RangeLooks":
        """The range."""
        return self._range

    def __len__(self) -> int:
        return int(self._range.connection.ask("conditional.count", at=self._range.wire))

    def __call__(self, key: int) -> "ConditionalFormat":
        """The rule at a place, from 1."""
        if not 1 <= key <= len(self):
            raise KeyError(key)
        return ConditionalFormat(self._range, key - 1)

    def __iter__(self) -> Iterator["ConditionalFormat"]:
        return (ConditionalFormat(self._range, number) for number in range(len(self)))

    def __contains__(self, key: object) -> bool:
        return isinstance(key, int) and 1 <= key <= len(self)

    def _add(self, spec: dict[str, Any], **rule: Any) -> "ConditionalFormat":
        looks = {
            name: color_number(value) if name.endswith("color") else value
            for name in ("fill_color", "font_color", "font_bold", "font_italic")
            if (value := spec.get(name)) is not None
        }
        number = self._range.connection.ask("conditional.add", at=self._range.wire, **rule, **looks)
        return ConditionalFormat(self._range, number)

    def add_cell_value(self, spec: dict[str, Any]) -> "ConditionalFormat":
        """A rule that compares the cell's value."""
        rule = {name: spec[name] for name in ("operator", "formula1", "formula2")}
        return self._add(spec, **rule)

    def add_custom(self, spec: dict[str, Any]) -> "ConditionalFormat":
        """A rule by formula, counted from the range's first cell."""
        return self._add(spec, operator=None, formula1=spec["formula"])

    def clear(self) -> None:
        """Delete the rules that touch the range."""
        self._range.connection.ask("conditional.clear", at=self._range.wire)


@names_what_is_missing
class ConditionalFormat(base_classes.ConditionalFormat):
    """One rule, by its place among those that touch the range."""

    def __init__(self, parent: "RangeLooks", number: int) -> None:
        self._range = parent
        self._number = number

    def _get(self, name: str) -> Any:
        facts = self._range.connection.ask("conditional.get", at=self._range.wire, number=self._number)
        return facts.get(name)

    @property
    def api(self) -> list[int]:
        """The block on the wire."""
        return self._range.wire

    @property
    def type(self) -> str:
        """cell_value, custom, color_scale, data_bar, icon_set or unknown."""
        return str(self._get("type"))

    @property
    def stop_if_true(self) -> bool | None:
        """The office stops at the first rule that holds."""
        return True if self.type in ("cell_value", "custom") else None

    @property
    def operator(self) -> Any:
        """The comparison."""
        return self._get("operator")

    @property
    def formula1(self) -> Any:
        """What is compared with."""
        return self._get("formula1")

    @property
    def formula2(self) -> Any:
        """The upper limit."""
        return self._get("formula2")

    @property
    def formula(self) -> Any:
        """The formula of a rule by formula."""
        return self._get("formula")

    @property
    def fill_color(self) -> tuple[int, int, int] | None:
        """RGB."""
        return rgb(self._get("fill_color"))

    @property
    def font_color(self) -> tuple[int, int, int] | None:
        """RGB."""
        return rgb(self._get("font_color"))

    @property
    def font_bold(self) -> Any:
        """Whether the rule makes it bold; None where it does not say."""
        return self._get("font_bold")

    @property
    def font_italic(self) -> Any:
        """Whether the rule makes it italic; None where it does not say."""
        return self._get("font_italic")

    def delete(self) -> None:
        """Delete the rule."""
        self._range.connection.ask("conditional.delete", at=self._range.wire, number=self._number)
