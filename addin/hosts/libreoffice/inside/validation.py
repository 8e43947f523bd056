"""Data validation: lists to choose from, limits, the messages shown beside a cell."""

from __future__ import annotations

from typing import Any

from .formulas import compiler, from_office
from .protection import require_formatting
from .session import At, Session, enum
from .verbs import verb

TYPES = {
    "none": "ANY",
    "whole_number": "WHOLE",
    "decimal": "DECIMAL",
    "list": "LIST",
    "date": "DATE",
    "time": "TIME",
    "text_length": "TEXT_LEN",
    "custom": "CUSTOM",
}
OPERATORS = {
    "between": "BETWEEN",
    "not_between": "NOT_BETWEEN",
    "equal_to": "EQUAL",
    "not_equal_to": "NOT_EQUAL",
    "greater_than": "GREATER",
    "less_than": "LESS",
    "greater_than_or_equal": "GREATER_EQUAL",
    "less_than_or_equal": "LESS_EQUAL",
}
ALERTS = {"stop": "STOP", "warning": "WARNING", "information": "INFO"}


def name_of(table: dict[str, str], value: str, other: str | None) -> str | None:
    """The wire's name for the office's."""
    return next((name for name, known in table.items() if known == value), other)


@verb("validation.get")
def get(session: Session, at: At) -> dict[str, Any] | None:
    """The validation of a block; null where its cells differ.

    `formula1` of a list of constants is the constants joined by commas in double quotes; other formulas begin with `=`.
    """
    cells = session.range(at)
    if cells.getPropertyState("Validation") == enum("beans.PropertyState", "AMBIGUOUS_VALUE"):
        return None
    found = cells.Validation
    document = session.book_of(at[0])
    position = cells.getCellByPosition(0, 0).CellAddress
    found.setSourcePosition(position)
    spelt = (found.getFormula1(), found.getFormula2())
    formulas = [from_office(session, document, text, position) if text else None for text in spelt]
    kind = name_of(TYPES, found.Type.value, "unknown")
    return {
        "type": kind,
        "operator": name_of(OPERATORS, found.getOperator().value, None),
        "formula1": formulas[0],
        "formula2": formulas[1],
        "in_cell_dropdown": found.ShowList != 0 if kind == "list" else None,
        "ignore_blank": bool(found.IgnoreBlankCells),
        "input_title": found.InputTitle,
        "input_message": found.InputMessage,
        "show_input": bool(found.ShowInputMessage),
        "error_title": found.ErrorTitle,
        "error_message": found.ErrorMessage,
        "show_error": bool(found.ShowErrorMessage),
        "alert_style": name_of(ALERTS, found.ErrorAlertStyle.value, None),
    }


@verb("validation.set")
def put(
    session: Session,
    at: At,
    kind: str,
    operator: str | None = None,
    formula1: str | None = None,
    formula2: str | None = None,
    in_cell_dropdown: bool = True,
) -> None:
    """Replace the validation of a block; formulas count from its first cell."""
    require_formatting(session, at)
    cells = session.range(at)
    document = session.book_of(at[0])
    position = cells.getCellByPosition(0, 0).CellAddress
    rule = cells.Validation
    rule.Type = enum("sheet.ValidationType", TYPES[kind])
    rule.setSourcePosition(position)
    rule.setOperator(
        enum("sheet.ConditionOperator", OPERATORS[operator] if operator else "FORMULA" if kind == "custom" else "EQUAL")
    )
    for index, formula in enumerate((formula1, formula2)):
        tokens = compiler(session, document).tokens(formula, position) if formula else ()
        rule.setTokens(index, tokens)
    rule.ShowList = int(in_cell_dropdown)
    rule.ShowErrorMessage = kind != "none"
    rule.ShowInputMessage = rule.IgnoreBlankCells = True
    rule.ErrorAlertStyle = enum("sheet.ValidationAlertStyle", "STOP")
    cells.Validation = rule


@verb("validation.messages")
def set_messages(session: Session, at: At, values: dict[str, Any]) -> None:
    """Set InputTitle, InputMessage, ShowInputMessage, ErrorTitle, ErrorMessage, ShowErrorMessage, IgnoreBlankCells."""
    require_formatting(session, at)
    cells = session.range(at)
    rule = cells.Validation
    for member, value in values.items():
        if member == "ErrorAlertStyle":
            value = enum("sheet.ValidationAlertStyle", ALERTS[value])
        setattr(rule, member, value)
    cells.Validation = rule


@verb("validation.delete")
def delete(session: Session, at: At) -> None:
    """Take the validation away."""
    require_formatting(session, at)
    cells = session.range(at)
    cells.setPropertyToDefault("Validation")
