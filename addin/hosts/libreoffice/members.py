"""The list of members in docs/engine.md: what works, what differs from Excel, what is missing.

`python -m addin.hosts.libreoffice.members` prints the table; a test keeps the document in step with it, and another one
calls every member listed as working on a live office.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from xlwings import base_classes

from . import app, books, borders, conditional, engine, fonts, names, notes, sheets, tables, validation
from . import range as ranges
from .missing import MISSING, base_members, names_expected

WORKS, DIFFERS, LACKS = "works", "differs", "missing"

CLASSES: tuple[type, ...] = (
    engine.Apps,
    app.App,
    books.Books,
    books.Book,
    sheets.Sheets,
    sheets.Sheet,
    sheets.PageSetup,
    sheets.FreezePanes,
    ranges.Range,
    fonts.Font,
    borders.Borders,
    borders.Border,
    validation.DataValidation,
    conditional.ConditionalFormats,
    conditional.ConditionalFormat,
    names.Names,
    names.Name,
    notes.Note,
    tables.Tables,
    tables.Table,
    tables.TableRows,
    tables.TableRow,
    tables.TableColumns,
    tables.TableColumn,
)

DIFFERENCES: dict[str, str] = {
    "App.activate": "brings the workbook in front forward; a desktop may refuse to give it the focus",
    "App.alert": "`callback` is ignored; without a screen the answer is `cancel` at once",
    "App.api": "the connection; `.ask(verb, …)` reaches the bridge",
    "App.calculate": "recalculates everything, not only what is out of date",
    "App.calculation": "`semiautomatic` raises",
    "App.cut_copy_mode": "always None",
    "App.display_alerts": "remembered; the office asks nothing while a program works",
    "App.enable_events": "remembered, without effect",
    "App.interactive": "remembered; the office takes no input while a program works",
    "App.run": "Basic macros `Module.Name` of the workbook in front, or any macro by script address",
    "App.version": "LibreOffice's version, not Excel's",
    "App.visible": "the windows of all workbooks",
    "App.xl": "the connection",
    "Book.api": "the office's number of the workbook",
    "Book.name": "before the first saving the office's title, such as `Untitled 1`",
    "Book.names": "print areas and filter areas are not listed as names",
    "Book.save": "endings .xlsx .xlsm .xltx .xls .ods .csv; never asks",
    "Book.to_pdf": "`quality` only chooses how strongly pictures are reduced",
    "Books.open": "no macros; an empty file is an empty workbook; `format`, `write_res_password`, `converter` raise",
    "Border.line_style": "`slant_dash_dot` becomes `dash_dot`",
    "ConditionalFormat.stop_if_true": "always True: the office stops at the first rule that holds",
    "ConditionalFormats.add_cell_value": "`stop_if_true` is ignored",
    "ConditionalFormats.add_custom": "`stop_if_true` is ignored",
    "ConditionalFormats.clear": "a rule that reaches beyond the range goes there too",
    "FreezePanes.freeze_at": "as in Office.js: the rows and columns that the range covers",
    "Name.name": "formulas that use the old name do not follow a renaming",
    "Note.author": "from the office's user settings, often empty; the same for notes of any origin that name nobody",
    "Range.add_hyperlink": "no screen tip; the link is text in the cell",
    "Range.api": "the block on the wire (sheet number, top, left, bottom, right)",
    "Range.autofill": "`fill_default` and `fill_series`, downward or to the right",
    "Range.column_width": "characters of 7 pixels and a padding of 5, as in Excel's default font",
    "Range.copy": "needs a destination: no clipboard",
    "Range.copy_from": "`all` and `values`; no `skip_blanks`, no `transpose`",
    "Range.find": "always in what cells show",
    "Range.font": "see Font",
    "Range.formula": "see Formulas",
    "Range.formula2": "the same as `formula`: no spilling",
    "Range.get_special_cells": "not `logical`; no constants that are errors",
    "Range.horizontal_alignment": "not `center_across_selection`, `distributed`",
    "Range.hyperlink": "the first link of the cell's text",
    "Range.insert": "`copy_origin` is ignored: formats come from above or left",
    "Range.name": "names of sheets count too",
    "Range.number_format": "the office's own spelling where it has one; booleans are `General`",
    "Range.raw_value": "see Values",
    "Range.remove_duplicates": "the rows are written back: formulas among them become values",
    "Range.sort": "at most three keys",
    "Range.to_pdf": "`quality` only chooses how strongly pictures are reduced",
    "Range.vertical_alignment": "not `distributed`",
    "Sheet.copy": "the copy comes to the front, as in Excel; names that point to the sheet are not copied",
    "Sheet.notes": "see Note",
    "Sheet.range": "one area only; names of tables and structured references are not understood",
    "Sheet.used_range": "cells that are only formatted count where the office counts them",
    "Table.show_totals": "cannot be changed",
    "Tables.add": "no styles: `table_style_name` is ignored",
}
"""What a member does otherwise than in Excel; ranges also keep their address when rows are inserted (see the text)."""


@dataclass(frozen=True, slots=True)
class Member:
    """One line of the table."""

    owner: str
    name: str
    status: str
    difference: str = ""

    @property
    def full_name(self) -> str:
        """Such as Range.formula."""
        return f"{self.owner}.{self.name}"


def members() -> Iterator[Member]:
    """Every member that xlwings expects of the classes that the engine has."""
    for owner in CLASSES:
        lacking = MISSING[owner.__name__]
        for name in base_members(owner):
            difference = DIFFERENCES.get(f"{owner.__name__}.{name}", "")
            status = LACKS if name in lacking else DIFFERS if difference else WORKS
            yield Member(owner.__name__, name, status, difference)


def absent_classes() -> list[str]:
    """xlwings' base classes of which the engine has nothing."""
    present = {parent.__name__ for owner in CLASSES for parent in owner.__mro__}
    return [name for name in names_expected(base_classes) if name not in present]


def table() -> str:
    """The table of docs/engine.md."""
    found = list(members())
    count = {status: sum(m.status == status for m in found) for status in (WORKS, DIFFERS, LACKS)}
    lines = [
        f"{len(found)} members of {len(CLASSES)} classes: {count[WORKS]} work, {count[DIFFERS]} differ,",
        f"{count[LACKS]} are missing (they raise NotImplementedError with their name).",
        "",
        f"Classes of which nothing is there: {', '.join(absent_classes())}.",
    ]
    for owner in CLASSES:
        own = [member for member in found if member.owner == owner.__name__]
        lines += ["", f"### {owner.__name__}", ""]
        for status in (WORKS, LACKS):
            names_of = ", ".join(f"`{m.name}`" for m in own if m.status == status)
            if names_of:
                lines += [f"{status}: {names_of}", ""]
        differing = [member for member in own if member.status == DIFFERS]
        if differing:
            lines += ["| differs | how |", "|---|---|", *(f"| `{m.name}` | {m.difference} |" for m in differing)]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


if __name__ == "__main__":
    sys.stdout.write(table())
