"""The workbook of the master: its file, its sheets' common look, and how they print."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any, BinaryIO, Self

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

from addin.merge.master.body import BodySheet, BodyWriter, stream_body, write_body, write_value
from addin.merge.master.cell_text import cell_text
from addin.merge.master.package import StreamedBook
from addin.merge.master.values import Shape, Value, properties_of
from addin.merge.overview import Overview
from workbook_templates.book import FONT, Format, Workbook
from workbook_templates.styles import LINE, SECTION, Styles

A4 = 9
TITLE_ROW, NOTE_ROW, HEADER_ROW, FIRST_ROW = 0, 1, 3, 4
"""Zero-based rows that every list sheet shares."""

BODY = {"font_size": 10, "border": 1, "border_color": LINE}
LINK_INK = "#0B3C8C"
QUIET_INK = "#595959"


class MasterBook:
    """One master while it is written. ``styles`` makes each format once.

    As a context it writes the file where all went well, and leaves nothing behind where it did not.
    """

    def __init__(self, out: BinaryIO | Path, overview: Overview, body_writer: BodyWriter = stream_body) -> None:
        self.overview = overview
        self.body_writer = body_writer
        # XlsxWriter leaves its parts behind where it cannot finish; a folder of their own goes in any case.
        self._parts = tempfile.TemporaryDirectory(prefix="sangkien-master-", ignore_cleanup_errors=True)
        defaults = {"font_name": FONT, "font_size": 11, "font_family": 1, "font_scheme": "none"}
        options = {
            "default_format_properties": defaults,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": self._parts.name,
        }
        target = os.fspath(out) if isinstance(out, Path) else out
        kind = xlsxwriter.Workbook if body_writer is write_body else StreamedBook
        self.book: Workbook = kind(target, options)
        self.styles = Styles(self.book)
        self.book.set_size(1_600, 870)
        self.book.set_calc_mode("auto")
        self.book.set_properties(
            {
                "title": cell_text(f"Tổng hợp sáng kiến – {overview.unit.name}"),
                "author": cell_text(overview.made_by),
                "company": cell_text(overview.unit.name),
                "created": overview.made_at.replace(tzinfo=None),
                "comments": "Sổ sáng kiến",
            }
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, problem: object, trace: object) -> None:
        if problem is None:
            self.close()
        else:
            self._parts.cleanup()

    def close(self) -> None:
        """Write the file. Raises OSError where that cannot be done, and what a body raises while it is written."""
        try:
            self.book.close()
        except FileCreateError as problem:
            raise problem.args[0] from problem
        finally:
            for sheet in self.book.worksheets():
                if sheet.fh is not None:
                    sheet.fh.close()
            self._parts.cleanup()

    def sheet(self, name: str) -> BodySheet:
        """A new sheet, empty."""
        sheet: BodySheet = self.book.add_worksheet(name, worksheet_class=BodySheet)
        sheet.hide_gridlines(2)
        return sheet

    def list_sheet(self, name: str, title: str, note: str) -> BodySheet:
        """A new sheet with its title, and a line that says what stands on it and how to read it."""
        sheet = self.sheet(name)
        self.write_title(sheet, title, note)
        return sheet

    def write_title(self, sheet: BodySheet, title: str, note: str) -> None:
        """The first rows of a sheet."""
        sheet.set_row(TITLE_ROW, 24)
        title_format = self.styles.format(bold=True, font_size=14, font_color=SECTION.ink, valign="vcenter")
        sheet.write_string(TITLE_ROW, 0, cell_text(title), title_format)
        quiet = self.styles.format(italic=True, font_size=10, font_color=QUIET_INK, valign="vcenter")
        for offset, line in enumerate(note.split("\n")):
            sheet.write_string(NOTE_ROW + offset, 0, cell_text(line), quiet)

    def cell(self, shape: Shape, **properties: Any) -> Format:
        """The format of a bordered cell of that shape."""
        return self.styles.format(**{**BODY, **properties_of(shape), **properties})

    def head(self, **properties: Any) -> Format:
        """The format of a column header."""
        look: dict[str, Any] = {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter"}
        return self.styles.format(SECTION, **{**BODY, **look, **properties})

    def link(self) -> Format:
        """The format of a bordered cell with a link."""
        return self.cell(Shape.TEXT, font_color=LINK_INK, underline=1)

    def write(self, sheet: BodySheet, row: int, column: int, value: Value, shape: Shape, **properties: Any) -> None:
        """One bordered cell."""
        write_value(sheet, row, column, value, self.cell(shape, **properties))

    def set_up_page(self, sheet: BodySheet, *, header_row: int | None = None, portrait: bool = False) -> None:
        """A4, as wide as the sheet, header repeated, unit and page number at the foot."""
        sheet.set_paper(A4)
        if portrait:
            sheet.set_portrait()
        else:
            sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        if header_row is not None:
            sheet.repeat_rows(header_row)
        font = f'&"{FONT},Regular"&9'
        unit = cell_text(self.overview.unit.name)[:80].replace("&", "&&")
        made = f"{self.overview.made_at:%d/%m/%Y %H:%M}"
        sheet.set_footer(f"&L{font}{unit}&C{font}Lập lúc {made}&R{font}Trang &P/&N")
