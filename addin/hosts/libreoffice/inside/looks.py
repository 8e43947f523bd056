"""How cells look: fonts, colours, alignment, borders."""

from __future__ import annotations

from typing import Any

from .protection import require_formatting
from .session import At, Session, enum, struct
from .verbs import verb

ENUMS = {
    "CharPosture": "awt.FontSlant",
    "HoriJustify": "table.CellHoriJustify",
}
"""Properties whose values are enumerations; they travel by name."""

WESTERN = ("CharWeight", "CharPosture", "CharHeight", "CharFontName")
"""Properties that the office keeps apart for Asian and complex scripts; all are set alike."""

LINES = {
    "edge_top": "TopLine",
    "edge_bottom": "BottomLine",
    "edge_left": "LeftLine",
    "edge_right": "RightLine",
    "inside_horizontal": "HorizontalLine",
    "inside_vertical": "VerticalLine",
}
DIAGONALS = {"diagonal_down": "DiagonalTLBR2", "diagonal_up": "DiagonalBLTR2"}


@verb("looks.get")
def get(session: Session, at: At, names: list[str]) -> list[Any]:
    """Values of cell properties; null where the cells differ."""
    cells = session.range(at)
    mixed = enum("beans.PropertyState", "AMBIGUOUS_VALUE")
    values = []
    for name in names:
        value = None if cells.getPropertyState(name) == mixed else cells.getPropertyValue(name)
        values.append(value.value if name in ENUMS and value is not None else value)
    return values


@verb("looks.set")
def put(session: Session, at: At, values: dict[str, Any]) -> None:
    """Set cell properties."""
    require_formatting(session, at)
    cells = session.range(at)
    for name, given in values.items():
        value = enum(ENUMS[name], given) if name in ENUMS else given
        cells.setPropertyValue(name, value)
        if name in WESTERN:
            for script in ("Asian", "Complex"):
                cells.setPropertyValue(name + script, value)


@verb("looks.set_colors")
def set_colors(session: Session, at: At, groups: list[list[Any]]) -> None:
    """Set background colours: a list of [colour, [[top, left, bottom, right] from the corner, …]]."""
    require_formatting(session, at)
    document, corner = session.book_of(at[0]), session.range(at).RangeAddress
    for color, blocks in groups:
        together = document.createInstance("com.sun.star.sheet.SheetCellRanges")
        for top, left, bottom, right in blocks:
            address = struct(
                "table.CellRangeAddress",
                corner.Sheet,
                corner.StartColumn + left,
                corner.StartRow + top,
                corner.StartColumn + right,
                corner.StartRow + bottom,
            )
            together.addRangeAddress(address, False)
        together.CellBackColor = color


@verb("looks.colors")
def colors(session: Session, at: At) -> list[list[Any]]:
    """The background colours of a block, as `looks.set_colors` takes them; -1 is no colour."""
    corner = session.range(at).RangeAddress
    groups = session.range(at).getUniqueCellFormatRanges()
    found: dict[int, list[list[int]]] = {}
    for group in (groups.getByIndex(index) for index in range(groups.Count)):
        for a in group.getRangeAddresses():
            top, left = a.StartRow - corner.StartRow, a.StartColumn - corner.StartColumn
            block = [top, left, a.EndRow - corner.StartRow, a.EndColumn - corner.StartColumn]
            found.setdefault(int(group.CellBackColor), []).append(block)
    return [[color, blocks] for color, blocks in found.items()]


@verb("looks.border")
def border(session: Session, at: At, side: str) -> list[int] | None:
    """[colour, width, style] of one side of a block; width 0 is no line; null where it differs along the side."""
    cells = session.range(at)
    if side in DIAGONALS:
        line = cells.getPropertyValue(DIAGONALS[side])
        return [line.Color, line.LineWidth, line.LineStyle]
    table = cells.TableBorder2
    if not getattr(table, f"Is{LINES[side]}Valid"):
        return None
    line = getattr(table, LINES[side])
    return [line.Color, line.LineWidth, line.LineStyle]


@verb("looks.set_borders")
def set_borders(session: Session, at: At, sides: dict[str, list[int]]) -> None:
    """Set sides of a block to [colour, width in hundredths of a millimetre, style]; width 0 takes the line away."""
    require_formatting(session, at)
    cells = session.range(at)
    table = cells.TableBorder2
    for name in (*LINES.values(), "Distance"):
        setattr(table, f"Is{name}Valid", False)
    for side, (color, width, style) in sides.items():
        line = cells.getPropertyValue(DIAGONALS[side]) if side in DIAGONALS else getattr(table, LINES[side])
        line.Color, line.LineWidth, line.LineStyle = color, width, style
        line.OuterLineWidth = width
        line.InnerLineWidth = line.LineDistance = 0
        if side in DIAGONALS:
            cells.setPropertyValue(DIAGONALS[side], line)
        else:
            setattr(table, LINES[side], line)
            setattr(table, f"Is{LINES[side]}Valid", True)
    cells.TableBorder2 = table
