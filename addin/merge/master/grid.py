"""Small tables of fixed size: every cell written at once, with native formulas for what can be added up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from addin.merge.master.body import BodySheet
from addin.merge.master.book import LINK_INK, MasterBook
from addin.merge.master.values import Formula, Linked, Shape, Value
from workbook_templates.book import cell_address
from workbook_templates.styles import SECTION

TOTAL: dict[str, Any] = {"bold": True, **SECTION.properties()}
"""How a line of totals looks."""
LINK: dict[str, Any] = {"font_color": LINK_INK, "underline": 1}
"""How a cell looks that leads somewhere."""


def write_head(master: MasterBook, sheet: BodySheet, row: int, headers: Sequence[str], *, height: float = 32) -> None:
    """A row of column headers from the first column on."""
    sheet.set_row(row, height)
    for column, header in enumerate(headers):
        sheet.write_string(row, column, header, master.head())


def write_line(
    master: MasterBook, sheet: BodySheet, row: int, shapes: Sequence[Shape], values: Sequence[Value], **look: Any
) -> None:
    """A row of cells from the first column on; a linked one looks like a link."""
    for column, (shape, value) in enumerate(zip(shapes, values, strict=True)):
        linked = isinstance(value, Linked) and sheet.add_link(row, column, value.link)
        master.write(sheet, row, column, value, shape, **(look | LINK if linked else look))


def write_heading(master: MasterBook, sheet: BodySheet, row: int, text: str) -> None:
    """The name of a table, above it."""
    sheet.set_row(row, 22)
    heading = master.styles.format(bold=True, font_size=12, font_color=SECTION.ink, valign="vcenter")
    sheet.write_string(row, 0, text, heading)


def column_sum(first_row: int, last_row: int, column: int, value: int) -> Formula:
    """The sum of a column's cells, with what it comes to now."""
    return Formula(f"=SUM({cell_address(first_row, column)}:{cell_address(last_row, column)})", value)


def share(part: str, whole: str, part_value: int, whole_value: int) -> Formula:
    """One cell as a share of another; blank where there is no whole."""
    return Formula(f'=IF({whole}>0,{part}/{whole},"")', part_value / whole_value if whole_value else "")
