"""Conditional formats: rules on values and formulas. Colour scales, bars and icons are seen, not made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .failures import RequestError
from .formulas import from_office, to_office
from .protection import require_formatting
from .session import At, Session, enum, struct
from .verbs import verb

OPERATORS = {
    "equal_to": 0,
    "less_than": 1,
    "greater_than": 2,
    "less_than_or_equal": 3,
    "greater_than_or_equal": 4,
    "not_equal_to": 5,
    "between": 6,
    "not_between": 7,
}
"""com.sun.star.sheet.ConditionFormatOperator."""

EXPRESSION = 24

KINDS = {1: "color_scale", 2: "data_bar", 3: "icon_set"}

STYLE_PREFIX = "xlwings_"


def formats(session: Session, at: At) -> Iterator[tuple[Any, Any]]:
    """(the sheet's collection, a conditional format) for those that touch a block."""
    collection = session.sheet(at[0]).ConditionalFormats
    cells = session.range(at)
    for found in collection.getConditionalFormats() if collection.getLength() else ():
        for a in found.Range.getRangeAddresses():
            if cells.queryIntersection(a).Count:
                yield collection, found
                break


def rules(session: Session, at: At) -> list[tuple[Any, Any, int]]:
    """(collection, format, position in it) of every rule that touches a block."""
    return [(c, f, index) for c, f in formats(session, at) for index in range(f.Count)]


@verb("conditional.count")
def count(session: Session, at: At) -> int:
    """How many rules touch a block."""
    return len(rules(session, at))


def rule_at(session: Session, at: At, number: int) -> tuple[Any, Any, int]:
    """The rule with that number among those that touch a block; RequestError("missing")."""
    found = rules(session, at)
    if not 0 <= number < len(found):
        raise RequestError("missing", f"no conditional format {number + 1}")
    return found[number]


@verb("conditional.get")
def get(session: Session, at: At, number: int) -> dict[str, Any]:
    """One rule: its type, operator, formulas and the looks it gives."""
    _, found, index = rule_at(session, at, number)
    entry = found.getByIndex(index)
    kind = entry.getType()
    if kind != 0:
        return {"type": KINDS.get(kind, "unknown")}
    operator = entry.Operator
    document = session.book_of(at[0])
    reply: dict[str, Any] = {"type": "unknown"}
    if operator == EXPRESSION:
        reply = {"type": "custom", "formula": excel_formula(session, document, found, entry.Formula1)}
    elif operator in OPERATORS.values():
        reply = {
            "type": "cell_value",
            "operator": next(name for name, value in OPERATORS.items() if value == operator),
            "formula1": excel_formula(session, document, found, entry.Formula1),
            "formula2": excel_formula(session, document, found, entry.Formula2) if operator in (6, 7) else None,
        }
    reply.update(looks(document, entry.StyleName))
    return reply


def looks(document: Any, style: str) -> dict[str, Any]:
    """Fill, font colour, bold and italic of a cell style, where it sets them."""
    styles = document.StyleFamilies.getByName("CellStyles")
    if not styles.hasByName(style):
        return {}
    found = styles.getByName(style)

    def given(name: str) -> Any:
        return found.getPropertyValue(name) if found.getPropertyState(name).value == "DIRECT_VALUE" else None

    weight, posture = given("CharWeight"), given("CharPosture")
    return {
        "fill_color": given("CellBackColor"),
        "font_color": given("CharColor"),
        "font_bold": None if weight is None else weight > 100,
        "font_italic": None if posture is None else posture.value != "NONE",
    }


def base_of(found: Any) -> Any:
    """The cell from which a format's relative addresses count."""
    a = found.Range.getRangeAddresses()[0]
    return struct("table.CellAddress", a.Sheet, a.StartColumn, a.StartRow)


def excel_formula(session: Session, document: Any, found: Any, spelt: str) -> str:
    """A rule's formula in Excel's spelling."""
    return from_office(session, document, spelt, base_of(found))


def office_formula(session: Session, document: Any, found: Any, formula: str) -> str:
    """An Excel formula in the office's own spelling."""
    return to_office(session, document, formula, base_of(found))


@verb("conditional.add")
def add(
    session: Session,
    at: At,
    operator: str | None,
    formula1: str,
    formula2: str | None = None,
    fill_color: int | None = None,
    font_color: int | None = None,
    font_bold: bool | None = None,
    font_italic: bool | None = None,
) -> int:
    """Add a rule on the value (`operator`) or a formula (`operator` null); its number."""
    require_formatting(session, at)
    document = session.book_of(at[0])
    collection = session.sheet(at[0]).ConditionalFormats
    cells = document.createInstance("com.sun.star.sheet.SheetCellRanges")
    cells.addRangeAddress(session.range(at).RangeAddress, False)
    made = collection.createByRange(cells)
    found = next(f for f in collection.getConditionalFormats() if made == f.ID)
    found.createEntry(0, 0)
    entry = found.getByIndex(0)
    entry.Operator = EXPRESSION if operator is None else OPERATORS[operator]
    entry.Formula1 = office_formula(session, document, found, formula1)
    if formula2 is not None:
        entry.Formula2 = office_formula(session, document, found, formula2)
    entry.StyleName = style_for(document, fill_color, font_color, font_bold, font_italic)
    for number, (_, other, _) in enumerate(rules(session, at)):
        if made == other.ID:
            return number
    raise RequestError("refused", "the office did not take the rule")


def style_for(document: Any, fill: int | None, color: int | None, bold: bool | None, italic: bool | None) -> str:
    """A cell style with these looks, made once per workbook."""
    name = STYLE_PREFIX + "_".join("x" if part is None else f"{int(part):x}" for part in (fill, color, bold, italic))
    styles = document.StyleFamilies.getByName("CellStyles")
    if not styles.hasByName(name):
        styles.insertByName(name, document.createInstance("com.sun.star.style.CellStyle"))
        made = styles.getByName(name)
        if fill is not None:
            made.CellBackColor = fill
        if color is not None:
            made.CharColor = color
        if bold is not None:
            made.CharWeight = 150.0 if bold else 100.0
        if italic is not None:
            made.CharPosture = enum("awt.FontSlant", "ITALIC" if italic else "NONE")
    return name


@verb("conditional.delete")
def delete(session: Session, at: At, number: int) -> None:
    """Delete one rule."""
    require_formatting(session, at)
    collection, found, index = rule_at(session, at, number)
    if found.Count == 1:
        collection.removeByID(found.ID)
    else:
        found.removeByIndex(index)


@verb("conditional.clear")
def clear(session: Session, at: At) -> None:
    """Delete every rule of a block; a rule that reaches beyond it goes on there."""
    require_formatting(session, at)
    session.range(at).setPropertyToDefault("ConditionalFormat")
    for collection, found in list(formats(session, at)):
        collection.removeByID(found.ID)
