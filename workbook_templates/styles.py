"""Colours and cell formats of every workbook that we write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from validation.fields import Entry, Field, Kind, Requirement
from workbook_templates.book import Format, Workbook

AMOUNT_FORMAT = "#,##0"
"""Shown with the separator of the clerk's own settings: a dot in Vietnam."""
DATE_FORMAT = "dd/mm/yyyy"
PERCENT_FORMAT = "0.0%"
TEXT_FORMAT = "@"

NUMBER_FORMATS = {
    Kind.CODE: TEXT_FORMAT,
    Kind.DATE: DATE_FORMAT,
    Kind.AMOUNT: AMOUNT_FORMAT,
    Kind.COUNT: AMOUNT_FORMAT,
}
"""By kind of field; the others stay General, since a long text in a text-format cell shows as #### in old Excel."""


@dataclass(frozen=True, slots=True)
class Tone:
    """A background and a letter colour that stay readable on it (contrast of at least 4.5 to 1)."""

    fill: str
    ink: str

    def properties(self) -> dict[str, str]:
        """As format properties."""
        return {"bg_color": self.fill, "font_color": self.ink}


ERROR = Tone("#FFC7CE", "#9C0006")
DUPLICATE = Tone("#F8CBAD", "#7A2E0E")
NOTICE = Tone("#FFEB9C", "#6B4E00")
PASSED = Tone("#C6EFCE", "#0B5A1E")

REQUIRED_HEADER = Tone("#1F3864", "#FFFFFF")
OPTIONAL_HEADER = Tone("#8EA9DB", "#10203F")
CALCULATED_HEADER = Tone("#D0CECE", "#262626")
CALCULATED = Tone("#F2F2F2", "#262626")
INPUT = Tone("#FFFBE8", "#000000")
SECTION = Tone("#DDE6F3", "#1F3864")

LINE = "#A6A6A6"


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def format(self, tone: Tone | None = None, **properties: Any) -> Format:
        """The format with these XlsxWriter properties, ``tone`` giving background and letter colour."""
        wanted = {**(tone.properties() if tone else {}), **properties}
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]

    def column(self, field: Field) -> Format:
        """What a typed cell of the list looks like; set for the whole column, so it also holds below the body."""
        return self.format(**_cell_properties(field))

    def calculated(self, field: Field) -> Format:
        """What a calculated cell of the list looks like."""
        return self.format(CALCULATED, border=1, border_color=LINE, **_cell_properties(field))

    def header(self, field: Field) -> Format:
        """The column header: dark where the cell must be filled, lighter where it may be, grey where it calculates."""
        return self.format(header_tone(field), **HEADER_CELL)


HEADER_CELL: dict[str, Any] = {
    "bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1, "border_color": LINE,
}  # fmt: skip


def header_tone(field: Field) -> Tone:
    """The tone of a field's header."""
    if field.entry is Entry.CALCULATED:
        return CALCULATED_HEADER
    return OPTIONAL_HEADER if field.required is Requirement.NO else REQUIRED_HEADER


def _cell_properties(field: Field) -> dict[str, Any]:
    properties: dict[str, Any] = {"valign": "top"}
    if field.kind in NUMBER_FORMATS:
        properties["num_format"] = NUMBER_FORMATS[field.kind]
    if field.kind in (Kind.TEXT, Kind.PEOPLE, Kind.PERSON) or field.choices in LONG_LISTS:
        properties["text_wrap"] = True
    if field.kind is Kind.AMOUNT:
        properties |= {"align": "right", "indent": 1}
    if field.kind in (Kind.DATE, Kind.COUNT) or field.choices in ("yes_no", "status"):
        properties["align"] = "center"
    return properties


LONG_LISTS = ("solution_kind", "activity_field")
