"""Data validation as xlwings' DataValidation."""

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .addresses import quoted
from .missing import names_what_is_missing
from .names import Name

if TYPE_CHECKING:
    from .range_looks import RangeLooks

COMPARISONS = ("whole_number", "decimal", "date", "time", "text_length")

MIXED = {"type": "inconsistent"}
"""The validation of cells that differ."""


@names_what_is_missing
class DataValidation(base_classes.DataValidation):
    """What may be typed into the cells of a range."""

    def __init__(self, parent: "RangeLooks") -> None:
        self._range = parent

    @property
    def api(self) -> list[int]:
        """The block on the wire."""
        return self._range.wire

    def _facts(self) -> dict[str, Any]:
        facts = self._range.connection.ask("validation.get", at=self._range.wire)
        return dict(MIXED if facts is None else facts)

    def _member(self, name: str) -> Any:
        facts = self._facts()
        return None if facts["type"] in ("none", "inconsistent") else facts.get(name)

    @property
    def type(self) -> str:
        """none, list, whole_number, …; `inconsistent` where the cells differ."""
        return str(self._facts()["type"])

    @property
    def operator(self) -> Any:
        """between, greater_than …; None for lists and own formulas."""
        facts = self._facts()
        return facts["operator"] if facts["type"] in COMPARISONS else None

    @property
    def formula1(self) -> Any:
        """The limit, or the lower of two."""
        facts = self._facts()
        return facts["formula1"] if facts["type"] in COMPARISONS else None

    @property
    def formula2(self) -> Any:
        """The upper of two limits."""
        return self._facts()["formula2"] if self.operator in ("between", "not_between") else None

    @property
    def formula(self) -> Any:
        """The formula of an own rule."""
        facts = self._facts()
        return facts["formula1"] if facts["type"] == "custom" else None

    @property
    def source(self) -> str | None:
        """What a list comes from: `=Sheet1!$A$1:$A$3`, `=name`, or the constants `a,b,c`."""
        facts = self._facts()
        if facts["type"] != "list" or facts["formula1"] is None:
            return None
        formula = str(facts["formula1"])
        if formula.startswith('="'):
            return (
                ",".join(part.strip('"').replace('""', '"') for part in formula[1:].split('";"'))
                if '";"' in formula
                else formula[2:-1]
            )
        return formula

    @property
    def in_cell_dropdown(self) -> Any:
        """Whether a list opens in the cell."""
        return self._member("in_cell_dropdown")

    @property
    def ignore_blank(self) -> Any:
        """Whether an empty cell is allowed."""
        return self._member("ignore_blank")

    @property
    def input_title(self) -> Any:
        """The title shown beside the selected cell."""
        return self._member("input_title")

    @property
    def input_message(self) -> Any:
        """The text shown beside the selected cell."""
        return self._member("input_message")

    @property
    def show_input(self) -> Any:
        """Whether that is shown."""
        return self._member("show_input")

    @property
    def error_title(self) -> Any:
        """The title of the message after a wrong entry."""
        return self._member("error_title")

    @property
    def error_message(self) -> Any:
        """Its text."""
        return self._member("error_message")

    @property
    def show_error(self) -> Any:
        """Whether it is shown."""
        return self._member("show_error")

    @property
    def alert_style(self) -> Any:
        """stop, warning or information."""
        return self._member("alert_style")

    def set_list(self, source: Any, in_cell_dropdown: bool) -> None:
        """Allow what a list holds: constants, or the cells of a range or name."""
        if isinstance(source, list):
            formula = '"' + ",".join(source).replace('"', '""') + '"'
        elif isinstance(source, Name):
            formula = f"={source.name}"
        else:
            formula = f"={quoted(source.sheet.name)}!{source.address}"
        self._put("list", formula1=formula, in_cell_dropdown=in_cell_dropdown)

    def set_rule(self, rule_type: str, operator: str | None, formula1: str | None, formula2: str | None) -> None:
        """Allow what a comparison or an own formula allows."""
        self._put(rule_type, operator=operator, formula1=formula1, formula2=formula2)

    def _put(self, kind: str, **arguments: Any) -> None:
        self._range.connection.ask("validation.set", at=self._range.wire, kind=kind, **arguments)

    def set_messages(self, **values: Any) -> None:
        """Set the office's InputTitle, InputMessage, ShowInputMessage, ErrorTitle, ErrorMessage … (Not in xlwings.)"""
        self._range.connection.ask("validation.messages", at=self._range.wire, values=values)

    def delete(self) -> None:
        """Allow everything."""
        self._range.connection.ask("validation.delete", at=self._range.wire)
