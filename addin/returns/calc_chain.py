"""The calculation chain: a cell whose formula is gone must leave it, or Excel calls the workbook damaged."""

from __future__ import annotations

from collections.abc import Iterable

from addin.intake.names import column_letters
from addin.intake.sheet_facts import Place
from addin.returns.package import EditablePackage
from addin.returns.spans import Splices, parse


def drop_from_chain(package: EditablePackage, workbook: str, sheet_id: str, places: Iterable[Place]) -> None:
    """Take cells of a sheet (its ``sheetId``) out of the chain; a chain without cells goes whole."""
    chain = package.target(workbook, "calcChain")
    if chain is None or chain not in package:
        return
    gone = {f"{column_letters(column)}{row}" for row, column in places}
    content = package.read(chain)
    root = parse(chain, content)
    splices = Splices(content)
    sheet, carried = "", False
    left = 0
    for cell in root.children:
        own = cell.attributes.get("i")
        sheet = own or sheet
        if sheet == sheet_id and cell.attributes.get("r") in gone:
            splices.remove(cell.start, cell.end)
            # The following cells without a sheet of their own relied on this one's.
            carried = carried or own is not None
            continue
        left += 1
        if own is None and carried:
            splices.set_attribute(cell.start, "i", sheet)
        carried = False
    if left:
        package.splice(chain, splices)
        return
    for relationship in package.relationships(workbook):
        if relationship.kind == "calcChain":
            package.unrelate(workbook, relationship.id)
    package.drop_part(chain)
